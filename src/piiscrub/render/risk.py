"""The page of a risk report: what it says in words, a plot of class sizes, before and after side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from piiscrub.render.catalogue import say
from piiscrub.render.html import fill

if TYPE_CHECKING:
    from typing import Protocol

    class Report(Protocol):
        """As much of a RiskReport as a page needs; the room below does not know the one above."""

        @property
        def before(self) -> Any: ...  # Any: a report of the same shape, or None

        def measures(self) -> Mapping[str, float]: ...

        def to_dict(self) -> Mapping[str, Any]: ...  # Any: plain data of several depths


_COUNTS = frozenset({"rows", "classes", "k", "unique", "small_cells", "l", "k_map", "reidentified"})
_PLAIN = frozenset({"mean_class", "entropy_l", "t"})
_HEIGHT, _WIDTH, _GAP = 120, 44, 10


def report(one: Report, *, lang: str = "en") -> str:
    """The page. Numbers, column names and row positions only."""
    plain = one.to_dict()
    former: Mapping[str, float] = one.before.measures() if one.before is not None else {}
    rows = [
        {
            "key": name,
            "before": shown_measure(name, former[name]) if name in former else "",
            "after": shown_measure(name, value),
        }
        for name, value in one.measures().items()
    ]
    return fill(
        "risk.html",
        lang,
        plain=plain,
        measures=rows,
        compared=one.before is not None,
        plot=bars(plain["sizes"], plain["before"]["sizes"] if plain["before"] else None, lang),
        percent=_percent,
        decimal=lambda value: "∞" if value is None else f"{value:.3g}",
    )


def bars(sizes: Sequence[Mapping[str, int]], former: Sequence[Mapping[str, int]] | None, lang: str) -> dict[str, object]:
    """The share of rows per band of class sizes as rectangles, for the template to draw; the former ones beside."""
    series = [former, sizes] if former is not None else [sizes]
    drawn: list[dict[str, object]] = []
    for place, band in enumerate(sizes):
        left = _GAP + place * (_WIDTH * len(series) + 2 * _GAP)
        shapes: list[dict[str, object]] = []
        for number, values in enumerate(series):
            total = sum(one["rows"] for one in values) or 1
            share = values[place]["rows"] / total
            height = round(share * _HEIGHT, 1)
            shapes.append(
                {
                    "x": left + number * _WIDTH,
                    "y": round(_HEIGHT - height + 16, 1),
                    "height": height,
                    "share": _percent(share),
                    "late": number == len(series) - 1,
                }
            )
        least, most = band["least"], band["most"]
        label = f"{least}" if least == most else f"{least}–{most}" if most else f"≥{least}"
        drawn.append({"label": label, "x": left + _WIDTH * len(series) / 2, "shapes": shapes})
    return {
        "bands": drawn,
        "width": _GAP + len(sizes) * (_WIDTH * len(series) + 2 * _GAP),
        "height": _HEIGHT + 40,
        "base": _HEIGHT + 16,
        "bar": _WIDTH - 4,
        "title": say("risk.plot", lang),
    }


def shown_measure(name: str, value: float) -> str:
    """A measure as people read it: counts whole, ratios in percent."""
    if not math.isfinite(value):
        return "∞"
    if name in _COUNTS:
        return f"{value:,.0f}"
    return f"{value:.3g}" if name in _PLAIN else _percent(value)


def _percent(value: float) -> str:
    """A share in words: never 0 % for what is there.

    >>> _percent(0.5), _percent(0.00001), _percent(0.0)
    ('50.0%', '<0.1%', '0%')
    """
    if not value:
        return "0%"
    return "<0.1%" if value < 0.0005 else f"{value:.1%}"
