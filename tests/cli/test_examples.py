"""The example files are what their script makes, and the demo shows them without a value."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
# Identity cards of 1900 to 1905 with all 18 characters, and every mobile number the files may hold.
VALUE = re.compile(r"\d{6}190[0-5]\d{7}[\dX]|13800138000|1(?:42|54)\d{8}|\w@example")


def test_the_files_are_made_by_their_script():
    code = "import make_examples as m, sys\n"
    code += "sys.exit(any((m.HERE / n).read_text('utf-8') != t for n, t in m.files().items()))"
    assert subprocess.run([sys.executable, "-c", code], cwd=EXAMPLES, check=False).returncode == 0


def test_no_mobile_number_could_be_in_use():
    for path in EXAMPLES.glob("*.[cjm][sd]*"):
        found = re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", path.read_text(encoding="utf-8"))
        assert all(number == "13800138000" or number[:3] in {"142", "154"} for number in found), path.name


def test_the_demo_shows_every_file_and_no_value():
    done = subprocess.run([sys.executable, EXAMPLES / "demo.py"], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-300:]
    for name in ("customers.csv", "tickets.jsonl", "contract.md"):
        assert f"■ {name}" in done.stdout
    assert "‹CN_ID_CARD·18›" in done.stdout
    assert "<CN_ID_CARD_" in done.stdout
    assert not VALUE.search(done.stdout)
