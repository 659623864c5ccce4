"""Event tracks: one run, a lane for each actor, a sign for each event; the same as a list in the table."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analysis.figures.dots import heading
from analysis.figures.style import DARK, GREY, INK, LINE, Mark, dressed
from analysis.figures.table import Table
from analysis.figures.words import lined, shortened
from analysis.questions.tracks import KINDS, Happening, Tracks
from sim.language.tongue import number, say

NAME, SUB, GAP = 22, 14, 8
"""Height in pixels of a lane's name, of each row of signs in it, and below it."""

BELOW, LINE_OF_LEGEND = 52, 19
"""Room in pixels for the axis, and for a line of the legend below it."""

APART = 0.035
"""Least distance of two signs in a row, as a share of the weeks."""

BLUE, RUST, GREEN, PINK = DARK[:4]
MARKS: dict[str, Mark] = {
    "engage": Mark(BLUE, "circle"),
    "call": Mark(BLUE, "circle-open"),
    "symbolic": Mark(GREEN, "triangle-up-open"),
    "concede": Mark(GREEN, "triangle-right"),
    "offer": Mark(GREEN, "triangle-left"),
    "strike": Mark(INK, "x"),
    "lobby": Mark(PINK, "pentagon"),
    "threaten": Mark(RUST, "diamond-open"),
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
    return say("figures.tracks.title")


def how() -> str:
    """How to read it."""
    return say("figures.tracks.how")


def figure(tracks: Tracks) -> go.Figure:
    """Lanes from the top; where signs would touch, the later one stands a row lower."""
    drawn, notes, shapes, at = go.Figure(), [], [], 0.0
    placed: dict[str, list[tuple[Happening, float]]] = {}
    for actor in tracks.actors:
        lane = [one for one in tracks.happenings if one.actor == actor and one.kind]
        rows = _rows(lane, APART * tracks.weeks)
        notes.append(heading(shortened(actor or say("figures.tracks.talks")), at + NAME / 2))
        for one, row in zip(lane, rows, strict=True):
            placed.setdefault(one.kind, []).append((one, at + NAME + SUB * (row + 0.5)))
        at += NAME + SUB * (max(rows) + 1) + GAP
        shapes.append(_rule(at - GAP / 2))
    drawn.add_traces([_signs(kind, placed[kind]) for kind in KINDS if kind in placed])
    room = BELOW + LINE_OF_LEGEND * ((len(placed) + 1) // 2)
    dressed(drawn, int(at) + 12 + room)
    drawn.update_layout(xaxis=_axis(tracks), yaxis=_upright(at), annotations=notes, shapes=shapes)
    return drawn.update_layout(margin={"b": room}, legend=_legend(-BELOW / max(at, 1.0)))


def _rows(lane: Sequence[Happening], apart: float) -> list[int]:
    """The row of each event: the first in which it does not touch the one before."""
    last: list[float] = []
    found = []
    for one in lane:
        free = (row for row, week in enumerate(last) if one.week - week >= apart)
        row = next(free, len(last))
        last[row : row + 1] = [one.week]
        found.append(row)
    return found


def _signs(kind: str, placed: list[tuple[Happening, float]]) -> go.Scatter:
    """All events of one kind."""
    look = MARKS[kind]
    return go.Scatter(
        x=[one.week for one, _ in placed],
        y=[height for _, height in placed],
        mode="markers",
        name=say(f"figures.tracks.{kind}"),
        marker={"color": look.colour, "symbol": look.symbol, "size": 9, "line": {"color": look.colour, "width": 1.5}},
        hovertext=[_hover(one) for one, _ in placed],
        hoverinfo="text",
        cliponaxis=False,
        showlegend=True,
    )


def _hover(one: Happening) -> str:
    """Week and sentence, broken into lines that a narrow page holds."""
    return lined(f"{say('figures.week', week=number(one.week))}: {one.sentence}", 38, None)


def _legend(top: float) -> dict[str, object]:
    """Two columns below the axis."""
    columns = {"entrywidth": 0.5, "entrywidthmode": "fraction", "indentation": -14}
    return {"orientation": "h", "x": 0, "y": top, "yanchor": "top", "font": {"size": 11.5}, **columns}


def _axis(tracks: Tracks) -> dict[str, object]:
    return {
        "title": {"text": say("figures.axis.week"), "standoff": 6},
        "range": [0, tracks.weeks + 1],
        "gridcolor": LINE,
        "zeroline": False,
        "fixedrange": True,
        "nticks": 7,
    }


def _upright(height: float) -> dict[str, object]:
    return {"visible": False, "range": [max(height, 1.0), 0], "fixedrange": True}


def _rule(height: float) -> dict[str, object]:
    """A thin line below a lane."""
    line = {"color": LINE, "width": 1}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": height, "y1": height, "line": line}


def in_words(tracks: Tracks) -> str:
    """Which run it is, and how often what happened."""
    counts = [(kind, sum(1 for one in tracks.happenings if one.kind == kind)) for kind in KINDS]
    parts = [f"{say(f'figures.tracks.{kind}')} {number(count)}" for kind, count in counts if count]
    if not parts:
        return say("figures.tracks.none", heading=tracks.heading)
    return say("figures.tracks.words", heading=tracks.heading, parts=", ".join(parts))


def table(tracks: Tracks) -> Table:
    """Every event in order, also those that are not drawn."""
    rows = tuple(
        (
            number(one.week),
            one.actor or say("figures.tracks.talks"),
            say(f"figures.tracks.{one.kind}") if one.kind else "–",
            one.sentence,
        )
        for one in tracks.happenings
    )
    head = tuple(say(f"figures.tracks.column-{name}") for name in ("week", "actor", "kind", "event"))
    return Table(say("figures.tracks.table", heading=tracks.heading), head, rows)
