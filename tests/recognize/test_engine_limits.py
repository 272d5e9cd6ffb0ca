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


LISTED = """
schema = 1
id = "listed_word"
entity = "OCCUPATION"
mode = "context"
[title]
en = "A word that is its own label"
[[patterns]]
name = "word"
regex = '[职业]{2}'
score = 0.5
boundary = "none"
max = 4
[context]
zh = ["职业"]
boost = 0.2
[examples]
match = []
no_match = []
"""


def test_a_list_of_labels_costs_as_much_as_it_is_long(tmp_path):
    file = tmp_path / "listed_word.toml"
    file.write_text(LISTED, "utf8")
    listed = ps.Scrubber(policy="review", ner=None, recognizers=[ps.load_recognizer(file)])
    assert growth(lambda size: listed.scan("职业、" * (size // 3)), 24_000) < LINEAR


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
