"""The commands and their options. What they do stands in the modules they import when called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from piiscrub.cli import destroying, handing, keys, ledgers, retention, subjects, triaging, vaults
from piiscrub.cli.booking import LedgerOpt
from piiscrub.cli.policies import commands as policy_commands
from piiscrub.cli.restoring import restore
from piiscrub.cli.secrets import FdOpt, KeysOpt, ScopeOpt, Secrets, VaultOpt

FilesArg = Annotated[
    list[Path], typer.Argument(help="Files, folders, or - for standard input.", show_default=False, metavar="PATH...")
]
EntityOpt = Annotated[
    list[str] | None,
    typer.Option("--entity", "-e", help="Only this entity and its children. Repeat for more.", show_default=False),
]
EncodingOpt = Annotated[str | None, typer.Option("--encoding", help="Encoding of the input; detected if left out.")]
FormatOpt = Annotated[str | None, typer.Option("--format", help="text, csv, tsv, jsonl or json; by file name if left out.")]
JsonOpt = Annotated[bool, typer.Option("--json", help="One JSON object per line, for programs.")]
NoNamesOpt = Annotated[
    bool, typer.Option("--no-names", help="Look for no names, addresses, places and organisations: much faster.")
]
PolicyOpt = Annotated[
    str, typer.Option("--policy", "-p", help="Name of a policy (see: piiscrub policies) or path of a policy file.")
]
TableArg = Annotated[
    Path,
    typer.Argument(
        help="A file of tables (CSV, TSV, Parquet, Feather, JSON lines, Excel; also .gz .bz2 .xz .zst), or a folder.",
        show_default=False,
        metavar="PATH",
    ),
]
SourceArg = Annotated[
    str,
    typer.Argument(
        help="A file of tables (CSV, TSV, Parquet, Feather, JSON lines, Excel; also .gz .bz2 .xz .zst), a folder, or the URL of "
        "a database, such as sqlite:///shop.db.",
        show_default=False,
        metavar="SOURCE",
    ),
]
TableFormatOpt = Annotated[
    str | None, typer.Option("--format", help="csv, tsv, jsonl, parquet, arrow or excel; by file name if left out.")
]
DelimiterOpt = Annotated[str, typer.Option("--delimiter", help="Of CSV; found out if left out.", show_default=False)]
HtmlOpt = Annotated[Path | None, typer.Option("--html", help="Write a page to read in a browser.", show_default=False)]
LangOpt = Annotated[str | None, typer.Option("--lang", help="en or zh; else PIISCRUB_LANG, else the locale.", show_default=False)]


def build() -> typer.Typer:
    """The application."""
    app = typer.Typer(
        name="piiscrub",
        help="Find personal information in Chinese and English text and tables, and make it safe to hand over.\n\n"
        "在中英文文本与表格中发现个人信息并脱敏。\n\n"
        "Exit codes: 0 done · 1 fault of the program · 2 cannot be done · 3 found (--fail-on-findings) · "
        "4 something was not examined.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for command in (
        scan,
        scrub,
        restore,
        profile,
        plan,
        apply,
        risk,
        handing.handover,
        handing.verify,
        triaging.triage,
        destroying.destroy,
        destroying.certificate,
        explain,
        recognizers,
        entities,
        policies,
    ):
        app.command()(command)
    app.add_typer(keys.commands())
    app.add_typer(vaults.commands())
    app.add_typer(ledgers.commands())
    app.add_typer(policy_commands())
    app.add_typer(subjects.commands())
    app.add_typer(retention.commands())
    return app


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"piiscrub {version('piiscrub')}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")
    ] = False,
    language: LangOpt = None,
) -> None:
    pass


def scan(
    paths: FilesArg,
    policy: PolicyOpt = "review",
    json: JsonOpt = False,
    show_values: Annotated[bool, typer.Option("--show-values", help="Print the values themselves.")] = False,
    encoding: EncodingOpt = None,
    format: FormatOpt = None,
    entity: EntityOpt = None,
    no_names: NoNamesOpt = False,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Most findings shown per file; 0 shows all.")] = 10,
    fail_on_findings: Annotated[bool, typer.Option("--fail-on-findings", help="Exit with 3 if anything is found.")] = False,
    key_file: KeysOpt = None,
    descriptor: FdOpt = None,
    ledger: LedgerOpt = None,
    language: LangOpt = None,
) -> None:
    """Say what is in files, and change nothing. 检出文件中的个人信息，不做修改。"""
    from piiscrub.cli import scanning

    asked = scanning.Asked(
        policy=policy, as_json=json, values=show_values, codec=encoding, format=format, entities=entity,
        names=not no_names, limit=limit, ledger=ledger, secrets=Secrets(key_file, None, descriptor),
    )  # fmt: skip
    raise typer.Exit(scanning.scan(paths, asked, fail_on_findings=fail_on_findings))


def scrub(
    path: Annotated[Path, typer.Argument(help="A file, or - for standard input.", show_default=False, metavar="FILE")],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Where the scrubbed file goes; - for standard output.", show_default=False)
    ],
    policy: PolicyOpt = "balanced",
    json: JsonOpt = False,
    encoding: EncodingOpt = None,
    format: FormatOpt = None,
    entity: EntityOpt = None,
    no_names: NoNamesOpt = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the output file if it exists.")] = False,
    key_file: KeysOpt = None,
    descriptor: FdOpt = None,
    vault: VaultOpt = None,
    scope: ScopeOpt = None,
    ledger: LedgerOpt = None,
    language: LangOpt = None,
) -> None:
    """Write a copy that is safe to hand over; the input is never changed. 输出脱敏后的副本，不改动原文件。"""
    from piiscrub.cli import scrubbing

    asked = scrubbing.Asked(
        policy=policy, as_json=json, codec=encoding, format=format, entities=entity, names=not no_names,
        overwrite=overwrite, secrets=Secrets(key_file, vault, descriptor), scope=scope, ledger=ledger,
    )  # fmt: skip
    raise typer.Exit(scrubbing.scrub(path, out, asked))


def profile(
    source: SourceArg,
    json: JsonOpt = False,
    html: HtmlOpt = None,
    sample: Annotated[int | None, typer.Option("--sample", min=1, help="Most different values read of a column.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of the draw of rows and values.")] = 0,
    encoding: EncodingOpt = None,
    format: TableFormatOpt = None,
    delimiter: DelimiterOpt = "",
    language: LangOpt = None,
) -> None:
    """Say what each column of a table holds, and why. 说明表格每一列是什么，以及依据。"""
    from piiscrub.cli import profiling
    from piiscrub.cli.tables import Reading, source_of

    reading = Reading(codec=encoding, format=format, delimiter=delimiter)
    raise typer.Exit(profiling.profile(source_of(source), reading, sample=sample, seed=seed, page=html, as_json=json))


def plan(
    source: SourceArg,
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the plan goes (TOML).", show_default=False)],
    purpose: Annotated[str, typer.Option("--purpose", help="What the data is for; a known one says what it needs.")] = "",
    recipient: Annotated[str, typer.Option("--recipient", help="Who gets it. Keys are bound to it.")] = "",
    policy: Annotated[str | None, typer.Option("--policy", "-p", help="Name or path of a policy.", show_default=False)] = None,
    basis: Annotated[str, typer.Option("--basis", help="Why it may leave: consent, contract, statutory-duty …")] = "",
    reference: Annotated[str, typer.Option("--basis-reference", help="Number of the contract, article of the law …")] = "",
    responsible: Annotated[str, typer.Option("--basis-responsible", help="Who answers for it.")] = "",
    consent: Annotated[str, typer.Option("--consent", help="Column that says who agreed, for the basis consent.")] = "",
    kind: Annotated[
        str, typer.Option("--recipient-kind", help="processor, handler, successor or public (PIPL 21–25).")
    ] = "handler",
    country: Annotated[str, typer.Option("--country", help="Where the recipient is; HK, MO and TW count as abroad.")] = "CN",
    until: Annotated[str, typer.Option("--until", help="Last day it may hold the data, such as 2027-12-31.")] = "",
    contact: Annotated[str, typer.Option("--contact", help="Whom the recipient and the persons concerned may ask.")] = "",
    subject: Annotated[str, typer.Option("--subject", help="Column that tells persons apart, to count them.")] = "",
    guardian: Annotated[str, typer.Option("--guardian", help="Column that says whether a guardian agreed, for under 14s.")] = "",
    exemption: Annotated[
        str, typer.Option("--exemption", help="Why persons do not count for the route abroad: contract, hr, emergency …")
    ] = "",
    critical: Annotated[bool, typer.Option("--critical", help="You run critical information infrastructure (PIPL 40).")] = False,
    important: Annotated[bool, typer.Option("--important", help="Important data is among it (DSL 21).")] = False,
    canaries: Annotated[
        int, typer.Option("--canaries", min=0, help="Invented rows that go along with each table, to trace a copy.")
    ] = 0,
    as_of: Annotated[str, typer.Option("--as-of", help="Date of the plan; today if left out.")] = "",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the plan file if it exists.")] = False,
    json: JsonOpt = False,
    html: HtmlOpt = None,
    encoding: EncodingOpt = None,
    format: TableFormatOpt = None,
    delimiter: DelimiterOpt = "",
    language: LangOpt = None,
) -> None:
    """Write down what is to happen to every column, for a person to read. 生成共享方案，供人审阅。"""
    from piiscrub.cli import planning
    from piiscrub.cli.outcome import UsageProblem
    from piiscrub.cli.tables import Reading, source_of
    from piiscrub.model.plan import Basis, Recipient, Terms

    if kind not in get_args(Recipient):
        raise UsageProblem(f"--recipient-kind takes {', '.join(get_args(Recipient))}.")
    asked = planning.Asked(
        purpose=purpose, recipient=recipient, policy=policy, as_of=as_of, canaries=canaries,
        basis=Basis(kind=basis, reference=reference, responsible=responsible, consent=consent),
        terms=Terms(
            kind=cast(Recipient, kind), country=country, until=until, contact=contact, subject=subject, guardian=guardian,
            exemption=exemption, critical=critical, important=important,
        ),
    )  # fmt: skip  # the same order as above
    reading = Reading(codec=encoding, format=format, delimiter=delimiter)
    raise typer.Exit(planning.plan(source_of(source), out, reading, asked, page=html, overwrite=overwrite, as_json=json))


def apply(
    path: TableArg,
    plan: Annotated[Path, typer.Option("--plan", help="The plan, as written by piiscrub plan.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="Output file, or folder for a folder.", show_default=False)],
    key_file: KeysOpt = None,
    descriptor: FdOpt = None,
    vault: VaultOpt = None,
    scope: ScopeOpt = None,
    defuse: Annotated[str, typer.Option("--defuse", help="Formulas in CSV: written (cells of ours) or all.")] = "written",
    no_numbers: Annotated[bool, typer.Option("--no-numbers", help="<PERSON> in place of <PERSON_1>; needs no memory.")] = False,
    no_names: NoNamesOpt = False,
    in_memory: Annotated[bool, typer.Option("--in-memory", help="Hold each table whole, so that every operator works.")] = False,
    out_encoding: Annotated[str, typer.Option("--out-encoding", help="Another encoding for the output.")] = "",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace output files that exist.")] = False,
    ledger: LedgerOpt = None,
    json: JsonOpt = False,
    html: HtmlOpt = None,
    encoding: EncodingOpt = None,
    format: TableFormatOpt = None,
    delimiter: DelimiterOpt = "",
    language: LangOpt = None,
) -> None:
    """Carry out a plan on a table of any size, or on a folder of them. 按方案处理表格或文件夹。"""
    from piiscrub.cli import applying
    from piiscrub.cli.outcome import UsageProblem
    from piiscrub.cli.tables import Reading

    if defuse not in ("written", "all"):
        raise UsageProblem("--defuse takes written or all.")
    asked = applying.Asked(
        plan=plan, secrets=Secrets(key_file, vault, descriptor), scope=scope, overwrite=overwrite,
        defuse="all" if defuse == "all" else "written",
        numbers=not no_numbers, names=not no_names, in_memory=in_memory or None,
        out_encoding=out_encoding, page=html, as_json=json, ledger=ledger,
    )  # fmt: skip  # everything that can be asked for
    raise typer.Exit(applying.apply(path, out, Reading(codec=encoding, format=format, delimiter=delimiter), asked))


def risk(
    path: TableArg,
    quasi: Annotated[
        list[str] | None,
        typer.Option("--quasi", "-q", help="A column an attacker may know; several by commas, or repeat.", show_default=False),
    ] = None,
    sensitive: Annotated[
        list[str] | None, typer.Option("--sensitive", help="A column nobody should learn. Repeat for more.", show_default=False)
    ] = None,
    known: Annotated[
        list[str] | None, typer.Option("--known", help="A column of a simulated attack. Repeat for more.", show_default=False)
    ] = None,
    attacker: Annotated[Path | None, typer.Option("--attacker", help="A table of the attacker.", show_default=False)] = None,
    population: Annotated[str, typer.Option("--population", help="How many people the rows stand for, or a table of them.")] = "",
    direct: Annotated[
        list[str] | None,
        typer.Option("--direct", help="A column that names a person and is still there. Repeat for more.", show_default=False),
    ] = None,
    no_direct: Annotated[bool, typer.Option("--no-direct", help="No column names a person: do not look for one.")] = False,
    before: Annotated[
        Path | None,
        typer.Option(
            "--before", help="The table before protection, row for row: both reports, and the cost.", show_default=False
        ),
    ] = None,
    context: Annotated[
        float, typer.Option("--context", help="GB/T 42460: probability that an attack can happen, outside public release.")
    ] = 1.0,
    json: JsonOpt = False,
    html: HtmlOpt = None,
    language: LangOpt = None,
) -> None:
    """Say how many people can still be singled out, and by which columns. 评估表格的重标识风险。"""
    from piiscrub.cli import risk as assessing

    done = assessing.risk(
        path, quasi=quasi or [], sensitive=sensitive or [], known=known or [], attacker=attacker, population=population,
        direct=[] if no_direct else direct or None, before=before, context=context, page=html, as_json=json,
    )  # fmt: skip
    raise typer.Exit(done)


def explain(
    words: Annotated[
        list[str], typer.Argument(help="TEXT START END, - START END, or with --file START END.", metavar="[TEXT|-] START END")
    ],
    file: Annotated[Path | None, typer.Option("--file", help="Take the text from this file.", show_default=False)] = None,
    label: Annotated[str, typer.Option("--label", help="Column name or key the text stands under.")] = "",
    policy: PolicyOpt = "review",
    encoding: EncodingOpt = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """Say why a stretch of text was found, or why not. 解释某段文字为何被检出或未被检出。"""
    from piiscrub.cli import explaining

    raise typer.Exit(explaining.explain(words, file, label=label, policy=policy, codec=encoding, as_json=json))


def recognizers(
    entity: EntityOpt = None,
    country: Annotated[
        str | None, typer.Option("--country", help="Only this country (cn, hk, us …); intl: those of none.")
    ] = None,
    json: JsonOpt = False,
    language: LangOpt = None,
) -> None:
    """List what can be found, and how well it is tested. 列出识别器。"""
    from piiscrub.cli import listing

    raise typer.Exit(listing.recognizers(entity or [], country, as_json=json))


def entities(json: JsonOpt = False, language: LangOpt = None) -> None:
    """List the kinds of personal information, with their classes under law and standards. 列出个人信息类别。"""
    from piiscrub.cli import listing

    raise typer.Exit(listing.entities(as_json=json))


def policies(json: JsonOpt = False, language: LangOpt = None) -> None:
    """List the policies that come with piiscrub. 列出内置策略。"""
    from piiscrub.cli import listing

    raise typer.Exit(listing.policies(as_json=json))
