"""A frame goes out with placeholders and encrypted columns, is worked on, and comes back."""

from __future__ import annotations

import pandas as pd
import pytest

import piiscrub as ps
from piiscrub.errors import InputError, KeysError
from piiscrub.keys.bound import BoundKeys
from piiscrub.model.plan import ColumnPlan, SharePlan, TablePlan
from piiscrub.model.policy import OperatorSpec

MOBILE, OTHER = "13800138000", "14200000000"
CALLS = [MOBILE, OTHER, MOBILE]


@pytest.fixture
def ring(tmp_path):
    return ps.KeyRing.new(tmp_path / "keys.json")


@pytest.fixture
def vault(tmp_path, ring):
    with ps.Vault(tmp_path / "vault.sqlite", ring) as opened:
        yield opened


def customers():
    return pd.DataFrame(
        {
            "电话": [MOBILE, OTHER, None, MOBILE],
            "备注": [f"改电话为{OTHER}", "模板<CN_MOBILE_1>", "", None],
            "类别": ["CN_MOBILE_1", "甲", "乙", "甲"],
            "数量": [1, 2, 3, 4],
        },
        index=[7, 7, 9, 11],
    )


def plan(operator, **more):
    columns = (
        ColumnPlan(position=0, name="电话", entity="CN_MOBILE", action="transform", operator=operator, **more),
        ColumnPlan(position=1, name="备注", action="spans"),
        ColumnPlan(position=2, name="类别", action="keep"),
        ColumnPlan(position=3, name="数量", action="keep"),
    )
    return SharePlan(tables=(TablePlan(columns=columns),), recipient="Example Ltd", purpose="audit")


class TestVault:
    TOKEN = plan(OperatorSpec.of("token", permissive=False))

    def test_a_vault_or_its_path_opens_a_scope(self, tmp_path, ring, vault):
        before = customers()
        for given, keys in ((vault, ring), (vault, None), (tmp_path / "vault.sqlite", ring)):
            done = ps.apply(before, self.TOKEN, keys=keys, vault=given)
            assert done.evidence.key == f"{ring.id}, epoch 1"
            assert ps.restore(done.frame, keys=ring, vault=vault, scope=done.evidence.scope).frame["电话"].equals(before["电话"])
        one, two = (ps.apply(before, self.TOKEN, keys=ring, vault=vault, scope="both").evidence.scope for _ in range(2))
        assert one == two == vault.scope("both").id
        with pytest.raises(InputError, match="scope"):
            ps.apply(before, self.TOKEN, keys=ring, scope="both")
        with pytest.raises(KeysError, match="as well"):
            ps.apply(before, self.TOKEN, vault=tmp_path / "vault.sqlite")

    def test_all_of_it_comes_back(self, ring, vault):
        before = customers()
        scope = vault.scope("table")
        done = ps.apply(before, self.TOKEN, keys=ring, vault=scope)
        out = done.frame
        assert (done.evidence.scope, done.evidence.key) == (scope.id, f"{ring.id}, epoch 1")
        assert list(out["电话"].dropna()) == ["<CN_MOBILE_1>", "<CN_MOBILE_2>", "<CN_MOBILE_1>"]
        assert out["备注"].iloc[0] == "改电话为<CN_MOBILE_2>"
        back = ps.restore(out, keys=ring, vault=vault, scope=scope.id)
        pd.testing.assert_frame_equal(back.frame, before)
        assert back.restored == ("<CN_MOBILE_1>", "<CN_MOBILE_2>") and back.unknown == ()
        assert MOBILE not in repr(back)

    def test_rows_that_were_sorted_left_out_and_written_to(self, ring, vault):
        scope = vault.scope("table")
        out = ps.apply(customers(), self.TOKEN, keys=ring, vault=scope).frame
        worked = out.iloc[::-1].iloc[:2].assign(备注=["回电 <cn mobile 1>", "PERSON_9 与 ＜CN_MOBILE_2＞"])
        back = ps.restore(worked, vault=vault, scope=scope.id)
        assert list(back.frame["备注"]) == [f"回电 {MOBILE}", f"PERSON_9 与 {OTHER}"]
        assert back.unknown == ("<PERSON_9>",)
        assert list(worked["备注"]) == ["回电 <cn mobile 1>", "PERSON_9 与 ＜CN_MOBILE_2＞"]

    def test_a_series_and_a_polars_frame(self, ring, vault):
        pl = pytest.importorskip("polars")
        token = vault.scope("s").put("CN_MOBILE", MOBILE)
        series = ps.restore(pd.Series([token, None, "x"]), vault=vault, scope="s").frame
        pd.testing.assert_series_equal(series, pd.Series([MOBILE, None, "x"]))
        frame = ps.restore(pl.DataFrame({"a": [token, None], "b": [1, 2]}), vault=vault, scope="s").frame
        assert frame.equals(pl.DataFrame({"a": [MOBILE, None], "b": [1, 2]}))


class TestPlan:
    @pytest.mark.parametrize("spec", [{}, {"mode": "random"}, {"pad": 16}])
    def test_encrypted_columns_need_no_vault(self, ring, spec):
        sealed = plan(OperatorSpec.of("encrypt", permissive=False, **spec), group="customer")
        out = ps.apply(customers(), sealed, keys=ring).frame
        assert MOBILE not in set(out["电话"])
        back = ps.restore(out, keys=ring, plan=sealed)
        assert list(back.frame["电话"].dropna()) == CALLS
        assert list(back.frame["备注"]) == list(out["备注"])

    def test_an_earlier_epoch_is_found(self, ring):
        sealed = plan(OperatorSpec.of("encrypt", permissive=False))
        out = ps.apply(customers(), sealed, keys=ring).frame
        assert list(ps.restore(out, keys=ring.rotated(), plan=sealed).frame["电话"].dropna()) == CALLS
        with pytest.raises(KeysError, match="do not decrypt"):
            ps.restore(out, keys=ring.without(1), plan=sealed)

    def test_the_plan_of_another_recipient_is_told(self, ring):
        sealed = plan(OperatorSpec.of("encrypt", permissive=False))
        out = ps.apply(customers(), sealed, keys=ring).frame
        with pytest.raises(KeysError, match=r"'电话'.*recipient and purpose of this plan.*handed over with"):
            ps.restore(out, keys=ring, plan=sealed.replace(recipient="Other Ltd"))

    def test_an_operator_that_cannot_tell_must_be_told(self, ring):
        shaped = plan(OperatorSpec.of("fpe", permissive=False))
        out = ps.apply(customers().assign(电话=MOBILE), shaped, keys=ring).frame
        assert list(ps.restore(out, keys=ring, plan=shaped).frame["电话"]) == [MOBILE] * 4
        with pytest.raises(KeysError, match="at="):
            ps.restore(out, keys=ring.rotated(), plan=shaped)
        keys = BoundKeys(ring.rotated(), recipient="Example Ltd", purpose="audit", at=1)
        assert list(ps.restore(out, keys=keys, plan=shaped).frame["电话"]) == [MOBILE] * 4

    def test_columns_are_found_by_name(self, ring):
        sealed = plan(OperatorSpec.of("encrypt", permissive=False))
        out = ps.apply(customers(), sealed, keys=ring).frame
        assert list(ps.restore(out[["数量", "电话"]], keys=ring, plan=sealed).frame["电话"].dropna()) == CALLS
        with pytest.raises(InputError, match="0 columns"):
            ps.restore(out[["数量"]], keys=ring, plan=sealed)

    def test_a_changed_cell_another_ring_another_recipient(self, tmp_path, ring):
        sealed = plan(OperatorSpec.of("encrypt", permissive=False))
        out = ps.apply(customers(), sealed, keys=ring).frame
        moved = out.assign(电话=[out["电话"].iloc[0][:-2] + "AA", *out["电话"].iloc[1:]])
        other = ps.KeyRing.new(tmp_path / "other.json")
        wrong = BoundKeys(ring, recipient="Other Ltd", purpose="audit")
        for frame, keys in ((moved, ring), (out, other), (out, wrong)):
            with pytest.raises(KeysError) as caught:
                ps.restore(frame, keys=keys, plan=sealed)
            assert MOBILE not in str(caught.value)


def test_what_was_encrypted_inside_a_text_and_whole_columns_come_back_together(ring):
    rules = ps.load_policy("balanced").replace(rules=(), default=OperatorSpec.of("encrypt", permissive=False))
    frame = pd.DataFrame({"tel": [MOBILE, None], "备注": [f"请回电{MOBILE}", "无"]})
    encrypted = ColumnPlan(
        position=0, name="tel", entity="CN_MOBILE", action="transform", operator=OperatorSpec.of("encrypt"), group="people"
    )
    table = TablePlan(columns=(encrypted, ColumnPlan(position=1, name="备注", action="spans")))
    plan = ps.plan(frame, policy=rules, recipient="Example Ltd").replace(tables=(table,))
    out = ps.apply(frame, plan, keys=ring, policy=rules).frame
    assert ":enc1." in out["备注"][0] and ":enc1." not in out["tel"][0] and MOBILE not in out.to_csv()
    assert ps.restore(out, keys=ring, plan=plan).frame.equals(frame)
    assert ps.restore(out, keys=BoundKeys(ring, recipient="Example Ltd")).frame["备注"].equals(frame["备注"])


@pytest.mark.parametrize("more", [{"keys": None}, {"scope": "s"}, {"vault": "v"}])
def test_what_is_missing_is_said(ring, more):
    with pytest.raises(InputError, match="vault and the scope"):
        ps.restore("<PERSON_1>", **{"keys": ring, **more})


def test_what_is_no_text_and_no_frame_is_refused(vault):
    vault.scope("s").put("PERSON", "张伟")
    for junk in (7, ["<PERSON_1>"], b"<PERSON_1>", None):
        with pytest.raises(InputError):
            ps.restore(junk, vault=vault, scope="s")


class TestNotBack:
    """What no restore can turn back is said, with why."""

    def test_one_way_and_left_out(self, ring):
        columns = (
            ColumnPlan(position=0, name="电话", entity="CN_MOBILE", action="transform", operator=OperatorSpec.of("pseudonym")),
            ColumnPlan(position=1, name="备注", action="drop"),
            ColumnPlan(position=2, name="类别", action="transform", operator=OperatorSpec.of("redact", permissive=False)),
            ColumnPlan(position=3, name="数量", action="transform", operator=OperatorSpec.of("keep")),
        )
        share = SharePlan(tables=(TablePlan(columns=columns, rows=(OperatorSpec.of("sample", fraction=0.9),)),))
        done = ps.apply(customers(), share, keys=ring)
        back = ps.restore(done.frame, keys=ring, plan=share)
        assert (back.restored, back.cells) == ((), 0)
        assert [(one.action, one.why, one.columns) for one in back.not_back] == [
            ("pseudonym", "one-way", 1), ("redact", "one-way", 1), ("drop", "gone", 1), ("sample", "gone", 0),
        ]  # fmt: skip
        assert back.why_not() == (
            "not turned back: pseudonym (1 column), redact (1 column): one way, neither a key nor a vault holds what was there; "
            "drop (1 column), sample: left out"
        )
        assert back.why_not() in repr(back) and "\n" not in repr(back)
        assert back.why_not("zh").startswith("未能还原：pseudonym（1 列）、redact（1 列）：单向处理")

    def test_a_vault_that_was_not_named(self, ring, vault):
        share = plan(OperatorSpec.of("token", permissive=False))
        done = ps.apply(customers(), share, keys=ring, vault=vault, scope="calls")
        back = ps.restore(done.frame, keys=ring, plan=share)
        assert [(one.action, one.why) for one in back.not_back] == [("token", "no-vault"), ("spans", "no-vault")]
        assert "the vault and scope that issued them" in back.why_not()
        assert ps.restore(done.frame, keys=ring, plan=share, vault=vault, scope="calls").not_back == ()

    def test_what_comes_back_is_not_listed(self, ring):
        columns = (
            ColumnPlan(position=0, name="电话", entity="CN_MOBILE", action="transform", operator=OperatorSpec.of("encrypt")),
            ColumnPlan(position=1, name="类别", action="keep"),
        )
        table, share = customers()[["电话", "类别"]], SharePlan(tables=(TablePlan(columns=columns),))
        back = ps.restore(ps.apply(table, share, keys=ring).frame, keys=ring, plan=share)
        assert (back.cells, back.not_back, back.why_not()) == (3, (), "")
