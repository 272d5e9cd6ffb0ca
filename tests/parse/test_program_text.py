"""Words of programs, and persons named in programs. All values are invented."""

from __future__ import annotations

import pytest

from piiscrub.parse.program_text import in_program_text, joined_words


def _marked(text: str) -> tuple[str, int, int]:
    start, end = text.index("⟨"), text.index("⟩") - 1
    return text.replace("⟨", "").replace("⟩", ""), start, end


WORDS = (
    "from ⟨enum⟩ import IntFlag as _Flag",
    "fn pairs(v: ⟨Vec⟩<&str>) -> i32 {",
    "Some(Fruit::⟨Lemon⟩)",
    'DEVS="$(⟨lsblk -nrp -o⟩ FSTYPE,NAME)"',
    "COMPREPLY=( $( ⟨busctl⟩ --json=help ) )",
    "help tool:help ⟨toolx⟩:run",
    "    '+=': ⟨PLUSEQUAL⟩,",
    "ts.between_time(⟨stime⟩, etime, axis=t)",
    "-> tuple[⟨Timedelta⟩ | NaT]:",
    "\tlocal ⟨UUIDS\n\tUUIDS⟩=$(x)",
)
PERSONS = (
    "# Author: ⟨Ragnhild⟩",
    'user = "⟨Ragnvald⟩";',
    "INSERT INTO t VALUES ('⟨ZHANGSAN⟩');",
    "login(⟨zhangwei⟩) -> ok",
    "return ⟨jane⟩;",
    "⟨Vec⟩ <vec@example.com>, hello",
    "⟨Vec⟩<vec@example.com>",
    "met (⟨stime⟩) twice",
    "ping me: ⟨zorbo⟩",
)


@pytest.mark.parametrize("case", range(len(WORDS)))
def test_a_word_of_a_program(case: int) -> None:
    assert in_program_text(*_marked(WORDS[case]))


@pytest.mark.parametrize("case", range(len(PERSONS)))
def test_somebody_in_a_program(case: int) -> None:
    assert not in_program_text(*_marked(PERSONS[case]))


@pytest.mark.parametrize("word", ["OsString", "TryFrom", "PathBuf"])
def test_words_joined(word: str) -> None:
    assert joined_words(word)


@pytest.mark.parametrize("word", ["McAdam", "JaneDoe", "DeWitt", "Jane", "ZhangWei"], ids=range(5))
def test_a_name_is_not_joined_words(word: str) -> None:
    assert not joined_words(word)
