"""``ps.handover``: frames, files, folders and databases in, a signed bundle out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from os import PathLike
from typing import TYPE_CHECKING, Any

from piiscrub.errors import InputError
from piiscrub.frames.doors import issuing
from piiscrub.frames.opening import opened
from piiscrub.handing_over.bundle import Bundle
from piiscrub.handing_over.handing import handover as hand
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import SharePlan as PlainPlan

if TYPE_CHECKING:
    from piiscrub.evidence.ledger import Ledger
    from piiscrub.handing_over.sealing import Seal
    from piiscrub.model.plan import SharePlan
    from piiscrub.operate.protocol import VaultScope
    from piiscrub.scrubber.pipeline import Scrubber
    from piiscrub.scrubber.vaulted import VaultLike
    from piiscrub.table.applying import PolicyLike


def handover(
    sources: Any,
    plan: SharePlan,
    *,
    out: str | PathLike[str],
    keys: KeyRing,
    ledger: Ledger | str | PathLike[str] | None = None,
    dry_run: bool = False,
    vault: VaultScope | VaultLike | None = None,
    scope: str | None = None,
    policy: PolicyLike | Scrubber | None = None,
    now: datetime | None = None,
    approver: str = "",
    seal: Seal = None,
) -> Bundle:
    """Hand tables over under a plan: rules first, then the data, then a second look at what was written, then the signature.

    ``out/bundle`` goes to the recipient, who checks it with ``ps.verify``; ``out/record`` stays: plan, full report, the ledger
    entry, fingerprints by which a copy that turns up later is traced to this hand-over.

    Args:
        sources: one or several of: frame, path of a file or folder, URL of a database; or frames by name. A frame comes out
            as Parquet; row labels that are no plain count come out as its last columns, as the plan says.
        plan: from ``ps.plan``, with ``terms`` and a ``basis``; a person has decided every column.
        out: the folder to make.
        keys: a KeyRing with a file; it makes pseudonyms for this recipient and signs.
        ledger: a Ledger, or the path of one.
        dry_run: do and check everything, keep nothing.
        vault: where operators such as ``token`` put values: a Vault, the path of one, or a scope of one.
        scope: the scope to put them in; without it, this hand-over has one of its own (``evidence[0].scope``).
        policy: the policy the plan was made with, where it is one made in Python. Or a Scrubber of it: its recognizers,
            operators and tagger work on the text of the cells.
        now: an aware time; the clock's if left out.
        approver: who approved.
        seal: public keys of the recipient in the age format (``age1…``), or a ``ps.Passphrase``: ``out/bundle.age``, which
            ``ps.verify`` or any age tool opens, goes out in place of the folder. Needs the extra ``seal``. Sealed bytes are
            randomised.

    Raises:
        HandoverError: a rule is not met, or something personal is left in what was written; says what and where.
        PlanError: the plan does not fit the tables.
        InputError: what is no plan, key ring or vault.
        SourceError: something cannot be read or written, or is no table.

    >>> import tempfile, pandas as pd, piiscrub as ps
    >>> from pathlib import Path
    >>> df = pd.DataFrame({"手机号": ["13800138000", "13912345678"], "金额": [12, 30]})
    >>> basis = ps.Basis(kind="contract", reference="C-1", responsible="Data office")
    >>> plan = ps.plan(df, purpose="analytics", recipient="Example Ltd", policy="pipl-share", basis=basis)
    >>> plan = plan.replace(terms=ps.Terms(until="2099-12-31", contact="privacy@example.com"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ring = ps.KeyRing.new(Path(folder) / "keys")
    ...     done = ps.handover({"customers": df}, plan, out=Path(folder) / "out", keys=ring)
    ...     ps.verify(Path(folder) / "out" / "bundle", sender=ring.public_key)
    <VerifyReport: origin confirmed; complete and intact, 3 files>
    """
    if not isinstance(plan, PlainPlan):
        raise InputError(f"handover takes a SharePlan, not {type(plan).__name__}: ps.plan makes one, ps.load_plan reads one.")
    if not isinstance(keys, KeyRing):
        raise InputError(f"handover takes a KeyRing, not {type(keys).__name__}: KeyRing.load(path) reads one.")
    with issuing(vault, keys, scope) as (there, _):
        return hand(
            _plain(sources),
            plan,
            out=out,
            keys=keys,
            ledger=ledger,
            dry_run=dry_run,
            vault=there,
            policy=policy,
            now=now,
            approver=approver,
            seal=seal,
        )


def _plain(sources: Any) -> Any:
    """Frames as pyarrow tables, row labels as columns, everything else as it is."""
    if isinstance(sources, Mapping):
        return {name: _plain(one) for name, one in sources.items()}
    if isinstance(sources, Sequence) and not isinstance(sources, str | bytes):
        return [_plain(one) for one in sources]
    frame = opened(sources)
    if frame is None:
        return sources
    return frame.table.as_handed_in(labels=True)
