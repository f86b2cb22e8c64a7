using Hello;
using Xunit;

namespace Hello.Tests;

public class GreetingTests
{
    [Theory]
    [InlineData(null, "Hello, world!\n")]
    [InlineData("Ada", "Hello, Ada!\n")]
    public void GreetsByName(string? name, string greeting) => Assert.Equal(greeting, Greeting.For(name));
}
