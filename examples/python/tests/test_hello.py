import pytest

from hello import app


@pytest.mark.parametrize(
    ("path", "greeting"),
    [("/", "Hello, world!\n"), ("/Ada", "Hello, Ada!\n")],
)
def test_greets(path: str, greeting: str) -> None:
    answer = app.test_client().get(path)
    assert (answer.status_code, answer.text) == (200, greeting)
