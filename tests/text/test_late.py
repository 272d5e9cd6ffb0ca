"""Late patterns are patterns, and all of them compile: a mistake in one would show with the first text that needs it."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import piiscrub
from piiscrub.text.late import _Late, late

ROOMS = ("piiscrub.parse", "piiscrub.recognize", "piiscrub.validators")


def test_every_late_pattern_compiles() -> None:
    names = [module.name for module in walk_packages(piiscrub.__path__, "piiscrub.") if module.name.startswith(ROOMS)]
    patterns = [one for name in names for one in vars(import_module(name)).values() if isinstance(one, _Late)]
    assert len(patterns) > 100
    for one in patterns:
        one.match(one.pattern[:0])


def test_what_most_texts_do_not_need_is_not_compiled_at_import() -> None:
    room = Path(piiscrub.__file__).parent
    early = [
        f"{path.relative_to(room)}:{node.lineno}"
        for folder in ("parse", "recognize/parsers", "recognize/ner")
        for path in (room / folder).rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("re.compile(")
    ]
    assert early == []  # from piiscrub.text.late import late


def test_it_is_compiled_once_and_when_first_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    compile_now = re.compile
    monkeypatch.setattr(re, "compile", lambda *given: compiled.append(given) or compile_now(*given))
    pattern = late("[a-z]+([0-9])", re.IGNORECASE)
    assert pattern.pattern == "[a-z]+([0-9])"
    assert compiled == []
    found = pattern.search("--AB1--")
    assert found is not None
    assert (found.group(1), pattern.groups, pattern.sub("", "ab1c")) == ("1", 1, "c")
    assert compiled == [("[a-z]+([0-9])", re.IGNORECASE)] * 2  # once for the methods, once for what only the pattern has


def test_what_is_no_pattern_says_so_when_asked() -> None:
    with pytest.raises(re.error):
        late("(").search("a")
    with pytest.raises(AttributeError):
        assert late("a").searched
