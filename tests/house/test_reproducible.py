"""The same text gives the same result whatever the hash seed, locale, time zone, threads or workers."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import piiscrub as ps
from tests.security.guard import examples

TEXTS = [text.replace("<<", "").replace(">>", "") for _, _, text in examples()][::3]

CODE = """
import hashlib, sys, piiscrub as ps
said = hashlib.sha256()
scrubber = ps.Scrubber(policy="strict")
for text in sys.stdin.read().split("\\x1e"):
    done = scrubber.scrub(text)
    said.update(repr((ps.scan(text).decisions, done.text, done.evidence)).encode())
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
    alone = [scrubber.scrub(text).text for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: scrubber.scrub(text).text, TEXTS))
    assert together == alone


def test_workers_keep_order_and_result():
    alone = [result.text for result in ps.scrub_many(TEXTS)]
    assert [result.text for result in ps.scrub_many(TEXTS, workers=2)] == alone
