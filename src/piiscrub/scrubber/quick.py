"""``ps.scan``, ``ps.scrub``, ``ps.scan_many``, ``ps.scrub_many`` and ``ps.explain``: one call each, nothing to set up.

The Scrubber for a preset or for a Policy object is built at the first call and kept for the next ones. A policy file is read
again at every call, because it may have changed: callers who use one often should build a Scrubber themselves.
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
from piiscrub.scrubber.vaulted import scope_of

if TYPE_CHECKING:
    from piiscrub.keys.bound import Keys
    from piiscrub.scrubber.explain import Explanation
    from piiscrub.scrubber.many import Progress
    from piiscrub.scrubber.vaulted import VaultLike

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


def scrub(
    text: str,
    *,
    policy: PolicyLike = "balanced",
    entities: Collection[str] | None = None,
    label: str = "",
    keys: Keys | None = None,
    vault: VaultLike | None = None,
    scope: str | None = None,
) -> ScrubResult:
    """Replace what the policy says; everything else stays as it is.

    Args:
        text: any str.
        policy: a preset, the path of a policy file, or a Policy.
        entities: only these and their children in the entity tree.
        label: the column name or key that the text stands under.
        keys: a KeyRing, or BoundKeys for a recipient and purpose. Without keys, operators that need one share a random key
            for this call, and the evidence says so.
        vault: a Vault or the path of one: placeholders are issued there, and :func:`restore` puts the values back.
        scope: the scope to issue them in; without it, this call has one of its own (``evidence.scope``).

    Raises:
        InputError: ``text`` is no str, or the policy only looks.
        KeysError: a vault without its keys, or one that cannot be used.

    >>> scrub("邮箱zhang.san@example.com谢谢", policy="display").text
    '邮箱z***@example.com谢谢'
    """
    scrubber = _scrubber(policy)
    if vault is None:
        return scrubber.with_keys(keys).scrub(text, entities=entities, label=label, scope=scope)
    with scope_of(vault, keys, scope) as there:
        document = scrubber.document(keys=there.vault.keys, vault=there)
        return scrubber.scrub(text, entities=entities, label=label, document=document)


def scan_many(
    texts: Iterable[str],
    *,
    policy: PolicyLike = "review",
    entities: Collection[str] | None = None,
    workers: int = 1,
    progress: Progress = None,
) -> Iterator[ScanResult]:
    """Scan many texts. The results come in the order of the texts, while the texts are still being read.

    Args:
        texts: any iterable of str, a generator too.
        policy: as for :func:`scan`.
        entities: as for :func:`scan`.
        workers: how many processes share the work; 1 is this process alone.
        progress: is called after each text with the number of texts done so far.

    Raises:
        InputError: an item is no str. The message names its position, never the text.

    >>> [len(r.findings) for r in scan_many(["电话13800138000", "你好"])]
    [1, 0]
    """
    return _scrubber(policy).scan_many(texts, entities=entities, workers=workers, progress=progress)


def scrub_many(
    texts: Iterable[str],
    *,
    policy: PolicyLike = "balanced",
    entities: Collection[str] | None = None,
    keys: Keys | None = None,
    vault: VaultLike | None = None,
    scope: str | None = None,
    workers: int = 1,
    progress: Progress = None,
) -> Iterator[ScrubResult]:
    """Scrub many texts. The results come in the order of the texts, while the texts are still being read.

    Each text is a document of its own: the numbers in ``<CN_MOBILE_1>`` start again. To share numbers between texts, see
    ``Scrubber.document``.

    Args:
        texts: any iterable of str, a generator too.
        policy: as for :func:`scrub`.
        entities: as for :func:`scrub`.
        keys: as for :func:`scrub`.
        vault: as for :func:`scrub`.
        scope: as for :func:`scrub`.
        workers: how many processes share the work; 1 is this process alone.
        progress: is called after each text with the number of texts done so far.

    Raises:
        InputError: an item is no str. The message names its position, never the text.

    >>> [r.text for r in scrub_many(["电话13800138000", "你好"])]
    ['电话<CN_MOBILE_1>', '你好']
    """
    scrubber = _scrubber(policy).with_keys(keys, vault)
    return scrubber.scrub_many(texts, entities=entities, scope=scope, workers=workers, progress=progress)


def explain(text: str, start: int, end: int, *, policy: PolicyLike = "review", label: str = "") -> Explanation:
    """Why ``text[start:end]`` was found, or why not. Print the result: it is a list of reasons in plain words.

    ``policy`` and ``label`` are as for :func:`scan`; use those with which the text was missed, or found wrongly.

    >>> print(explain("订单110105194912310021", 2, 20))  # doctest: +ELLIPSIS
    Characters 2–20: not found.
    ...
    """
    return _scrubber(policy).explain(text, start, end, label=label)
