"""A phone number damaged or disguised behind a word for telephone: (2l2) 555-0l43, 212, uh, 555, um, 0143.

Ten digits as North America gives them out behind an English word, or a landline of the mainland with its area code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.parse.disguised import SPOKEN, behind, labels
from piiscrub.parse.read_out import is_american
from piiscrub.text.late import late

_LABELS = (
    "phone", "Phone", "mobile", "Mobile", "Tel", "tel", "cell", "Cell", "call", "Call", "number is", "Contact", "contact",
    "reach me", "WhatsApp", "whatsapp",
)  # fmt: skip
_LANDLINE_LABELS = ("电话", "座机")
NEEDS = SPOKEN
ODD_DIGITS = True
_GROUPS = late("[0-9 .()-]+")


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every number so written. Figures in other groups than a phone's are a number of another kind.

    >>> text = "my phone is 212, uh, 555, um, 0143，座机零幺零 六五五五零幺二三，call 2123 45670 1"
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['212, uh, 555, um, 0143', '零幺零 六五五五零幺二三']
    """
    from piiscrub.validators import cn_landline  # loaded with the first text that may hold one

    for start, end, number in behind(text, labels(_LABELS)):
        if is_american(number) and not _GROUPS.fullmatch(text, start, end):
            yield start, end, "disguised", "passed"
    for start, end, number in behind(text, labels(_LANDLINE_LABELS, "0")):
        if cn_landline.is_valid(number):
            yield start, end, "disguised", "passed"
