"""How English text is cut into tokens."""

import pytest

from piiscrub.recognize.ner.en_tokens import LONGEST, tokens


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. J. Smith didn't pay.", ["Mr.", "J.", "Smith", "did", "n't", "pay", "."]),
        ("J.Smith and J.R.R. Doe", ["J.", "Smith", "and", "J.R.R.", "Doe"]),
        ("O'Brien's Jean-Luc", ["O'Brien", "'s", "Jean", "-", "Luc"]),
        ("it’s John ’s", ["it", "’s", "John", "’s"]),
        ("x_y 4pm 20th $3.50 3/4/2020", ["x_y", "4pm", "20th", "$", "3.50", "3/4/2020"]),
        ("@jane #doe jane@example.org", ["@jane", "#", "doe", "jane@example.org"]),
        ("#JaneDoe #doe #XMLHttp", ["#", "Jane", "Doe", "#", "doe", "#", "XMLHttp"]),
        ("He said no. Inc. and D&B", ["He", "said", "no", ".", "Inc.", "and", "D&B"]),
        ("a\n\n b", ["a", "\n\n ", "b"]),
        ("wait... --", ["wait", "...", "--"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_tokens_cover_everything_but_white_space() -> None:
    text = "Ünïcödé ' ’’ 'tis a\u0301 b\u200bc 中文 😀 \t\u00a0 e.g.. A.B. x@ @ :) ://"
    covered = set()
    for start, end in tokens(text):
        assert not covered & set(range(start, end))
        covered |= set(range(start, end))
    assert all(place in covered for place, char in enumerate(text) if not char.isspace())


def test_no_token_is_long() -> None:
    for text in ("a" * 5000, "1" * 5000, "a_1" * 5000, "http://" + "x" * 5000, "\n" * 5000):
        assert max(end - start for start, end in tokens(text)) <= LONGEST + 8
