"""Rows: figures with one row for each source view, its name above its dots so that narrow pages hold it."""

import plotly.graph_objects as go

from analysis.figures.dots import heading
from analysis.figures.style import dressed, share_axis
from analysis.figures.words import shortened
from analysis.questions.shares import Shares

ROW = 48
"""Height of a row in pixels."""


def lens_rows(drawn: go.Figure, shares: Shares, title: str, high: float) -> go.Figure:
    """Dress a figure whose row n stands at height -n, in the order of the source views."""
    dressed(drawn, height=ROW * len(shares.lenses) + 90)
    drawn.update_layout(
        xaxis=share_axis(title, high),
        yaxis={"visible": False, "range": [-len(shares.lenses) + 0.5, 0.9], "fixedrange": True},
        annotations=[heading(shortened(lens.label), 0.42 - row) for row, lens in enumerate(shares.lenses.values())],
    )
    return drawn
