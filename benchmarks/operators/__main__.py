"""CPU seconds and collisions of the keyed operators: ``python -m benchmarks.operators [--million] [--kind e-mails]``.

100,000 distinct values of each kind, made from a fixed seed; with ``--million`` a million, as the collision bounds ask. Every
line first checks what it times: as many results as values, none the original, and the number of results that meet.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from piiscrub.keys.bound import BoundKeys
from piiscrub.keys.ring import KeyRing
from piiscrub.keys.vault import Vault
from piiscrub.operate import people, spaces
from piiscrub.operate.protocol import DocumentState
from piiscrub.reference.surnames import common
from piiscrub.registry.operators import operator


def kinds() -> dict[str, tuple[str, Callable[[random.Random], str]]]:
    """Name → entity and a maker of values of that kind."""
    surnames, letters = sorted(common()), people.given_characters("")
    firsts, lasts = people.english_given(""), people.english_surnames()

    def counted(space: spaces.Space) -> Callable[[random.Random], str]:
        return lambda r: space.unrank(r.randrange(space.size))

    return {
        "names zh": ("PERSON", lambda r: r.choice(surnames) + r.choice(letters) + r.choice(letters)),
        "names en": ("PERSON", lambda r: f"{r.choice(firsts)} {chr(65 + r.randrange(26))}. {r.choice(lasts)}"),
        "phones zh": ("CN_MOBILE", counted(spaces.mobiles("mobile"))),
        "phones en": ("PHONE_NUMBER", lambda r: f"+1{r.randrange(2 * 10**9, 10**10)}"),
        "ids zh": ("CN_ID_CARD", counted(spaces.known_id_cards())),
        "ids en": ("US_SSN", lambda r: f"{r.randrange(10**9):09d}"),
        "cards": ("CREDIT_CARD", counted(spaces.known_cards(16))),
        "e-mails": ("EMAIL_ADDRESS", lambda r: f"{r.choice(firsts)}.{r.choice(lasts)}{r.randrange(10**6)}@mail.example".lower()),
    }


def values(make: Callable[[random.Random], str], count: int) -> list[str]:
    """Distinct values, the same every time."""
    r = random.Random(20261122)
    found: dict[str, None] = {}
    while len(found) < count:
        found[make(r)] = None
    return list(found)


def timed(name: str, what: str, entity: str, given: Sequence[str], document: DocumentState, **params: Any) -> None:
    """Print one line of the table."""
    built: Any = operator(name, params)
    built.many(given[:10], entity, document)
    start = time.process_time()
    made = built.many(given, entity, document)
    seconds = time.process_time() - start
    assert len(made) == len(given)
    assert not any(a == b for a, b in zip(given, made, strict=True))
    meet = len(given) - len(set(made))
    shown = " ".join(f"{key}={value}" for key, value in params.items())
    print(f"| {name} {shown} | {what} | {len(given):,} | {seconds:.2f} | {seconds / len(given) * 1e6:.1f} | {meet:,} |")


def main() -> None:
    """Run the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--million", action="store_true", help="a million values of each kind")
    parser.add_argument("--kind", choices=list(kinds()), help="only values of this kind")
    options = parser.parse_args()
    count = 1_000_000 if options.million else 100_000
    document = DocumentState(keys=BoundKeys(KeyRing.ephemeral(), recipient="benchmark"))
    print("| operator | values | distinct | CPU s | µs each | results that meet |\n| --- | --- | --- | --- | --- | --- |")
    for what, (entity, make) in kinds().items():
        if options.kind not in (None, what) or (what.startswith("names") and count > 100_000):
            continue  # names meet as those of real people do; 100,000 are what the bound is about
        given = values(make, count)
        timed("pseudonym", what, entity, given, document)
        if what in ("phones zh", "ids zh", "cards"):
            timed("fpe", what, entity, given, document)
        if what == "phones zh":
            timed("hash", what, entity, given, document)
            timed("encrypt", what, entity, given, document)
            timed("encrypt", what, entity, given, document, mode="random")
    if options.kind not in (None, "names zh"):
        return
    with tempfile.TemporaryDirectory() as folder:
        keys = BoundKeys(KeyRing.new(Path(folder) / "keys.json"), recipient="benchmark")
        with Vault(Path(folder) / "vault.sqlite", keys) as vault:
            kept = DocumentState(keys=keys, vault=vault.scope("benchmark"))
            entity, make = kinds()["names zh"]
            timed("pseudonym", "names zh", entity, values(make, 100_000), kept, unique=True)


if __name__ == "__main__":
    main()
