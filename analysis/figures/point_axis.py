"""Point axis: an axis of percentage points about zero, and differences as dots on it."""

from collections.abc import Iterable

from analysis.figures.dot_rows import Dot
from analysis.figures.share_change_text import format_points, format_share_change
from analysis.figures.style import INK, LINE, STEPS
from analysis.methods.scenario_differences import ShareChange
from sim.i18n.messages import format_number

LEAST = 0.5
"""Points that an axis reaches at least on either side of zero."""


def make_change_dot(moved: ShareChange) -> Dot:
    """A difference in points as a dot on its interval."""
    return Dot(100 * moved.difference, 100 * moved.low, 100 * moved.high, format_share_change(moved))


def make_point_axis(title: str, dots: Iterable[Dot]) -> dict[str, object]:
    """An axis that holds all intervals, with zero marked."""
    found = list(dots)
    low = min([-LEAST, *(dot.low for dot in found)])
    high = max([LEAST, *(dot.high for dot in found)])
    room = 0.06 * (high - low)
    return {
        "title": {"text": title, "standoff": 8, "font": {"size": 13}},
        "range": [low - room, high + room],
        "gridcolor": LINE,
        "zeroline": True,
        "zerolinecolor": INK,
        "zerolinewidth": 1.5,
        "fixedrange": True,
    } | _make_ticks(low - room, high + room)


def _make_ticks(low: float, high: float) -> dict[str, object]:
    """At most six ticks, written as the text writes differences."""
    step = next((one for one in (100 * share for share in STEPS) if (high - low) / one <= 6), 50.0)
    values = [n * step for n in range(int(low / step), int(high / step) + 1)]
    return {"tickvals": values, "ticktext": [format_number(at, int(step < 1), signed=at != 0) for at in values]}


def format_point_range(moved: Iterable[ShareChange]) -> str:
    """The lowest and the highest difference in points."""
    points = sorted(one.difference for one in moved)
    ends = dict.fromkeys(format_points(one) for one in (points[0], points[-1]))
    return " … ".join(ends)
