"""Outcome shares: the lead figure - one line for each outcome, all source views on it as dots with their names.

No pie and no pool: disagreement between sources is the finding, so the range across sources stands where an average
would be looked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import plotly.graph_objects as go

from analysis.figures.direct_labels import make_initials, make_short_names, place_labels
from analysis.figures.dot_intervals import draw_bars
from analysis.figures.figure_table import Table
from analysis.figures.finding_text import describe_finding, format_row_label, format_span
from analysis.figures.number_text import as_natural_frequency, break_lines, escape_text, format_estimate, format_range
from analysis.figures.style import GREY, INK, LINE, apply_style, assign_marks, make_share_axis
from analysis.methods.outcome_rows import OutcomeRow, compute_outcome_rows
from analysis.methods.shares import Shares
from analysis.methods.source_range import SourceRange
from sim.i18n.messages import format_number, message

HIGHEST = 500
"""Height in pixels that the figure does not pass on a wide page."""


@dataclass(frozen=True)
class Room:
    """Room for the lines, in pixels."""

    width: int
    """Width of the axis."""
    left: int
    """Names of outcomes, left of the axis; none where they stand above the lines."""
    right: int
    """The range across sources, right of the axis."""
    top: int
    """The axis, and on a narrow page the key to its letters."""
    row: int
    """Height of a line."""


def title() -> str:
    """Title of the figure."""
    return message("figures.outcomes.title")


def describe(shares: Shares) -> str:
    """The title that says the finding."""
    return describe_finding(shares)


def how_to_read() -> str:
    """How to read it."""
    return message("figures.outcomes.how")


def draw_figure(shares: Shares, *, lone: bool = False, narrow: bool = False) -> go.Figure:
    """Any agreement in force first, then outcomes by share; a single view only if asked for."""
    if len(shares.views) < 2 and not lone:
        raise ValueError("one source view alone misleads: show at least two, or ask for a lone one (lone=True)")
    rows = compute_outcome_rows(shares)
    top = 62 + (16 * len(shares.views) if narrow and len(shares.views) > 1 else 0)
    wide = Room(730, 300, 90, top, max(22, min(40, (HIGHEST - top - 12) // len(rows))))
    room = Room(320, 8, 26, top, 66) if narrow else wide
    drawn = go.Figure()
    if len(shares.sources) > 1:
        drawn.add_trace(_draw_ranges(rows))
    for name, view in shares.views.items():
        drawn.add_traces(_draw_view(name, view.label, rows, shares))
    high = min(1.04, 1.06 * max(found.high for row in rows for found in row.views.values()) + 0.01)
    apply_style(drawn, height=room.top + room.row * len(rows) + 8)
    drawn.update_layout(
        margin={"l": room.left, "r": room.right, "t": room.top, "b": 8},
        showlegend=False,
        xaxis=make_share_axis(_format_axis_title(shares), high) | {"side": "top", "automargin": False},
        yaxis={"visible": False, "range": [-len(rows) + 0.5, 0.5], "fixedrange": True},
        annotations=[
            note for n, row in enumerate(rows) for note in _annotate(row, -n, shares, room, high, narrow=narrow)
        ]
        + (_make_key(shares) if narrow and len(shares.views) > 1 else []),
        shapes=[_draw_separator(-n - 0.5, strong=n == 0 and row.kind == "agreement") for n, row in enumerate(rows)],
    )
    return drawn


def _draw_view(name: str, label: str, rows: tuple[OutcomeRow, ...], shares: Shares) -> list[go.Scatter]:
    """The dots of a view on their bars."""
    mark = assign_marks(shares.views)[name]
    series = [(float(-n), format_row_label(row), row.views[name]) for n, row in enumerate(rows)]
    dots = go.Scatter(
        x=[found.share for _, _, found in series],
        y=[height for height, _, _ in series],
        mode="markers",
        name=break_lines(label),
        marker={"color": mark.colour, "symbol": mark.symbol, "size": 9},
        hovertext=[f"{escape_text(of)}<br>{escape_text(label)}: {format_estimate(found)}" for _, of, found in series],
        hoverinfo="text",
        cliponaxis=False,
    )
    return [draw_bars(series, mark), dots]


def _draw_ranges(rows: tuple[OutcomeRow, ...]) -> go.Scatter:
    """Thin lines from the lowest to the highest share among sources."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for n, row in enumerate(rows):
        xs += [row.spread.low, row.spread.high, None]
        ys += [-n, -n, None]
    line = {"color": GREY, "width": 1.5}
    return go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _annotate(
    row: OutcomeRow, height: int, shares: Shares, room: Room, high: float, *, narrow: bool
) -> list[dict[str, object]]:
    """Name of the line, names of its dots, and the range at its end."""
    strong = row.kind == "agreement"
    name = break_lines(format_row_label(row), 40 if narrow else 44, 1 if narrow else 2)
    text = f"<b>{name}</b>" if strong else name
    label = _make_note(text, 12.5, {"xref": "paper", "x": 0, "y": height, "xshift": 0 if narrow else -room.left})
    found = [label | ({"yshift": 23} if narrow else {})]
    spread = {"xref": "paper", "x": 1, "y": height, "xshift": 26 if narrow else room.right, "xanchor": "right"}
    number = f"<b>{format_span(row)}</b>" if strong else format_span(row)
    found.append(_make_note(number, 12.5, spread) | ({"yshift": 23} if narrow else {}))
    if len(shares.views) > 1:
        names = make_short_names({key: view.label for key, view in shares.views.items()})
        names = make_initials(names) if narrow else names
        dots = [(room.width * one.share / high, names[key]) for key, one in row.views.items()]
        for one in place_labels(dots, message("figures.outcomes.all"), "" if narrow else ", "):
            place = {"x": high * one.left / room.width, "y": height, "yshift": 11 if one.above else -11}
            found.append(_make_note(escape_text(one.text), 10.5, place))
    return found


def _make_note(text: str, size: float, place: Mapping[str, object]) -> dict[str, object]:
    note: dict[str, object] = {
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
    }
    return note | {"font": {"size": size, "color": INK}, "borderpad": 0, **place}


def _make_key(shares: Shares) -> list[dict[str, object]]:
    """Letters of a narrow page, above the axis."""
    short = make_short_names({key: view.label for key, view in shares.views.items()})
    letters = make_initials(short)
    lines = [f"<b>{letters[key]}</b> {break_lines(view.label, lines=1)}" for key, view in shares.views.items()]
    place = {"xref": "paper", "x": 0, "yref": "paper", "y": 1, "yshift": 58, "yanchor": "bottom"}
    return [_make_note("<br>".join(lines), 11.5, place)]


def _draw_separator(height: float, *, strong: bool) -> dict[str, object]:
    """A thin line below a line of dots."""
    line = {"color": GREY if strong else LINE, "width": 1}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": height, "y1": height, "line": line}


def _format_axis_title(shares: Shares) -> str:
    """Title of the axis: a share always belongs to a set of assumptions."""
    if len(shares.views) > 1:
        return message("figures.axis.runs")
    (view,) = shares.views.values()
    return message("figures.axis.runs-of", view=break_lines(view.label, lines=1))


def summary_text(shares: Shares) -> str:
    """The figure in sentences: the finding, and the most frequent outcome."""
    rows = compute_outcome_rows(shares)
    most = max((row for row in rows if row.kind == "outcome"), key=lambda row: row.spread.high, default=rows[0])
    about = as_natural_frequency((most.spread.low + most.spread.high) / 2)
    said = message(
        "figures.outcomes.most",
        weeks=format_number(shares.horizon_weeks),
        outcome=format_row_label(most),
        share=format_span(most),
        about=about,
    )
    return f"{describe_finding(shares)}. {said}."


def build_table(shares: Shares) -> Table:
    """Every share with its interval, and the range across sources."""
    several = len(shares.sources) > 1
    ranged = (message("figures.outcomes.column-range"),) if several else ()
    head = (message("figures.column.outcome"), *(view.label for view in shares.views.values()), *ranged)
    rows = []
    for key, label in shares.outcomes.items():
        cells = [format_estimate(view.outcomes[key]) for view in shares.views.values()]
        rows.append((label, *cells, *((_format_source_range(shares.ranges[key]),) if several else ())))
    agreed = [format_estimate(view.any_agreement) for view in shares.views.values()]
    last = (_format_source_range(shares.agreement_range),) if several else ()
    rows.append((message("figures.any-agreement"), *agreed, *last))
    return Table(message("figures.outcomes.table", weeks=format_number(shares.horizon_weeks)), head, tuple(rows))


def _format_source_range(spread: SourceRange) -> str:
    """A range across sources."""
    return format_range(spread.low, spread.high)
