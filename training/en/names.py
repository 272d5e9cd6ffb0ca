"""Invented people for the generated text: names of many languages, romanised Chinese ones, and how people write them."""

from __future__ import annotations

import random
from functools import cache

from faker import Faker
from pypinyin import lazy_pinyin

LATIN = (
    "en_US en_US en_US en_US en_GB en_GB en_AU en_CA en_IE en_IN en_IN en_NZ en_NG en_KE en_PK en_PH de_DE de_AT fr_FR "
    "fr_CA es_ES es_MX "
    "es_AR it_IT nl_NL pt_BR pt_PT pl_PL cs_CZ sk_SK sl_SI hr_HR hu_HU ro_RO fi_FI sv_SE no_NO da_DK is_IS et_EE lt_LT "
    "lv_LV tr_TR "
    "id_ID vi_VN yo_NG ig_NG ha_NG zu_ZA ga_IE sq_AL az_AZ"
).split()
# General knowledge: names Faker's locales lack or romanise otherwise.
JAPANESE = (
    "Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Mori Ogawa Fujita Okada".split()
)
JAPANESE_GIVEN = "Haruto Yuki Sakura Kenji Aiko Hiroshi Naoko Takeshi Emi Ryota Mika Daisuke Keiko Shota Yumi Akira".split()
KOREAN = "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song".split()
KOREAN_GIVEN = "Min-jun Seo-yeon Ji-hoon Hye-jin Sung-min Eun-ji Hyun-woo Soo-jin Joon-ho Yu-na Dong-hyun Mi-kyung".split()
ARABIC = (
    "Al-Farsi Haddad Khoury Mansour El-Sayed Nasser Rahman Hussein Al Mansoori Aziz Saleh Farouk Hamdan Bakr Abdullah".split()
)
ARABIC_GIVEN = "Ahmed Fatima Omar Layla Yusuf Aisha Khalid Noor Hassan Mariam Tariq Salma Ibrahim Zainab Karim Huda".split()
CANTONESE = "Chan Wong Leung Cheung Lau Ng Chow Tsang Yuen Kwok Fung Yip Cheng Tse Mak Lai Ho Tam Siu Pang".split()
CANTONESE_GIVEN = "Tai-man Ka-wai Siu-ming Mei-ling Chi-keung Wing-yan Kwok-wah Suk-yee Ho-yin Lai-kuen Pui-shan Chun-kit".split()
# Given names that are also words: the network must see them as both.
WORDLIKE = (
    "Grace Hope Faith Will Mark Bill Rose Lily Dawn Joy Frank Jack Pat Sandy Drew Chase Summer April May June Miles Art Rob Sue"
).split()
WORDLIKE_LAST = (
    "Brown White Black Green Young King Price Banks Field Stone Wood Rivers Day Long Short Best Page Bishop Baker Cook Hill"
).split()
PARTICLES = "de van von della van der de la du di da dos Van De St. Le La bin ben ter den El al".split()
TITLES = "Mr. Mrs. Ms. Mr Mrs Ms Dr. Dr Prof. Professor Miss Sir Rev. Capt. Judge Officer Madam Mx".split()


@cache
def _pool(locale: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    faker = Faker(locale)
    faker.seed_instance(len(locale) + sum(map(ord, locale)))
    first = {faker.first_name() for _ in range(700)}
    last = {faker.last_name() for _ in range(700)}
    return tuple(sorted(first)), tuple(sorted(last))


@cache
def _chinese() -> tuple[tuple[str, ...], tuple[str, ...]]:
    first, last = _pool("zh_CN")
    return tuple("".join(lazy_pinyin(name)) if len(name) == 1 else "'".join(lazy_pinyin(name)) for name in first), tuple(
        "".join(lazy_pinyin(name)).capitalize() for name in last
    )


def pinyin(rng: random.Random) -> tuple[str, str]:
    """A romanised Chinese given name and surname, the given name joined in one of the ways people write it."""
    firsts, lasts = _chinese()
    parts = rng.choice(firsts).split("'")
    how = rng.random()
    if how < 0.65 or len(parts) == 1:
        first = "".join(parts).capitalize()
    elif how < 0.8:
        first = "-".join(parts).capitalize()
    elif how < 0.9:
        first = " ".join(part.capitalize() for part in parts)
    else:
        first = "".join(part.capitalize() for part in parts)
    return first, rng.choice(lasts)


def pair(rng: random.Random) -> tuple[str, str]:
    """A given name and a surname of one language."""
    how = rng.random()
    if how < 0.14:
        return pinyin(rng)
    for share, given, family in (
        (0.17, CANTONESE_GIVEN, CANTONESE),
        (0.20, JAPANESE_GIVEN, JAPANESE),
        (0.23, KOREAN_GIVEN, KOREAN),
        (0.26, ARABIC_GIVEN, ARABIC),
        (0.29, WORDLIKE, WORDLIKE_LAST),
    ):
        if how < share:
            return rng.choice(given), rng.choice(family)
    first, last = _pool(rng.choice(LATIN))
    family = rng.choice(last)
    extra = rng.random()
    if extra < 0.04:
        family = rng.choice(PARTICLES) + " " + family
    elif extra < 0.06:
        family = "O'" + family
    elif extra < 0.09:
        family += "-" + rng.choice(last)
    elif extra < 0.10:
        family = rng.choice(("Mc", "Mac", "Fitz")) + family.capitalize()
    given = rng.choice(first)
    if rng.random() < 0.04:
        given += "-" + rng.choice(first)
    return given, family


def given(rng: random.Random) -> str:
    """A given name alone."""
    return rng.choice(WORDLIKE) if rng.random() < 0.05 else pair(rng)[0]


def family(rng: random.Random) -> str:
    """A surname alone."""
    return pair(rng)[1]


def full(rng: random.Random) -> str:
    """A full name in running text."""
    first, last = pair(rng)
    how = rng.random()
    letter = rng.choice("ABCDEFGHJKLMNPRSTW")
    shapes = (
        (0.62, f"{first} {last}"),
        (0.70, f"{first} {letter}. {last}"),
        (0.73, f"{first} {letter} {last}"),
        (0.78, f"{first[0]}. {last}"),
        (0.80, f"{first[0]}.{letter}. {last}"),
        (0.82, f"{first[0]}. {letter}. {last}"),
        (0.86, f"{first} {given(rng)} {last}"),
        (0.89, f"{last} {first}"),
        (0.91, f"{last.upper()} {first}"),
        (0.93, f"{first} {last.upper()}"),
        (0.95, f"{first} {last} {rng.choice(('Jr.', 'Sr.', 'III', 'II', 'Jr'))}"),
        (0.96, f'{first} "{given(rng)}" {last}'),
        (1.01, f"{first} {last}"),
    )
    return next(text for share, text in shapes if how < share)


def listed(rng: random.Random) -> str:
    """A name as forms, tables and mail headers write it."""
    first, last = pair(rng)
    how = rng.random()
    if how < 0.4:
        return f"{last}, {first}"
    if how < 0.5:
        return f"{last}, {first} {rng.choice('ABCDEFJKLMRST')}."
    if how < 0.6:
        return f"{last.upper()}, {first}"
    if how < 0.7:
        return f"{first} {last}".upper()
    if how < 0.75:
        return f"{last.upper()}, {first.upper()}"
    return full(rng)
