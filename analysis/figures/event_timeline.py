"""Event timeline: one run, a lane for each actor, a sign for each event; the same as a list in the table."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from analysis.figures.dot_intervals import make_heading
from analysis.figures.figure_table import Table
from analysis.figures.number_text import break_lines, shorten
from analysis.figures.style import DARK, GREY, INK, LINE, PAPER, Fill, Mark, apply_style
from analysis.methods.event_timeline import KINDS, StateKind, StateSpan, Timeline, TimelineEvent
from sim.i18n.messages import format_number, message

NAME, SUB, GAP, BAND = 22, 14, 8, 18
"""Height in pixels of a lane's name, of each row of signs in it, below it, and of the bands of state."""

BELOW, LINE_OF_LEGEND = 52, 19
"""Room in pixels for the axis, and for a line of the legend below it."""

APART = 0.035
"""Least distance of two signs in a row, as a share of the weeks."""

BLUE, RUST, GREEN, PINK = DARK[:4]
STATES: Mapping[StateKind, Fill] = {
    "contest": Fill("#d0d7de", ""),
    "truce": Fill("#f0e442", "|"),
    "signed": Fill("#56b4e9", "/"),
    "in-force": Fill("#0072b2", ""),
    "broken": Fill("#e69f00", "x"),
    "ended": Fill("#57606a", "."),
}
"""How the band of every state is filled."""

NAMED = 0.2
"""Bands shorter than this share of the weeks carry no name; the legend has it."""

MARKS: dict[str, Mark] = {
    "engage": Mark(BLUE, "circle"),
    "call": Mark(BLUE, "circle-open"),
    "symbolic": Mark(GREEN, "triangle-up-open"),
    "concede": Mark(GREEN, "triangle-right"),
    "offer": Mark(GREEN, "triangle-left"),
    "strike": Mark(INK, "x"),
    "lobby": Mark(PINK, "pentagon"),
    "threaten": Mark(RUST, "diamond-open"),
    "drop": Mark(GREEN, "diamond-open"),
    "execute": Mark(RUST, "diamond"),
    "leave": Mark(INK, "arrow-right"),
    "effect": Mark(RUST, "square"),
    "lapsed": Mark(GREY, "diamond-cross-open"),
    "summit": Mark(BLUE, "star"),
    "no-result": Mark(GREY, "star-open"),
    "plan": Mark(BLUE, "square-open"),
    "refused": Mark(PINK, "cross-open"),
    "confirmed": Mark(BLUE, "cross"),
    "not-confirmed": Mark(PINK, "x-open"),
    "leaning": Mark(PINK, "hexagon"),
    "signed": Mark(GREEN, "star"),
    "in-force": Mark(GREEN, "circle"),
    "settled": Mark(GREEN, "hexagon2"),
    "broken": Mark(INK, "circle-x-open"),
    "truce": Mark(GREEN, "triangle-up"),
    "truce-over": Mark(GREY, "triangle-down"),
    "ended": Mark(INK, "octagon"),
}
"""Sign of every kind of event."""


def title() -> str:
    """Title of the figure."""
    return message("figures.timeline.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.timeline.how")


def draw_figure(timeline: Timeline) -> go.Figure:
    """Lanes from the top; where signs would touch, the later one stands a row lower."""
    drawn, shapes, at = go.Figure(_draw_states(timeline)), [], float(NAME + BAND + GAP)
    notes = [make_heading(message("figures.timeline.state"), NAME / 2), *_name_states(timeline)]
    placed: dict[str, list[tuple[TimelineEvent, float]]] = {}
    for actor in timeline.actors:
        lane = [one for one in timeline.events if one.actor == actor and one.kind]
        rows = _assign_rows(lane, APART * timeline.weeks)
        notes.append(make_heading(shorten(actor or message("figures.timeline.talks")), at + NAME / 2))
        for one, row in zip(lane, rows, strict=True):
            placed.setdefault(one.kind, []).append((one, at + NAME + SUB * (row + 0.5)))
        at += NAME + SUB * (max(rows) + 1) + GAP
        shapes.append(_draw_separator(at - GAP / 2))
    drawn.add_traces([_draw_signs(timeline.name_kind(kind), kind, placed[kind]) for kind in KINDS if kind in placed])
    room = BELOW + LINE_OF_LEGEND * ((len(drawn.data) + 1) // 2)
    apply_style(drawn, int(at) + 12 + room)
    drawn.update_layout(xaxis=_make_axis(timeline), yaxis=_make_vertical_axis(at), annotations=notes, shapes=shapes)
    return drawn.update_layout(margin={"b": room}, legend=_make_legend(-BELOW / max(at, 1.0)))


def _draw_states(timeline: Timeline) -> list[go.Bar]:
    """Bands of state along the first track, one trace for each kind."""
    found = []
    for state, fill in STATES.items():
        spans = [one for one in timeline.states if one.state == state]
        name = message(f"figures.timeline.state-{state}")
        bar = go.Bar(
            x=[one.last - one.first + 1 for one in spans],
            base=[one.first - 0.5 for one in spans],
            y=[NAME + BAND / 2] * len(spans),
            width=BAND,
            orientation="h",
            name=name,
            marker={"color": fill.colour, "line": {"color": INK, "width": 0.6}},
            hovertext=[_format_span(one) for one in spans],
            hoverinfo="text",
            showlegend=True,
        )
        bar.marker.pattern = {
            "shape": fill.pattern,
            "fgcolor": INK,
            "bgcolor": fill.colour,
            "size": 6,
            "solidity": 0.12,
        }
        found += [bar] if spans else []
    return found


def _name_states(timeline: Timeline) -> list[dict[str, object]]:
    """Names in the bands that are long enough."""
    return [
        {
            "text": message(f"figures.timeline.state-{one.state}"),
            "x": (one.first + one.last) / 2,
            "y": NAME + BAND / 2,
            "showarrow": False,
            "font": {"size": 11, "color": INK},
            "bgcolor": PAPER,
            "borderpad": 0,
        }
        for one in timeline.states
        if one.last - one.first + 1 >= NAMED * timeline.weeks
    ]


def _assign_rows(lane: Sequence[TimelineEvent], apart: float) -> list[int]:
    """The row of each event: the first in which it does not touch the one before."""
    last: list[float] = []
    found = []
    for one in lane:
        free = (row for row, week in enumerate(last) if one.week - week >= apart)
        row = next(free, len(last))
        last[row : row + 1] = [one.week]
        found.append(row)
    return found


def _draw_signs(name: str, kind: str, placed: list[tuple[TimelineEvent, float]]) -> go.Scatter:
    """All events of one kind."""
    look = MARKS[kind]
    return go.Scatter(
        x=[one.week for one, _ in placed],
        y=[height for _, height in placed],
        mode="markers",
        name=name,
        marker={"color": look.colour, "symbol": look.symbol, "size": 9, "line": {"color": look.colour, "width": 1.5}},
        hovertext=[_format_hover(one) for one, _ in placed],
        hoverinfo="text",
        cliponaxis=False,
        showlegend=True,
    )


def _format_hover(one: TimelineEvent) -> str:
    """Week and sentence, broken into lines that a narrow page holds."""
    return break_lines(f"{message('figures.week', week=format_number(one.week))}: {one.sentence}", 38, None)


def _make_legend(top: float) -> dict[str, object]:
    """Two columns below the axis."""
    columns = {"entrywidth": 0.5, "entrywidthmode": "fraction", "indentation": -14}
    return {"orientation": "h", "x": 0, "y": top, "yanchor": "top", "font": {"size": 11.5}, **columns}


def _make_axis(timeline: Timeline) -> dict[str, object]:
    return {
        "title": {"text": message("figures.axis.week"), "standoff": 6},
        "range": [0, timeline.weeks + 1],
        "gridcolor": LINE,
        "zeroline": False,
        "fixedrange": True,
        "nticks": 7,
    }


def _make_vertical_axis(height: float) -> dict[str, object]:
    return {"visible": False, "range": [max(height, 1.0), 0], "fixedrange": True}


def _draw_separator(height: float) -> dict[str, object]:
    """A thin line below a lane."""
    line = {"color": LINE, "width": 1}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": height, "y1": height, "line": line}


def summary_text(timeline: Timeline) -> str:
    """Which run it is, and how often what happened."""
    counts = [(kind, sum(1 for one in timeline.events if one.kind == kind)) for kind in KINDS]
    parts = [f"{timeline.name_kind(kind)} {format_number(count)}" for kind, count in counts if count]
    if not parts:
        return message("figures.timeline.none", heading=timeline.heading)
    said = message("figures.timeline.words", heading=timeline.heading, parts=", ".join(parts))
    return f"{said} {describe_states(timeline)}"


def describe_states(timeline: Timeline) -> str:
    """In which weeks the run is in which state."""
    return message("figures.timeline.states", parts="; ".join(_format_span(one) for one in timeline.states))


def _format_span(one: StateSpan) -> str:
    """A state and its weeks."""
    name = message(f"figures.timeline.state-{one.state}")
    first, last = format_number(one.first), format_number(one.last)
    return message("figures.timeline.span", state=name, first=first, last=last)


def build_table(timeline: Timeline) -> Table:
    """Every event in order, also those that are not drawn."""
    rows = tuple(
        (
            format_number(one.week),
            one.actor or message("figures.timeline.talks"),
            timeline.name_kind(one.kind) if one.kind else "–",
            one.sentence,
        )
        for one in timeline.events
    )
    head = tuple(message(f"figures.timeline.column-{name}") for name in ("week", "actor", "kind", "event"))
    return Table(message("figures.timeline.table", heading=timeline.heading), head, rows)
