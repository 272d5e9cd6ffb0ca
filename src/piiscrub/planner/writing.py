"""A plan as TOML that somebody can read who has never seen the program: every column with what it is, what happens and why."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator
from os import PathLike
from pathlib import Path

from piiscrub.errors import SourceError
from piiscrub.model import entities
from piiscrub.model.plan import ColumnPlan, Joining, SharePlan, TablePlan, Terms
from piiscrub.model.policy import OperatorSpec
from piiscrub.render.catalogue import say
from piiscrub.render.joining import sentences


def save(plan: SharePlan, path: str | PathLike[str]) -> None:
    """Write a plan; the file appears whole or not at all.

    Raises:
        SourceError: it cannot be written.
    """
    target = Path(path)
    beside = target.with_name(target.name + f".{os.getpid()}.part")
    try:
        beside.write_text(text(plan), encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SourceError(f"{target}: the plan cannot be written: {error.strerror or type(error).__name__}.") from None


def text(plan: SharePlan) -> str:
    """The plan as TOML; ``reading.plan_from`` reads it back as it was.

    >>> text(SharePlan(tables=(), purpose="demo")).splitlines()[7]
    'purpose = "demo"'
    """
    return "\n".join(_lines(plan)) + "\n"


def _lines(plan: SharePlan) -> Iterator[str]:
    for key in ("plan.head", "plan.head-actions", "plan.head-edit"):
        for lang in ("en", "zh"):
            yield f"# {say(key, lang)}"
    yield f"format = {plan.format}"
    for key in ("purpose", "recipient", "policy", "policy_hash", "packs_hash", "as_of"):
        yield f"{key} = {quoted(getattr(plan, key))}"
    if plan.views:
        yield from (f"# {say('plan.views-head', lang)}" for lang in ("en", "zh"))
        yield f"views = [{', '.join(map(quoted, plan.views))}]"
    if any((plan.basis.kind, plan.basis.reference, plan.basis.responsible, plan.basis.consent)):
        yield ""
        yield "[basis]"
        for key in ("kind", "reference", "responsible", "consent"):
            yield f"{key} = {quoted(getattr(plan.basis, key))}"
    if plan.recipient or plan.terms != Terms():  # a plan for somebody shows what is still to be said of them
        yield ""
        yield "[terms]"
        for field in dataclasses.fields(Terms):
            yield f"{field.name} = {_value(getattr(plan.terms, field.name))}"
    for table in plan.tables:
        yield from _table(table)


def _table(table: TablePlan) -> Iterator[str]:
    yield ""
    yield "[[tables]]"
    yield f"name = {quoted(table.name)}"
    if table.rows:
        yield f"rows = [{', '.join(_inline(one) for one in table.rows)}]"
    if table.canaries:
        yield from (f"# {say('plan.canaries', lang)}" for lang in ("en", "zh"))
        yield f"canaries = {table.canaries}"
    if table.joining is not None:
        yield from _joining(table.joining)
    for column in table.columns:
        yield ""
        yield "[[tables.columns]]"
        yield from _comment(column)
        yield from _column(column)


def _joining(joining: Joining) -> Iterator[str]:
    yield ""
    yield "[tables.joining]"
    for lang in ("en", "zh"):
        for line in sentences(joining, lang):
            yield "# " + "".join(c if c.isprintable() else " " for c in line)  # a header may hold a line break
    yield f"rows = {joining.rows}"
    yield f"columns = [{', '.join(map(quoted, joining.columns))}]"
    for key in ("linked", "linked_by_any", "bound"):
        yield f"{key} = {float(getattr(joining, key))!r}"
    matched = (f"{{ column = {quoted(name)}, share = {float(share)!r} }}" for name, share in joining.matched)
    yield f"matched = [{', '.join(matched)}]"


def _comment(column: ColumnPlan) -> Iterator[str]:
    if column.entity:
        node = entities.get(column.entity)
        yield f"# {node.title_en} / {node.title_zh}"
    for lang in ("en", "zh"):
        yield f"# {say(f'plan.does-{column.action}', lang, operator=column.operator.name)}"


def _column(column: ColumnPlan) -> Iterator[str]:
    yield f"position = {column.position}"
    yield f"name = {quoted(column.name)}"
    yield f"dtype = {quoted(column.dtype)}"
    yield f"entity = {quoted(column.entity)}"
    yield f"role = {quoted(column.role)}"
    yield f"action = {quoted(column.action)}"
    if column.operator.name and column.action == "transform":  # one that was dropped since could not be read back with it
        yield f"operator = {_inline(column.operator)}"
    if column.group:
        yield f"group = {quoted(column.group)}"
    if column.by:
        yield f"by = {quoted(column.by)}"
    if column.renamed:
        yield "renamed = true"
    yield f"confidence = {float(column.confidence)!r}"
    yield f"reason = {quoted(column.reason)}"
    yield f"rule = {quoted(column.rule)}"


def _inline(operator: OperatorSpec) -> str:
    parts = [f"name = {quoted(operator.name)}"]
    parts += [f"{_key(key)} = {_value(value)}" for key, value in operator.params]
    return "{ " + ", ".join(parts) + " }"


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").replace("-", "").isalnum() else quoted(name)


def _value(value: str | int | float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(value) if isinstance(value, str) else repr(value)


def quoted(value: str) -> str:
    r"""A TOML basic string.

    >>> quoted('a "b"\n')
    '"a \\"b\\"\\n"'
    """
    safe = value.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate cannot stand in a file
    return json.dumps(safe, ensure_ascii=False).replace("\x7f", "\\u007f")
