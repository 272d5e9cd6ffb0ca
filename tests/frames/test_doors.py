"""``ps.profile``, ``ps.plan``, ``ps.apply`` and ``df.pii.scrub``: frames and files."""

from __future__ import annotations

import pandas as pd
import pytest

import piiscrub as ps
from piiscrub.errors import InputError, PlanError
from piiscrub.frames.by_policy import plan_by
from piiscrub.frames.opening import must_open

PHONES = [f"1380013800{i}" for i in range(10)]
FRAME = pd.DataFrame(
    {
        "姓名": ["王小明", "李雷", "韩梅梅", "张三", "赵六", "钱七", "孙丽", "周杰", "吴敏", "郑强"],
        "手机号": PHONES,
        "备注": ["无", f"电话{PHONES[0]}", "zhang.san@example.com", None, "已回访", "无", "无", "无", "无", "无"],
        "金额": [1.5, 2.5, 3.5, None, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0],
        "下单时间": pd.to_datetime(["2024-01-02"] * 10),
    }
)


def test_profile_plan_save_load_check_apply(tmp_path):
    plan = ps.plan(FRAME, purpose="test", recipient="Example Ltd", policy="display", basis="contract")
    plan.save(tmp_path / "plan.toml")
    again = ps.load_plan(tmp_path / "plan.toml")
    again.check(FRAME)
    done = ps.apply(FRAME, again)
    assert done.frame["手机号"].tolist() == [f"138****{phone[-4:]}" for phone in PHONES]
    assert (done.evidence.recipient, done.evidence.purpose) == ("Example Ltd", "test")
    with pytest.raises(PlanError):
        again.check(FRAME.drop(columns="金额"))


def test_the_namespace_and_the_functions_say_the_same():
    assert FRAME.pii.profile().columns == ps.profile(FRAME).columns
    assert FRAME.pii.plan(policy="balanced").tables == ps.plan(FRAME, policy="balanced").tables
    plan = ps.plan(FRAME, policy="display")
    pd.testing.assert_frame_equal(FRAME.pii.apply(plan).frame, ps.apply(FRAME, plan).frame)
    pd.testing.assert_frame_equal(FRAME.pii.scrub(plan), ps.apply(FRAME, plan).frame)


class TestByPolicy:
    def test_columns_of_one_kind_cell_by_cell_text_inside_numbers_not_at_all(self):
        table = must_open(FRAME, where="test").table
        actions = {one.name: one.action for one in plan_by(table, ps.load_policy("balanced")).columns}
        assert actions == {"姓名": "transform", "手机号": "transform", "备注": "spans", "金额": "keep", "下单时间": "keep"}

    def test_no_value_is_left(self):
        after = FRAME.pii.scrub("balanced")
        left = after.to_csv()
        assert [value for value in (*FRAME["姓名"], *PHONES, "zhang.san@example.com") if value in left] == []
        assert after["金额"].dtype == FRAME["金额"].dtype
        assert after["备注"].tolist()[:3] == ["无", "电话<CN_MOBILE_1>", "<EMAIL_ADDRESS_1>"]

    def test_row_labels_are_looked_into(self):
        frame = FRAME.set_index("手机号")
        assert not set(frame.pii.scrub().index) & set(PHONES)

    def test_a_column_nobody_is_sure_of_is_looked_into(self):
        frame = pd.DataFrame({"x": ["a", "b", f"电话{PHONES[0]}"]})
        assert frame.pii.scrub()["x"].tolist() == ["a", "b", "电话<CN_MOBILE_1>"]

    def test_a_scrubber_brings_its_tagger_and_its_operators(self):
        frame = pd.DataFrame({"备注": ["联系人王小明已到", "无", "无", "另约时间"]})
        assert "王小明" in frame.pii.scrub(ps.Scrubber(ner=None))["备注"][0]
        scrubber = ps.Scrubber(ner="default")
        assert "王小明" not in frame.pii.scrub(scrubber)["备注"][0]
        assert "PERSON" in frame.pii.scan(policy=scrubber).counts
        done = ps.apply(frame, ps.plan(frame), policy=scrubber)
        assert "王小明" not in done.frame["备注"][0]

    def test_a_policy_that_only_looks_is_refused(self):
        with pytest.raises(InputError, match="only looks"):
            FRAME.pii.scrub("review")

    def test_it_follows_its_keys(self, tmp_path):
        policy = ps.load_policy("balanced").replace(
            rules=(("CN_MOBILE", ps.load_policy("balanced").rule_for("CN_MOBILE").__class__.of("hash", permissive=False)),)
        )
        ring = ps.KeyRing.new(tmp_path / "keys.json")
        one, other, alone = (FRAME.pii.scrub(policy, keys=keys)["手机号"].tolist() for keys in (ring, ring, None))
        assert one == other != alone


class TestFiles:
    def test_a_file_of_one_table(self, tmp_path):
        source, out = tmp_path / "in.csv", tmp_path / "out.csv"
        FRAME.to_csv(source, index=False)
        assert [c.entity for c in ps.profile(source).columns][:2] == ["PERSON", "CN_MOBILE"]
        done = ps.apply(source, ps.plan(str(source), policy="display"), out=out)
        assert pd.read_csv(out)["手机号"][0] == "138****8000"
        assert done.evidence[0].rows == 10

    def test_a_file_needs_a_target_and_a_frame_has_none(self, tmp_path):
        source = tmp_path / "in.csv"
        FRAME.to_csv(source, index=False)
        plan = ps.plan(source, policy="display")
        with pytest.raises(InputError, match="out"):
            ps.apply(source, plan)
        with pytest.raises(InputError, match="out"):
            ps.apply(FRAME, plan, out=tmp_path / "x.csv")

    def test_what_is_no_table(self, tmp_path):
        (tmp_path / "a.csv").write_bytes(b"\x00\x01\x02" * 500)
        with pytest.raises(InputError, match=r"a\.csv: this file holds no tables: it is binary, not text\."):
            ps.profile(tmp_path / "a.csv")
        with pytest.raises(InputError):
            ps.profile([1, 2])


def test_results_show_themselves_without_values(tmp_path):
    done = ps.apply(FRAME, ps.plan(FRAME, policy="display"))
    scan = FRAME.pii.scan()
    done.to_html(tmp_path / "done.html", lang="zh")
    scan.to_html(tmp_path / "scan.html")
    pages = done._repr_html_() + scan._repr_html_() + "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    assert "CN_MOBILE" in pages
    assert [phone for phone in PHONES if phone in pages] == []
    assert scan.summary()[0]["findings"]


@pytest.mark.parametrize("call", [ps.scan, ps.scrub])
def test_the_functions_of_texts_name_those_of_frames(call):
    with pytest.raises(InputError, match=r"df\.pii\.scrub"):
        call(pd.DataFrame({"a": ["b"]}))


def test_a_folder_is_refused_with_the_way_out(tmp_path):
    for door in (ps.profile, ps.plan):
        with pytest.raises(InputError, match="command line"):
            door(tmp_path)
