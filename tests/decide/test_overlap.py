"""Who wins when findings overlap, and why."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from piiscrub.decide.overlap import rank, settle
from piiscrub.model.finding import UNEXAMINED, Finding


def finding(entity="A", start=0, end=10, score=0.5, recognizer="r", **more):
    return Finding(entity, start, end, score, recognizer, **more)


def winners(*findings):
    return [f for f, rival in settle(sorted(findings, key=lambda f: f.start)) if rival is None]


def test_a_passed_check_beats_a_longer_span_with_a_higher_score():
    checked = finding("CN_ID_CARD", 2, 8, 0.4, check="passed")
    longer = finding("TRACKING_NUMBER", 0, 20, 0.9)
    assert winners(checked, longer) == [checked]


def test_what_is_left_of_two_addresses_of_one_page_is_left_once():
    inner = finding("CN_MOBILE", 20, 31, 0.9, check="passed")
    found = winners(finding("URL", 0, 40, 0.95, "url"), inner, finding("URL", 8, 40, 0.9, "url"))
    assert [(f.entity, f.start, f.end) for f in found] == [("URL", 0, 20), ("CN_MOBILE", 20, 31), ("URL", 31, 40)]


def test_context_beats_score():
    with_context = finding("QQ_NUMBER", score=0.4, context=("QQ",))
    higher = finding("CN_MOBILE", score=0.6)
    assert [w.entity for w in winners(with_context, higher)] == ["QQ_NUMBER"]


def test_a_failed_check_loses_to_no_check():
    failed = finding("CN_ID_CARD", score=0.9, check="failed", context=("身份证",))
    plain = finding("TRACKING_NUMBER", score=0.3)
    assert [w.entity for w in winners(failed, plain)] == ["TRACKING_NUMBER"]


def test_same_span_losers_become_alternatives_of_the_winner():
    [winner] = winners(finding("IMEI", score=0.6, check="passed"), finding("CN_ID_CARD_15", score=0.5))
    assert winner.entity == "IMEI"
    assert [a.entity for a in winner.alternatives] == ["CN_ID_CARD_15"]


def test_what_was_not_examined_never_pushes_out_a_finding():
    seen = finding("CN_MOBILE", 3, 8, 0.3)
    assert seen in winners(seen, finding(UNEXAMINED, 0, 20, 1.0))


def test_neighbours_do_not_overlap():
    left, right = finding(start=0, end=5), finding(start=5, end=9)
    assert winners(left, right) == [left, right]


def test_a_postcode_with_check_digits_is_a_part_of_its_address():
    address, code = finding("ADDRESS", 0, 35, 0.9), finding("UK_POSTCODE", 28, 35, 0.5, check="passed")
    assert winners(address, code) == [address]
    assert code in winners(code, finding("ADDRESS", 0, 30, 0.9))


def test_a_number_of_another_country_may_end_as_a_mobile_number_of_the_mainland_does():
    mobile = finding("CN_MOBILE", 1, 12, 0.8, check="passed")
    abroad = finding("PHONE_NUMBER", 0, 12, 0.75, check="passed")
    assert winners(abroad, mobile) == [abroad]
    assert winners(finding("PHONE_NUMBER", 0, 12, 0.75), mobile) == [mobile]
    assert winners(finding("PHONE_NUMBER", 0, 14, 0.75, check="passed"), mobile) == [mobile]


def test_of_an_address_that_reaches_into_a_phone_number_the_front_is_left():
    address, phone = finding("CN_ADDRESS", 0, 22, 0.9), finding("CN_LANDLINE", 19, 31, 0.9, check="passed")
    assert [(w.entity, w.start, w.end) for w in winners(address, phone)] == [("CN_ADDRESS", 0, 19), ("CN_LANDLINE", 19, 31)]


spans = st.builds(
    lambda entity, start, size, score, check, ctx: finding(entity, start, start + size, score, check=check, context=ctx),
    st.sampled_from("ABC"),
    st.integers(0, 40),
    st.integers(1, 12),
    st.sampled_from([0.3, 0.5, 0.9]),
    st.sampled_from(["passed", "none", "failed"]),
    st.sampled_from([(), ("w",)]),
)


@given(st.lists(spans, max_size=25))
def test_winners_never_overlap_and_every_loser_names_a_better_rival(findings):
    outcome = list(settle(sorted(findings, key=lambda f: f.start)))
    assert len(outcome) == len(findings)
    won = [f for f, rival in outcome if rival is None]
    assert all(a.end <= b.start for a, b in pairwise(won))
    for loser, rival in outcome:
        if rival is not None:
            assert loser.start < rival.end and rival.start < loser.end
            assert rank(rival) <= rank(loser)


def test_a_url_that_loses_to_something_inside_it_keeps_its_other_parts():
    url = finding("URL", 0, 40, 0.9)
    mail = finding("EMAIL_ADDRESS", 10, 20, 0.9, check="passed")
    assert [(f.entity, f.start, f.end) for f in winners(url, mail)] == [
        ("URL", 0, 10),
        ("EMAIL_ADDRESS", 10, 20),
        ("URL", 20, 40),
    ]


def test_a_native_place_is_the_front_of_an_address_that_goes_on():
    place = finding("CN_NATIVE_PLACE", 3, 12, 0.7, "cn_native_place", context=("户籍地",))
    address = finding("CN_ADDRESS", 3, 18, 0.61, "addresses")
    assert winners(place, address) == [address]
    same = winners(place, address._replace(end=12))
    assert [f.entity for f in same] == ["CN_NATIVE_PLACE"]
