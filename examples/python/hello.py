from flask import Flask, Response

app = Flask(__name__)


@app.get("/", defaults={"name": "world"})
@app.get("/<name>")
def greet(name: str) -> Response:
    return Response(f"Hello, {name}!\n", mimetype="text/plain")
