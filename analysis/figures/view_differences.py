"""View differences: every two source views as a dumbbell - both shares on one line, and their paired difference.

Both shares are those of the draws that both views have played, so that the line between them is the difference.
"""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from analysis.figures.contradiction_tornado import format_part
from analysis.figures.direct_labels import make_short_names
from analysis.figures.dot_intervals import make_heading
from analysis.figures.figure_table import Table
from analysis.figures.number_text import escape_text, format_list
from analysis.figures.share_change_text import format_fine_share, format_points
from analysis.figures.style import COLOURS, GREY, INK, apply_style, make_share_axis
from analysis.methods.view_comparison import NamedPair
from sim.i18n.messages import format_number, message

ROW = 62
"""Height of a row in pixels."""

COLUMNS = ("first", "second", "first-share", "second-share", "difference", "errors", "draws", "both")


def title() -> str:
    """Title of the figure."""
    return message("views.differences-title")


def how_to_read() -> str:
    """How to read it."""
    return message("views.differences-how")


def draw_figure(given: Sequence[NamedPair]) -> go.Figure:
    """A row for each pair, a full dot for its first view and a hollow one for its second, and a line between them."""
    short = _shorten_names(given)
    dots = [
        _draw_dots("first", [one.change.unchanged for one in given], "circle", COLOURS[0]),
        _draw_dots("second", [one.change.changed for one in given], "circle-open", INK),
    ]
    drawn = apply_style(go.Figure([_draw_lines(given), *dots]), height=ROW * max(len(given), 1) + 130)
    names = [f"{short[one.first]} → {short[one.second]}" for one in given]
    notes = [_head_row(name, one, 0.46 - row) for row, (name, one) in enumerate(zip(names, given, strict=True))]
    high = max((end for one in given for end in (one.change.unchanged, one.change.changed)), default=0.0)
    axis = make_share_axis(message("attribution.axis"), max(0.01, 1.08 * high))
    return drawn.update_layout(
        xaxis={**axis, "range": [-0.02 * axis["range"][1], axis["range"][1]]},
        yaxis={"visible": False, "range": [-len(given) + 0.5, 1.1], "fixedrange": True},
        annotations=notes,
    )


def _head_row(name: str, one: NamedPair, height: float) -> dict[str, Any]:
    """The names of a pair and, in the next line, the difference with its interval, so that a narrow page holds both."""
    heading = make_heading(name, height)
    return heading | {"text": f"{heading['text']}<br>{format_part(one.change.difference)}"}


def _draw_lines(given: Sequence[NamedPair]) -> go.Scatter:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for row, one in enumerate(given):
        xs += [one.change.unchanged, one.change.changed, None]
        ys += [-row, -row, None]
    line = {"color": GREY, "width": 3}
    return go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _draw_dots(which: str, shares: Sequence[float], symbol: str, colour: str) -> go.Scatter:
    """The dots of all first views, or of all second ones."""
    name = message(f"views.column-{which}")
    return go.Scatter(
        x=shares,
        y=[-row for row in range(len(shares))],
        mode="markers",
        name=name,
        marker={"symbol": symbol, "size": 11, "color": colour, "line": {"color": colour, "width": 2.5}},
        hovertext=[f"{escape_text(name)}: {format_fine_share(share)}" for share in shares],
        hoverinfo="text",
        cliponaxis=False,
        showlegend=True,
    )


def _shorten_names(given: Sequence[NamedPair]) -> dict[str, str]:
    """Short names of all views."""
    return make_short_names({label: label for one in given for label in (one.first, one.second)})


def summary_text(given: Sequence[NamedPair]) -> str:
    """Of how many pairs the runs tell the shares apart, and the widest difference."""
    clear = [one for one in given if one.is_clear]
    said = [
        message(
            "views.differences-words",
            what=given[0].outcome,
            weeks=format_number(given[0].weeks),
            told=format_number(len(clear)),
            pairs=message("views.pairs-many", count=len(given)),
        )
    ]
    if clear:
        widest = max(clear, key=lambda one: abs(one.change.difference.value))
        points = format_points(widest.change.difference.value)
        said.append(message("views.differences-widest", first=widest.first, second=widest.second, points=points))
    if same := [one for one in given if not one.is_clear]:
        short = _shorten_names(given)
        names = format_list([f"{short[one.first]} → {short[one.second]}" for one in same])
        said.append(message("views.differences-unclear", pairs=names))
    return " ".join(said)


def build_table(given: Sequence[NamedPair]) -> Table:
    """Every pair with both shares, their difference, both half-widths, draws and jointly matching draws."""
    rows = tuple(
        (
            one.first,
            one.second,
            format_fine_share(one.change.unchanged),
            format_fine_share(one.change.changed),
            format_part(one.change.difference),
            " / ".join(format_points(half).lstrip("+") for half in one.half_widths),
            format_number(one.draws),
            format_number(one.n_both),
        )
        for one in given
    )
    what = given[0].outcome if given else ""
    head = tuple(message(f"views.column-{name}") for name in COLUMNS)
    return Table(message("views.pairs-table", what=what), head, rows)
