"""Kept share: how many runs match the reported run-up, under each source's assumptions."""

import plotly.graph_objects as go

from analysis.figures.dots import dots
from analysis.figures.rows import lens_rows
from analysis.figures.style import marks
from analysis.figures.table import Table
from analysis.figures.words import listed, percent, with_ends
from analysis.questions.shares import Shares

TITLE = "Runs that match the reported run-up"


def figure(shares: Shares) -> go.Figure:
    """One dot with interval for every source view."""
    drawn = go.Figure()
    for row, (name, lens) in enumerate(shares.lenses.items()):
        found = [(-float(row), "runs that match the reported run-up", lens.match)]
        drawn.add_traces(dots(lens.label, found, marks(shares.lenses)[name], legend=False))
    return lens_rows(drawn, shares, "share of draws under each assumption set", 1.0)


def in_words(shares: Shares) -> str:
    """How far the run-up weighs: shares speak of the matching runs alone."""
    parts = [f"{percent(lens.match.share)} under {lens.label}" for lens in shares.lenses.values()]
    return (
        f"Draws that match the reported run-up: {listed(parts)}. All other shares on this page are shares of the "
        "matching runs. A small share says that the assumptions rarely lead to the run-up that was reported; it "
        "does not say that they are wrong."
    )


def table(shares: Shares) -> Table:
    """Draws, matching runs and their share."""
    rows = tuple(
        (lens.label, f"{lens.drawn:,}", f"{lens.kept:,}", with_ends(lens.match)) for lens in shares.lenses.values()
    )
    return Table(TITLE, ("Assumption set", "Draws", "Matching runs", "Share, 95 % interval"), rows)
