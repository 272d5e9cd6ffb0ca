"""``python -m benchmarks.linkage``: how many mentions of a person get that person's pseudonym, and how many another's.

Prints counts by kind of mention, recall and precision. Exits 1 when a bound is missed. Nothing of the product decides what is
right: the surrogates are read from the columns of the output, their pinyin is that of pypinyin.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import unicodedata
from collections import Counter

import pandas as pd
from pypinyin import Style, lazy_pinyin, pinyin

import piiscrub as ps
from benchmarks.linkage.generate import POLYPHONIC, TITLES, Mention, Row, table
from piiscrub.reference.surnames import compound as known

RECALL, PRECISION, AMBIGUOUS = 0.95, 0.99, 0.20
TABLES = ("customers", "orders", "tickets")


def letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if "a" <= c <= "z")


def compound(name: str) -> int:
    """How many characters the surname of a surrogate has."""
    return next((size for size in (4, 2) if name[:size] in known() and len(name) > size), 1)


def readings(name: str) -> tuple[set[str], str]:
    """Surname (all its readings) and given name of a surrogate, in letters."""
    if name.isascii():
        given, _, surname = name.rpartition(" ")
        return {letters(surname)}, letters(given)
    size = compound(name)
    surnames = {letters("".join(lazy_pinyin(name[:size]))), POLYPHONIC.get(name[:size], "")}
    if size == 1:
        surnames |= {letters(one) for one in pinyin(name[:1], style=Style.NORMAL, heteronym=True)[0]}
    return surnames - {""}, letters("".join(lazy_pinyin(list(name[size:]))))


def is_form(made: str, kind: str, surrogate: str) -> bool:
    """Whether an output is the surrogate in the form of its mention."""
    if not made:
        return False
    size = 0 if surrogate.isascii() else compound(surrogate)
    if kind in ("full", "given", "word") and not made.isascii():
        return made == (surrogate if kind == "full" else surrogate[size:])
    if kind in ("title", "old") and not made.isascii():
        rest = made.removeprefix(surrogate[:size]) if kind == "title" else made[1:]
        return rest in TITLES if kind == "title" else rest == surrogate[:size]
    surnames, given = readings(surrogate)
    if kind == "title":
        return letters(made.split()[-1]) in surnames
    words = letters(made.partition("@")[0].rpartition(".")[0] if kind == "mail" else made)
    short = given[:1]
    wanted = {form for one in surnames for form in (one + given, given + one)}
    if " " not in surrogate or made[:2].endswith("."):
        wanted |= {form for one in surnames for form in (one + short, short + one)}
    return words in wanted


def outputs(row: Row, text: str) -> list[str] | None:
    """What stands in the places of the mentions; None if the text around them is not what it was."""
    found = re.fullmatch("(.*?)".join(map(re.escape, row.pieces)), text, re.DOTALL)
    return list(found.groups()) if found else None


def judge(row: Row, after: dict[str, str], counts: Counter[str], details: list[str]) -> None:
    made = outputs(row, after["备注"])
    pairs = list(zip(row.mentions, made or [""] * len(row.mentions), strict=True))
    pairs += [
        (Mention("", "mail" if column == "邮箱" else "letters", whose), after[column]) for column, whose in row.pinyin.items()
    ]
    for mention, now in pairs:
        hits = [column for column in row.people if is_form(now, mention.kind, after[column])]
        what = "ambiguous" if mention.whose == "?" else "stranger" if not mention.whose else "resolvable"
        counts[what] += 1
        if what == "resolvable":
            right = mention.whose in hits
            wrong = not right and bool(hits)
            counts[f"{mention.kind} of"] += 1
            counts[f"{mention.kind} right"] += right
            counts["right"] += right
        else:  # what fits both people is as unclear as it was; what was not touched fits by chance
            wrong = len(hits) == 1 and now != mention.text
            right = not wrong
        counts["wrong"] += wrong
        if not right:
            told = "another person" if wrong else "not linked"
            details.append(f"{what} {mention.kind} {told}: {mention.text} ({row.cells['备注']}) -> {now}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linkage", description=__doc__)
    parser.add_argument("--rows", type=int, default=2000, help="of each table")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--details", type=int, default=0, help="how many of those that went wrong to print; all are invented")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    keys = ps.KeyRing.ephemeral()
    counts: Counter[str] = Counter()
    details: list[str] = []
    said = Counter[str]()
    for name in TABLES:
        rows = table(chance, asked.rows, name)
        before = pd.DataFrame([row.cells for row in rows])
        plan = ps.plan(before, policy="pipl-share", recipient="bench", purpose="linkage")
        done = ps.apply(before, plan, keys=keys)
        said += Counter(linked=done.evidence.linked, ambiguous=done.evidence.ambiguous)
        for row, after in zip(rows, done.frame.to_dict("records"), strict=True):
            judge(row, after, counts, details)
    every = counts["resolvable"] + counts["ambiguous"] + counts["stranger"]
    recall, precision = counts["right"] / counts["resolvable"], counts["right"] / (counts["right"] + counts["wrong"])
    share = counts["ambiguous"] / every
    for kind in sorted(one.removesuffix(" of") for one in counts if one.endswith(" of")):
        print(f"{kind:8} {counts[f'{kind} right']:6} of {counts[f'{kind} of']:6}")
    print(f"mentions {every}, ambiguous {share:.3f} (bound {AMBIGUOUS}), strangers {counts['stranger']}")
    print(f"recall {recall:.4f} (bound {RECALL}), precision {precision:.4f} (bound {PRECISION}); evidence: {dict(said)}")
    print("\n".join(random.Random(1).sample(details, min(asked.details, len(details)))))
    return int(recall < RECALL or precision < PRECISION or share < AMBIGUOUS)


if __name__ == "__main__":
    sys.exit(main())
