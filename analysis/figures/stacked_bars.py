"""Stacked bars: shares of outcomes side by side in one bar, in fixed order, colours and patterns, numbered inside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analysis.figures.number_text import escape_text, format_share
from analysis.figures.style import INK, PAPER, assign_fills

BELOW, LINE_OF_LEGEND = 52, 20
"""Room in pixels for the axis, and for a line of the legend below it."""

NUMBERED = 0.07
"""Parts narrower than this carry no number; hovering and the table tell them."""


@dataclass(frozen=True)
class Row:
    """One bar."""

    height: float
    """Where it stands."""
    label: str
    """What it shows, for those who point at it."""
    shares: Mapping[str, float]
    """Length of its parts by outcome, in the order of the scenario."""


def draw_outcome_bars(rows: Sequence[Row], outcomes: Mapping[str, str], thickness: float) -> list[go.Bar]:
    """One trace for each outcome that comes about in some row, numbered as in the scenario."""
    look = assign_fills(outcomes)
    found = []
    for place, (key, label) in enumerate(outcomes.items(), start=1):
        if not any(row.shares[key] for row in rows):
            continue
        name = f"{place} {escape_text(label)}"
        colour, shape = look[key].colour, look[key].pattern
        pattern = {"shape": shape, "fgcolor": INK, "bgcolor": colour, "size": 6, "solidity": 0.12}
        found.append(
            go.Bar(
                x=[row.shares[key] for row in rows],
                y=[row.height for row in rows],
                width=thickness,
                orientation="h",
                name=name,
                marker={"color": colour, "line": {"color": INK, "width": 0.6}, "pattern": pattern},
                hovertext=[f"{escape_text(row.label)}<br>{name}: {format_share(row.shares[key])}" for row in rows],
                hoverinfo="text",
                showlegend=True,
            )
        )
    return found


def number_parts(rows: Sequence[Row], outcomes: Mapping[str, str], widest: float = 1.0) -> list[dict[str, object]]:
    """Numbers of the outcomes inside the parts that are wide enough; `widest` is the end of the axis."""
    notes: list[dict[str, object]] = []
    for row in rows:
        before = 0.0
        for place, key in enumerate(outcomes, start=1):
            share = row.shares[key]
            if share >= NUMBERED * widest:
                notes.append(_make_number(place, before + share / 2, row.height))
            before += share
    return notes


def _make_number(place: int, x: float, y: float) -> dict[str, object]:
    return {
        "text": str(place),
        "x": x,
        "y": y,
        "xanchor": "center",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": 11, "color": INK},
        "bgcolor": PAPER,
        "borderpad": 0,
    }


def place_legend_below(drawn: go.Figure) -> go.Figure:
    """Put the legend below the axis, one line for each outcome, and make room for it."""
    entries = sum(1 for trace in drawn.data if trace.showlegend)
    room = BELOW + LINE_OF_LEGEND * entries
    plot = drawn.layout.height - drawn.layout.margin.t - BELOW
    drawn.layout.xaxis.automargin = False
    return drawn.update_layout(
        height=drawn.layout.height + room - BELOW,
        margin={"b": room},
        legend={"orientation": "v", "y": -BELOW / plot, "yanchor": "top", "traceorder": "normal"},
    )
