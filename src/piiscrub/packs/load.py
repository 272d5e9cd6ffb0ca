"""Read recognizer files and say in one sentence what is wrong with one: file, key, what to do, the nearest right name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, cast

from piiscrub.errors import UnknownNameError
from piiscrub.model import entities
from piiscrub.packs import index
from piiscrub.packs.examples import load_examples, load_skips
from piiscrub.packs.schema import Check, Context, Mode, Pack, Pattern, Words
from piiscrub.packs.table import Table, check_schema, did_you_mean, packs_folder, parse, read, short, wrong
from piiscrub.reference.scripts import simplified_pattern
from piiscrub.text.boundary import BOUNDARIES

__all__ = ["Words", "load_examples", "load_folder", "load_pack", "load_skips", "load_words", "packs_folder"]

MODES = ("auto", "boost", "context")
STATUSES = ("experimental", "test", "stable")
MAX = 128
LONGEST_MAX = 8192

_TOP = (
    "schema", "id", "entity", "country", "status", "version", "as_of", "confidence", "references", "mode", "parser",
    "title", "patterns", "check", "context", "examples",
)  # fmt: skip
_PATTERN = ("name", "regex", "score", "boundary", "max", "mode", "ignore_case", "digit", "validator")
_CHECK = ("validator", "pass", "fail")
_CONTEXT = ("zh", "en", "columns", "boost", "penalty", "reach", "gap")

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_COUNTRY = re.compile(r"(?:[a-z]{2})?\Z")
_EXAMPLES = re.compile(r"^\[examples\]", re.MULTILINE)
_TABLE = re.compile(r"^\[{1,2}[A-Za-z0-9_.\"-]+\]{1,2}[ \t]*(?:#.*)?$", re.MULTILINE)


def load_pack(path: str | PathLike[str]) -> Pack:
    """Read one recognizer file, up to its examples.

    Raises:
        PackError: the file cannot be read, or says something it must not; the message says what to do.
    """
    return _load(Path(path), checked=True)


def _load(place: Path, *, checked: bool) -> Pack:
    text = read(place)
    examples = _EXAMPLES.search(text)
    later = _TABLE.search(text, examples.end()) if examples else None
    if later:
        wrong(place, later[0].strip(), "[examples] must be the last table of the file. Move this one before it.")
    return _pack(place, parse(place, text[: examples.start()] if examples else text), checked)


def load_folder(folder: str | PathLike[str]) -> tuple[Pack, ...]:
    """Read every recognizer file of a folder and its subfolders, sorted by id.

    ``words/`` holds word lists and ``TEMPLATE.toml`` is what a new file is copied from; neither is a recognizer.

    Raises:
        PackError: a file is wrong, two files have the same id, or there is none.
    """
    place = Path(folder)
    # The built-in ones are checked by the tests; once more would take a third of the first scan.
    checked = place != packs_folder()
    known = {} if checked else index.read(place)
    packs: dict[str, Pack] = {}
    for file in pack_files(place):
        entry = known.get(index.digest(file.read_bytes())) if known else None
        pack = index.pack_of(entry, str(file)) if entry else _load(file, checked=checked)
        if pack.id in packs:
            wrong(
                file,
                "id",
                f"{pack.id!r} is taken by {short(Path(packs[pack.id].path))}. Choose another name.",
            )
        packs[pack.id] = pack
    if not packs:
        wrong(place, "", "holds no recognizer file. One is called <id>.toml; copy recognizers/TEMPLATE.toml to begin.")
    return tuple(packs[id_] for id_ in sorted(packs))


def pack_files(folder: Path) -> list[Path]:
    """Return the recognizer files below a folder, sorted by path."""
    return sorted(
        file for file in folder.rglob("*.toml") if file.stem != "TEMPLATE" and "words" not in file.relative_to(folder).parts[:-1]
    )


def load_words(path: str | PathLike[str]) -> Words:
    """Read a shared word list.

    Raises:
        PackError: the file cannot be read, or a list holds something other than words.
    """
    place = Path(path)
    table = Table(place, "", parse(place, read(place)), ("schema", "version", "as_of", "zh", "en"))
    check_schema(table)
    return Words(zh=table.words("zh"), en=table.words("en"))


# ------------------------------------------------------------------------------------------------------------- parts


def _pack(place: Path, raw: Mapping[str, Any], checked: bool) -> Pack:
    top = Table(place, "", raw, _TOP)
    check_schema(top)
    id_ = top.need("id", str)
    if not _ID.match(id_):
        wrong(place, "id", "an id is small letters, digits and _, and begins with a letter.")
    if id_ != place.stem:
        wrong(place, "id", f"{id_!r} is not the name of the file. Call the file {id_}.toml, or write id = {place.stem!r}.")
    try:
        entity = entities.get(top.need("entity", str)).name
    except UnknownNameError as error:
        wrong(place, "entity", f"{error} Entities stand in piiscrub/model/entities.toml; ps.entities() lists them.")
    country = top.get("country", str, "")
    if not _COUNTRY.match(country):
        wrong(place, "country", 'write two small letters such as "cn", or "" for an international one.')
    mode = cast(Mode, top.choice("mode", MODES, "auto"))
    title = top.table("title", ("en", "zh"))
    title_en = title.need("en", str)
    context = _context(top.table("context", _CONTEXT))
    checks = top.table("check", _CHECK)
    validator = checks.validator("validator", "")
    items = top.get("patterns", list, [])
    patterns = tuple(_pattern(Table(place, f"patterns[{i}]", p, _PATTERN), mode, validator, checked) for i, p in enumerate(items))
    parser = top.module("parser", "recognize/parsers", "")
    if bool(patterns) == bool(parser):
        wrong(place, "patterns", 'a recognizer has [[patterns]] or a parser = "…": write one of the two.')
    if len({p.name for p in patterns}) != len(patterns):
        wrong(place, "patterns", "two patterns have the same name. Give each its own: reasons and reports name it.")
    if not context.zh and not context.en and not context.columns and "context" in (mode, *(p.mode for p in patterns)):
        wrong(place, "context", 'mode = "context" asks for a word beside the value, but [context] has none. Add some.')
    return Pack(
        id=id_,
        entity=entity,
        country=country,
        status=top.choice("status", STATUSES, "experimental"),
        version=top.get("version", str, "1"),
        as_of=top.get("as_of", str, ""),
        confidence=top.get("confidence", str, ""),
        references=top.words("references"),
        mode=mode,
        title_zh=title.get("zh", str, title_en),
        title_en=title_en,
        patterns=patterns,
        parser=parser,
        check=_check(checks, any(p.validator for p in patterns)),
        context=context,
        path=str(place),
    )


def _pattern(table: Table, mode: Mode, validator: str, checked: bool) -> Pattern:
    regex = simplified_pattern(table.need("regex", str))
    limit = table.number("max", MAX, 1, LONGEST_MAX)
    ignore_case = table.get("ignore_case", bool, False)
    if checked:
        from piiscrub.packs.lint import problems  # a quarter of the first scan, and the built-in packs do not need it

        for problem in problems(regex, limit=limit, ignore_case=ignore_case):
            table.wrong("regex", problem)
    boundary = table.need("boundary", str)
    if boundary not in BOUNDARIES:
        table.wrong("boundary", f"there is no boundary {boundary!r}.{did_you_mean(boundary, BOUNDARIES)}")
    return Pattern(
        name=table.need("name", str),
        regex=regex,
        score=table.score("score"),
        boundary=boundary,
        max=limit,
        mode=cast(Mode, table.choice("mode", MODES, mode)),
        ignore_case=ignore_case,
        digit=table.get("digit", bool, False),
        validator=table.validator("validator", validator),
    )


def _check(table: Table, needed: bool) -> Check | None:
    if not table.raw:
        if needed:
            table.wrong(
                "",
                "a pattern names a validator, but no [check] says what a value that passes it scores. Add pass = 0.99.",
            )
        return None
    passed = table.score("pass")
    failed = table.score("fail") if "fail" in table.raw else None
    if failed is not None and failed > passed:
        table.wrong("fail", "a value whose check fails cannot be surer than one whose check passes. Write fail below pass.")
    return Check(passed=passed, failed=failed)


def _context(table: Table) -> Context:
    return Context(
        zh=table.words("zh"),
        en=table.words("en"),
        columns=table.words("columns"),
        boost=table.score("boost", 0.3),
        penalty=table.score("penalty", 0.6),
        reach=table.number("reach", 20, 0, 200),
        gap=table.number("gap", 0, 0, 200),
    )
