"""Dot intervals: a share with its interval as a dot on a thick bar, the range across sources as a thin line with ends.

The two kinds of uncertainty look different: the thick bar is Monte Carlo error, the thin line disagreement.
"""

import plotly.graph_objects as go

from analysis.figures.number_text import break_lines, escape_text, format_estimate, format_share, shorten
from analysis.figures.style import INK, Mark, apply_style, make_share_axis
from analysis.methods.intervals import Interval
from analysis.methods.shares import Shares

ROW = 48
"""Height in pixels of a row that holds one source view."""


ABOVE = 1.8
"""Where an axis of rows ends, so that the first heading has room for two lines."""

DotSeries = list[tuple[float, str, Interval]]
"""Shares of one series: height, what it is a share of, and the share."""


def draw_dots(name: str, series: DotSeries, mark: Mark, legend: bool = True) -> list[go.Scatter]:
    """Dots of one series, each on its bar and with its number."""
    dot = go.Scatter(
        x=[interval.share for _, _, interval in series],
        y=[height for height, _, _ in series],
        mode="markers",
        name=break_lines(name),
        showlegend=legend,
        marker={"color": mark.colour, "symbol": mark.symbol, "size": 8},
        hovertext=[
            f"{escape_text(of)}<br>{escape_text(name)}: {format_estimate(interval)}" for _, of, interval in series
        ],
        hoverinfo="text",
        cliponaxis=False,
    )
    return [_draw_bars(series, mark), dot, _draw_numbers(series)]


def _draw_bars(series: DotSeries, mark: Mark) -> go.Scatter:
    """Thick bars: the intervals."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for height, _, interval in series:
        xs += [interval.low, interval.high, None]
        ys += [height, height, None]
    line = {"color": mark.colour, "width": 5}
    return go.Scatter(x=xs, y=ys, mode="lines", line=line, opacity=0.4, hoverinfo="skip", showlegend=False)


def _draw_numbers(series: DotSeries) -> go.Scatter:
    """The shares in percent, right of their bars."""
    return go.Scatter(
        x=[interval.high for _, _, interval in series],
        y=[height for height, _, _ in series],
        mode="text",
        text=[f"  {format_share(interval.share)}" for _, _, interval in series],
        textposition="middle right",
        textfont={"size": 11, "color": INK},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def make_heading(text: str, height: float, lines: int | None = 2) -> dict[str, object]:
    """Name of a group of dots, above them at the left; a long one takes so many lines at most and grows upwards."""
    name = break_lines(text, lines=lines)
    return {
        "text": f"<b>{name}</b>",
        "x": 0,
        "xref": "paper",
        "xshift": -14,
        "yshift": 8 * name.count("<br>"),
        "y": height,
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "font": {"size": 12},
        "bgcolor": "rgba(255,255,255,0.85)",
        "borderpad": 0,
    }


def lay_out_view_rows(drawn: go.Figure, shares: Shares, title: str, high: float) -> go.Figure:
    """Dress a figure whose row n stands at height -n, in the order of the source views."""
    apply_style(drawn, height=ROW * len(shares.views) + 90)
    drawn.update_layout(
        xaxis=make_share_axis(title, high),
        yaxis={"visible": False, "range": [-len(shares.views) + 0.5, 0.9], "fixedrange": True},
        annotations=[make_heading(shorten(view.label), 0.42 - row) for row, view in enumerate(shares.views.values())],
    )
    return drawn
