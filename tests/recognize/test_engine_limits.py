"""What ``max`` and penalties mean to the engine."""

import piiscrub as ps
from tests.growth import LINEAR, growth

PACK = """
schema = 1
id = "open_run"
entity = "TRACKING_NUMBER"
[title]
en = "A pattern without an end"
[[patterns]]
name = "run"
regex = 'Q\\d(?:-\\d)+'
score = 0.9
boundary = "alnum"
max = 40
[examples]
match = []
no_match = []
"""


def scrubber(tmp_path):
    file = tmp_path / "open_run.toml"
    file.write_text(PACK, "utf8")
    return ps.Scrubber(policy="review", recognizers=[ps.load_recognizer(file)])


def test_an_open_pattern_stops_at_max_and_says_what_it_did_not_examine(tmp_path):
    text = "Q1" + "-1" * 60 + " end"
    found = {f.entity: (f.start, f.end) for f in scrubber(tmp_path).scan(text).findings}
    assert found["TRACKING_NUMBER"][1] - found["TRACKING_NUMBER"][0] <= 40
    assert found["UNEXAMINED"][1] == len(text) - 4


def test_time_grows_with_the_text_not_with_its_square(tmp_path):
    scan = scrubber(tmp_path).scan
    assert growth(lambda size: scan("Q1-" * size), 16_000) < LINEAR
