"""Objects travel between processes."""

from __future__ import annotations

import multiprocessing
import pickle

import piiscrub as ps

TEXT = "请联系13800138000，或写信到zhang.san@example.com。Card 4111 1111 1111 1111."


def test_a_scrubber_pickles_and_does_the_same():
    scrubber = ps.Scrubber(policy="balanced")
    again = pickle.loads(pickle.dumps(scrubber))
    assert again.scrub(TEXT).text == scrubber.scrub(TEXT).text
    assert again.scan(TEXT).findings == scrubber.scan(TEXT).findings


def test_a_used_scrubber_pickles_too_and_stays_small():
    scrubber = ps.Scrubber()
    scrubber.scrub(TEXT)
    data = pickle.dumps(scrubber)
    assert len(data) < 2_000_000
    assert TEXT.encode() not in data


def test_results_pickle():
    scan, scrub = ps.scan(TEXT), ps.scrub(TEXT)
    assert pickle.loads(pickle.dumps(scan)).findings == scan.findings
    assert pickle.loads(pickle.dumps(scrub)).text == scrub.text


def test_it_works_in_a_spawned_process():
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        (result,) = pool.map(ps.Scrubber().scrub, [TEXT])
    assert result.text == ps.scrub(TEXT).text
