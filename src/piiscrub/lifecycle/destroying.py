"""Destroy in two steps: look and get a hash, then act on exactly that, look again, and certify."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from piiscrub.errors import InputError
from piiscrub.evidence.ledger import Ledger
from piiscrub.lifecycle.order import Order, order_of
from piiscrub.lifecycle.planning import DestructionPlan, make
from piiscrub.lifecycle.rules import RetentionRules
from piiscrub.lifecycle.rules import load as load_rules
from piiscrub.lifecycle.running import Destroyed as Destroyed
from piiscrub.lifecycle.running import Run
from piiscrub.lifecycle.targets import Target, targets_of

if TYPE_CHECKING:
    from piiscrub.keys.ring import KeyRing

OrderLike = Order | Mapping[str, Any] | str | PathLike[str]
RulesLike = RetentionRules | str | PathLike[str]


@overload
def destroy(
    targets: Target | Sequence[Target],
    *,
    confirm: None = None,
    rules: RulesLike | None = None,
    now: datetime | None = None,
) -> DestructionPlan: ...
@overload
def destroy(
    targets: Target | Sequence[Target],
    *,
    confirm: str,
    out: str | PathLike[str],
    keys: KeyRing,
    order: OrderLike,
    rules: RulesLike | None = None,
    ledger: Ledger | str | PathLike[str] | None = None,
    now: datetime | None = None,
) -> Destroyed: ...
def destroy(
    targets: Target | Sequence[Target],
    *,
    confirm: str | None = None,
    out: str | PathLike[str] | None = None,
    keys: KeyRing | None = None,
    order: OrderLike | None = None,
    rules: RulesLike | None = None,
    ledger: Ledger | str | PathLike[str] | None = None,
    now: datetime | None = None,
) -> DestructionPlan | Destroyed:
    r"""Destroy files, folders, rows, data keys of a vault, epochs of a key ring; in two steps, with a certificate.

    Without ``confirm`` nothing is touched: the plan comes back, with its ``hash``. With the hash (or its first 12 characters)
    exactly that is destroyed; if anything has changed meanwhile, nothing is. Links are removed and never followed. Files are
    overwritten once and removed: that is *Clear* after NIST SP 800-88, and on SSDs, snapshots and copies not even that; the
    certificate says so, and what is left to be done by hand. A run that was cut off is taken up by the same call.

    Args:
        targets: one or several of: path of a file or folder, ``Rows``, ``VaultKeys``, ``KeyEpoch``.
        confirm: the hash of the plan.
        out: the folder to make for the certificate (JSON, signature, HTML).
        keys: a key ring with a file; it signs.
        order: who ordered it, why, who does it, who watches; see ``Order``. From grade 3, or unknown, two persons.
        rules: rules of retention: what a hold or a legal minimum covers stays.
        ledger: a Ledger, or the path of one; the certificate is chained into it.
        now: an aware time; the clock's if left out.

    Raises:
        DestructionError: not confirmed, changed since, a person or a reason is missing, something must stay. Nothing was done.
        SourceError, KeysError, PlanError: a target is not there or cannot be looked at.

    >>> import tempfile
    >>> from piiscrub.keys.ring import KeyRing
    >>> order = {"organisation": "Example Ltd", "basis": "PIPL 47", "reason": "contract ended", "approver": "A", "operator": "B"}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ring, old = KeyRing.new(folder + "/keys"), Path(folder, "old.csv")
    ...     _ = old.write_text("name,tel\n张三,13800138000\n", encoding="utf-8")
    ...     plan = destroy(old)
    ...     done = destroy(old, confirm=plan.hash, out=folder + "/certificate", keys=ring, order={**order, "grade": 2})
    ...     plan.counts, done.complete, old.exists()
    ({'bytes': 28, 'files': 1, 'rows': 1}, True, False)
    """
    moment = at(now)
    wanted = targets_of(targets)
    held = None if rules is None else load_rules(rules)
    if confirm is None:
        return make(wanted, held, moment.date())
    run = confirmed(out, keys, order, ledger, now)
    return run.resumed(wanted, confirm, held) or run.fresh(wanted, confirm, held, moment.date())


def at(now: datetime | None) -> datetime:
    """The moment that is meant. Raises InputError for one without a zone."""
    moment = datetime.now(UTC) if now is None else now
    if moment.tzinfo is None:
        raise InputError("destroy takes times with a time zone, for example datetime.now(timezone.utc).")
    return moment


def confirmed(
    out: str | PathLike[str] | None,
    keys: KeyRing | None,
    order: OrderLike | None,
    ledger: Ledger | str | PathLike[str] | None,
    now: datetime | None,
) -> Run:
    """A run that may begin. Raises InputError, KeysError: something it takes is missing."""
    if out is None or keys is None:
        raise InputError("a confirmed destruction takes out (the folder for the certificate) and keys (the ring that signs).")
    from piiscrub.keys.ring import KeyRing

    if not isinstance(keys, KeyRing):
        raise InputError(f"keys takes a KeyRing, not {type(keys).__name__}: KeyRing.load(path) reads one.")
    keys.public_key  # noqa: B018  # raises for a ring that cannot sign, before anything is done
    book = Ledger(ledger, keys=keys) if isinstance(ledger, str | PathLike) else ledger
    if book is not None:
        book.ready()
    return Run(Path(out), keys, order_of(order), book, now)
