"""What the ledger says of a scan, an application of a plan, a restore, a key event: counts, ids and hashes (rule book B7).

Never a value, and no name of a file or column: a file is named by an HMAC of its content under the ring.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from piiscrub.errors import InputError
from piiscrub.evidence.record import Evidence
from piiscrub.keys.events import KeyEvent
from piiscrub.model.finding import UNEXAMINED

Fields = dict[str, Any]  # Any: plain data


def act_of(done: object) -> tuple[str, Fields]:
    """The action and the fields of what a function of piiscrub gave back.

    Raises:
        InputError: it is of no kind that the ledger has entries for.

    >>> act_of(KeyEvent(action="keys-rotate", key="kabc", epoch=2))[0]
    'keys-rotate'
    """
    if isinstance(done, KeyEvent):
        fields = dict(done.to_dict())
        return str(fields.pop("action")), _tool(fields)
    event = getattr(done, "event", None)
    if isinstance(event, KeyEvent):
        action, fields = act_of(event)
        return action, fields | {name: len(getattr(done, name, ())) for name in ("restored", "unknown")}
    evidence = getattr(done, "evidence", None)
    if isinstance(evidence, Evidence):
        return "scrub", scrubbed(evidence.to_dict())
    if evidence is not None:
        return "apply", applied(evidence if isinstance(evidence, Sequence) else (evidence,))
    return "scan", _looked(done)


def scanned(
    entities: Mapping[str, int],
    *,
    files: int = 0,
    rows: int = 0,
    unexamined: int = 0,
    policy: Mapping[str, str] | None = None,
    inputs: Iterable[str] = (),
) -> Fields:
    """The fields of a scan. ``inputs`` are HMACs of the files."""
    return _tool(
        {
            "entities": _counts(entities),
            "files": files,
            "rows": rows,
            "unexamined": unexamined,
            "inputs": list(inputs),
            **{f"policy_{key}" if key != "id" else "policy": value for key, value in (policy or {}).items()},
        }
    )


def scrubbed(evidence: Mapping[str, Any], inputs: Iterable[str] = (), output: str = "") -> Fields:
    """The fields of a scrub, from its evidence as plain data."""
    wanted = ("policy", "policy_version", "policy_hash", "packs_hash", "key", "scope", "unexamined", "unexamined_kept")
    told = {name: evidence[name] for name in wanted} | {name: _counts(evidence[name]) for name in ("entities", "operators")}
    return _tool(told | {"failures": len(evidence["failures"]), "inputs": list(inputs), "output": output})


def applied(tables: Sequence[Any], *, plan: str = "", inputs: Iterable[str] = (), outputs: Iterable[str] = ()) -> Fields:
    """The fields of a plan carried out, from the evidence of its tables; ``plan`` is its hash."""
    columns = [column for table in tables for column in table.columns]
    entities: Counter[str] = Counter()
    for column in columns:
        entities.update(column.found)
    one = tables[0] if tables else None
    same = ("purpose", "recipient", "policy", "policy_version", "policy_hash", "packs_hash", "key", "scope")
    return _tool(
        {
            **{name: getattr(one, name, "") for name in same},
            "plan": plan,
            "tables": len(tables),
            "rows_in": sum(table.rows for table in tables),
            "rows_out": sum(table.rows_out for table in tables),
            "entities": _counts(entities),
            "columns": _counts(Counter(column.entity for column in columns if column.entity)),
            "operators": _counts(Counter(column.operator for column in columns if column.operator)),
            "unexamined": sum(table.unexamined for table in tables),
            "failures": sum(table.failures for table in tables),
            "inputs": list(inputs),
            "outputs": list(outputs),
        }
    )


def _looked(done: object) -> Fields:
    """A result that only looked: of a text, a table, a profile."""
    if hasattr(done, "decisions"):  # a text
        found = Counter(finding.entity for finding in getattr(done, "findings", ()))
        return scanned(found, unexamined=found[UNEXAMINED])
    counts = getattr(done, "counts", None)
    if isinstance(counts, Mapping):  # a table
        return scanned(counts, rows=getattr(done, "rows", 0), unexamined=counts.get(UNEXAMINED, 0))
    columns, rows = getattr(done, "columns", None), getattr(done, "rows", None)
    if isinstance(columns, tuple) and isinstance(rows, int):  # a profile
        held = Counter(column.entity for column in columns if column.entity)
        for column in columns:
            held.update(entity for entity, _ in column.found)
        return scanned(held, rows=rows, unexamined=sum(bool(column.abstained) for column in columns)) | {"profile": True}
    what = "record takes what scan, profile, scrub, apply and restore give, and events of keys"
    raise InputError(f"the ledger has no entries for {type(done).__name__}: {what}.")


def _counts(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: int(n) for name, n in sorted(counts.items()) if name != UNEXAMINED}


def _tool(fields: Fields) -> Fields:
    from importlib.metadata import version

    return {"tool": f"piiscrub {version('piiscrub')}", **fields}
