"""Scenario outcomes: every outcome under every scenario file and source view, as bars of the same length."""

import plotly.graph_objects as go

from analysis.figures.dot_intervals import make_heading
from analysis.figures.figure_table import Table
from analysis.figures.number_text import escape_text, format_share, shorten
from analysis.figures.stacked_bars import Row, draw_outcome_bars, number_parts, place_legend_below
from analysis.figures.style import apply_style, make_share_axis
from analysis.methods.scenario_grid import ScenarioGrid
from sim.i18n.messages import format_number, message

NAME, LABEL, BAR, GAP = 26, 15, 15, 3
"""Height in pixels of a scenario's name, of a view's label, of a bar, and below a bar."""


def title() -> str:
    """Title of the figure."""
    return message("figures.mosaic.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.mosaic.how")


def draw_figure(grid: ScenarioGrid) -> go.Figure:
    """Bars from 0 to 100%, one for each view, in groups by scenario file."""
    rows: list[Row] = []
    notes: list[dict[str, object]] = []
    at = 0.0
    for scenario in grid.rows:
        name = make_heading(scenario.title, 0)
        room = NAME + LABEL * str(name["text"]).count("<br>")
        notes.append(name | {"y": at + room / 2, "yshift": 0})
        at += room
        for view in scenario.views.values():
            label = make_heading(view.label, at + LABEL / 2)
            label.update(text=escape_text(shorten(view.label, 52)), font={"size": 11})
            notes.append(label)
            shares = {key: interval.share for key, interval in view.outcomes.items()}
            rows.append(Row(at + LABEL + BAR / 2, f"{scenario.title}, {view.label}", shares))
            at += LABEL + BAR + GAP
    drawn = go.Figure(draw_outcome_bars(rows, grid.outcomes, BAR))
    apply_style(drawn, int(at) + 60)
    drawn.update_layout(
        barmode="stack",
        xaxis=make_share_axis(message("figures.axis.runs"), 1.0),
        yaxis={"visible": False, "range": [at, 0], "fixedrange": True},
        annotations=[*notes, *number_parts(rows, grid.outcomes)],
    )
    return place_legend_below(drawn)


def summary_text(grid: ScenarioGrid) -> str:
    """The most frequent outcome of each scenario file, and under how many views it is that."""
    parts = []
    for row in grid.rows:
        most = [max(view.outcomes, key=lambda key: view.outcomes[key].share) for view in row.views.values()]
        if most:
            key = max(most, key=most.count)
            views, of = format_number(most.count(key)), format_number(len(most))
            part = message("figures.mosaic.part", scenario=row.title, outcome=grid.outcomes[key], views=views, all=of)
            parts.append(part)
    return message("figures.mosaic.words", weeks=format_number(grid.horizon_weeks), parts="; ".join(parts))


def build_table(grid: ScenarioGrid) -> Table:
    """Every outcome in every scenario file under every view."""
    rows = tuple(
        (row.title, view.label, *(format_share(view.outcomes[key].share) for key in grid.outcomes))
        for row in grid.rows
        for view in row.views.values()
    )
    first = (message("figures.difference.column-scenario"), message("figures.difference.column-view"))
    return Table(
        message("figures.mosaic.table", weeks=format_number(grid.horizon_weeks)),
        (*first, *grid.outcomes.values()),
        rows,
    )
