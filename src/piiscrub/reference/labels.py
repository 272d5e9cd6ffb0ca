"""What stands behind the labels of passwords and log-in names without being one."""

from __future__ import annotations

from functools import cache

from piiscrub.reference.tables import rows


@cache
def label_words(kind: str) -> frozenset[str]:
    """What stands behind a label in place of a value, in small letters: no_password, no_name, service.

    >>> "required" in label_words("no_password"), "git" in label_words("service")
    (True, True)
    """
    return frozenset(word for row in rows("label_words") if row[0] == kind for word in row[1].split())
