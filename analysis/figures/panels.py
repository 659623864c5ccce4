"""Panels: drawings one below the other on the same weeks, laid out in pixels so that headings never meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from analysis.figures.style import GREY, LINE, apply_style
from sim.i18n.messages import message

TOP, BOTTOM, LEFT, TICKS = 4, 44, 46, 30
"""Margins above, below and left of all panels, and room for the ticks of each panel's own axis, in pixels."""


@dataclass(frozen=True)
class Stack:
    """Panels, each with something above it."""

    panels: tuple[tuple[int, int], ...]
    """Height in pixels of what stands above each panel, and of the panel itself."""

    @property
    def room(self) -> int:
        """Height of all panels."""
        return sum(head + body + TICKS for head, body in self.panels) - TICKS

    def find_top(self, n: int, below: int = 0) -> float:
        """Place of a line so many pixels below the upper edge of what stands above panel n, from 1 down to 0."""
        above = sum(head + body + TICKS for head, body in self.panels[: n - 1])
        return 1.0 - (above + below) / self.room

    def find_domain(self, n: int) -> list[float]:
        """Lower and upper edge of panel n."""
        head, body = self.panels[n - 1]
        return [max(0.0, self.find_top(n, head + body)), self.find_top(n, head)]


def lay_out(drawn: go.Figure, stack: Stack, weeks: Sequence[float], axes: Sequence[dict[str, Any]]) -> None:
    """Place the axes `x{n}` and `y{n}` of every panel; `axes` holds what is particular to each upright axis."""
    apply_style(drawn, TOP + stack.room + BOTTOM)
    for n, axis in enumerate(axes, start=1):
        drawn.layout[f"xaxis{n}"] = {
            "anchor": f"y{n}",
            "range": [weeks[0], max(weeks[-1], weeks[0] + 1)],
            "fixedrange": True,
            "gridcolor": "rgba(0,0,0,0)",
            "nticks": 7,
            "ticks": "outside",
            "tickcolor": GREY,
            "title": {"text": message("figures.axis.week"), "standoff": 6} if n == len(axes) else {},
        }
        shared = {"anchor": f"x{n}", "fixedrange": True, "gridcolor": LINE, "zeroline": False}
        drawn.layout[f"yaxis{n}"] = shared | {"domain": stack.find_domain(n), "nticks": 5} | axis
    drawn.update_layout(margin={"l": LEFT, "r": 16, "t": TOP, "b": BOTTOM}, hovermode="closest")


def make_translucent(colour: str, share: float) -> str:
    """The colour, so much of it seen through."""
    return f"rgba({','.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))},{share})"


def draw_band(weeks: Sequence[float], low: Sequence[float], high: Sequence[float], colour: str, n: int) -> go.Scatter:
    """A band in panel n."""
    return go.Scatter(
        x=[*weeks, *reversed(weeks)],
        y=[*high, *reversed(low)],
        mode="lines",
        line={"color": make_translucent(colour, 0.45), "width": 1},
        fill="toself",
        fillcolor=make_translucent(colour, 0.12),
        hoverinfo="skip",
        showlegend=False,
        xaxis=f"x{n}",
        yaxis=f"y{n}",
    )


def make_panel_title(text: str, top: float) -> dict[str, object]:
    """The name of a panel, its upper edge given as a place in the stack."""
    return {
        "text": f"<b>{text}</b>",
        "x": 0,
        "xref": "paper",
        "xshift": 8 - LEFT,
        "y": top,
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "font": {"size": 12.5},
        "borderpad": 0,
    }


def make_legend(top: float) -> dict[str, object]:
    """A legend with one line for each entry, its upper edge given as a place in the stack."""
    return {
        "orientation": "v",
        "x": 0,
        "xanchor": "left",
        "y": top,
        "yanchor": "top",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": 12},
        "bgcolor": "rgba(0,0,0,0)",
    }
