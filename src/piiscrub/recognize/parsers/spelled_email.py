"""E-mail addresses with their signs written as words: ``kim [at] example [dot] org``, ``first dot last at example dot com``.

Written so to keep harvesters off, or spoken, in Chinese too (``kim艾特example点org``). With brackets the form is certain; bare
words need an ending that is a domain's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piiscrub.model.finding import Check
from piiscrub.text.late import late

NEEDS = ("at]", "at ]", "AT]", "#at#", "at)", "at}", "<at>", " dot ", " DOT ", "艾特", "爱特", "小老鼠", "圈a", "圈A", "圈 a")

_AT = r"(?:\s{0,2}(?:\[ ?at ?\]|\( ?at ?\)|\{at\}|<at>|\[AT\]|\(AT\)|#at#|\[@\]|\(@\))\s{0,2})"
_DOT = r"(?:\s{0,2}(?:\[ ?dot ?\]|\( ?dot ?\)|\{dot\}|<dot>|\[DOT\]|\(DOT\))\s{0,2}|\.| dot | DOT )"
_PART = r"[0-9A-Za-z_-]{1,30}"
_BRACKETS = late(
    rf"(?<![0-9A-Za-z._-]){_PART}(?:{_DOT}{_PART}){{0,3}}{_AT}{_PART}(?:{_DOT}{_PART}){{0,3}}{_DOT}[A-Za-z]{{2,12}}(?![0-9A-Za-z-])"
)
_ENDING = r"(?:com|org|net|edu|gov|info|example|io|co|cn|uk|de|fr|us|ca|au|in|eu)"
_WORDS = late(
    rf"(?<![0-9A-Za-z._-])(?:(?<! [a-z] )(?:[a-z0-9] ){{2,20}}[a-z0-9]|{_PART})"
    rf"(?: (?:dot|DOT|underscore|dash) {_PART}){{0,3}} (?:at|AT) {_PART}"
    rf"(?: (?:dot|DOT|dash) {_PART}){{0,3}} (?:dot|DOT) {_ENDING}(?: (?:dot|DOT) {_ENDING})?(?![0-9A-Za-z-])"
)
_HAN = late(
    rf"(?<![0-9A-Za-z._-]){_PART}(?:[.点]{_PART}){{0,3}} ?(?:艾特|爱特|小老鼠|圈 ?[aA]) ?{_PART}(?: ?点 ?{_PART}){{0,3}}"
    rf" ?[.点] ?{_ENDING}(?: ?[.点] ?{_ENDING})?(?![0-9A-Za-z-])"
)


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every address spelled out.

    >>> text = "Write to kim [at] example [dot] org or ann dot lee at example dot com."
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['kim [at] example [dot] org', 'ann dot lee at example dot com']
    """
    for form in (_BRACKETS, _WORDS, _HAN):
        for m in form.finditer(text):
            yield *m.span(), "spelled", "none"
