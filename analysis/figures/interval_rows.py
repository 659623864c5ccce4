"""Interval rows: one row for each thing, two values on it as a full and a hollow dot with their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analysis.figures.dot_intervals import make_heading
from analysis.figures.number_text import escape_text, shorten
from analysis.figures.style import COLOURS, GREY, INK, LINE, apply_style

ROW = 40
"""Height of a row in pixels."""


@dataclass(frozen=True)
class IntervalRow:
    """A row."""

    label: str
    """Its name."""
    main: tuple[float, float]
    """The value of the full dot, and half the width of its interval."""
    other: tuple[float, float]
    """The same of the hollow one; 0 for no interval."""


def draw_interval_rows(rows: Sequence[IntervalRow], names: tuple[str, str], axis: str, percent: bool) -> go.Figure:
    """Rows from top to bottom, with a line at 0.

    Args:
        rows: The rows.
        names: What the full and what the hollow dots are.
        axis: Title of the axis.
        percent: True if the axis has hundredths.
    """
    ends = [
        0.0,
        *(end for row in rows for value, half in (row.main, row.other) for end in (value - half, value + half)),
    ]
    room = 0.08 * max(max(ends) - min(ends), 0.01)
    drawn = go.Figure(
        [
            _draw_dots(names[0], [(row.label, *row.main) for row in rows], 0.06, "circle"),
            _draw_dots(names[1], [(row.label, *row.other) for row in rows], -0.12, "diamond-open"),
        ]
    )
    apply_style(drawn, height=ROW * max(len(rows), 1) + 130)
    return drawn.update_layout(
        xaxis={
            "title": {"text": axis, "standoff": 8, "font": {"size": 13}},
            "range": [min(ends) - room, max(ends) + room],
            "tickformat": ".0%" if percent else "",
            "nticks": 6,
            "gridcolor": LINE,
            "zerolinecolor": GREY,
            "fixedrange": True,
            "automargin": True,
        },
        yaxis={"visible": False, "range": [-len(rows) + 0.5, 1.2], "fixedrange": True},
        annotations=[make_heading(shorten(row.label), 0.42 - place) for place, row in enumerate(rows)],
    )


def _draw_dots(name: str, values: Sequence[tuple[str, float, float]], lift: float, symbol: str) -> go.Scatter:
    colour = COLOURS[0] if symbol == "circle" else INK
    halves = [half for _, _, half in values]
    return go.Scatter(
        x=[value for _, value, _ in values],
        y=[lift - place for place in range(len(values))],
        error_x={
            "type": "data",
            "array": halves,
            "color": colour,
            "thickness": 1.4,
            "width": 4,
        },
        mode="markers",
        name=name,
        marker={"symbol": symbol, "size": 9, "color": colour, "line": {"color": colour, "width": 1.5}},
        hovertext=[f"{escape_text(label)}<br>{name}: {value:.2f} ± {half:.2f}" for label, value, half in values],
        hoverinfo="text",
        showlegend=True,
    )
