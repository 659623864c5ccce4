"""Style: one look for all figures - colours that colour-blind readers tell apart, and patterns for grey paper.

Sources
    Okabe and Ito (2008), Color universal design.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from analysis.figures.number_text import WIDE, break_lines
from sim.i18n.messages import POINT, format_percent, get_language

FONT = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"
INK, GREY, LINE, PAPER = "#1b1f24", "#57606a", "#d0d7de", "#ffffff"
CLEAR = "rgba(0,0,0,0)"

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999")
DARK = ("#0072b2", "#a85400", "#00704f", "#a8457b", "#1b1f24", "#5e5a00", "#5a5f66", "#3d3d8f")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon")
SIGNS = ("●", "■", "◆", "▲", "✚", "✖", "★", "⬢")
"""The same shapes as letters."""

PATTERNS = ("", "/", "x", "-", "\\", ".", "|", "+")

STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""Distances between the ticks of an axis of shares."""

CONFIG: dict[str, Any] = {
    "responsive": True,
    "displaylogo": False,
    "showSendToCloud": False,
    "scrollZoom": False,
    "doubleClick": False,
    "modeBarButtons": [["toImage"]],
}
"""How every figure behaves: nothing is sent anywhere, it follows the width of the page, pages scroll."""


@dataclass(frozen=True)
class Fill:
    """How the area of an outcome is filled."""

    colour: str
    """Colour of the area."""
    pattern: str
    """Shape of the pattern over it; empty for none."""


@dataclass(frozen=True)
class Mark:
    """How the dots of a source view are drawn."""

    colour: str
    """Colour, dark enough on white."""
    symbol: str
    """Shape."""

    @property
    def sign(self) -> str:
        """The shape as a letter in its colour, for the text of a figure."""
        return self.write(SIGNS[SYMBOLS.index(self.symbol)])

    def write(self, text: str) -> str:
        """Text of a figure in its colour.

        Args:
            text: The text, with nothing that would be read as tags.
        """
        return f'<span style="color:{self.colour}">{text}</span>'


def assign_fills(outcomes: Iterable[str]) -> dict[str, Fill]:
    """Fill of every outcome, by its place in the scenario; no two alike, neighbours differ in grey too."""
    found = {}
    for n, key in enumerate(outcomes):
        lap, place = divmod(n, len(COLOURS))
        found[key] = Fill(_lighten(COLOURS[place], lap), PATTERNS[(place + lap) % len(PATTERNS)])
    return found


def _lighten(colour: str, laps: int) -> str:
    """The colour, halfway to white for every lap."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{255 - ((255 - part) >> laps):02x}" for part in parts)


def assign_marks(views: Iterable[str]) -> dict[str, Mark]:
    """Mark of every source view, by its place in the results."""
    return {key: Mark(DARK[n % len(DARK)], SYMBOLS[n % len(SYMBOLS)]) for n, key in enumerate(views)}


def make_share_axis(title: str, high: float) -> dict[str, Any]:
    """An axis of shares from 0 to a little above the highest, past 100% where numbers need the room."""
    return {
        "title": {"text": title, "standoff": 8, "font": {"size": 13}},
        "range": [0, high],
        "gridcolor": LINE,
        "zerolinecolor": GREY,
        "fixedrange": True,
        "automargin": True,
    } | make_share_ticks(min(1.0, high))


def make_share_ticks(high: float, most: int = 6) -> dict[str, Any]:
    """Ticks from 0 up to a share, written as the text writes shares."""
    step = next((one for one in STEPS if high / one <= most - 1), STEPS[-1])
    values = [n * step for n in range(int(high / step + 1e-9) + 1)]
    return {"tickvals": values, "ticktext": [format_percent(100 * at, int(step < 0.01)) for at in values]}


def apply_style(figure: go.Figure, height: int) -> go.Figure:
    """The figure in house style, as wide as its place."""
    figure.update_layout(
        template="none",
        autosize=True,
        height=height,
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        margin={"l": 20, "r": 26, "t": 12, "b": 12},
        dragmode=False,
        modebar={"bgcolor": CLEAR, "color": GREY, "activecolor": INK},
        separators="".join(reversed(POINT[get_language()])),
        hoverlabel={"font": {"family": FONT}},
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "itemclick": False},
    )
    return figure


LEGEND_LINE = 20
"""Height in pixels of a line of a legend."""


def _count_legend_entries(figure: go.Figure) -> int:
    """Lines that a legend above the picture may take on a narrow page; 0 where there is none."""
    if figure.layout.showlegend is False or figure.layout.legend.yanchor != "bottom":
        return 0
    return sum(trace.showlegend is not False and bool(trace.name) for trace in figure.data)


def mark_changed(figure: go.Figure, changed: str) -> go.Figure:
    """The figure with what was changed in the case over it, so that a copy of the picture says it, too."""
    if not changed:
        return figure
    text = break_lines(changed.replace("× ", "×\u00a0"), WIDE, lines=3)
    room = 28 + 16 * text.count("<br>")
    top, height = figure.layout.margin.t or 0, figure.layout.height
    above = room + max(top, LEGEND_LINE * _count_legend_entries(figure))
    figure.update_layout(
        title={"text": text, "font": {"size": 12, "color": GREY}, "x": 0, "xref": "paper", "y": 1, "yanchor": "top"},
        margin={"t": above},
        height=None if height is None else height + above - top,
    )
    figure.update_layout(title_pad={"t": 14})
    return figure
