"""Scenario grid: agreements in force under every scenario file, all source views side by side on one axis."""

import plotly.graph_objects as go

from analysis.figures.dots import ABOVE, dots, heading
from analysis.figures.style import dressed, marks, share_axis
from analysis.figures.table import Table
from analysis.figures.words import percent, with_ends
from analysis.questions.grid import Grid
from sim.language.tongue import number, say

ROW = 14
"""Height of a row in pixels."""


def title() -> str:
    """Title of the figure."""
    return say("figures.grid.title")


def how() -> str:
    """How to read it."""
    return say("figures.grid.how")


def figure(grid: Grid) -> go.Figure:
    """A group of dots for each scenario file, a dot for each source view."""
    drawn, step = go.Figure(), len(grid.views) + 2.8
    for place, (view, label) in enumerate(grid.views.items()):
        found = [
            (-(n * step + 1 + place), row.title, row.lenses[view].any_agreement)
            for n, row in enumerate(grid.rows)
            if view in row.lenses
        ]
        drawn.add_traces(dots(label, found, marks(grid.views)[view]))
    highest = max((one.high for row in grid.rows for one in row.agreements()), default=1.0)
    dressed(drawn, height=int(len(grid.rows) * step * ROW) + 120 + 18 * len(grid.views))
    return drawn.update_layout(
        xaxis=share_axis(say("figures.grid.axis"), 1.12 * highest + 0.02),
        yaxis={"visible": False, "range": [-len(grid.rows) * step + 1, ABOVE], "fixedrange": True},
        annotations=[heading(row.title, 0.2 - n * step) for n, row in enumerate(grid.rows)],
    )


def in_words(grid: Grid) -> str:
    """Under each source view, the scenario files with the fewest and the most agreements in force."""
    parts = []
    for view, label in grid.views.items():
        known = [(row.title, row.lenses[view].any_agreement.share) for row in grid.rows if view in row.lenses]
        (low, least), (high, most) = min(known, key=_share), max(known, key=_share)
        ends = (percent(least), percent(most))
        parts.append(say("figures.grid.part", view=label, low=low, high=high, least=ends[0], most=ends[1]))
    return say("figures.grid.words", weeks=number(grid.horizon_weeks), parts="; ".join(parts))


def _share(known: tuple[str, float]) -> float:
    return known[1]


def table(grid: Grid) -> Table:
    """Agreements in force in every scenario file under every view, with intervals."""
    none = say("figures.difference.no-runs")
    rows = tuple(
        (row.title, *(with_ends(row.lenses[view].any_agreement) if view in row.lenses else none for view in grid.views))
        for row in grid.rows
    )
    head = (say("figures.difference.column-scenario"), *grid.views.values())
    return Table(say("figures.grid.table", weeks=number(grid.horizon_weeks)), head, rows)
