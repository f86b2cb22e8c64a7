namespace Hello;

public static class Greeting
{
    public static string For(string? name) => $"Hello, {(string.IsNullOrEmpty(name) ? "world" : name)}!\n";
}
