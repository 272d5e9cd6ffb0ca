"""A plan carried out: every action, every shape of operator, and what does not fit."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

import piiscrub as ps
from piiscrub.errors import InputError, OperatorError, PlanError, UnknownNameError
from piiscrub.keys.ring import KeyRing
from piiscrub.model.plan import ColumnPlan, SharePlan, TablePlan
from piiscrub.model.policy import OperatorSpec
from piiscrub.table.applying import apply
from piiscrub.table.frame import Table

PHONE, OTHER = "13800138000", "14200000000"
MAIL = "zhang.san@example.com"


def column(position, name, action="keep", operator="", entity="CN_MOBILE", more=None, **params):
    spec = OperatorSpec.of(operator, **params) if operator else OperatorSpec("")
    kind = entity if action == "transform" else ""
    return ColumnPlan(position=position, name=name, action=action, entity=kind, operator=spec, **(more or {}))


def carried(columns, *plan, policy="balanced", rows=(), **more):
    return apply(Table.of(columns), TablePlan(columns=plan, rows=rows), policy, **more)


def cells(done, position=0):
    return done.table.columns[position].to_pylist()


class Upside:
    """A caller's operator that fails on some values."""

    name = "upside"
    reversible = permissive = False
    streams = True
    leaks = "Everything."

    def __call__(self, value, finding):
        if value == OTHER:
            raise RuntimeError(value)
        return value[::-1]


class TestActions:
    def test_keep_hands_the_column_through(self):
        table = Table.of({"n": [1, None]})
        done = apply(table, TablePlan(columns=(column(0, "n"),)))
        assert done.table.columns[0] is table.columns[0]

    def test_drop_leaves_it_out_and_says_so(self):
        done = carried({"a": [PHONE], "b": [1]}, column(0, "a", "drop"), column(1, "b"))
        assert done.table.names == ("b",)
        assert [(c.name, c.action, c.dtype_after) for c in done.evidence.columns] == [("a", "drop", ""), ("b", "keep", "int64")]

    def test_each_distinct_value_is_handled_once(self):
        seen = []

        class Once(Upside):
            def __call__(self, value, finding):
                seen.append((value, finding.entity, finding.end))
                return "x"

        plan = TablePlan(columns=(column(0, "a", "transform", "upside"),))
        scrubber = ps.Scrubber(operators=[Once()])
        done = apply(Table.of({"a": [PHONE, OTHER, PHONE, None, ""]}), plan, scrubber)
        assert seen == [(PHONE, "CN_MOBILE", 11), (OTHER, "CN_MOBILE", 11)]
        assert cells(done) == ["x", "x", "x", None, ""]

    def test_without_an_operator_the_rule_of_the_policy_holds(self):
        assert cells(carried({"a": [PHONE]}, column(0, "a", "transform"), policy="display")) == ["138****8000"]
        assert cells(carried({"a": [PHONE]}, column(0, "a", "transform"), policy="review")) == ["[REDACTED]"]

    def test_spans_leave_the_rest(self):
        text = f"回访 {PHONE}，或 {MAIL}"
        done = carried({"a": [text, text, "无"]}, column(0, "a", "spans"))
        assert cells(done) == ["回访 <CN_MOBILE_1>，或 <EMAIL_ADDRESS_1>"] * 2 + ["无"]
        (one,) = done.evidence.columns
        assert (one.cells, one.distinct, one.changed) == (3, 2, 2)
        assert one.found == {"CN_MOBILE": 2, "EMAIL_ADDRESS": 2}
        assert one.operators == {"replace": 4}

    def test_the_table_is_one_document(self):
        """The same value has one number in every column, in whole cells and inside text."""
        done = carried(
            {"a": [OTHER, PHONE], "b": [f"电话{PHONE}", "无"]},
            column(0, "a", "transform", "replace"),
            column(1, "b", "spans"),
        )
        assert (cells(done, 0), cells(done, 1)) == (["<CN_MOBILE_1>", "<CN_MOBILE_2>"], ["电话<CN_MOBILE_2>", "无"])

    def test_the_header_is_context_for_the_cells(self):
        number = "12345678"
        with_header = carried({"QQ号": [number]}, column(0, "QQ号", "spans"))
        without = carried({"x": [number]}, column(0, "x", "spans"))
        assert cells(with_header) == ["<QQ_NUMBER_1>"]
        assert cells(without) == [number]


class TestOperators:
    def test_a_failing_operator_redacts_and_says_so(self):
        plan = TablePlan(columns=(column(0, "a", "transform", "upside"),))
        done = apply(Table.of({"a": [PHONE, OTHER, OTHER]}), plan, ps.Scrubber(operators=[Upside()]))
        assert cells(done) == [PHONE[::-1], "[REDACTED]", "[REDACTED]"]
        (one,) = done.evidence.columns
        assert one.failures == {"operator 'upside' failed: RuntimeError": 2}
        assert one.operators == {"upside": 1}
        assert "2 failed" in repr(done)

    def test_a_fast_way_that_fails_goes_value_by_value(self):
        class Fast(Upside):
            def many(self, values, entity, document):
                raise ValueError("all or nothing")

        plan = TablePlan(columns=(column(0, "a", "transform", "upside"),))
        assert cells(apply(Table.of({"a": [PHONE, OTHER]}), plan, ps.Scrubber(operators=[Fast()]))) == [PHONE[::-1], "[REDACTED]"]

    @pytest.mark.parametrize("answer", [["one"], ["a", None], "ab"], ids=["too few", "not text", "no list"])
    def test_a_fast_way_with_a_wrong_answer_is_not_believed(self, answer):
        class Fast(Upside):
            def many(self, values, entity, document):
                return answer

        plan = TablePlan(columns=(column(0, "a", "transform", "upside"),))
        done = apply(Table.of({"a": [PHONE, MAIL]}), plan, ps.Scrubber(operators=[Fast()]))
        assert cells(done) in ([PHONE[::-1], MAIL[::-1]], ["a", "b"])

    def test_a_column_operator_sees_the_column_and_its_neighbour(self):
        class Ranked(Upside):
            shape = "column"

            def column(self, values, context):
                assert context.by == ["x", "y"]
                return [f"{context.name} {i}" for i, _ in enumerate(values)]

        plan = TablePlan(columns=(column(0, "a", "transform", "upside", more={"by": "b"}), column(1, "b")))
        done = apply(Table.of({"a": [PHONE, OTHER], "b": ["x", "y"]}), plan, ps.Scrubber(operators=[Ranked()]))
        assert cells(done) == ["a 0", "a 1"]

    def test_a_column_operator_that_fails_redacts_the_column(self):
        class Broken(Upside):
            shape = "column"

            def column(self, values, context):
                raise KeyError(values[0])

        plan = TablePlan(columns=(column(0, "a", "transform", "upside"),))
        done = apply(Table.of({"a": [7, None]}), plan, ps.Scrubber(operators=[Broken()]))
        assert cells(done) == ["[REDACTED]", None]
        assert done.evidence.failures == 1

    def test_columns_of_a_group_get_the_same_pseudonyms(self, tmp_path):
        ring = KeyRing.new(tmp_path / "keys")
        group = {"group": "customer"}
        done = carried(
            {"a": [PHONE], "b": [PHONE], "c": [PHONE]},
            column(0, "a", "transform", "hash", more=group),
            column(1, "b", "transform", "hash", entity="PHONE_NUMBER", more=group),
            column(2, "c", "transform", "hash", entity="PHONE_NUMBER"),
            keys=ring,
        )
        (a,), (b,), (c,) = (cells(done, i) for i in range(3))
        assert a == b != c
        assert ring.id in done.evidence.key

    def test_two_recipients_cannot_be_joined_and_the_same_one_can(self):
        ring = KeyRing.ephemeral()

        def hashed(recipient):
            return cells(carried({"a": [PHONE]}, column(0, "a", "transform", "hash"), keys=ring, recipient=recipient))

        assert hashed("A") == hashed("A") != hashed("B")

    def test_without_keys_they_last_for_one_call(self):
        one, other = (carried({"a": [PHONE]}, column(0, "a", "transform", "hash")) for _ in range(2))
        assert cells(one) != cells(other)
        assert "ephemeral" in one.evidence.key
        assert carried({"a": [PHONE]}, column(0, "a", "transform", "mask")).evidence.key == ""

    def test_an_unknown_operator_fails_before_anything(self):
        with pytest.raises(UnknownNameError, match="mask"):
            carried({"a": [PHONE]}, column(0, "a", "transform", "maks"))

    def test_a_neighbour_that_is_not_there(self):
        with pytest.raises(OperatorError, match="'subject'"):
            carried({"a": [PHONE]}, column(0, "a", "transform", "mask", more={"by": "subject"}))


class TestRows:
    class Odd:
        """Every other row."""

        name = "sample"
        shape = "table"

        def keep_rows(self, columns, rows, keys):
            return np.arange(rows) % 2 == 1

    def test_rows_go_from_every_column(self, monkeypatch):
        monkeypatch.setattr("piiscrub.table.applying.build", lambda spec, extra=(): self.Odd())
        done = carried(
            {"a": [1, 2, 3, 4], "b": ["a", "b", "c", "d"]}, column(0, "a"), column(1, "b"), rows=(OperatorSpec("sample"),)
        )
        assert (cells(done, 0), cells(done, 1)) == ([2, 4], ["b", "d"])
        assert (done.evidence.rows, done.evidence.rows_out, done.evidence.row_operators) == (4, 2, ("sample",))

    def test_an_operator_on_values_is_none_on_rows(self):
        with pytest.raises(OperatorError, match="rows"):
            carried({"a": [1]}, column(0, "a"), rows=(OperatorSpec("mask"),))


class TestFit:
    """A table that is no longer the one of the plan."""

    @pytest.mark.parametrize(
        ("columns", "message"),
        [
            ({"tel": [PHONE], "n": [1], "new": [2]}, "column 2 'new' is not in the plan."),
            ({"tel": [PHONE]}, "column 1 'n' of the plan is missing."),
            ({"n": [1], "tel": [PHONE]}, "column 0 is 'n' now, 'tel' in the plan."),
            ({"tel": [PHONE], "n": ["x"]}, "column 1 'n' holds string now, int64 in the plan."),
            ({"tel": [MAIL, "a@example.com", "b@example.com"], "n": [1, 2, 3]}, "its values look like EMAIL_ADDRESS now"),
        ],
        ids=["new", "missing", "moved", "type", "other values"],
    )
    def test_every_change_is_named(self, columns, message):
        plan = TablePlan(
            columns=(
                column(0, "tel", "transform", "mask"),
                column(1, "n", more={"dtype": "int64"}),
            )
        )
        with pytest.raises(PlanError) as error:
            apply(Table.of(columns), plan)
        assert any(message in problem for problem in error.value.problems)

    def test_what_a_column_was_sure_to_hold_is_gone(self):
        plan = TablePlan(columns=(column(0, "a", "transform", "mask", more={"confidence": 0.97}),))
        with pytest.raises(PlanError, match="none of its values"):
            apply(Table.of({"a": [f"备注{chr(0x4E00 + i)}" for i in range(20)]}), plan)

    def test_a_kept_column_that_now_holds_identifiers(self):
        with pytest.raises(PlanError, match="direct identifiers"):
            carried({"amount": [MAIL, "b@example.com", "7"]}, column(0, "amount"))

    def test_an_undecided_column_stops_everything(self):
        with pytest.raises(PlanError, match="has to be decided"):
            carried({"a": ["x"]}, column(0, "a", "decide"))

    @pytest.mark.parametrize(("before", "now"), [("int64", [1.0, None]), ("string", [None, None]), ("double", [1, 2])])
    def test_gaps_are_no_change_of_type(self, before, now):
        assert carried({"a": now}, column(0, "a", more={"dtype": before})).table.rows == 2

    def test_a_header_that_is_personal_information_never_shows(self):
        plan = TablePlan(columns=(column(0, "column_00", more={"renamed": True}),))
        done = apply(Table.of({MAIL: ["x"]}), plan)
        assert done.table.names == ("column_00",)
        with pytest.raises(PlanError) as error:
            apply(Table.of({MAIL: ["x"], OTHER: ["y"]}), TablePlan(columns=(column(0, "a"), column(1, "b"))))
        assert MAIL not in str(error.value)

    def test_a_policy_that_changed_since_fails(self):
        plan = SharePlan(tables=(TablePlan(columns=(column(0, "a"),)),), policy="balanced", policy_hash="0" * 64)
        with pytest.raises(PlanError, match="balanced"):
            ps.apply(pa.table({"a": ["x"]}), plan)

    def test_a_policy_that_only_looks_changes_no_text(self):
        with pytest.raises(InputError, match="only looks"):
            carried({"a": ["x"]}, column(0, "a", "spans"), policy="review")


class TestUnexamined:
    COLUMN = pa.array([["x"], None, ["y"]])

    def run(self, action, policy="balanced"):
        plan = TablePlan(columns=(column(0, "a", action, "hash" if action == "transform" else ""),))
        return apply(Table(("a",), (self.COLUMN,)), plan, policy)

    @pytest.mark.parametrize("action", ["spans", "transform"])
    def test_what_has_no_text_is_redacted_and_counted(self, action):
        done = self.run(action)
        assert cells(done) == ["[REDACTED]", None, "[REDACTED]"]
        assert done.unexamined == 2
        assert done.findings().select(["row", "entity"]).to_pylist()[0] == {"row": 0, "entity": "UNEXAMINED"}

    def test_a_plan_that_keeps_it_knows_it(self):
        done = self.run("keep")
        assert cells(done) == self.COLUMN.to_pylist()
        assert done.unexamined == 2

    def test_a_policy_may_keep_it_and_the_evidence_says_so(self):
        done = self.run("spans", ps.load_policy("balanced").replace(unexamined="keep"))
        assert cells(done) == self.COLUMN.to_pylist()
        assert done.evidence.unexamined_kept


class TestResult:
    def test_findings_are_by_row(self):
        done = carried(
            {"tel": [PHONE, None, ""], "note": ["无", f"{MAIL} {PHONE}", "无"]},
            column(0, "tel", "transform", "mask", more={"confidence": 0.9}),
            column(1, "note", "spans"),
        )
        assert done.findings().schema.names == ["row", "column", "position", "entity", "start", "end", "score", "recognizer"]
        assert [tuple(one.values()) for one in done.findings().to_pylist()] == [
            (0, "tel", 0, "CN_MOBILE", 0, 11, 0.9, "plan"),
            (1, "note", 1, "EMAIL_ADDRESS", 0, 21, 0.95, "email"),
            (1, "note", 1, "CN_MOBILE", 22, 33, 0.8, "cn_mobile"),
        ]

    def test_types_that_changed_are_named(self):
        done = carried({"n": [int(PHONE), 7], "d": [PHONE, "x"]}, column(0, "n", "transform", "mask"), column(1, "d", "spans"))
        assert done.evidence.dtype_changes == {"n": ("int64", "string")}

    def test_numbers_stay_numbers_where_the_operator_gives_numbers(self):
        class Other(Upside):
            def __call__(self, value, finding):
                return str(int(value) + 1)

        plan = TablePlan(columns=(column(0, "n", "transform", "upside"),))
        done = apply(Table.of({"n": [41, None]}), plan, ps.Scrubber(operators=[Other()]))
        assert done.table.columns[0].type == pa.int64()
        assert cells(done) == [42, None]

    def test_evidence_is_plain_data(self):
        import json

        done = carried({"a": [PHONE]}, column(0, "a", "transform", "mask"))
        assert json.loads(done.evidence.to_json())["columns"][0]["found"] == {"CN_MOBILE": 1}


def test_dates_are_not_moved_without_a_word_whose_they_are():
    table = Table.of({"patient": ["a", "a", "b"], "day": ["2024-01-01", "2024-01-31", "2024-02-01"]})
    keep = ColumnPlan(position=0, name="patient", action="keep")
    move = OperatorSpec.of("date_shift", days=30)
    with pytest.raises(PlanError, match="date_shift needs by"):
        apply(table, TablePlan(columns=(keep, ColumnPlan(position=1, name="day", action="transform", operator=move))))
    told = ColumnPlan(position=1, name="day", action="transform", operator=move, by="patient")
    assert apply(table, TablePlan(columns=(keep, told))).evidence.failures == 0
