"""A headless Chromium, for tests that want to see what a reader sees."""

from __future__ import annotations

import shutil
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")


def run(page: Path, *options: str, dark: bool = False) -> str:
    """Open a page; returns what the browser prints."""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--window-size=1200,800", f"--user-data-dir={profile}", *(("--force-dark-mode",) if dark else ()), *options,
            page.as_uri(),
        ]  # fmt: skip  # one line per kind of option
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def rendered(page: Path) -> str:
    """The document as it stands after loading, scripts and error handlers included."""
    return run(page, "--virtual-time-budget=2000", "--dump-dom")


def screenshot(page: Path, *, dark: bool = False) -> list[tuple[int, int, int]]:
    """The pixels of the page as red, green, blue."""
    target = page.with_suffix(".png")
    run(page, f"--screenshot={target}", dark=dark)
    return pixels(target.read_bytes())


def pixels(png: bytes) -> list[tuple[int, int, int]]:
    """Decode an eight-bit RGB or RGBA image without interlacing."""
    at, data, width, depth = 8, b"", 0, 3
    while at < len(png):
        (length,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, _, bits, colour = struct.unpack(">IIBB", body[:10])
            assert (bits, colour in (2, 6)) == (8, True)
            depth = 3 if colour == 2 else 4
        elif kind == b"IDAT":
            data += body
        at += length + 12
    raw, stride, before, found = zlib.decompress(data), width * depth, bytes(width * depth), []
    for start in range(0, len(raw), stride + 1):
        line = bytearray(raw[start + 1 : start + 1 + stride])
        for i in range(stride):
            left = line[i - depth] if i >= depth else 0
            up, corner = before[i], before[i - depth] if i >= depth else 0
            line[i] = (line[i] + _predicted(raw[start], left, up, corner)) & 255
        before = bytes(line)
        found += [(line[i], line[i + 1], line[i + 2]) for i in range(0, stride, depth)]
    return found


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind < 4:
        return (0, left, up, (left + up) // 2)[kind]
    guess = left + up - corner
    return min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
