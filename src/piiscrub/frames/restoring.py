"""``ps.restore``: a text or a frame in, the same with its values out."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from piiscrub.errors import InputError
from piiscrub.model.plan import SharePlan
from piiscrub.scrubber.restoring import RestoreResult
from piiscrub.scrubber.restoring import restore as restore_text

if TYPE_CHECKING:
    from piiscrub.frames.doors import LedgerLike
    from piiscrub.keys.bound import Keys
    from piiscrub.scrubber.vaulted import VaultLike
    from piiscrub.table.result import TableScrub


def restore(
    obj: Any,
    *,
    keys: Keys | None = None,
    vault: VaultLike | None = None,
    scope: str | None = None,
    plan: SharePlan | None = None,
    ledger: LedgerLike = None,
) -> RestoreResult:
    """Put the values back behind placeholders, and where they were encrypted: in texts, cells and whole columns.

    Args:
        obj: a scrubbed text, or a frame of pandas, polars or Arrow; it may have been worked on. Placeholders are understood
            in the forms listed in docs/how-to/restore.md.
        keys: the KeyRing, or the BoundKeys that were used; not needed with an open vault. What ``encrypt`` made inside a text
            needs nothing else.
        vault: an open Vault, or the path of one, for placeholders.
        scope: the scope that the scrub named (``evidence.scope``). Nothing that was issued in another scope is restored.
        plan: for a frame, the plan that encrypted whole columns; keys are bound to its recipient and purpose.
        ledger: gets an entry of it, without any value: a Ledger, or the path of one; ``keys`` sign then.

    Returns:
        ``.text`` or ``.frame``, ``.restored``, ``.unknown``, for columns of a plan ``.cells`` and ``.not_back``
        (``.why_not()`` in words), and an ``.event`` for the ledger.

    Raises:
        InputError: neither keys nor a vault and its scope; an object that is neither text nor frame.
        KeysError: wrong keys, no such scope, a scope that was shredded, a vault or a value that was changed.

    >>> import tempfile, piiscrub as ps
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ring = ps.KeyRing.new(Path(folder) / "keys.json")
    ...     with ps.Vault(Path(folder) / "values.vault", ring) as vault:
    ...         done = ps.scrub("电话13800138000", keys=ring, vault=vault)
    ...         back = ps.restore(done.text + "已核实", keys=ring, vault=vault, scope=done.evidence.scope)
    >>> done.text, back.text, back
    ('电话<CN_MOBILE_1>', '电话13800138000已核实', <RestoreResult: 1 restored, 0 unknown>)
    """
    from piiscrub.evidence.ledger import ledger_at
    from piiscrub.keys.bound import BoundKeys

    if (vault is None) != (scope is None) or (vault is None and keys is None):
        raise InputError("restore takes the keys that encrypted, or a vault and the scope that the scrub named.")
    if not isinstance(plan, SharePlan | None):
        raise InputError(f"restore takes the plan as a SharePlan, not {type(plan).__name__}: load one with ps.load_plan(path).")
    book = ledger_at(ledger, keys.ring if isinstance(keys, BoundKeys) else keys)
    if isinstance(obj, str | bytes | bytearray):
        done = restore_text(obj, keys=keys, vault=vault, scope=scope)  # type: ignore[arg-type]  # bytes are refused there
    else:
        done = _frame(obj, keys, vault, scope, plan)
    if book is not None:
        book.record(done)
    return done


def _frame(obj: Any, keys: Keys | None, vault: VaultLike | None, scope: str | None, plan: SharePlan | None) -> RestoreResult:
    from piiscrub.frames.opening import must_open
    from piiscrub.scrubber.restoring import Restorer
    from piiscrub.scrubber.vaulted import scope_of
    from piiscrub.table.not_back import not_back
    from piiscrub.table.restoring import by_plan, by_vault, for_plan
    from piiscrub.table.restoring import restore as restore_table

    frame = must_open(obj, where="restore")
    if plan is not None and keys is None:
        raise InputError("restore by a plan takes the keys that were used.")
    ways = {} if plan is None or keys is None else by_plan(frame.table, plan, keys)
    used = keys if plan is None or keys is None else for_plan(plan, keys)
    stays = () if plan is None else not_back(plan.tables[0], vaulted=vault is not None)
    if vault is None or scope is None:
        restorer = Restorer(keys=used)
        done = frame.finished(restore_table(frame.table, ways, by_vault(restorer)))
        return restorer.result(frame=done.frame, cells=_cells(done, ways), not_back=stays)
    with scope_of(vault, keys, scope, create=False) as there:
        restorer = Restorer(there, keys=used)
        done = frame.finished(restore_table(frame.table, ways, by_vault(restorer)))
        return restorer.result(frame=done.frame, cells=_cells(done, ways), not_back=stays)


def _cells(done: TableScrub, ways: Collection[int]) -> int:
    return sum(one.changed for one in done.evidence.columns if one.position in ways)
