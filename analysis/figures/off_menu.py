"""Off menu: how often there was an agreement for everybody, but none on the list that the model lets parties propose.

Whoever writes the list of proposals writes part of the result, so this stands in every report.
"""

import plotly.graph_objects as go

from analysis.figures.dot_intervals import draw_dots, lay_out_view_rows
from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_estimate, format_list, format_share
from analysis.figures.style import DARK, Mark
from analysis.methods.shares import Shares
from sim.i18n.messages import format_number, message

ON = Mark(DARK[0], "circle")
OFF = Mark(DARK[1], "diamond-open")


def title() -> str:
    """Title of the figure."""
    return message("figures.menu.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.menu.how")


def draw_figure(shares: Shares) -> go.Figure:
    """Two dots for every source view: on the menu, and only off it."""
    drawn = go.Figure()
    found = [(-float(row), view.menu_zone) for row, view in enumerate(shares.views.values())]
    on = [(height + 0.1, message("figures.menu.on"), zone.on_menu) for height, zone in found if zone]
    off = [(height - 0.2, message("figures.menu.off"), zone.off_menu) for height, zone in found if zone]
    drawn.add_traces(draw_dots(message("figures.menu.on"), on, ON))
    drawn.add_traces(draw_dots(message("figures.menu.off"), off, OFF))
    highest = max((interval.high for _, _, interval in on + off), default=1.0)
    lay_out_view_rows(drawn, shares, message("figures.axis.runs"), 1.12 * highest + 0.02)
    return drawn.update_layout(height=drawn.layout.height + 30)


def summary_text(shares: Shares) -> str:
    """What the menu leaves out."""
    looked = [(view.label, view.menu_zone.off_menu.share) for view in shares.views.values() if view.menu_zone]
    if not looked:
        return message("figures.menu.none")
    parts = [message("figures.matching.part", share=format_share(share), view=label) for label, share in looked]
    return message("figures.menu.words", parts=format_list(parts))


def build_table(shares: Shares) -> Table:
    """Both shares and the number of runs looked at."""
    rows = tuple(
        (
            view.label,
            format_number(view.menu_zone.runs),
            format_estimate(view.menu_zone.on_menu),
            format_estimate(view.menu_zone.off_menu),
        )
        for view in shares.views.values()
        if view.menu_zone
    )
    columns = ("column.view", "menu.column-runs", "menu.column-on", "menu.column-off")
    return Table(title(), tuple(message(f"figures.{column}") for column in columns), rows)
