"""What a notebook shows of a hand-over, of its check and of the check of a ledger: what the command says, and no value."""

from __future__ import annotations

import pandas as pd
import pytest

import piiscrub as ps

NAME, PHONE, HOSTILE = "王建国", "13800138000", "<script>alert(1)</script>"


@pytest.fixture
def made(tmp_path):
    """A hand-over, its ring and its ledger."""
    frame = pd.DataFrame({"姓名": [NAME, "李娜"], "手机号": [PHONE, "13912345678"], HOSTILE: [12, 30]})
    basis = ps.Basis(kind="contract", reference="C-1", responsible="Data office")
    plan = ps.plan(frame, purpose="analytics", recipient="Example Ltd", policy="pipl-share", basis=basis)
    plan = plan.replace(terms=ps.Terms(until="2099-12-31", contact="privacy@example.com"))
    ring, ledger = ps.KeyRing.new(tmp_path / "keys"), tmp_path / "ledger.jsonl"

    def hand(out: str, **more):
        return ps.handover({"customers": frame}, plan, out=tmp_path / out, keys=ring, **more)

    return hand, ring, ledger, tmp_path


def shown(one) -> str:
    html = one._repr_html_()
    assert html.lstrip().startswith("<div") and "<script" not in html
    assert not [value for value in (NAME, PHONE) if value in html]
    return html


def test_a_bundle_says_what_went_and_what_was_done_to_each_column(made):
    hand, _, ledger, _ = made
    html = shown(hand("out", ledger=ledger))
    assert "handed over: 3 files, 2 rows, in out" in html and "signed by" in html
    assert html.count("<tr>") == 4, "a head and three columns"
    assert "&lt;script&gt;" in html


def test_a_dry_run_says_that_nothing_was_written(made):
    hand, *_ = made
    done = hand("out", dry_run=True)
    assert "nothing was written" in shown(done)
    assert done.lines("zh")[0].startswith("试运行") and "未写入" in done.lines("zh")[0]


def test_a_check_says_what_is_wrong_where(made):
    hand, ring, _, folder = made
    hand("out")
    bundle = folder / "out" / "bundle"
    good = shown(ps.verify(bundle, sender=ring.public_key))
    assert "origin confirmed" in good and "complete and intact: 3 files" in good and 'class="open"' not in good
    assert 'class="open"' in shown(ps.verify(bundle)), "nobody knows yet from whom it is"
    (bundle / "data" / "customers.parquet").write_bytes(b"")
    bad = shown(ps.verify(bundle, sender=ring.public_key))
    assert 'class="open"' in bad and "NOT as it was signed: 1 problem" in bad and "data/customers.parquet" in bad


def test_a_ledger_says_what_is_wrong_in_which_line(made):
    hand, ring, ledger, _ = made
    hand("out", ledger=ledger)
    book = ps.Ledger(ledger, keys=ring)
    good = shown(book.verify(anchor=book.head()))
    assert "intact: 1 entry" in good and "tail anchored" in good and 'class="open"' not in good
    ledger.write_bytes(ledger.read_bytes().replace(b"Example", b"Exemple"))
    bad = shown(book.verify())
    assert "NOT as it was written" in bad and "its hash does not fit" in bad and "tail unanchored" in bad
