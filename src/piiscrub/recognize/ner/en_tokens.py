"""Cuts English text into the tokens the network reads.

The network was trained on these very tokens, so a change here asks for a new training run (``training/en``). They follow
the habits of the tokenizer the base weights were made with: contractions are split, initials and titles keep their full
stop, hyphens stand alone, addresses of the net are one piece.
"""

from __future__ import annotations

import re

from piiscrub.text.late import late

# A token longer than this is cut: nothing in it is a name, and no text may make one token of a megabyte.
LONGEST = 100

# Most tokens are the first alternative, which none of those before the word with an apostrophe could take: asked at once.
_TOKEN = late(
    rf"""
      [^\W\d_]{{1,{LONGEST}}}+(?=[ ,\n])
    | (?:[^\W\d_]\.){{2,9}}                                   # U.S. e.g. J.R.R.
    | (?<![^\W_])[^\W\d_]\.(?=\s|$|[^\W\d_a-z]|,)             # initials: M. Smith, J.Smith
    | (?:(?i:mr|mrs|ms|mx|dr|jr|sr|inc|ltd|corp|prof|messrs|esq|dept|approx)|St|Co|Gen|Sen|Rep|Gov|Capt|Lt|Col|Sgt|Rev|Hon|Ave
        |Blvd|Rd|Mt|Ft|Bros|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.(?!\w)
    | (?:https?://|www\.)\S{{1,{LONGEST}}}
    | [\w.+-]{{1,64}}@[\w-]{{1,64}}\.[\w.-]{{0,64}}\w         # e-mail
    | @\w{{1,{LONGEST}}}                                      # a user's handle
    | [A-Za-z0-9-]{{1,64}}\.(?:com|org|net|edu|gov|io|co|uk|de|info)(?![\w-])(?:\.[a-z]{{2,3}}(?!\w))?
    | \d{{1,64}}+(?:[.,:/]\d{{1,64}})*+(?!\w)             # 3.50, 10:30, 3/4/2020
    | [A-Z]{{1,9}}(?:&[A-Z]{{1,9}})+(?!\w)                    # initials of a firm
    | [^\W\d_]{{1,{LONGEST}}}+(?:['’][^\W\d_]{{1,{LONGEST}}}+){{0,4}}+(?!\w)
    | (?<!\w)['’](?:s|re|ve|ll|d|m)(?!\w)                     # split off before: John 's
    | [:;=]-?[()DPp](?!\w)                                    # a smile
    | \w{{1,{LONGEST}}}
    | \n\s{{0,{LONGEST}}}
    | \.{{2,9}} | -{{2,9}}
    | [^\w\s]
    """,
    re.VERBOSE,
)
_HASH_TAG = late("(?:[A-Z][a-z]{1,30}){2,4}")  # #JaneDoe: the words of a tag are tokens
_CAMEL = late("[A-Z][a-z]+")
_CONTRACTED = frozenset(("s", "re", "ve", "ll", "d", "m", "S", "RE", "VE", "LL", "D", "M"))


def tokens(text: str) -> list[tuple[int, int]]:
    """Start and end of every token, in order; white space between tokens belongs to none, a line break is a token.

    >>> text = "Dr. O'Neil didn't reply."
    >>> [text[start:end] for start, end in tokens(text)]
    ['Dr.', "O'Neil", 'did', "n't", 'reply', '.']
    """
    spans = [match.span() for match in _TOKEN.finditer(text)]
    if "'" not in text and "’" not in text and "#" not in text:
        return spans
    whole: list[tuple[int, int]] = []
    for start, end in spans:
        if start and text[start - 1] == "#" and _HASH_TAG.fullmatch(text, start, end):
            whole += [match.span() for match in _CAMEL.finditer(text, start, end)]
            continue
        token = text[start:end]
        cut = _contraction(token) if end - start > 2 and ("'" in token or "’" in token) else 0
        if cut:
            whole.append((start, start + cut))
            whole.append((start + cut, end))
        else:
            whole.append((start, end))
    return whole


def _contraction(token: str) -> int:
    """Where the contracted part of a token begins, 0 if it has none."""
    place = max(token.rfind("'"), token.rfind("’"))
    if place <= 0:
        return 0
    tail = token[place + 1 :]
    if tail in ("t", "T") and place >= 2 and token[place - 1] in "nN":
        return place - 1
    return place if tail in _CONTRACTED else 0
