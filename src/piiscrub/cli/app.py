"""The commands and their options. What they do stands in the modules they import when called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
PolicyOpt = Annotated[
    str, typer.Option("--policy", "-p", help="Name of a policy (see: piiscrub policies) or path of a policy file.")
]
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
    for command in (scan, scrub, explain, recognizers, entities, policies):
        app.command()(command)
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
    limit: Annotated[int, typer.Option("--limit", min=0, help="Most findings shown per file; 0 shows all.")] = 10,
    fail_on_findings: Annotated[bool, typer.Option("--fail-on-findings", help="Exit with 3 if anything is found.")] = False,
    language: LangOpt = None,
) -> None:
    """Say what is in files, and change nothing. 检出文件中的个人信息，不做修改。"""
    from piiscrub.cli import scanning

    asked = scanning.Asked(
        policy=policy, as_json=json, values=show_values, codec=encoding, format=format, entities=entity, limit=limit
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
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the output file if it exists.")] = False,
    language: LangOpt = None,
) -> None:
    """Write a copy that is safe to hand over; the input is never changed. 输出脱敏后的副本，不改动原文件。"""
    from piiscrub.cli import scrubbing

    asked = scrubbing.Asked(policy=policy, as_json=json, codec=encoding, format=format, entities=entity, overwrite=overwrite)
    raise typer.Exit(scrubbing.scrub(path, out, asked))


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
