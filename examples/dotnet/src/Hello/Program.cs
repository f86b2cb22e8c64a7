using Hello;

var app = WebApplication.Create(args);
app.MapGet("/{name?}", (string? name) => Greeting.For(name));
app.Run();
