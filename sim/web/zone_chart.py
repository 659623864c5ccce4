"""Zone chart: packages as points, worth to one side against worth to the other, as SVG that a page prints as it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from markupsafe import Markup, escape

from analysis.methods.joint_worths import JointWorths, PackagePoint, ReservationBand
from sim.i18n.messages import message

ROOM = 0.06
"""Room around the points, as a share of their span."""
BELOW = 0.35
"""Worths further below a walk-away line than this are not drawn; the table has them."""
LARGEST = 22.0
"""Radius of the ring of all agreements, in pixels."""
NUMBERED = 30
"""Packages up to which each has its number beside it."""
STAR = "M0-8L2.3-2.6L8-2.5L3.6 1.2L5 7L0 3.8L-5 7L-3.6 1.2L-8-2.5L-2.3-2.6Z"

CROSS = "M-7-7L7 7M-7 7L7-7"


@dataclass(frozen=True)
class MarkedDeal:
    """An agreement that is marked among the packages."""

    number: int
    """Number of its package, counted from 1."""
    count: int = 1
    """How many games agreed it."""


@dataclass(frozen=True)
class _Axis:
    """One axis: from where to where it goes."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """Place along the axis, in hundredths."""
        return 100 * (value - self.low) / (self.high - self.low)


def draw_zone(joint: JointWorths, marked: Sequence[MarkedDeal] = ()) -> Markup:
    """Packages, walk-away lines, the zone between them, the Pareto frontier, the Nash point, and what was agreed.

    Args:
        joint: Packages as points.
        marked: Agreements of players, drawn beside those of the model.
    """
    lines = joint.reservations
    if lines is None or not joint.points:
        return Markup(f'<p class="note">{escape(message("classroom.zone-nothing"))}</p>')
    x = _find_axis([one.first for one in joint.points], lines[0])
    y = _find_axis([one.second for one in joint.points], lines[1])
    shown = [(n, one) for n, one in enumerate(joint.points, 1) if one.first >= x.low and one.second >= y.low]
    parts = [
        *_draw_lines(lines, x, y),
        *_draw_frontier([one for _, one in shown], x, y),
        *_draw_agreed(joint, [one for _, one in shown], x, y),
        *_draw_points(joint, shown, x, y),
        *_draw_marked(dict(shown), marked, x, y),
    ]
    drawn = f'<svg class="zone" width="100%" height="340" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    up, along = (escape(message("classroom.zone-axis", side=side)) for side in reversed(joint.sides))
    return Markup(f'<div class="zone-frame"><span class="zone-up">{up} ↑</span>{drawn}<span>{along} →</span></div>')


def _find_axis(values: Sequence[float], line: ReservationBand) -> _Axis:
    low = max(min(*values, line.low), line.median - BELOW)
    high = max(*values, line.high)
    room = ROOM * (high - low) + 0.01
    return _Axis(low - room, high + room)


def _draw_lines(lines: tuple[ReservationBand, ReservationBand], x: _Axis, y: _Axis) -> Iterator[str]:
    """The zone, and the walk-away lines with how far they vary over runs."""
    across, up = x.place(lines[0].median), 100 - y.place(lines[1].median)
    yield f'<rect class="zone-area" x="{across:.2f}%" y="0" width="{100 - across:.2f}%" height="{up:.2f}%"/>'
    first, second = ((axis.place(one.low), axis.place(one.high)) for axis, one in zip((x, y), lines, strict=True))
    yield f'<rect class="zone-band" x="{first[0]:.2f}%" y="0" width="{first[1] - first[0]:.2f}%" height="100%"/>'
    top, height = 100 - second[1], second[1] - second[0]
    yield f'<rect class="zone-band" x="0" y="{top:.2f}%" width="100%" height="{height:.2f}%"/>'
    yield f'<line class="walk view-1" x1="{across:.2f}%" x2="{across:.2f}%" y1="0" y2="100%"/>'
    yield f'<line class="walk view-0" x1="0" x2="100%" y1="{up:.2f}%" y2="{up:.2f}%"/>'
    named = escape(message("classroom.zone"))  # in the corner that is worst for both, where packages are rare
    yield f'<text class="zone-name" x="{across:.2f}%" y="{up:.2f}%" dx="6" dy="-6">{named}</text>'


def _draw_frontier(shown: Sequence[PackagePoint], x: _Axis, y: _Axis) -> Iterator[str]:
    """The Pareto frontier in steps: between two packages there is none."""
    best = sorted({(one.first, one.second) for one in shown if one.efficient})
    for (left, above), (right, under) in pairwise(best):
        from_x, to_x, from_y, to_y = x.place(left), x.place(right), 100 - y.place(above), 100 - y.place(under)
        yield f'<line class="moved" x1="{from_x:.2f}%" x2="{to_x:.2f}%" y1="{from_y:.2f}%" y2="{from_y:.2f}%"/>'
        yield f'<line class="moved" x1="{to_x:.2f}%" x2="{to_x:.2f}%" y1="{from_y:.2f}%" y2="{to_y:.2f}%"/>'


def _draw_agreed(joint: JointWorths, shown: Sequence[PackagePoint], x: _Axis, y: _Axis) -> Iterator[str]:
    """Rings around what the model's runs agree on; their area is the number of runs."""
    total = sum(one.agreed for one in joint.points)
    for one in shown:
        if one.agreed and joint.n_matching > 1:
            radius = max(6.0, LARGEST * sqrt(one.agreed / total))
            yield f'<circle class="ring" {_say_centre(one, x, y)} r="{radius:.1f}"/>'


def _draw_points(joint: JointWorths, shown: Sequence[tuple[int, PackagePoint]], x: _Axis, y: _Axis) -> Iterator[str]:
    for number, one in shown:
        kind = "inside" if one.in_zone else "outside"
        yield f'<circle class="package {kind}" {_say_centre(one, x, y)} r="4"/>'
        if one.is_blocked:
            yield _put(one, x, y, f'<path class="lacking" d="{CROSS}"/>')
        if joint.nash == number - 1:
            yield _put(one, x, y, f'<path class="nash" d="{STAR}"/>')
        if len(shown) <= NUMBERED:
            yield _put(one, x, y, f'<text class="zone-number" x="7" y="-5">{number}</text>')


def _draw_marked(shown: dict[int, PackagePoint], marked: Sequence[MarkedDeal], x: _Axis, y: _Axis) -> Iterator[str]:
    """Squares around what players agreed, with how many did."""
    for deal in marked:
        if deal.number in shown:
            side = 9 + min(deal.count - 1, 9)
            square = f'<rect class="deal" x="-{side}" y="-{side}" width="{2 * side}" height="{2 * side}"/>'
            count = f'<text class="deal-count" x="-{side + 3}" y="{side + 4}" text-anchor="end">{deal.count} ×</text>'
            yield _put(shown[deal.number], x, y, square + (count if deal.count > 1 else ""))


def _say_centre(one: PackagePoint, x: _Axis, y: _Axis) -> str:
    return f'cx="{x.place(one.first):.2f}%" cy="{100 - y.place(one.second):.2f}%"'


def _put(one: PackagePoint, x: _Axis, y: _Axis, drawn: str) -> str:
    """Something drawn at the place of a package."""
    left, top = x.place(one.first), 100 - y.place(one.second)
    return f'<svg x="{left:.2f}%" y="{top:.2f}%" overflow="visible">{drawn}</svg>'
