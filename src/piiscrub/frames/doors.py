"""The functions behind ``ps.profile``, ``ps.plan``, ``ps.apply`` and ``df.pii``: what the caller hands in, the same comes out."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, overload

from piiscrub.errors import InputError, PlanError
from piiscrub.frames.opening import must_open
from piiscrub.model.plan import Basis, TablePlan, Terms
from piiscrub.model.plan import SharePlan as PlainPlan
from piiscrub.model.policy import Policy
from piiscrub.planner.in_text import in_text
from piiscrub.planner.policies import policy_of
from piiscrub.registry.policies import policy_names
from piiscrub.scrubber.pipeline import Scrubber

if TYPE_CHECKING:
    from piiscrub.evidence.ledger import Ledger
    from piiscrub.keys.bound import Keys
    from piiscrub.operate.protocol import VaultScope
    from piiscrub.planner.share import SharePlan
    from piiscrub.scrubber.vaulted import VaultLike
    from piiscrub.sources.tabular import TableFile
    from piiscrub.table.applying import PolicyLike
    from piiscrub.table.files import FileScrub
    from piiscrub.table.frame import Table
    from piiscrub.table.profile.model import TableProfile
    from piiscrub.table.result import TableScrub
    from piiscrub.table.scanning import TableScan

T = TypeVar("T")
LedgerLike: TypeAlias = "Ledger | str | PathLike[str] | None"


def scan(source: Any, *, policy: PolicyLike | Scrubber = "review", entities: Collection[str] | None = None) -> TableScan:
    """What stands in the cells of a frame. See ``df.pii.scan``."""
    from piiscrub.table.scanning import scan as scan_table

    return scan_table(must_open(source, where="scan").table, scrubber_for(policy), entities=entities)


def findings(source: Any, *, policy: PolicyLike | Scrubber = "review", entities: Collection[str] | None = None) -> Any:
    """The findings in the cells of a frame, as a frame of the same library."""
    from piiscrub.table.scanning import scan as scan_table

    frame = must_open(source, where="findings")
    return frame.show(scan_table(frame.table, scrubber_for(policy), entities=entities).findings())


def profile(
    source: Any, *, sample: int | None = None, lang: str | None = None, seed: int = 0, ledger: Ledger | None = None
) -> TableProfile:
    """What each column of a table is: entity, role, sensitivity, confidence and the evidence for it.

    Args:
        source: a frame or series of pandas or polars, a pyarrow Table, anything with the Arrow C stream interface, the path of
            a file of one table, or the URL of a database of one.
        sample: how many different values of a column are read at most; a column with no more is read whole.
        lang: language of the evidence, "en" or "zh". The columns may be in any language.
        seed: of the draw.
        ledger: gets an entry of it, without any value: a Ledger with keys, which sign.

    Raises:
        InputError: ``source`` is no table, or holds several: ask for a plan, which covers them all.

    >>> import pandas as pd
    >>> found = profile(pd.DataFrame({"sjh": ["13800138000", "13912345678"], "id": [1, 2]}))
    >>> [(column.entity, column.role) for column in found.columns]
    [('CN_MOBILE', 'direct'), ('', 'none')]
    """
    found = _profiles(source, sample=sample, lang=lang, seed=seed)
    if not found:
        raise InputError("profile takes one table; this file holds none: it is empty.")
    if len(found) != 1:
        raise InputError(f"profile takes one table; this has {len(found)}. Use plan, or the command piiscrub profile.")
    if ledger is not None:
        ledger.record(found[0])
    return found[0]


def plan(
    source: Any,
    *,
    purpose: str | None = "",
    recipient: str | None = "",
    policy: PolicyLike | None = None,
    basis: Basis | str = "",
    terms: Terms | None = None,
    as_of: str = "",
    sample: int | None = None,
    lang: str | None = None,
) -> SharePlan:
    """What happens to every column for this purpose and this recipient, and why; making it changes nothing.

    Args:
        source: as for ``profile``, a file or database of several tables too; frames by name, as ``handover`` takes them; or
            a TableProfile.
        purpose: what the data is for; the id of a known purpose also says what is not needed and dropped.
        recipient: who gets it; keys are derived from it, so two recipients get pseudonyms that cannot be joined.
        policy: the rules; without one those of the purpose, or ``balanced``.
        basis: why the data may leave.
        terms: until when the recipient may hold it, whom it may ask, where it is: what ``handover`` asks for.
        as_of: the date of the plan; nothing here reads the clock.
        sample, lang: as for ``profile``.

    Raises:
        InputError: ``source`` is no table, or the policy only looks.
        UnknownNameError: no such policy.

    >>> import pandas as pd
    >>> made = plan(pd.DataFrame({"手机号": ["13800138000", "13912345678"]}), policy="display")
    >>> made.columns[0].action, made.columns[0].operator.name
    ('transform', 'mask')
    """
    from piiscrub.planner.making import make
    from piiscrub.table.files import views_of
    from piiscrub.table.profile.model import TableProfile

    found = (source,) if isinstance(source, TableProfile) else _profiles(source, sample=sample, lang=lang)
    made = make(
        found, purpose=purpose, recipient=recipient, policy=policy, basis=basis, terms=terms, as_of=as_of, lang=lang,
        views=views_of(source), opener=table_of,
    )  # fmt: skip  # the arguments of the caller
    return made if isinstance(source, TableProfile) else _measured(made, source, policy)


def _measured(plan: SharePlan, source: Any, policy: PolicyLike | None) -> SharePlan:
    """The plan with what could still be joined under it."""
    from piiscrub.planner.joining import first_rows, measured

    rules = policy_of(plan, policy)
    if isinstance(source, Mapping):
        return measured(plan, rules, {_shown(name): must_open(one, where="plan").table for name, one in source.items()})
    if _is_url(source):
        with _database(source) as files:
            for file in files:
                plan = _of_file(plan, rules, first_rows(file))
        return plan
    if isinstance(source, str | PathLike):
        return _with_file(source, lambda file: _of_file(plan, rules, first_rows(file)))
    table = must_open(source, where="plan").table
    return measured(plan, rules, {plan.tables[0].name: table})


def _of_file(plan: SharePlan, rules: Policy, tables: Iterable[tuple[str, Table]]) -> SharePlan:
    from piiscrub.planner.joining import measured

    for name, table in tables:
        plan = measured(plan, rules, {name: table})
    return plan


def load_plan(path: str | PathLike[str]) -> SharePlan:
    """Read a plan that ``plan.save`` wrote and a person may have changed.

    Raises:
        SourceError: it cannot be read.
        DefinitionError: it is wrong; says which key and what to write.

    >>> import pandas as pd
    >>> plan(pd.DataFrame({"手机号": ["13800138000"]}), policy="display").save("plan.toml")
    >>> load_plan("plan.toml").columns[0].operator.name
    'mask'
    """
    from piiscrub.planner.reading import load

    return load(path, opener=table_of)


@overload
def apply(
    source: str | PathLike[str],
    plan: PlainPlan | TablePlan,
    *,
    keys: Keys | None = None,
    vault: VaultScope | VaultLike | None = None,
    scope: str | None = None,
    policy: PolicyLike | Scrubber | None = None,
    out: str | PathLike[str],
    ledger: LedgerLike = None,
) -> FileScrub: ...
@overload
def apply(
    source: T,
    plan: PlainPlan | TablePlan,
    *,
    keys: Keys | None = None,
    vault: VaultScope | VaultLike | None = None,
    scope: str | None = None,
    policy: PolicyLike | Scrubber | None = None,
    out: None = None,
    ledger: LedgerLike = None,
) -> TableScrub[T]: ...
def apply(
    source: Any,
    plan: PlainPlan | TablePlan,
    *,
    keys: Keys | None = None,
    vault: VaultScope | VaultLike | None = None,
    scope: str | None = None,
    policy: PolicyLike | Scrubber | None = None,
    out: str | PathLike[str] | None = None,
    ledger: LedgerLike = None,
) -> TableScrub | FileScrub:
    """Carry out a plan on a table; the caller's object, or file, stays as it is.

    Args:
        source: a frame or series of pandas or polars, a pyarrow Table, anything with the Arrow C stream interface; or the path
            of a file of tables, which is read and written in batches.
        plan: from ``piiscrub.plan`` or ``piiscrub.load_plan``, or made by hand. It says what happens to each column; the
            policy it names, to what stands inside free text.
        keys: a KeyRing. Without one, keyed operators share random keys for this call only, and the evidence says so.
        vault: where placeholders and tokens are issued: a Vault, the path of one, or a scope of one. Without ``keys`` its ring
            is used.
        scope: the scope to issue them in; without it, this call has one of its own (``evidence.scope``).
        policy: the policy the plan was made with, where it is one made in Python; else it is loaded by the plan's name for it.
            Or a Scrubber of it: its recognizers, operators and tagger work on the text of the cells.
        out: for a file: where the new one goes. It must not exist yet.
        ledger: gets an entry of it, without any value: a Ledger, or the path of one; ``keys`` sign then.

    Returns:
        For a frame ``.frame`` of the caller's type, ``.evidence`` and ``.findings()``; for a file ``.evidence`` of each table.
        Neither evidence nor findings hold a value.

    Raises:
        PlanError: the plan has undecided columns, names another policy than there is now, or the table has changed since: a
            column is new, missing, of another type, or holds something else.
        InputError: ``source`` is no table, or a file without ``out``.

    >>> import pandas as pd
    >>> from piiscrub.model.plan import ColumnPlan
    >>> from piiscrub.model.policy import OperatorSpec
    >>> df = pd.DataFrame({"phone": ["13800138000", None]})
    >>> mask = ColumnPlan(position=0, name="phone", entity="CN_MOBILE", action="transform", operator=OperatorSpec.of("mask"))
    >>> apply(df, TablePlan(columns=(mask,))).frame["phone"][0]
    '138****8000'
    """
    from piiscrub.evidence.ledger import ledger_at
    from piiscrub.keys.bound import BoundKeys

    with issuing(vault, keys, scope) as (there, ring):
        book = ledger_at(ledger, ring.ring if isinstance(ring, BoundKeys) else ring)
        done = _carried_out(source, plan, ring, there, policy, out)
        if book is not None:
            book.record(done)
        return done


def _carried_out(
    source: Any,
    plan: PlainPlan | TablePlan,
    keys: Keys | None,
    vault: VaultScope | None,
    policy: PolicyLike | Scrubber | None,
    out: str | PathLike[str] | None,
) -> TableScrub | FileScrub:
    from piiscrub.table.applying import apply as apply_table

    share = _share(plan, "apply")
    rules = policy_of(share, policy.policy if isinstance(policy, Scrubber) else policy)
    rules = in_text(rules, share)
    scrubber = policy._under(rules) if isinstance(policy, Scrubber) else scrubber_for(rules)
    if isinstance(source, str | PathLike):
        if out is None:
            raise InputError("apply on a file takes out: the path of the new file.")
        from piiscrub.table.files import apply_file

        target = Path(out)
        return _with_file(
            source,
            lambda file: apply_file(file, target, share, scrubber, keys=keys, vault=vault, inputs=[Path(source)]),
        )
    if out is not None:
        raise InputError("apply takes out only for a file; a frame comes back as .frame.")
    frame = must_open(source, where="apply")
    if len(share.tables) != 1:
        raise PlanError([f"it has {len(share.tables)} tables; a frame is one. Pass one of plan.tables."])
    done = apply_table(
        frame.table,
        share.tables[0],
        scrubber,
        keys=keys,
        vault=vault,
        purpose=share.purpose,
        recipient=share.recipient,
    )
    return frame.finished(done)


def _share(plan: Any, where: str) -> PlainPlan:
    if isinstance(plan, TablePlan):
        return PlainPlan(tables=(plan,))
    if not isinstance(plan, PlainPlan):
        raise InputError(f"{where} takes a plan, not {type(plan).__name__}: ps.plan makes one, ps.load_plan reads one.")
    return plan


@contextlib.contextmanager
def issuing(
    vault: VaultScope | VaultLike | None, keys: Keys | None, scope: str | None
) -> Iterator[tuple[VaultScope | None, Keys | None]]:
    """Where placeholders are issued, open, and the keys for this call."""
    from piiscrub.keys.vault import Vault
    from piiscrub.scrubber.vaulted import scope_of

    if isinstance(vault, str | PathLike | Vault):
        with scope_of(vault, keys, scope) as there:
            mine = there.vault.keys
            yield there, keys or (mine if mine.recipient or mine.purpose else mine.ring)  # a ring is bound by the plan
        return
    if scope is not None:
        raise InputError("scope names one of a vault: hand over the vault as well, not one of its scopes.")
    yield vault, keys


def scrub(
    source: Any, policy: PolicyLike | Scrubber | PlainPlan | TablePlan = "balanced", *, keys: Keys | None = None
) -> TableScrub:
    """A frame with personal information handled by a policy, or by a plan. See ``df.pii.scrub``."""
    if isinstance(policy, PlainPlan | TablePlan):
        must_open(source, where="scrub")
        return apply(source, policy, keys=keys)
    from piiscrub.frames.by_policy import plan_by
    from piiscrub.table.applying import apply as apply_table

    frame = must_open(source, where="scrub")
    scrubber = scrubber_for(policy)
    if scrubber.policy.scan_only:
        raise InputError(f"scrub takes a policy that changes cells; {scrubber.policy.id!r} only looks. Use scan, or 'balanced'.")
    made = plan_by(frame.table, scrubber.policy)
    return frame.finished(apply_table(frame.table, made, scrubber, keys=keys, drift=False))


def table_of(source: Any) -> Table:
    """The Table of a frame, for ``plan.check``."""
    return must_open(source, where="check").table


def scrubber_for(policy: PolicyLike | Scrubber) -> Scrubber:
    """The text pipeline of a policy; that of a preset, or of a Policy object, is built once."""
    if isinstance(policy, Scrubber):
        return policy
    return _kept(policy) if isinstance(policy, Policy) or policy in policy_names() else Scrubber(policy=policy)


@lru_cache(maxsize=8)
def _kept(policy: str | Policy) -> Scrubber:
    return Scrubber(policy=policy)


def _is_url(source: Any) -> bool:
    return isinstance(source, str) and "://" in source


def _database(url: str) -> contextlib.AbstractContextManager[list[TableFile]]:
    from piiscrub.sources.tabular.database import open_database

    return open_database(url)


def _shown(name: object) -> str:
    """What the plan calls a frame that was handed in by name: as the hand-over will."""
    from piiscrub.table.files import frame_file, shown_path

    return shown_path(frame_file(name)).removesuffix(".parquet")


def _profiles(source: Any, *, sample: int | None, lang: str | None, seed: int = 0) -> tuple[TableProfile, ...]:
    if isinstance(source, Mapping):
        named = [(_shown(name), _profiles(one, sample=sample, lang=lang, seed=seed)) for name, one in source.items()]
        return tuple(dataclasses.replace(one, name=name) for name, found in named for one in found)
    if _is_url(source):
        from piiscrub.table.files import profile_file

        with _database(source) as files:
            return tuple(one for file in files for one in profile_file(file, sample=sample, lang=lang, seed=seed))
    if isinstance(source, str | PathLike):
        from piiscrub.table.files import profile_file

        return _with_file(source, lambda file: profile_file(file, sample=sample, lang=lang, seed=seed))
    from piiscrub.table.profile.profile import profile as look

    return (look(must_open(source, where="profile").table, sample=sample, lang=lang, seed=seed),)


def _with_file(path: str | PathLike[str], do: Callable[[TableFile], T]) -> T:
    if _is_url(path):
        raise InputError("apply takes files and frames; what is in a database goes out by handover.")
    from piiscrub.table.files import tables_in

    if Path(path).is_dir():
        raise InputError("this takes one file, not a folder: go through its files, or use the command line, which takes folders.")
    with tables_in(path) as file:
        return do(file)
