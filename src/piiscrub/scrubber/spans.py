"""Findings as stretches of text: taken apart, and less what stands in them. Linear in their number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter

from piiscrub.model.finding import Finding
from piiscrub.text.folding import Text

_start = attrgetter("start")
position: Callable[[Finding], tuple[int, int]] = itemgetter(1, 2)
"""Where a finding stands, to sort by."""
_OF_ADDRESS = re.compile(r"(?:[0-9A-Za-z\-._~:/?#@!$&*+,;=%]{0,2000}[0-9A-Za-z\-_~/#@$&*+=%])?")  # as recognizers/intl/url.toml


def apart(findings: Iterable[Finding]) -> list[Finding]:
    """In order and without overlaps; what two cover belongs to the first, and of two that begin together to the longer."""
    done: list[Finding] = []
    end = 0
    for finding in sorted(findings, key=lambda f: (f.start, -f.end, f.entity, f.recognizer)):
        if finding.end > end:
            done.append(finding._replace(start=max(finding.start, end)))
            end = finding.end
    return done


def touched(stretches: Sequence[Finding], finding: Finding) -> bool:
    """Whether one of the stretches, which are apart, overlaps a finding."""
    at = bisect_right(stretches, finding.end - 1, key=_start) - 1
    return at >= 0 and stretches[at].end > finding.start


def over(stretches: Iterable[Finding], standing: Sequence[Finding]) -> Iterator[tuple[Finding, range]]:
    """Each stretch with the indices of what overlaps it. Both are apart and in order."""
    at = 0
    for stretch in stretches:
        while at < len(standing) and standing[at].end <= stretch.start:
            at += 1
        after = at
        while after < len(standing) and standing[after].start < stretch.end:
            after += 1
        yield stretch, range(at, after)


def less(stretches: Iterable[Finding], standing: Sequence[Finding]) -> Iterator[Finding]:
    """The stretches without what stands in them. Both are apart and in order."""
    for stretch, within in over(stretches, standing):
        start = stretch.start
        for i in within:
            if standing[i].start > start:
                yield stretch._replace(start=start, end=standing[i].start)
            start = standing[i].end
        if start < stretch.end:
            yield stretch._replace(start=start)


def moved(finding: Finding, text: Text) -> Finding:
    """A finding of the folded text where it stands in the original."""
    start, end = text.original(finding.start, finding.end)
    return finding._replace(start=start, end=end)


def reaching(finding: Finding, text: Text) -> Finding:
    """A web address with all that was encoded in it: a pattern ends at the first Han character that a code became."""
    end = finding.end
    while end < len(text.folded) and text.coded(end):
        more = _OF_ADDRESS.match(text.folded, end + 1)
        end = more.end() if more else end + 1
    return finding._replace(end=end)
