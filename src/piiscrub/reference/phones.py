"""Mainland telephone numbering: mobile segments and area codes."""

from __future__ import annotations

from functools import cache

from piiscrub.reference.tables import rows


@cache
def mobile_segments() -> frozenset[str]:
    """Assigned prefixes of 11-digit mobile numbers, three to five digits long.

    >>> "138" in mobile_segments(), "1349" in mobile_segments(), "142" in mobile_segments()
    (True, True, False)
    """
    return frozenset(row[0] for row in rows("cn_mobile_segments") if row[2] != "iot")


@cache
def iot_segments() -> frozenset[str]:
    """Assigned prefixes of 13-digit numbers of things, three or four digits long.

    >>> "1440" in iot_segments(), "146" in iot_segments()
    (True, True)
    """
    return frozenset(row[0] for row in rows("cn_mobile_segments") if row[2] == "iot")


@cache
def area_codes() -> dict[str, frozenset[int]]:
    """Area code without the trunk 0, and how many digits a local number may have there.

    >>> sorted(area_codes()["10"]), sorted(area_codes()["755"])
    ([8], [7, 8])
    """
    return {row[0]: frozenset(int(length) for length in row[1].split(",")) for row in rows("cn_area_codes")}


@cache
def mobile_kinds() -> dict[str, tuple[str, ...]]:
    """Assigned prefixes of 11-digit mobile numbers by kind: mobile, virtual, data, satellite …

    >>> "138" in mobile_kinds()["mobile"], "iot" in mobile_kinds()
    (True, False)
    """
    found: dict[str, list[str]] = {}
    for row in rows("cn_mobile_segments"):
        if row[2] != "iot":
            found.setdefault(row[2], []).append(row[0])
    return {kind: tuple(prefixes) for kind, prefixes in found.items()}
