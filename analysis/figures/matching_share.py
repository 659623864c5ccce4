"""Matching share: how many runs match the reported run-up, under each source's assumptions."""

import plotly.graph_objects as go

from analysis.figures.dot_intervals import draw_dots, lay_out_view_rows
from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_estimate, format_list, format_share
from analysis.figures.style import assign_marks
from analysis.methods.shares import Shares
from sim.i18n.messages import format_number, message


def title() -> str:
    """Title of the figure."""
    return message("figures.matching.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.matching.how")


def draw_figure(shares: Shares) -> go.Figure:
    """One dot with interval for every source view."""
    drawn = go.Figure()
    for row, (name, view) in enumerate(shares.views.items()):
        found = [(-float(row), message("figures.matching.of"), view.matching_share)]
        drawn.add_traces(draw_dots(view.label, found, assign_marks(shares.views)[name], legend=False))
    return lay_out_view_rows(drawn, shares, message("figures.matching.axis"), 1.0)


def summary_text(shares: Shares) -> str:
    """How far the run-up weighs: shares speak of the matching runs alone."""
    views = shares.views.values()
    parts = [
        message("figures.matching.part", share=format_share(view.matching_share.share), view=view.label)
        for view in views
    ]
    return message("figures.matching.words", parts=format_list(parts))


def build_table(shares: Shares) -> Table:
    """Draws, matching runs and their share."""
    rows = tuple(
        (view.label, format_number(view.n_drawn), format_number(view.n_matching), format_estimate(view.matching_share))
        for view in shares.views.values()
    )
    columns = ("figures.column.view", "figures.matching.column-draws", "figures.matching.column-runs")
    return Table(title(), (*(message(column) for column in columns), message("figures.matching.column-share")), rows)
