"""The same text gives the same result whatever the hash seed, locale, time zone, threads or workers."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import piiscrub as ps
from tests.security.guard import examples

TEXTS = [text.replace("<<", "").replace(">>", "") for _, _, text in examples()][::3]

# Each text alone by the patterns, and every tenth by the taggers too, which take most of the time; all of them together by both.
CODE = """
import hashlib, sys, piiscrub as ps
said = hashlib.sha256()
patterns, names = ps.Scrubber(policy="strict", ner=None), ps.Scrubber(policy="strict")
texts = sys.stdin.read().split("\\x1e")
for number, text in enumerate(texts):
    for scrubber in (patterns, names)[: 1 + (number % 10 == 0)]:
        done = scrubber.scrub(text)
        said.update(repr((scrubber.scan(text).decisions, done.text, done.evidence)).encode())
for found, done in zip(ps.scan_many(texts), ps.scrub_many(texts, policy="strict"), strict=True):
    said.update(repr((found.decisions, done.text, done.evidence)).encode())
print(said.hexdigest())
"""


def test_surroundings_of_the_process_do_not_matter():
    said = set()
    for surroundings in (
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "4242", "TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONUTF8": "1"},
        {"PYTHONHASHSEED": "77", "TZ": "America/Los_Angeles", "LANG": "zh_CN.UTF-8", "PYTHONOPTIMIZE": "1"},
    ):
        done = subprocess.run(
            [sys.executable, "-P", "-c", CODE],
            input="\x1e".join(TEXTS),
            env=os.environ | surroundings,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        said.add(done.stdout)
    assert len(said) == 1


def test_threads_share_a_scrubber():
    scrubber = ps.Scrubber(policy="balanced")
    expected = [result.text for result in scrubber.scrub_many(TEXTS)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: scrubber.scrub(text).text, TEXTS))
    assert together == expected


def test_workers_keep_order_and_result():
    alone = [result.text for result in ps.scrub_many(TEXTS)]
    assert [result.text for result in ps.scrub_many(TEXTS, workers=2)] == alone
