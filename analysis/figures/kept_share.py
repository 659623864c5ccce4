"""Kept share: how many runs match the reported run-up, under each source's assumptions."""

import plotly.graph_objects as go

from analysis.figures.dots import dots
from analysis.figures.rows import lens_rows
from analysis.figures.style import marks
from analysis.figures.table import Table
from analysis.figures.words import listed, percent, with_ends
from analysis.questions.shares import Shares
from sim.language.tongue import number, say


def title() -> str:
    """Title of the figure."""
    return say("figures.kept.title")


def how() -> str:
    """How to read it."""
    return say("figures.kept.how")


def figure(shares: Shares) -> go.Figure:
    """One dot with interval for every source view."""
    drawn = go.Figure()
    for row, (name, lens) in enumerate(shares.lenses.items()):
        found = [(-float(row), say("figures.kept.of"), lens.match)]
        drawn.add_traces(dots(lens.label, found, marks(shares.lenses)[name], legend=False))
    return lens_rows(drawn, shares, say("figures.kept.axis"), 1.0)


def in_words(shares: Shares) -> str:
    """How far the run-up weighs: shares speak of the matching runs alone."""
    lenses = shares.lenses.values()
    parts = [say("figures.kept.part", share=percent(lens.match.share), view=lens.label) for lens in lenses]
    return say("figures.kept.words", parts=listed(parts))


def table(shares: Shares) -> Table:
    """Draws, matching runs and their share."""
    rows = tuple(
        (lens.label, number(lens.drawn), number(lens.kept), with_ends(lens.match)) for lens in shares.lenses.values()
    )
    columns = ("figures.column.view", "figures.kept.column-draws", "figures.kept.column-runs")
    return Table(title(), (*(say(column) for column in columns), say("figures.kept.column-share")), rows)
