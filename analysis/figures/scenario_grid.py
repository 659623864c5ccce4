"""Scenario grid: agreements in force under every scenario file, all source views side by side on one axis."""

import plotly.graph_objects as go

from analysis.figures.dot_intervals import ABOVE, draw_dots, make_heading
from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_estimate, format_share
from analysis.figures.style import apply_style, assign_marks, make_share_axis
from analysis.methods.scenario_grid import ScenarioGrid
from sim.i18n.messages import format_number, message

ROW = 14
"""Height of a row in pixels."""


def title() -> str:
    """Title of the figure."""
    return message("figures.grid.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.grid.how")


def draw_figure(grid: ScenarioGrid) -> go.Figure:
    """A group of dots for each scenario file, a dot for each source view."""
    drawn, step = go.Figure(), len(grid.view_labels) + 2.8
    for place, (view, label) in enumerate(grid.view_labels.items()):
        found = [
            (-(n * step + 1 + place), row.title, row.views[view].any_agreement)
            for n, row in enumerate(grid.rows)
            if view in row.views
        ]
        drawn.add_traces(draw_dots(label, found, assign_marks(grid.view_labels)[view]))
    highest = max((one.high for row in grid.rows for one in row.list_agreement_shares()), default=1.0)
    apply_style(drawn, height=int(len(grid.rows) * step * ROW) + 120 + 18 * len(grid.view_labels))
    return drawn.update_layout(
        xaxis=make_share_axis(message("figures.grid.axis"), 1.12 * highest + 0.02),
        yaxis={"visible": False, "range": [-len(grid.rows) * step + 1, ABOVE], "fixedrange": True},
        annotations=[make_heading(row.title, 0.2 - n * step) for n, row in enumerate(grid.rows)],
    )


def summary_text(grid: ScenarioGrid) -> str:
    """Under each source view, the scenario files with the fewest and the most agreements in force."""
    parts = []
    for view, label in grid.view_labels.items():
        known = [(row.title, row.views[view].any_agreement.share) for row in grid.rows if view in row.views]
        (low, least), (high, most) = min(known, key=_get_share), max(known, key=_get_share)
        ends = (format_share(least), format_share(most))
        parts.append(message("figures.grid.part", view=label, low=low, high=high, least=ends[0], most=ends[1]))
    return message("figures.grid.words", weeks=format_number(grid.horizon_weeks), parts="; ".join(parts))


def _get_share(known: tuple[str, float]) -> float:
    return known[1]


def build_table(grid: ScenarioGrid) -> Table:
    """Agreements in force in every scenario file under every view, with intervals."""
    none = message("figures.difference.no-runs")
    rows = tuple(
        (
            row.title,
            *(
                format_estimate(row.views[view].any_agreement) if view in row.views else none
                for view in grid.view_labels
            ),
        )
        for row in grid.rows
    )
    head = (message("figures.difference.column-scenario"), *grid.view_labels.values())
    return Table(message("figures.grid.table", weeks=format_number(grid.horizon_weeks)), head, rows)
