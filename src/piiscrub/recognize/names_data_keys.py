"""Keys of data in Latin letters that name a person, right before a Han character: ``"custName": "``, ``<CustName>``, ``xm=``.

What stands behind such a key is a name though it be that of a county too (洪雅). A bare ``name`` is left out: goods have one.
"""

from __future__ import annotations

from piiscrub.recognize import named_scores as worth
from piiscrub.reference.words import name_words
from piiscrub.text.late import late

_JOINT = ":=>\"'"
_LONGEST = 32  # characters of a key with the marks behind it
_KEY = late(r"(?<![A-Za-z])([A-Za-z][A-Za-z]*(?:_[A-Za-z]+)*)(?:[\"']?\]?\s?(?:=>|[:=])\s?[\"']?|>)\Z")


def key_before(text: str, start: int) -> str:
    """The key that ends right before a place, in small letters; "" if what stands there is none, or names no person.

    >>> key_before('{"custName": "洪雅"}', 14), key_before("<PatientName>洪雅", 13), key_before("product_name=洪雅", 13)
    ('custname', 'patientname', '')
    """
    if not start or (text[start - 1] not in _JOINT and text[start - 2 : start] not in (": ", "= ")):
        return ""
    m = _KEY.search(text[max(0, start - _LONGEST) : start])
    key = m[1].replace("_", "").lower() if m else ""
    return key if key in name_words("key") else ""


def announced(text: str, start: int) -> tuple[float, str, bool]:
    """The weight of what stands before a name at an edge, the key if it is one, and whether it is."""
    key = key_before(text, start)
    return (worth.LABEL, key, True) if key else (worth.EDGE, "", False)
