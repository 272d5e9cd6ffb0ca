"""Read recognizer files and say in one sentence what is wrong with one: file, key, what to do, the nearest right name."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from os import PathLike
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, NoReturn, TypeVar, cast

from piiscrub.errors import PackError, UnknownNameError
from piiscrub.model import entities
from piiscrub.packs.lint import problems
from piiscrub.packs.schema import Check, Context, Example, ExampleKind, Mode, Pack, Pattern, Words
from piiscrub.text.boundary import BOUNDARIES

__all__ = ["Words", "load_examples", "load_folder", "load_pack", "load_words", "packs_folder"]

T = TypeVar("T")

SCHEMA = 1
MODES = ("auto", "boost", "context")
STATUSES = ("experimental", "test", "stable")
CHECKS = ("passed", "failed", "none")
KINDS: tuple[ExampleKind, ...] = ("match", "no_match", "known_miss", "known_alarm")
_SKIP = "skip_surroundings"
MAX = 128
LONGEST_MAX = 8192

_TOP = (
    "schema", "id", "entity", "country", "status", "version", "as_of", "confidence", "references", "mode", "parser",
    "title", "patterns", "check", "context", "examples",
)  # fmt: skip
_PATTERN = ("name", "regex", "score", "boundary", "max", "mode", "ignore_case", "digit", "validator")
_CHECK = ("validator", "pass", "fail")
_CONTEXT = ("zh", "en", "columns", "boost", "penalty", "reach", "gap")
_EXAMPLE = ("text", "why", "check")

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_COUNTRY = re.compile(r"(?:[a-z]{2})?\Z")
_EXAMPLES = re.compile(r"^\[examples\]", re.MULTILINE)
_TABLE = re.compile(r"^\[{1,2}[A-Za-z0-9_.\"-]+\]{1,2}[ \t]*(?:#.*)?$", re.MULTILINE)
_MARKS = re.compile(r"<<|>>")


def load_pack(path: str | PathLike[str]) -> Pack:
    """Read one recognizer file, up to its examples.

    Raises:
        PackError: the file cannot be read, or says something it must not; the message says what to do.
    """
    return _load(Path(path), thorough=True)


def _load(place: Path, *, thorough: bool) -> Pack:
    text = _read(place)
    examples = _EXAMPLES.search(text)
    later = _TABLE.search(text, examples.end()) if examples else None
    if later:
        _wrong(place, later[0].strip(), "[examples] must be the last table of the file. Move this one before it.")
    return _pack(place, _parse(place, text[: examples.start()] if examples else text), thorough)


def load_examples(path: str | PathLike[str]) -> tuple[Example, ...]:
    """Read the examples of one recognizer file, marks taken out; the run-time never needs them.

    Raises:
        PackError: an example has no reason, a mark is not closed, a match marks nothing.
    """
    place = Path(path)
    raw = _parse(place, _read(place))
    table = _Table(place, "examples", raw.get("examples", {}), (*KINDS, _SKIP))
    pack = str(raw.get("id", place.stem))
    return tuple(
        _example(place, f"examples.{kind}[{i}]", kind, item, pack)
        for kind in KINDS
        for i, item in enumerate(table.get(kind, list, []))
    )


def load_skips(path: str | PathLike[str]) -> tuple[Example, ...]:
    """Read which surroundings of the sweep a recognizer cannot do: ``text`` names one, ``why`` says what stands against it.

    Raises:
        PackError: an entry has no name or no reason.
    """
    place = Path(path)
    raw = _parse(place, _read(place))
    items = _Table(place, "examples", raw.get("examples", {}), (*KINDS, _SKIP)).get(_SKIP, list, [])
    tables = [_Table(place, f"examples.{_SKIP}[{i}]", item, ("text", "why")) for i, item in enumerate(items)]
    pack = str(raw.get("id", place.stem))
    return tuple(
        Example(kind="known_miss", text=t.need("text", str), spans=(), why=t.need("why", str), check="", pack=pack)
        for t in tables
    )


def load_folder(folder: str | PathLike[str]) -> tuple[Pack, ...]:
    """Read every recognizer file of a folder and its subfolders, sorted by id.

    ``words/`` holds word lists and ``TEMPLATE.toml`` is what a new file is copied from; neither is a recognizer.

    Raises:
        PackError: a file is wrong, two files have the same id, or there is none.
    """
    place = Path(folder)
    # The built-in ones were searched for slow texts by the tests; once more would double the time of the first scan.
    thorough = place != packs_folder()
    packs: dict[str, Pack] = {}
    for file in pack_files(place):
        pack = _load(file, thorough=thorough)
        if pack.id in packs:
            _wrong(
                file,
                "id",
                f"{pack.id!r} is taken by {_short(Path(packs[pack.id].path))}. Choose another name.",
            )
        packs[pack.id] = pack
    if not packs:
        _wrong(place, "", "holds no recognizer file. One is called <id>.toml; copy recognizers/TEMPLATE.toml to begin.")
    return tuple(packs[id_] for id_ in sorted(packs))


def pack_files(folder: Path) -> list[Path]:
    """Return the recognizer files below a folder, sorted by path."""
    return sorted(
        file for file in folder.rglob("*.toml") if file.stem != "TEMPLATE" and "words" not in file.relative_to(folder).parts[:-1]
    )


@cache
def packs_folder() -> Path:
    """Return the folder of the built-in recognizers: inside the wheel, or ``recognizers/`` of the checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_packs"
    return inside if inside.is_dir() else package.parents[1] / "recognizers"


def load_words(path: str | PathLike[str]) -> Words:
    """Read a shared word list.

    Raises:
        PackError: the file cannot be read, or a list holds something other than words.
    """
    place = Path(path)
    table = _Table(place, "", _parse(place, _read(place)), ("schema", "version", "as_of", "zh", "en"))
    _schema(table)
    return Words(zh=table.words("zh"), en=table.words("en"))


# ------------------------------------------------------------------------------------------------------------- parts


def _pack(place: Path, raw: Mapping[str, Any], thorough: bool) -> Pack:
    top = _Table(place, "", raw, _TOP)
    _schema(top)
    id_ = top.need("id", str)
    if not _ID.match(id_):
        _wrong(place, "id", "an id is small letters, digits and _, and begins with a letter.")
    if id_ != place.stem:
        _wrong(place, "id", f"{id_!r} is not the name of the file. Call the file {id_}.toml, or write id = {place.stem!r}.")
    try:
        entity = entities.get(top.need("entity", str)).name
    except UnknownNameError as error:
        _wrong(place, "entity", f"{error} Entities stand in piiscrub/model/entities.toml; ps.entities() lists them.")
    country = top.get("country", str, "")
    if not _COUNTRY.match(country):
        _wrong(place, "country", 'write two small letters such as "cn", or "" for an international one.')
    mode = cast(Mode, top.choice("mode", MODES, "auto"))
    title = top.table("title", ("en", "zh"))
    title_en = title.need("en", str)
    context = _context(top.table("context", _CONTEXT))
    checks = top.table("check", _CHECK)
    validator = checks.validator("validator", "")
    items = top.get("patterns", list, [])
    patterns = tuple(
        _pattern(_Table(place, f"patterns[{i}]", p, _PATTERN), mode, validator, thorough) for i, p in enumerate(items)
    )
    parser = top.module("parser", "recognize/parsers", "")
    if bool(patterns) == bool(parser):
        _wrong(place, "patterns", 'a recognizer has [[patterns]] or a parser = "…": write one of the two.')
    if len({p.name for p in patterns}) != len(patterns):
        _wrong(place, "patterns", "two patterns have the same name. Give each its own: reasons and reports name it.")
    if not context.zh and not context.en and not context.columns and "context" in (mode, *(p.mode for p in patterns)):
        _wrong(place, "context", 'mode = "context" asks for a word beside the value, but [context] has none. Add some.')
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


def _pattern(table: _Table, mode: Mode, validator: str, thorough: bool) -> Pattern:
    regex = table.need("regex", str)
    limit = table.number("max", MAX, 1, LONGEST_MAX)
    ignore_case = table.get("ignore_case", bool, False)
    for problem in problems(regex, limit=limit, ignore_case=ignore_case, thorough=thorough):
        table.wrong("regex", problem)
    boundary = table.need("boundary", str)
    if boundary not in BOUNDARIES:
        table.wrong("boundary", f"there is no boundary {boundary!r}.{_near(boundary, BOUNDARIES)}")
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


def _check(table: _Table, needed: bool) -> Check | None:
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


def _context(table: _Table) -> Context:
    return Context(
        zh=table.words("zh"),
        en=table.words("en"),
        columns=table.words("columns"),
        boost=table.score("boost", 0.3),
        penalty=table.score("penalty", 0.6),
        reach=table.number("reach", 20, 0, 200),
        gap=table.number("gap", 0, 0, 200),
    )


def _example(place: Path, key: str, kind: ExampleKind, item: object, pack: str) -> Example:
    table = _Table(place, key, item, _EXAMPLE)
    marked, why = table.need("text", str), table.need("why", str)
    text, spans = _unmark(table, marked)
    if bool(spans) != (kind in ("match", "known_miss")):
        table.wrong("text", "mark the value with << and >>." if not spans else f"{kind} marks nothing: take << and >> out.")
    check = table.choice("check", CHECKS, "") if "check" in table.raw else ""
    return Example(kind=kind, text=text, spans=spans, why=why, check=check, pack=pack)


def _unmark(table: _Table, marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = end = 0
    opened: int | None = None
    for m in _MARKS.finditer(marked):
        parts.append(marked[end : m.start()])
        length, end = length + m.start() - end, m.end()
        if (m[0] == "<<") != (opened is None) or opened == length:
            table.wrong("text", "each << needs a >> behind it, with the value between them.")
        if opened is None:
            opened = length
        else:
            spans.append((opened, length))
            opened = None
    if opened is not None:
        table.wrong("text", "a << is not closed with >>.")
    return "".join(parts) + marked[end:], tuple(spans)


# ------------------------------------------------------------------------------------------------- reading and errors


class _Table:
    """A table of the file, with the checks every key needs; names the file and the key in each error."""

    __slots__ = ("place", "prefix", "raw")

    def __init__(self, place: Path, prefix: str, raw: object, known: Iterable[str]) -> None:
        self.place, self.prefix = place, prefix
        if not isinstance(raw, dict):
            _wrong(place, prefix, "this must be a table.")
        self.raw: dict[str, Any] = raw
        unknown = raw.keys() - known
        if unknown:
            first = min(unknown)
            self.wrong(first, f"unknown key.{_near(first, known) or ' Known here: ' + ', '.join(known) + '.'}")

    def wrong(self, key: str, problem: str) -> NoReturn:
        _wrong(self.place, ".".join(filter(None, (self.prefix, key))), problem)

    def get(self, key: str, kind: type[T], default: T) -> T:
        value = self.raw.get(key, default)
        if type(value) is not kind:
            self.wrong(key, f"this must be {_KINDS_SAID[kind]}, not {_KINDS_SAID.get(type(value), type(value).__name__)}.")
        return value

    def need(self, key: str, kind: type[T]) -> T:
        if key not in self.raw:
            self.wrong(key, f"this key is missing. It is {_KINDS_SAID[kind]}; recognizers/TEMPLATE.toml shows it.")
        value = self.get(key, kind, cast(T, None))
        if value == "":
            self.wrong(key, "this must not be empty.")
        return value

    def table(self, key: str, known: Iterable[str]) -> _Table:
        return _Table(self.place, key, self.raw.get(key, {}), known)

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        value = self.get(key, str, default)
        if value not in known:
            self.wrong(key, f"{value!r} is none of {', '.join(known)}.{_near(value, known)}")
        return value

    def score(self, key: str, default: float | None = None) -> float:
        value = self.raw.get(key, default)
        if value is None:
            self.wrong(key, "this key is missing. It is a score from 0 to 1.")
        if type(value) not in (int, float) or not 0 <= value <= 1:
            self.wrong(key, "a score is a number from 0 to 1.")
        return float(value)

    def number(self, key: str, default: int, low: int, high: int) -> int:
        value = self.get(key, int, default)
        if not low <= value <= high:
            self.wrong(key, f"this must be from {low} to {high}.")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        found: list[Any] = self.get(key, list, [])
        if not all(type(word) is str and word.strip() for word in found):
            self.wrong(key, "this must be a list of words in quotes, none of them empty.")
        if len({*found}) != len(found):
            self.wrong(key, "a word stands in this list twice. Take one out.")
        return tuple(found)

    def validator(self, key: str, default: str) -> str:
        return self.module(key, "validators", default)

    def module(self, key: str, folder: str, default: str) -> str:
        name = self.get(key, str, default)
        if name and name not in _modules(folder):
            self.wrong(key, f"there is no piiscrub/{folder}/{name}.py.{_near(name, _modules(folder))}")
        return name


_KINDS_SAID: dict[type, str] = {
    str: 'a text in quotes', int: "a whole number", float: "a number", bool: "true or false", list: "a list", dict: "a table",
}  # fmt: skip


@cache
def _modules(folder: str) -> frozenset[str]:
    """Names of the modules in a folder of the package, found without importing any."""
    where = Path(__file__).resolve().parents[1] / folder
    return frozenset(m.name for m in iter_modules([str(where)]) if not m.name.startswith("_"))


def _near(name: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Did you mean {found[0]!r}?" if found else ""


def _schema(table: _Table) -> None:
    found = table.need("schema", int)
    if found != SCHEMA:
        table.wrong("schema", f"this version of piiscrub reads schema {SCHEMA}, the file says {found}.")


def _read(place: Path) -> str:
    try:
        return place.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        _wrong(place, "", "is not UTF-8. Save it as UTF-8.")
    except OSError as error:
        _wrong(place, "", f"cannot be read ({error.strerror}).")


def _parse(place: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _wrong(place, "", f"is not TOML: {error}. A regex goes between single quotes.")


def _short(place: Path) -> str:
    """Name a built-in file by its place in ``recognizers/``, any other as the caller does."""
    try:
        return f"recognizers/{place.resolve().relative_to(packs_folder().resolve()).as_posix()}"
    except ValueError:
        return str(place)


def _wrong(place: Path, key: str, problem: str) -> NoReturn:
    raise PackError(_short(place), key, problem) from None
