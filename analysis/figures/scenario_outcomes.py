"""Scenario outcomes: every outcome under every scenario file and source view, as bars of the same length."""

import plotly.graph_objects as go

from analysis.figures.bars import Row, legend_below, outcome_bars, part_numbers
from analysis.figures.dots import heading
from analysis.figures.style import dressed, share_axis
from analysis.figures.table import Table
from analysis.figures.words import percent, plain, shortened
from analysis.questions.grid import Grid
from sim.language.tongue import number, say

NAME, LABEL, BAR, GAP = 26, 15, 15, 3
"""Height in pixels of a scenario's name, of a view's label, of a bar, and below a bar."""


def title() -> str:
    """Title of the figure."""
    return say("figures.mosaic.title")


def how() -> str:
    """How to read it."""
    return say("figures.mosaic.how")


def figure(grid: Grid) -> go.Figure:
    """Bars from 0 to 100%, one for each view, in groups by scenario file."""
    rows: list[Row] = []
    notes: list[dict[str, object]] = []
    at = 0.0
    for scenario in grid.rows:
        name = heading(scenario.title, 0)
        room = NAME + LABEL * str(name["text"]).count("<br>")
        notes.append(name | {"y": at + room / 2, "yshift": 0})
        at += room
        for lens in scenario.lenses.values():
            label = heading(lens.label, at + LABEL / 2)
            label.update(text=plain(shortened(lens.label, 52)), font={"size": 11})
            notes.append(label)
            shares = {key: interval.share for key, interval in lens.outcomes.items()}
            rows.append(Row(at + LABEL + BAR / 2, f"{scenario.title}, {lens.label}", shares))
            at += LABEL + BAR + GAP
    drawn = go.Figure(outcome_bars(rows, grid.outcomes, BAR))
    dressed(drawn, int(at) + 60)
    drawn.update_layout(
        barmode="stack",
        xaxis=share_axis(say("figures.axis.runs"), 1.0),
        yaxis={"visible": False, "range": [at, 0], "fixedrange": True},
        annotations=[*notes, *part_numbers(rows, grid.outcomes)],
    )
    return legend_below(drawn)


def in_words(grid: Grid) -> str:
    """The most frequent outcome of each scenario file, and under how many views it is that."""
    parts = []
    for row in grid.rows:
        most = [max(lens.outcomes, key=lambda key: lens.outcomes[key].share) for lens in row.lenses.values()]
        if most:
            key = max(most, key=most.count)
            views, of = number(most.count(key)), number(len(most))
            told = say("figures.mosaic.part", scenario=row.title, outcome=grid.outcomes[key], views=views, all=of)
            parts.append(told)
    return say("figures.mosaic.words", weeks=number(grid.horizon_weeks), parts="; ".join(parts))


def table(grid: Grid) -> Table:
    """Every outcome in every scenario file under every view."""
    rows = tuple(
        (row.title, lens.label, *(percent(lens.outcomes[key].share) for key in grid.outcomes))
        for row in grid.rows
        for lens in row.lenses.values()
    )
    first = (say("figures.difference.column-scenario"), say("figures.difference.column-view"))
    return Table(say("figures.mosaic.table", weeks=number(grid.horizon_weeks)), (*first, *grid.outcomes.values()), rows)
