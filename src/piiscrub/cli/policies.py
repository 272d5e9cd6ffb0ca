"""``piiscrub policy``: check a policy file, show it, compare two, try one on a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from piiscrub.cli.keys import JsonOpt, LangOpt
from piiscrub.cli.language import lang, word
from piiscrub.cli.outcome import FOUND, OK
from piiscrub.render.catalogue import listed

PolicyArg = Annotated[
    str, typer.Argument(help="Name of a policy, or path of a policy file.", show_default=False, metavar="POLICY")
]


def commands() -> typer.Typer:
    """The group of commands."""
    app = typer.Typer(
        name="policy",
        help="Check, show, compare and try policies. 检查、查看、比较、试运行策略。",
        no_args_is_help=True,
        add_completion=False,
    )
    for command in (lint, show, diff, simulate, operators):
        app.command()(command)
    return app


def lint(policy: PolicyArg, json: JsonOpt = False, language: LangOpt = None) -> None:
    """What a policy does that may not be meant; exit code 3 if there is something to say. 检查策略。"""
    from piiscrub.cli import jsonout
    from piiscrub.planner.checking import lint as remarks
    from piiscrub.registry.policies import load_policy

    found = [(key, word(key, **fill)) for key, fill in remarks(load_policy(policy))]
    for key, text in found:
        if json:
            jsonout.line({"type": "remark", "what": key.removeprefix("policy."), "text": text})
        else:
            typer.echo(text)
    if not found and not json:
        typer.echo(word("policy.clean"))
    raise typer.Exit(FOUND if found else OK)


def show(
    policy: PolicyArg,
    entity: Annotated[str, typer.Option("--entity", "-e", help="Only this entity and its children.")] = "",
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """What happens to each entity, and which line says so. 查看每类信息的处理方式及依据。"""
    from piiscrub.planner.checking import table_of
    from piiscrub.registry.policies import load_policy

    rules = load_policy(policy)
    _rows(rules.id, table_of(rules, below=entity), ("entity", "identifier", "operator", "threshold", "rule"), as_json=json)


def diff(policy: PolicyArg, other: PolicyArg, json: JsonOpt = False, language: LangOpt = None) -> None:
    """What two policies handle differently. 比较两个策略。"""
    from piiscrub.planner.checking import diff as differences
    from piiscrub.registry.policies import load_policy

    one, two = load_policy(policy), load_policy(other)
    _rows(f"{one.id} → {two.id}", differences(one, two), ("entity", "before", "after"), as_json=json)


def simulate(
    policy: PolicyArg,
    path: Annotated[Path, typer.Argument(help="A file of one table.", show_default=False, metavar="FILE")],
    purpose: Annotated[str, typer.Option("--purpose", help="What the data is for.")] = "",
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """What a policy would do to a table, and how many of its rows could be joined again; nothing is written. 试运行。"""
    from piiscrub.cli import jsonout
    from piiscrub.planner.assessing import read
    from piiscrub.planner.making import make
    from piiscrub.planner.simulating import simulate as tried
    from piiscrub.registry.policies import load_policy
    from piiscrub.table.joining import BOUND
    from piiscrub.table.profile.profile import profile

    table, rules = read(path), load_policy(policy)
    found = tried(table, make(profile(table), policy=rules, purpose=purpose), rules)
    if json:
        jsonout.line({"type": "simulation", **asdict(found)})
        return
    columns = ("position", "name", "entity", "action", "operator", "cells", "changed", "before", "after", "found", "matched")
    rows = [
        {key: "" if getattr(one, key) is None else getattr(one, key) for key in columns}
        | {"action": word(f"table.action.{one.action}")}
        for one in found.columns
    ]
    _rows(rules.id, rows, columns, as_json=False)
    if found.readable:
        typer.echo(word("joining.linked", share=f"{found.linked:.1%}", columns=listed(found.readable, lang())))
    else:
        typer.echo(word("joining.none"))
    typer.echo(word("joining.linked_by_any", share=f"{found.linked_by_any:.1%}"))
    if found.linked_mentions or found.ambiguous_mentions:
        typer.echo(word("policy.mentions", linked=found.linked_mentions, ambiguous=found.ambiguous_mentions))
    if found.undecided:
        typer.echo(word("policy.undecided", n=len(found.undecided)))
    if found.warns:
        typer.echo(word("joining.warns", bound=f"{BOUND:.0%}"), err=True)


def operators(json: JsonOpt = False, language: LangOpt = None) -> None:
    """The operators that a policy may name, and those of installed plug-ins, which are not loaded for it. 列出可用算子。"""
    from piiscrub.registry.operators import operators as built_in
    from piiscrub.registry.plugins import offered

    rows = [
        {"operator": one.name, "shape": one.shape, "reversible": one.reversible, "permissive": one.permissive, "from": "piiscrub"}
        for one in built_in()
    ]
    keys = tuple(rows[0])
    plugged = [
        {**dict.fromkeys(keys, ""), "operator": one.name, "from": f"{one.distribution} {one.version}"} for one in offered()
    ]
    _rows(word("policy.operators"), [*rows, *plugged], keys, as_json=json)


def _rows(title: str, rows: Sequence[Mapping[str, object]], columns: Sequence[str], *, as_json: bool) -> None:
    from piiscrub.cli import jsonout
    from piiscrub.cli import show as screen

    if as_json:
        for row in rows:
            jsonout.line(dict(row))
        return
    titles = {key: word(f"policy.{key}") for key in columns}
    screen.rows(screen.console(), title, [{titles[key]: row[key] for key in columns} for row in rows], list(titles.values()))
