"""What somebody says a person has: ``she has type 2 diabetes``, ``my son has a peanut allergy``, ``I've had migraines``.

In code, because who has it stands outside the finding: people who have asthma are nobody in particular. Confidence L.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from piiscrub.model.finding import Check
from piiscrub.reference.tables import alternatives
from piiscrub.text.late import late

NEEDS = (" has ", " have ", " had ")

_REACH = 40  # characters looked back over for the one who has it
# What may follow, so that nothing else is had: depression glass, a stroke of luck.
_CLOSED = (
    r"(?=\s*(?:[.,;:!?()\n]|\Z)"
    r"|\s+(?:and|but|so|or|since|for|which|that|with|because|from|in|after|as|if|at|when|while|on|too|now)\b)"
)
_NOBODY = (
    "Who|Every(?:one|body)|Any(?:one|body)|Some(?:one|body)|Nobody|People|Each|One|It|That|This|What|Which|The|If|They|We|You"
    "|Women|Men|Adults"
)
_ROLES = "patient|client|employee|tenant|claimant|student|customer|caller|applicant|child|baby"
_WHO = late(
    rf"(?<![A-Za-z])(?:[Ss]?[Hh]e|I|and|(?:[Mm]y|[Hh]er|[Hh]is) [a-z]{{3,12}}|[Tt]he (?:{_ROLES})|[Pp]t"
    rf"|(?!(?:{_NOBODY})\b)[A-Z][a-z]{{1,15}})"
    r"(?:['’](?:ve|s))?(?: also| still| now| already| always| only| previously)? \Z"
)


@cache
def _told() -> re.Pattern[str]:
    lead, named = (alternatives("conditions_en", kind) for kind in ("lead", "named"))
    return re.compile(rf"ha(?:s|d|ve) (?:had )?(?:(?:{lead}) ){{0,2}}(?P<found>(?:{named})){_CLOSED}")


def find(text: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int, str, Check]]:
    """Every condition that somebody has.

    >>> text = "She has type 2 diabetes. My son had a peanut allergy. People who have asthma; Canada has beaten polio."
    >>> [text[a:b] for a, b, *_ in find(text)]
    ['type 2 diabetes', 'peanut allergy']
    """
    for m in _told().finditer(text):
        if _WHO.search(text, max(0, m.start() - _REACH), m.start()):
            yield *m.span("found"), "told", "none"
