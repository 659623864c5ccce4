"""View rows: figures with one row for each source view, its name above its dots so that narrow pages hold it."""

import plotly.graph_objects as go

from analysis.figures.dot_intervals import make_heading
from analysis.figures.number_text import shorten
from analysis.figures.style import apply_style, make_share_axis
from analysis.methods.shares import Shares

ROW = 48
"""Height of a row in pixels."""


def lay_out_view_rows(drawn: go.Figure, shares: Shares, title: str, high: float) -> go.Figure:
    """Dress a figure whose row n stands at height -n, in the order of the source views."""
    apply_style(drawn, height=ROW * len(shares.views) + 90)
    drawn.update_layout(
        xaxis=make_share_axis(title, high),
        yaxis={"visible": False, "range": [-len(shares.views) + 0.5, 0.9], "fixedrange": True},
        annotations=[make_heading(shorten(view.label), 0.42 - row) for row, view in enumerate(shares.views.values())],
    )
    return drawn
