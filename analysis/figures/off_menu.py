"""Off menu: how often there was an agreement for everybody, but none on the list that the model lets parties propose.

Whoever writes the list of proposals writes part of the result, so this stands in every report.
"""

import plotly.graph_objects as go

from analysis.figures.dots import dots
from analysis.figures.rows import lens_rows
from analysis.figures.style import DARK, Mark
from analysis.figures.table import Table
from analysis.figures.words import listed, percent, with_ends
from analysis.questions.shares import Shares
from sim.language.tongue import number, say

ON = Mark(DARK[0], "circle")
OFF = Mark(DARK[1], "diamond-open")


def title() -> str:
    """Title of the figure."""
    return say("figures.menu.title")


def how() -> str:
    """How to read it."""
    return say("figures.menu.how")


def figure(shares: Shares) -> go.Figure:
    """Two dots for every source view: on the menu, and only off it."""
    drawn = go.Figure()
    found = [(-float(row), lens.zone) for row, lens in enumerate(shares.lenses.values())]
    on = [(height + 0.1, say("figures.menu.on"), zone.on_menu) for height, zone in found if zone]
    off = [(height - 0.2, say("figures.menu.off"), zone.off_menu) for height, zone in found if zone]
    drawn.add_traces(dots(say("figures.menu.on"), on, ON))
    drawn.add_traces(dots(say("figures.menu.off"), off, OFF))
    highest = max((interval.high for _, _, interval in on + off), default=1.0)
    lens_rows(drawn, shares, say("figures.axis.runs"), 1.12 * highest + 0.02)
    return drawn.update_layout(height=drawn.layout.height + 30)


def in_words(shares: Shares) -> str:
    """What the menu leaves out."""
    looked = [(lens.label, lens.zone.off_menu.share) for lens in shares.lenses.values() if lens.zone]
    if not looked:
        return say("figures.menu.none")
    parts = [say("figures.kept.part", share=percent(share), view=label) for label, share in looked]
    return say("figures.menu.words", parts=listed(parts))


def table(shares: Shares) -> Table:
    """Both shares and the number of runs looked at."""
    rows = tuple(
        (lens.label, number(lens.zone.runs), with_ends(lens.zone.on_menu), with_ends(lens.zone.off_menu))
        for lens in shares.lenses.values()
        if lens.zone
    )
    columns = ("column.view", "menu.column-runs", "menu.column-on", "menu.column-off")
    return Table(title(), tuple(say(f"figures.{column}") for column in columns), rows)
