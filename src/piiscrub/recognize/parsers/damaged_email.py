r"""An e-mail address whose signs are damaged or changed: lisi @ example . com, lisi#example.com, lisi@example .com.

Text recognition puts spaces and ends of lines into one, and whoever keeps harvesters off writes another sign for @. By themselves
most such rows are words of a sentence, so a label must tell them, but for one with an @ and a single gap. What is whole is left
to the pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late

NEEDS = ("@", "#", " at ", "圈a")

_PART = "[0-9A-Za-z_-]{1,30}"
_BROKEN = f"{_PART}(?:-?\\r?\\n{_PART})?"
_ENDING = "(?:com|org|net|edu|gov|info|example|io|co|cn|uk|de|fr|us|ca|au|eu|jp)"
_DOT = r"(?: ?[.。] ?| dot |点)"
_LABELS = ("mail", "Mail", "mai1", "MAIL", "邮箱", "邮件", "电邮", "邮址", "发到")
_LABELLED = late(
    r"(?:地址)?(?: address)?(?P<says> is| me at| me| to)?"
    r"(?P<sign>[ :：=是为]{0,3})"
    rf"(?P<address>{_PART}(?:(?:\.| dot |点){_PART}){{0,3}}"
    rf"(?:\s{{0,2}}@\s{{0,2}}|(?<=[0-9A-Za-z_-]{{3}})#| at | ?圈a ?){_BROKEN}(?:{_DOT}{_PART}){{0,3}}"
    rf"{_DOT}{_ENDING}(?:{_DOT}{_ENDING})?)(?![0-9A-Za-z-])"
)
# Without a label the sign stands close to what is before it, and to what is behind it or the domain's end has a space.
_BARE = late(
    rf"(?<![0-9A-Za-z._-]){_PART}(?:\.{_PART}){{0,3}}@"
    rf"(?: {_PART}(?:\.{_PART}){{0,2}}\.|{_PART}(?:\.{_PART}){{0,2}}(?: \. ?|\. |。)){_ENDING}(?:[.。]cn|\.uk)?(?![0-9A-Za-z-])"
)
# An @ that is damaged has a space beside it, or a domain in pieces behind.
_TORN = late(rf"@(?:(?<=\s@)|\s|{_PART}+(?:\.{_PART}+){{0,3}}+(?:(?:-?\r?\n|点| dot ){_PART}|(?: \. ?|\. |。){_ENDING}))")
_WHOLE = late(r"[^\s#。]+@[^\s#。]+")


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every address so written.

    >>> text = "邮箱：lisi @ example . com，mail li.si at example.com，mail: a@example.com，look at example.com"
    >>> [text[a:b] for a, b, *_ in sorted(find(text))]
    ['lisi @ example . com', 'li.si at example.com']
    """
    torn = _TORN.search(text)
    if torn is None and "#" not in text and " at " not in text and "圈a" not in text:
        return
    for m in _behind_labels(text):
        address = m["address"]
        words = " at " in address and address.partition(" at ")[0].isalpha()  # mail arrived at example.com
        if not _WHOLE.fullmatch(address) and (not words or m["says"] == " is" or m["sign"].strip()):
            yield *m.span("address"), "damaged", "none"
    for m in _BARE.finditer(text) if torn is not None else ():
        yield *m.span(), "damaged", "none"


def _behind_labels(text: str) -> Iterator[re.Match[str]]:
    """What stands behind a label: to look for one word after the other takes a tenth of a search for all of them."""
    for label in _LABELS:
        at = text.find(label)
        while at >= 0:
            at += len(label)
            if m := _LABELLED.match(text, at):
                yield m
            at = text.find(label, at)
