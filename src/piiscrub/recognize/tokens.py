"""What stands at runs of letters and digits that hold a digit.

Step by step for many runs, be they of one text or of a hundred: what one step needs stays in the processor's caches, and
that makes a quarter of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from piiscrub.recognize.candidates import LONGEST, Asked, Bucket, Candidates
from piiscrub.recognize.compiled import Entry
from piiscrub.recognize.context import LISTED_WITH, WIDE, ContextIndex
from piiscrub.recognize.elsewhere import FAR, may_lie_below
from piiscrub.recognize.hits import Hits, owners_of
from piiscrub.recognize.reading import Matched, Reading
from piiscrub.recognize.words import kinds

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_LETTER_SET = frozenset(_LETTERS)
_WORD_SPAN = 64  # letters looked back over to find where a token begins; longer ones are no identifier
_SMALL = 3  # digits of a small number
_SHORT = 12  # characters of a run that may begin with one: 30yearsold
_JOINTS = frozenset(".-#:/ _,*+%")  # what joins the groups of one number
_LONGEST_JOINT = 6  # characters of ", and "
_TOGETHER = 128  # tokens that go through the steps together; few enough that the garbage collector seldom looks at them


class Token:
    """A run of letters and digits, the patterns it may be shown to, and what has been seen of it so far."""

    __slots__ = ("before", "bucket", "digit", "end", "label", "matched", "owners", "reading", "silent", "start")

    def __init__(self, reading: Reading, start: int, digit: int, end: int, bucket: Bucket, matched: Matched) -> None:
        self.reading, self.start, self.digit, self.end, self.bucket = reading, start, digit, end, bucket
        self.matched = matched
        self.owners = reading.owners  # of the words that speak for it
        # What nobody has seen is no list of its own: hundreds of tokens are held at once, and whatever can hold others is
        # visited by the garbage collector, which takes a tenth of the time.
        self.label: Hits | None = None
        self.before: Hits | None = None  # None: nobody has looked
        self.silent = end  # the place behind which there is no word, -1 if there is one

    def ask(self, asked: Iterable[Asked]) -> None:
        """Show it to these patterns."""
        text, start = self.reading.text, self.start
        for entry, match in asked:
            if found := match(text, start):
                self.matched += ((entry, found.end()),)


class Tokens:
    """The patterns found by where digits stand, and the words that speak for them."""

    __slots__ = ("_candidates", "_context", "_glue")

    def __init__(self, candidates: Candidates, context: ContextIndex, glue: frozenset[str]) -> None:
        self._candidates, self._context, self._glue = candidates, context, glue

    def find(self, readings: Iterable[Reading]) -> None:
        """Weigh every match of these patterns, and note where small numbers begin."""
        tokens = chain.from_iterable(map(self._tokens, readings))
        while together := list(islice(tokens, _TOGETHER)):
            self._look_around([token for token in together if token.bucket.owners])
            self._weigh(together)

    def _tokens(self, reading: Reading) -> Iterator[Token]:
        find = kinds(reading.plain).find  # three times as fast as a regex over the text
        token = find(b"0")
        if token < 0:
            return
        text = reading.text
        numbers: list[int] = []
        reading.numbers = numbers
        bucket_for, known = self._candidates.bucket, self._candidates.buckets.get
        follows, precedes = self._candidates.follows, self._candidates.precedes
        size, last = len(text), 0
        while token >= 0:
            digit, end = token, find(b" ", token)
            if end < 0:
                end = size
            token = find(b"0", end)
            length = end - digit
            figures = text[digit:end].isdigit()
            if length <= (_SMALL if figures else _SHORT):
                numbers.append(digit)
            start = digit
            left = text[digit - 1] if digit else ""
            if left in _LETTER_SET:
                lead = text[max(last, digit - _WORD_SPAN) : digit]
                start -= len(lead) - len(lead.rstrip(_LETTERS))
                left = text[start - 1] if start else ""
                length = end - start
            last = end
            following = text[end] if end < size and text[end] in follows else ""
            inner = left if left in _JOINTS and start > 1 and text[start - 2] in _DIGITS else ""
            key = (
                length if length < LONGEST else LONGEST,
                text[start],
                left if left in precedes else "",
                following,
                inner,
                figures and start == digit,
            )
            bucket = known(key) or bucket_for(*key)
            matched: Matched = ()
            for entry, match in bucket.alone:  # as Token.ask does: a call for each costs a fifth of a row of short runs
                if found := match(text, start):
                    matched += ((entry, found.end()),)
            # Most runs of a long number are nothing by themselves.
            if matched or bucket.owners or start < digit or (bucket.before and bucket.ahead(text, start)):
                yield Token(reading, start, digit, end, bucket, matched)

    def _look_around(self, tokens: Sequence[Token]) -> None:
        """Show tokens to the patterns that a word near them speaks for."""
        bare = self._without_label(tokens)
        words_before, words_behind = self._context.before, self._context.behind
        for token in bare:
            reading = token.reading
            if hits := words_before(reading.text, reading.letters, token.start):
                token.owners |= owners_of(hits)
            token.before = hits
        for token in bare:
            reading = token.reading
            if hits := words_behind(reading.text, reading.letters, token.end, WIDE):
                token.owners |= owners_of(hits)
                token.silent = -1
        for token in tokens:
            if token.owners & token.bucket.owners:
                token.ask(token.bucket.beside(token.owners))
                if not token.label or token.label[0][0] < FAR:
                    continue
            elif token.label:
                continue
            reading = token.reading
            if may_lie_below(reading.text, token.start, token.end):
                if reading.lone is None:
                    reading.lone = []
                reading.lone.append(token.start)

    def _without_label(self, tokens: Iterable[Token]) -> list[Token]:
        """Note the label of each token, and return those without one whose surroundings may matter."""
        found = []
        told: Token | None
        told, listed = None, -_LONGEST_JOINT - 1  # the last one with a label, and where it ends
        label_of, silent = self._context.label, self._context.silent
        for token in tokens:
            reading, bucket, start = token.reading, token.bucket, token.start
            text, flat = reading.text, reading.letters
            label = label_of(text, flat, start)
            if label and (owners := owners_of(label)) & bucket.heard:
                token.label = label
                token.owners |= owners
                told, listed = token, token.end
            elif 0 < start - listed <= _LONGEST_JOINT and told and _listed_with(told, token):
                token.label = told.label
                token.owners |= told.owners
                told, listed = token, token.end
            # Else it is the label of something else, if any: 刘女士，87654321.
            elif token.matched or token.owners & bucket.owners or not silent(text, flat, start, token.end, bucket.owners):
                found.append(token)
        return found

    def _weigh(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            reading = token.reading
            if token.start >= reading.covered:
                if token.matched:
                    covered = reading.weigh(token.start, token.matched, token.label, token.before, token.silent)
                    reading.covered = max(reading.covered, covered)
                if token.bucket.before:
                    for begin, entries in token.bucket.ahead(reading.text, token.start):
                        self._lead(token, begin, entries)
                if 1 < token.digit - token.start < 16:
                    self._glued(token)

    def _lead(self, token: Token, begin: int, entries: Iterable[Entry]) -> None:
        """What begins before the token."""
        reading, start = token.reading, token.start
        matched = [(e, m.end()) for e in entries if (m := e.match(reading.text, begin)) and m.end() > start]
        if matched:
            reading.covered = max(reading.covered, reading.weigh(begin, matched))

    def _glued(self, token: Token) -> None:
        """A value right behind its own label: QQ12345678."""
        reading, digit, end = token.reading, token.digit, token.end
        text = reading.text
        word = text[token.start : digit].lower()
        if word not in self._glue:
            return
        following = text[end : end + 1] if text[end : end + 1] in self._candidates.follows else ""
        bucket = self._candidates.bucket(min(end - digit, LONGEST), text[digit], "", following, "", text[digit:end].isdigit())
        entries = (*(entry for entry, _ in bucket.alone), *bucket.labelled)
        matched = [(e, m.end()) for e in entries if word in e.labels and (m := e.glued.match(text, digit))]
        if matched:
            reading.weigh(digit, matched)


def _listed_with(told: Token, token: Token) -> bool:
    """Whether a token shares the label of the one before: as long, a comma or "and" between, and the label is one of its own."""
    reading, start, end = told.reading, told.start, told.end
    return (
        reading is token.reading
        and token.end - token.start == end - start
        and bool(told.owners & token.bucket.owners)
        and LISTED_WITH.fullmatch(reading.text, end, token.start) is not None
    )
