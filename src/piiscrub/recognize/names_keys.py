"""Names in Latin letters behind a label that names a part of a name: the value of a key, the text of an element, a passport's.

``"lastName": "Li"``, ``['given_name'] => 'Mei'``, ``<ns:Surname>LI</ns:Surname>``. Such a value is a name whatever its letters
are: a tagger sees no sentence around it, and short ones in capitals are abbreviations to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from piiscrub.model.finding import Finding
from piiscrub.parse.names_en import NAME
from piiscrub.recognize import named_scores as worth
from piiscrub.reference.labels import label_words
from piiscrub.reference.words import cue_words
from piiscrub.text.late import late

_ID = "names"
_ENDS = ('ame"', "ame'", "ame>", "AME>", 'AME"')
_PART = late(r"(?:first|last|given|family|middle|maiden|fore|sur)[_ -]?n$", re.IGNORECASE)
_BACK = 10  # characters of the longest part
_TO_VALUE = late(r"""["']\]? ?(?::|=>?) ?["']|>""")
_CLOSED = late(r"""["']|</""")

# As papers print it: Surname/姓 WANG, 名/Given names\nJIANGUO.
_ENGLISH = "(?:(?:[Ss]ur|[Gg]iven |[Ff]ull )?[Nn]ames?|(?:SUR|GIVEN |FULL )?NAMES?)"
_BOTH = late(rf"(?:{_ENGLISH} ?/ ?(?:姓名?|名字?)|(?:姓名?|名字?) ?/ ?{_ENGLISH})[ :：]{{0,3}}\n? ?(?=[A-Z])")
_MARKS = ("/姓", "/名", "/ 姓", "/ 名", "姓/", "名/", "姓 /", "名 /")
# HL7 version 2: surname and given name of a patient, each a part of the fifth field.
_PATIENT = late(r"(?<![A-Za-z0-9])PID\|(?:[^|\r\n]{0,400}\|){4}(?P<name>[^|^~\r\n0-9]{1,40}(?:\^[^|^~\r\n0-9]{1,40})?)")


def keyed_names(text: str) -> Iterator[Finding]:
    """Every such name.

    >>> text = '{"lastName": "Li", "firstName": "String"} <Surname>LI</Surname>'
    >>> [text[f.start : f.end] for f in keyed_names(text)]
    ['Li', 'LI']
    """
    if "/" in text and any(mark in text for mark in _MARKS):
        for m in _BOTH.finditer(text):
            name = NAME.match(text, m.end(), m.end() + 60)
            if name and not _says_nothing(name.group()):
                yield Finding("PERSON", *name.span(), worth.LABEL_EN, _ID, "label", context=("name",))
    for end in _ENDS:
        at = text.find(end) if end[-1] in text else -1  # one sign is looked for at a tenth of the price of several
        while at >= 0:
            key = _PART.search(text, max(0, at - _BACK), at)
            value = _TO_VALUE.match(text, at + len(end) - 1) if key else None
            name = NAME.match(text, value.end(), value.end() + 60) if value else None
            if key and name and _CLOSED.match(text, name.end()) and not _says_nothing(name.group()):
                label = text[key.start() : at + len(end) - 1].lower()
                yield Finding("PERSON", *name.span(), worth.LABEL_EN, _ID, "label", context=(label,))
            at = text.find(end, at + 1)


def patients(text: str) -> Iterator[Finding]:
    """Names in the fifth field of a patient's segment, in whatever letters.

    >>> [(f.start, f.end) for f in patients("PID|1||0001||DOE^JANE||19000102|F")]
    [(13, 21)]
    """
    if "|" in text and "PID|" in text:
        for m in _PATIENT.finditer(text):
            yield Finding("PERSON", *m.span("name"), worth.LABEL_EN, _ID, "label", context=("patient",))


def _says_nothing(value: str) -> bool:
    """Whether a value stands for one, as in a schema: String, Required."""
    words = value.lower().split()
    return any(word in label_words("no_name") or word in cue_words("no_name") for word in words)
