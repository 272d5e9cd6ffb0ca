"""The one-call forms.

The pipeline of a preset, and of a Policy object, is built once and kept. A policy file is read again in every call, as it
may have changed; who calls often builds a Scrubber.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from os import PathLike
from typing import TYPE_CHECKING, TypeAlias

from piiscrub.model.policy import Policy
from piiscrub.registry.policies import policy_names
from piiscrub.scrubber.pipeline import Scrubber
from piiscrub.scrubber.results import ScanResult, ScrubResult

if TYPE_CHECKING:
    from piiscrub.scrubber.explain import Explanation
    from piiscrub.scrubber.many import Progress

PolicyLike: TypeAlias = str | PathLike[str] | Policy


def _scrubber(policy: PolicyLike) -> Scrubber:
    if isinstance(policy, Policy) or policy in policy_names():
        return _kept(policy)
    return Scrubber(policy=policy)


@lru_cache(maxsize=16)
def _kept(policy: PolicyLike) -> Scrubber:
    return Scrubber(policy=policy)


def scan(text: str, *, policy: PolicyLike = "review", entities: Collection[str] | None = None, label: str = "") -> ScanResult:
    """What personal information is in a text.

    Args:
        text: any str, Chinese and English mixed.
        policy: a preset, the path of a policy file, or a Policy. ``review`` reports every kind, however weak.
        entities: report only these and their children in the entity tree.
        label: the column name or key that the text stands under.

    Raises:
        InputError: if ``text`` is no str.

    >>> [f.entity for f in scan("身份证号11010519491231002X").findings]
    ['CN_ID_CARD']
    """
    return _scrubber(policy).scan(text, entities=entities, label=label)


def scrub(text: str, *, policy: PolicyLike = "balanced", entities: Collection[str] | None = None, label: str = "") -> ScrubResult:
    """Replace what the policy says; everything else stays as it is.

    >>> scrub("邮箱zhang.san@example.com谢谢", policy="display").text
    '邮箱z***@example.com谢谢'
    """
    return _scrubber(policy).scrub(text, entities=entities, label=label)


def scan_many(
    texts: Iterable[str],
    *,
    policy: PolicyLike = "review",
    entities: Collection[str] | None = None,
    workers: int = 1,
    progress: Progress = None,
) -> Iterator[ScanResult]:
    """Scan an iterable of texts, in order; ``workers`` processes, ``progress(done)`` after each.

    >>> [len(r.findings) for r in scan_many(["电话13800138000", "你好"])]
    [1, 0]
    """
    return _scrubber(policy).scan_many(texts, entities=entities, workers=workers, progress=progress)


def scrub_many(
    texts: Iterable[str],
    *,
    policy: PolicyLike = "balanced",
    entities: Collection[str] | None = None,
    workers: int = 1,
    progress: Progress = None,
) -> Iterator[ScrubResult]:
    """Scrub an iterable of texts, in order; each is a document of its own.

    >>> [r.text for r in scrub_many(["电话13800138000", "你好"])]
    ['电话<CN_MOBILE_1>', '你好']
    """
    return _scrubber(policy).scrub_many(texts, entities=entities, workers=workers, progress=progress)


def explain(text: str, start: int, end: int, *, policy: PolicyLike = "review", label: str = "") -> Explanation:
    """Why ``text[start:end]`` was found, or why not.

    >>> print(explain("订单110105194912310021", 2, 20))  # doctest: +ELLIPSIS
    Characters 2–20: not found.
    ...
    """
    return _scrubber(policy).explain(text, start, end, label=label)
