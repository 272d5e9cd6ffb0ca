"""A WeChat ID behind a label whose characters are spread over their field: ``微 信 号：test_lin``, ``薇  信 test99``.

Forms set labels so, and whoever evades filters types them so. In code, because the words of context are looked for as they are
written. Letters only count behind a colon. Confidence L.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late

NEEDS = (" 信",)

_LABELLED = late(
    r"[微薇威] {1,3}信(?: {0,3}号| {0,3}I ?D)?(?: {0,2}(?P<sign>[:：])| {0,2}是| ) {0,2}"
    r"(?P<name>[A-Za-z][-_A-Za-z0-9]{5,19})(?![-_A-Za-z0-9@.])"
)


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every ID so labelled.

    >>> text = "微 信 号：test_lin，稍 微 信 JavaScript"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['test_lin']
    """
    for m in _LABELLED.finditer(text):
        name = m["name"]
        if m["sign"] or not name.isalpha():
            yield *m.span("name"), "spread", "none"
