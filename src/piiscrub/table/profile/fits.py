"""Whether the values of a column can be what its header says: a phone column of yes and no is none."""

from __future__ import annotations

import re

from piiscrub.model import entities
from piiscrub.table.profile import checks as look
from piiscrub.table.profile import words
from piiscrub.table.profile.shapes import Shapes

_WORDS = (
    "PERSON", "ORGANIZATION", "LOCATION", "OCCUPATION", "EDUCATION", "NRP", "MEDICAL_CONDITION", "CREDIT_RECORD",
    "CRIMINAL_RECORD", "SEXUAL_ORIENTATION", "CN_MARITAL_STATUS",
)  # fmt: skip
_NUMBERED = (
    "IDENTITY_DOCUMENT", "FINANCIAL_ACCOUNT", "HEALTH_NUMBER", "MEMBER_NUMBER", "PHONE_NUMBER", "DEVICE_ID", "VEHICLE",
    "TRACKING_NUMBER", "ORGANIZATION_NUMBER", "POSTAL_CODE", "SECRET", "ACCOUNT", "BANK_CODE",
)  # fmt: skip
_HEXADECIMAL = re.compile(r"0x[0-9A-Fa-f]+")  # of a memory or a device
_DECIMAL = re.compile(r"[+-]?\d+\.\d{1,3}")
_REPUBLIC = re.compile(r"(?:民国)?\s?\d{2,3}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")  # of birth, as written in Taiwan: 53/07/12
_DAY = re.compile(r"(?:0?[1-9]|1[0-2])\s?[-/.月]\s?(?:0?[1-9]|[12]\d|3[01])日?")
_LEAST_DIGITS = {
    "PHONE_NUMBER": 5,
    "IDENTITY_DOCUMENT": 5,
    "CREDIT_CARD": 12,
    "FINANCIAL_ACCOUNT": 6,
    "POSTAL_CODE": 3,
    "DEVICE_ID": 2,
    "VEHICLE": 3,
}


def fit(entity: str, shapes: Shapes) -> tuple[float, float]:
    """How well the values fit the entity that a header names, and the share that pass its check: each 0 to 1."""
    values = shapes.values[:200]
    matched, passed = look.form(values, entity) if entities.tree().get(entity) else (0.0, 0.0)
    return max(matched, _general(entity, shapes)), passed


def decimals(shapes: Shapes) -> bool:
    """Whether most values are numbers with one to three places, as amounts are.

    >>> decimals(Shapes(("12.50", "8.00", "131.2"), 3, 3)), decimals(Shapes(("13800138000", "12.5"), 2, 2))
    (True, False)
    """
    return words.share(shapes.values, lambda value: bool(_DECIMAL.fullmatch(value))) > 0.5 if shapes.values else False


def _under(entity: str, *roots: str) -> bool:
    return any(entities.is_a(entity, root) for root in roots)


def _general(entity: str, shapes: Shapes) -> float:
    lettered = shapes.han + shapes.latin
    numeric = max(shapes.share("number"), shapes.share("money"))
    if _under(entity, "GENDER", "CN_MARITAL_STATUS", "NRP") and not _under(entity, "NATIONALITY"):
        return 0.9 if shapes.distinct <= 80 else 0.3
    if _under(entity, "DATE_TIME"):
        dated = len(shapes.dates) / max(1, len(shapes.values))
        if entity == "DATE_OF_BIRTH":  # birthdays often go without the year
            dated = max(dated, words.share(shapes.values, lambda v: bool(_DAY.fullmatch(v) or _REPUBLIC.fullmatch(v))))
        return max(dated, shapes.share("month"), shapes.share("year"), shapes.share("time"), 0.6 * shapes.share("whole"))
    if _under(entity, "AGE", "INCOME", "CREDIT_RECORD"):
        return max(numeric, 0.7 if lettered and shapes.distinct < 60 else 0.0)
    if _under(entity, "POSTAL_CODE", "ADDRESS", "GEO_COORDINATE", "URL", "EMAIL_ADDRESS", "IP_ADDRESS"):
        return _place_or_net(entity, shapes)
    if _under(entity, "ACCOUNT", "SECRET"):
        return 0.9 if shapes.words < 2 else 0.4
    if _under(entity, "PERSON"):
        plain = words.share(shapes.values, lambda value: sum(ch.isdigit() for ch in value) < 3)
        return 0.85 * min(lettered, plain) if shapes.sentences < 0.5 else 0.3
    if _under(entity, "ORGANIZATION") and shapes.length < 2 and shapes.distinct <= 30:
        return 0.0  # units of measure, grades
    if _under(entity, *_WORDS):
        return 0.85 * lettered if shapes.sentences < 0.5 or _under(entity, "MEDICAL_CONDITION") else 0.3
    if _under(entity, *_NUMBERED):
        if decimals(shapes):
            return 0.0  # amounts: no number of anything has two places
        least = next((n for root, n in _LEAST_DIGITS.items() if _under(entity, root)), 1)
        return words.share(shapes.values, lambda value: sum(ch.isdigit() for ch in value) >= least and len(value) <= 40)
    return 0.5


def _place_or_net(entity: str, shapes: Shapes) -> float:
    if _under(entity, "ADDRESS"):
        hexadecimal = words.share(shapes.values, lambda value: bool(_HEXADECIMAL.fullmatch(value)))
        return 0.0 if max(shapes.share("number"), hexadecimal) > 0.5 else 0.85 * (shapes.han + shapes.latin)
    if _under(entity, "POSTAL_CODE"):
        return words.share(shapes.values, lambda value: 3 <= len(value) <= 10 and any(ch.isdigit() for ch in value))
    if _under(entity, "GEO_COORDINATE"):
        return shapes.share("number")
    if _under(entity, "EMAIL_ADDRESS"):
        return words.share(shapes.values, lambda value: "@" in value)
    return words.share(shapes.values, lambda value: "." in value or ":" in value)
