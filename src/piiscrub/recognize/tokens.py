"""What stands at runs of letters and digits that hold a digit: the places where most identifiers are."""

from __future__ import annotations

from collections.abc import Collection

from piiscrub.recognize.candidates import LONGEST, Candidates
from piiscrub.recognize.context import ContextIndex
from piiscrub.recognize.hits import Hits
from piiscrub.recognize.reading import Reading
from piiscrub.recognize.words import KINDS

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LETTER_SET = frozenset(_LETTERS)
_WORD_SPAN = 64  # letters looked back over to find where a token begins; longer ones are no identifier
_SHORT = 12  # characters of a run that may begin with a small number: 30yearsold
_WIDE = 32  # characters behind a token in which the label of a longer value may stand
_JOINTS = frozenset(".-#:/ _,*+%")  # what joins the groups of one number


class Tokens:
    """The patterns that can be seen from a token, asked token by token.

    ``glue`` are words that may run into their value: QQ12345678.
    """

    __slots__ = ("_candidates", "_context", "_glue")

    def __init__(self, candidates: Candidates, context: ContextIndex, glue: Collection[str]) -> None:
        self._candidates, self._context, self._glue = candidates, context, frozenset(glue)

    def find(self, reading: Reading) -> list[int]:
        """Ask the patterns at every token. Return where the digits of the short ones begin."""
        numbers: list[int] = []
        text, flat, told, ask, glue = reading.text, reading.letters, reading.owners, reading.ask, self._glue
        bucket_for, known = self._candidates.bucket, self._candidates.buckets.get
        label_of, words_before, words_behind = self._context.label, self._context.before, self._context.behind
        follows, precedes = self._candidates.follows, self._candidates.precedes
        seen = reading.plain.translate(KINDS) + b" "  # which ends the last token too
        find = seen.find  # three times as fast as a regex over the text
        size, last, covered = len(text), 0, 0
        token = find(b"0")
        while token >= 0:
            start = digit = token
            end = find(b" ", digit)
            token = find(b"0", end)
            if end - digit <= _SHORT:
                numbers.append(digit)
            if digit < covered:
                last = end
                continue  # inside something whose check passed: the groups of a date, a card, an address
            left = text[digit - 1] if digit else ""
            if left in _LETTER_SET:
                lead = text[max(last, digit - _WORD_SPAN) : digit]
                start -= len(lead) - len(lead.rstrip(_LETTERS))
                if start < covered:
                    last = end
                    continue
                left = text[start - 1] if start else ""
            last = end
            following = text[end] if end < size else ""
            if following not in follows:
                following = ""
            length = end - start
            place = (
                length if length < LONGEST else LONGEST,
                text[start],
                left if left in precedes else "",
                following,
                left if left in _JOINTS and start > 1 and text[start - 2].isdigit() else "",
            )
            bucket = known(place) or bucket_for(*place)
            asked = bucket.alone
            label: Hits | None = None
            words: Hits | None = None
            if bucket.owners:
                owners = told
                near = label = label_of(text, flat, start)
                if not near:
                    words = words_before(text, flat, start)
                    near = words + words_behind(text, flat, end, _WIDE)
                for _, whose, _ in near:
                    owners |= whose
                if owners & bucket.owners:
                    asked = bucket.beside(owners)
            if asked and (reached := ask(start, asked, label, words)) > covered:
                covered = reached
            for ahead, first, entries in bucket.before:
                begin = start - ahead
                if begin >= 0 and (first is None or text[begin] in first):
                    reaching = [(e, e.match) for e in entries if (m := e.match(text, begin)) and m.end() > start]
                    if reaching and (reached := ask(begin, reaching)) > covered:
                        covered = reached
            if start + 1 < digit < start + 16 and (word := text[start:digit].lower()) in glue:
                self._glued(reading, word, digit, end)
        return numbers

    def _glued(self, reading: Reading, word: str, digit: int, end: int) -> None:
        """A value right behind its own label: QQ12345678."""
        text, candidates = reading.text, self._candidates
        following = text[end : end + 1] if text[end : end + 1] in candidates.follows else ""
        bucket = candidates.bucket(min(end - digit, LONGEST), text[digit], "", following, "")
        entries = (*(entry for entry, _ in bucket.alone), *bucket.labelled)
        reading.ask(digit, [(entry, entry.glued.match) for entry in entries if word in entry.labels])
