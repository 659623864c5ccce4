"""Replay chart: one run as bands of its state and a track for every actor, as SVG that a page prints as it is."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape

from analysis.figures.event_timeline import MARKS, STATES
from analysis.methods.event_timeline import StateKind, Timeline, TimelineEvent
from sim.i18n.messages import message

NAME, ROW, BAND, GAP = 18, 16, 20, 8
"""Height in pixels of a track's name, of a row of signs, of the band of states, and between tracks."""
APART = 0.02
"""Least distance of two signs in a row, as a share of the weeks."""
NAMED = 0.16
"""Share of the weeks from which a band carries its name."""

SHAPES: Mapping[str, str] = {
    "circle": "M0-5A5 5 0 1 1 0 5A5 5 0 1 1 0-5Z",
    "triangle-up": "M0-6L5.5 4.5H-5.5Z",
    "triangle-down": "M0 6L5.5-4.5H-5.5Z",
    "triangle-right": "M6 0L-4.5 5.5V-5.5Z",
    "triangle-left": "M-6 0L4.5 5.5V-5.5Z",
    "diamond": "M0-6L6 0L0 6L-6 0Z",
    "square": "M-4.5-4.5H4.5V4.5H-4.5Z",
    "star": "M0-7L2-2.3L7-2.2L3.1 1L4.4 6L0 3.2L-4.4 6L-3.1 1L-7-2.2L-2-2.3Z",
    "x": "M-5-3.5L-3.5-5L0-1.5L3.5-5L5-3.5L1.5 0L5 3.5L3.5 5L0 1.5L-3.5 5L-5 3.5L-1.5 0Z",
    "cross": "M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",
    "hexagon": "M-3-5.5H3L6 0L3 5.5H-3L-6 0Z",
    "pentagon": "M0-6L6-1L4 5H-4L-6-1Z",
    "arrow-right": "M7 0L0 6V2H-6V-2H0V-6Z",
}
"""Signs; those of the report that are not among them have the shape their name begins with."""


def draw_timeline(timeline: Timeline, week: int) -> Markup:
    """The run, with the week that is read marked.

    Args:
        timeline: The run.
        week: The week.
    """
    parts, at = [*_draw_states(timeline)], float(BAND + GAP)
    for actor in timeline.actors:
        lane = [one for one in timeline.events if one.actor == actor and one.kind]
        if not lane:
            continue
        name = actor or message("figures.timeline.talks")
        parts.append(f'<text class="track" x="0" y="{at + 13:.0f}">{escape(name)}</text>')
        rows = _assign_rows(lane, APART * timeline.weeks)
        for one, row in zip(lane, rows, strict=True):
            parts.append(_draw_sign(one, timeline.weeks, at + NAME + ROW * (row + 0.5)))
        at += NAME + ROW * (max(rows) + 1) + GAP
    now = _place(week, timeline.weeks)
    line = f'<line class="now-line" x1="{now:.2f}%" x2="{now:.2f}%" y1="0" y2="{at:.0f}"/>'
    drawn = line + "".join(parts)
    start = f'<svg class="timeline" width="100%" height="{at:.0f}" aria-hidden="true" focusable="false">'
    return Markup(f"{start}{drawn}</svg>")


def _place(week: float, weeks: int) -> float:
    return 100 * (week - 0.5) / weeks


def _draw_states(timeline: Timeline) -> Iterator[str]:
    for span in timeline.states:
        left = 100 * (span.first - 1) / timeline.weeks
        width = 100 * (span.last - span.first + 1) / timeline.weeks
        size = f'x="{left:.2f}%" y="0" width="{width:.2f}%" height="{BAND}"'
        yield f'<rect class="state" fill="{STATES[span.state].colour}" {size}/>'
        if width >= 100 * NAMED:
            dark = "light" if span.state in ("in-force", "ended") else "dark"
            words = escape(message(f"figures.timeline.state-{span.state}"))
            middle = f'x="{left + width / 2:.2f}%" y="14" text-anchor="middle"'
            yield f'<text class="state-name {dark}" {middle}>{words}</text>'


def _assign_rows(lane: list[TimelineEvent], apart: float) -> list[int]:
    """A row for every sign, so that no two in a row touch."""
    last: list[float] = []
    rows = []
    for one in lane:
        free = next((row for row, week in enumerate(last) if one.week - week >= apart), len(last))
        last[free : free + 1] = [one.week]
        rows.append(free)
    return rows


def _draw_sign(one: TimelineEvent, weeks: int, height: float) -> str:
    sign = draw_sign(one.kind)
    return f'<svg x="{_place(one.week, weeks):.2f}%" y="{height:.1f}" overflow="visible">{sign}</svg>'


def draw_sign(kind: str) -> Markup:
    """The sign of a kind of event.

    Args:
        kind: The kind.
    """
    symbol = MARKS[kind].symbol
    shape = next((path for name, path in SHAPES.items() if symbol.startswith(name)), SHAPES["circle"])
    hollow = " hollow" if symbol.endswith("-open") else ""
    return Markup(f'<path class="sign kind-{escape(kind)}{hollow}" d="{shape}"/>')


def draw_sign_chip(kind: str) -> Markup:
    """The sign of a kind of event, for a legend.

    Args:
        kind: The kind.
    """
    inside = f'<svg x="8" y="8" overflow="visible">{draw_sign(kind)}</svg>'
    return Markup(f'<svg class="mark" width="16" height="16" aria-hidden="true" focusable="false">{inside}</svg>')


def draw_state_chip(state: StateKind) -> Markup:
    """A square in the colour of a state, for a legend.

    Args:
        state: The state.
    """
    square = f'<rect class="state" x="1" y="1" width="14" height="14" fill="{STATES[state].colour}"/>'
    return Markup(f'<svg class="mark" width="16" height="16" aria-hidden="true" focusable="false">{square}</svg>')
