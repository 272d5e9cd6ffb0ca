"""Invented values that pass their checks, made from a seed.

Independent of the library on purpose: a benchmark that used its validators would agree with their mistakes.
Identity numbers have birth years 1900 to 1905, addresses of the net are the documentation ranges, domains example.*.
Only ``Random.random`` is used: it is the one method whose sequence Python promises to keep between versions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

SEGMENTS = (*range(130, 134), *range(135, 140), *range(150, 154), *range(155, 160), 166, *range(180, 190), *range(195, 200))
DIVISIONS = ("110101", "110105", "310115", "330106", "350203", "370102", "420111", "440305", "440524", "510104", "650102")
CARDS = (("622202", 19), ("621700", 19), ("625900", 16), ("4", 16), ("51", 16), ("55", 16), ("37", 15), ("62", 17), ("62", 18))
NAMES = ("wang.fang", "li_si", "zhao-liu", "chen.jing", "sun88", "alice", "bob.smith", "carol_w", "dave-l", "erin2024")
DOMAINS = ("example.com", "example.org", "mail.example.net", "corp.example.cn", "example.com.cn")
PROVINCES = "京沪粤苏浙鲁川鄂湘闽"


class Rng:
    """A seeded stream of choices."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def below(self, bound: int) -> int:
        return int(self._random() * bound)

    def pick(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def digits(self, count: int) -> str:
        return "".join(str(self.below(10)) for _ in range(count))

    def number(self, count: int) -> str:
        """A number of that many digits, the first not zero."""
        return str(1 + self.below(9)) + self.digits(count - 1)


def luhn_sum(number: str) -> int:
    """Sum of the Luhn check; the number is right when it is a multiple of ten."""
    doubled = (int(c) * 2 if i % 2 else int(c) for i, c in enumerate(reversed(number)))
    return sum(d - 9 if d > 9 else d for d in doubled)


def mobile(rng: Rng) -> str:
    """Of an assigned segment."""
    return f"{rng.pick(SEGMENTS)}{rng.digits(8)}"


def id_card(rng: Rng) -> str:
    """18 digits, MOD 11-2 (GB 11643)."""
    body = f"{rng.pick(DIVISIONS)}{1900 + rng.below(6)}{1 + rng.below(12):02}{1 + rng.below(28):02}{rng.digits(3)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11]


def card(rng: Rng) -> str:
    """With a known range and a right check digit."""
    return _card(*rng.pick(CARDS), rng)


def bank_card(rng: Rng) -> str:
    """UnionPay, the normal Chinese card: a range of its own, nineteen digits or sixteen."""
    return _card(*rng.pick(CARDS[:3]), rng)


def _card(prefix: str, length: int, rng: Rng) -> str:
    body = prefix + rng.digits(length - len(prefix) - 1)
    return body + str(-luhn_sum(body + "0") % 10)


def email(rng: Rng) -> str:
    """At a reserved domain."""
    return f"{rng.pick(NAMES)}@{rng.pick(DOMAINS)}"


def ipv4(rng: Rng) -> str:
    """From the documentation ranges."""
    return f"{rng.pick(('192.0.2', '198.51.100', '203.0.113'))}.{1 + rng.below(254)}"


def ipv6(rng: Rng) -> str:
    """From the documentation range."""
    return f"2001:db8::{rng.below(65535) + 1:x}:{rng.below(65535) + 1:x}"


def mac(rng: Rng) -> str:
    """From the documentation range."""
    return f"00:00:5E:00:53:{rng.below(256):02X}"


def url(rng: Rng) -> str:
    """At a reserved domain."""
    return f"https://www.{rng.pick(DOMAINS)}/{rng.pick(('help', 'item', 'news', 'docs'))}/{rng.pick(('a', 'b', 'index'))}"


def landline(rng: Rng) -> str:
    """Area code and eight digits."""
    return f"{rng.pick(('010', '021', '020', '028'))}-{2 + rng.below(7)}{rng.digits(7)}"


def plate(rng: Rng) -> str:
    """Ordinary plate with five digits."""
    return f"{rng.pick(PROVINCES)}{rng.pick('ABCDEF')}{rng.digits(5)}"


def hk_id(rng: Rng) -> str:
    """Letter, six digits and the check digit in brackets (mod 11; the blank before the letter counts 36)."""
    letter, body = rng.pick("ABCDEFGH"), rng.digits(6)
    total = 36 * 9 + (ord(letter) - 55) * 8 + sum(int(c) * w for c, w in zip(body, range(7, 1, -1), strict=True))
    return f"{letter}{body}({'0123456789A'[-total % 11]})"


def uscc(rng: Rng) -> str:
    """Unified social credit code, GB 32100: mod 31 over 17 characters."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"91{rng.pick(DIVISIONS)}MA{rng.digits(6)}{rng.pick(alphabet)}"
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + alphabet[-total % 31]


def order(rng: Rng, length: int) -> str:
    """A number that is nothing else: it fails the card check and does not start like a mobile, date or ID."""
    while True:
        number = "9" + rng.digits(length - 1)
        if luhn_sum(number) % 10:
            return number
