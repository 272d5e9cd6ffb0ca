"""The English tagger: right on plain cases, the same in every company, unharmed by junk."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from piiscrub.recognize.ner.en import EnglishTagger
from piiscrub.recognize.ner.tagger import Span, Tagger
from tests.growth import LINEAR, growth

TEXTS = [
    "Dear Jane Doe, your order has shipped.",
    "John Smith met Mary O'Brien of Acme Inc. in Paris.",
    "",
    "Regards,\nDr. J. R. Smith\nExample Consulting LLC\nLondon",
    "The printer needs paper and the coffee machine is broken.",
    "Call Zhang Wei or WANG Xiaoming before Friday.",
    "   \n\n ",
    "😀😀 hi from Jane Doe 😀",
]


@pytest.fixture(scope="module")
def tagger() -> EnglishTagger:
    return EnglishTagger()


def found(tagger: EnglishTagger, text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.label) for span in tagger.tag([text])[0]]


def test_it_is_a_tagger(tagger: EnglishTagger) -> None:
    assert isinstance(tagger, Tagger)


def test_people_places_and_firms(tagger: EnglishTagger) -> None:
    assert found(tagger, "John Smith of Acme Inc. met Mary O'Brien in Paris.") == [
        ("John Smith", "PERSON"),
        ("Acme Inc.", "ORGANIZATION"),
        ("Mary O'Brien", "PERSON"),
        ("Paris", "LOCATION"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is john smith and i live in london", "john smith"),
        ("PLEASE CONTACT JOHN SMITH BEFORE FRIDAY.", "JOHN SMITH"),
        ("Please ask Zhang Wei for the key.", "Zhang Wei"),
        ("The report by J. Smith is attached.", "J. Smith"),
        ("It belongs to John Smith's sister.", "John Smith"),
    ],
    ids=["lower case", "upper case", "romanised Chinese", "initial", "possessive"],
)
def test_names_however_written(tagger: EnglishTagger, text: str, name: str) -> None:
    assert (name, "PERSON") in found(tagger, text)


def test_a_street_address(tagger: EnglishTagger) -> None:
    text = "Please deliver to 742 Example Street, Apt 4, Springfield, IL 62704 on Monday."
    address = [span for span in tagger.tag([text])[0] if span.label == "ADDRESS"]
    assert len(address) == 1
    assert text[address[0].start : address[0].end].startswith("742 Example Street")


def test_no_names_in_plain_text(tagger: EnglishTagger) -> None:
    text = "Click Save, then restart the printer. The warranty does not cover batteries or cables."
    assert [span for span in tagger.tag([text])[0] if span.label == "PERSON"] == []


def test_together_as_alone(tagger: EnglishTagger) -> None:
    alone = [tagger.tag([text])[0] for text in TEXTS]
    assert tagger.tag(TEXTS) == alone
    assert tagger.tag(TEXTS * 40) == alone * 40


def test_order_does_not_matter(tagger: EnglishTagger) -> None:
    assert tagger.tag(TEXTS[::-1]) == tagger.tag(TEXTS)[::-1]


def test_spans_are_sorted_inside_the_text_and_scored(tagger: EnglishTagger) -> None:
    for text, spans in zip(TEXTS, tagger.tag(TEXTS), strict=True):
        free = 0
        for span in spans:
            assert free <= span.start < span.end <= len(text)
            assert 0.0 <= span.score <= 1.0
            assert text[span.start : span.end].strip() == text[span.start : span.end]
            free = span.end


def test_offsets_hold_in_a_long_text(tagger: EnglishTagger) -> None:
    line = "The minutes were taken by John Smith on Monday.\n"
    text = line * 2000
    spans = [span for span in tagger.tag([text])[0] if span.label == "PERSON"]
    assert len(spans) == 2000
    assert {text[span.start : span.end] for span in spans} == {"John Smith"}


def test_the_same_from_many_threads(tagger: EnglishTagger) -> None:
    expected = tagger.tag(TEXTS)

    def work(_: int) -> list[list[Span]]:
        return EnglishTagger().tag(TEXTS)

    with ThreadPoolExecutor(4) as pool:
        assert all(answer == expected for answer in pool.map(work, range(32)))


JUNK = {
    "one word": ("a", 1_000_000),
    "capitals": ("ABCDEFGH", 50_000),
    "capitals and spaces": ("QQ XYZZY ", 50_000),
    "emoji": ("😀🎉", 50_000),
    "right to left": ("مرحبا بالعالم שלום עולם ", 10_000),
    "combining marks": ("e\u0301\u0302", 50_000),
    "line breaks": ("\n", 200_000),
    "apostrophes": ("a'", 100_000),
    "brackets": ("([{", 50_000),
    "numbers": ("12 34.5 ", 50_000),
    "lone surrogates": ("\ud800 Name \udfff ", 1_000),
    "null": ("\x00", 10_000),
}


@pytest.mark.parametrize("kind", list(JUNK))
def test_junk_takes_time_in_proportion(tagger: EnglishTagger, kind: str) -> None:
    part, size = JUNK[kind]

    def tag(size: int) -> None:
        text = part * size
        tagger.needs(text)
        assert all(span.end - span.start < 2_000 for span in tagger.tag([text])[0])

    assert growth(tag, size) < LINEAR


def test_needs() -> None:
    tagger = EnglishTagger()
    assert tagger.needs("Dear John")
    assert tagger.needs("my name is john")
    assert not tagger.needs("12 345,60")
    assert not tagger.needs("")


def test_words_of_which_none_may_begin_a_name(tagger: EnglishTagger) -> None:
    assert tagger.tag(["of by with", ", . ;"]) == [[], []]
