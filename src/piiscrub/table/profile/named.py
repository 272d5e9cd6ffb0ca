"""Candidates by dictionaries: listed words, names, addresses, places, jobs, firms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from piiscrub.table.profile import checks as look
from piiscrub.table.profile import words
from piiscrub.table.profile.candidate import Candidate, clue_of
from piiscrub.table.profile.shapes import Shapes

_MANY = 0.6
_SOME, _NAMES, _LIKE_NAMES = 0.2, 8, 0.7


def listed(shapes: Shapes) -> Iterator[Candidate]:
    """Words that some recognizer lists: sexes, peoples, degrees, diseases."""
    if shapes.length > 24 or shapes.share("number") > 0.5:
        return
    values = [
        value for value in shapes.values[:300] if not any(ch.isdigit() for ch in value) or len(value) > 6
    ]  # C85 may be a cabin
    for entity in look.LISTED:
        share = look.listed(values, entity) * len(values) / min(300, len(shapes.values))
        if share >= 0.4:
            yield Candidate(
                entity,
                0.4 + 0.5 * share,
                clue_of("listed", share, shapes, entity=entity),
                share > 0.8 and entity not in ("OCCUPATION", "MEDICAL_CONDITION"),
            )


def named(shapes: Shapes) -> Iterator[Candidate]:
    """Names of places, jobs, firms and persons, and addresses."""
    values = shapes.values[:400]
    if shapes.share("number") > 0.5 or shapes.share("scientific") > 0.3:
        return
    tests = (("LOCATION", words.place, 0.55), ("OCCUPATION", words.occupation, 0.5), ("ORGANIZATION", words.organisation, 0.5))
    if shapes.length < 60:
        for entity, test, least in tests:
            share = words.share(values, test)
            if entity == "OCCUPATION" and (whose := words.names_with_jobs(values)) >= _MANY:
                yield Candidate("PERSON", 0.4 + 0.5 * whose, clue_of("names", whose, shapes))  # 李娜律师
                continue
            if entity == "LOCATION":
                share = _places(values, share)
            if share >= least and (entity != "LOCATION" or shapes.length < 12 or share > 0.7):
                yield Candidate(entity, 0.35 + 0.5 * share, clue_of("words", share, shapes, entity=entity))
    # What is said of people is said of languages too: German, French. Only a header can tell.
    for entity, test, most in (
        ("CN_ETHNICITY", words.group, 0.5),
        ("MEDICAL_CONDITION", words.medicine, 0.5),
        ("NATIONALITY", words.origin, 0.2),
    ):
        share = words.share(values, test) if shapes.length < 40 else 0.0
        if share >= 0.7 and len(values) >= 3:
            yield Candidate(entity, 0.35 + most * share, clue_of("words", share, shapes, entity=entity))
    if 3 < shapes.length < 90:
        share = words.share(values, words.address)
        loose = words.share(values, words.house) if shapes.latin > 0.5 else 0.0
        if share >= 0.5 or (share >= 0.2 and loose >= 0.8):
            share = max(share, loose)
            yield Candidate(
                "ADDRESS" if shapes.latin > 0.5 else "CN_ADDRESS", 0.4 + 0.55 * share, clue_of("addresses", share, shapes)
            )
    if shapes.length <= 30 and shapes.sentences < 0.2:
        yield from _persons(shapes, values)


def _places(values: Sequence[str], share: float) -> float:
    """Codes of two and three letters mean places only where all are such; IT and HR are departments too."""
    codes = [value for value in values if len(value) <= 3 and value.isascii()]
    if len(codes) < 0.9 * len(values):
        return words.share(values, lambda value: words.place(value) and not (len(value) <= 3 and value.isascii()))
    return share if len(codes) >= 5 and all(code.isupper() for code in codes) else 0.0


def _among_firms(shapes: Shapes, values: Sequence[str]) -> Iterator[Candidate]:
    """Persons in a column of firms: whom an invoice is made out to, who paid."""
    firms = words.share(values, words.organisation)
    others = [value for value in values if not words.organisation(value)]
    if _SOME <= firms <= 1 - _SOME and len(others) >= _NAMES and words.han_names(others) >= _LIKE_NAMES:
        yield Candidate("PERSON", 0.4 + 0.5 * max(firms, 1 - firms), clue_of("names", len(others) / len(values), shapes))


def _persons(shapes: Shapes, values: Sequence[str]) -> Iterator[Candidate]:
    yield from _among_firms(shapes, values)
    han = [value for value in values if re.search(r"[\u3400-\u9fff]", value)]
    latin = [value for value in values if not re.search(r"[\u3400-\u9fff]", value)]
    full = words.share(latin, words.latin_name)
    share = (words.han_names(han) * len(han) + full * len(latin)) / len(values)
    if share >= 0.4 and shapes.distinct >= 3:
        yield Candidate("PERSON", 0.4 + 0.55 * share, clue_of("names", share, shapes))
        return
    single = words.share(latin, words.given_name) * len(latin) / len(values)
    capital = words.share(latin, lambda value: value[:1].isupper() and not any(ch.isdigit() for ch in value))
    if single >= 0.3 and capital > 0.8 and shapes.distinct >= 12 and shapes.length > 3:
        yield Candidate("PERSON", 0.45 + 0.45 * single, clue_of("single-names", single, shapes))
    starred = words.share(values, lambda value: bool(re.fullmatch(r"[\u3400-\u9fff]{1,2}[*＊某xX]{1,3}[\u3400-\u9fff]?", value)))
    if starred >= _MANY:
        yield Candidate("PERSON_MASKED", 0.5 + 0.4 * starred, clue_of("masked", starred, shapes), True)
