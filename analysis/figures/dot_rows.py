"""Dot rows: one line for each thing, all source views on it as dots with their intervals and names.

Names stand beside the dots, each behind the shape of its dots, so that no legend is needed; a narrow page has letters
in their colour, with a key of letters and shapes above the axis.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from analysis.figures.direct_labels import make_initials, make_short_names, place_labels
from analysis.figures.number_text import break_lines, escape_text, format_estimate
from analysis.figures.style import GREY, INK, LINE, PAPER, SIGNS, Mark, apply_style, assign_marks
from analysis.methods.intervals import Interval
from sim.i18n.messages import message

HIGHEST = 500
"""Height in pixels that a figure does not pass on a wide page, if its lines are not too many."""


JOINT, THIN = "\u2002", "\u200a"
"""What stands between names, and between letters, that share a place."""

TRACK = 14
"""Height in pixels of the track of a source view where each has its own."""


@dataclass(frozen=True)
class Dot:
    """A value under one source view."""

    middle: float
    """The value."""
    low: float
    """Lower end of its interval."""
    high: float
    """Upper end of its interval."""
    text: str
    """The value in words."""


def make_share_dot(found: Interval) -> Dot:
    """A share as a dot on its interval."""
    return Dot(found.share, found.low, found.high, format_estimate(found))


@dataclass(frozen=True)
class DotRow:
    """One line."""

    label: str
    """What it is about."""
    dots: Mapping[str, Dot]
    """Values by source view."""
    end: str
    """What stands at its end, such as the range across sources."""
    span: tuple[float, float] | None = None
    """Ends of a thin line that shows the range across sources."""
    strong: bool = False
    """True if it stands out from the others."""


@dataclass(frozen=True)
class _Room:
    """Room for the lines, in pixels."""

    width: int
    """Width of the axis where it is least, as in a saved picture."""
    left: int
    """Names of lines, left of the axis; none where they stand above the lines."""
    right: int
    """What stands at the end of lines, right of the axis."""
    top: int
    """The axis, and on a narrow page the key to its letters."""
    row: int
    """Height of a line."""


def draw_dot_rows(
    rows: Sequence[DotRow],
    labels: Mapping[str, str],
    axis: Mapping[str, Any],
    *,
    narrow: bool = False,
    apart: bool = False,
) -> go.Figure:
    """The figure.

    Args:
        rows: Lines, from the top.
        labels: Names of all source views.
        axis: The axis with its range; it stands at the top.
        narrow: True for a narrow page.
        apart: True where intervals are so wide that each source view needs a track of its own in every line.
    """
    key = narrow and len(labels) > 1
    top = 62 + (16 * len(labels) if key else 0)
    room = _make_room(len(rows), len(labels), top, narrow=narrow, apart=apart)
    heights = {name: _find_track(n, len(labels), room) if apart else 0.0 for n, name in enumerate(labels)}
    drawn = go.Figure([] if apart else _draw_spans(rows))
    marks = assign_marks(labels)
    for name, mark in marks.items():
        drawn.add_traces(_draw_view(name, labels[name], rows, mark, heights[name]))
    apply_style(drawn, height=room.top + room.row * len(rows) + 8)
    notes = [note for n, row in enumerate(rows) for note in _annotate(row, -n, room, narrow=narrow)]
    if len(labels) > 1:
        names = make_short_names(labels)
        names = make_initials(names) if narrow else names
        for n, row in enumerate(rows):
            named = (names, marks)
            notes += _name_tracks(row, -n, names, heights, axis) if apart else _name_dots(row, -n, named, room, axis)
    return drawn.update_layout(
        margin={"l": room.left, "r": room.right, "t": room.top, "b": 8},
        showlegend=False,
        xaxis={**axis, "side": "top", "automargin": False},
        yaxis={"visible": False, "range": [-len(rows) + 0.5, 0.5], "fixedrange": True},
        annotations=notes + (_make_key(labels) if key else []),
        shapes=[_draw_separator(-n - 0.5, strong=row.strong) for n, row in enumerate(rows)],
    )


def _make_room(rows: int, views: int, top: int, *, narrow: bool, apart: bool) -> _Room:
    """Room for so many lines and views."""
    if apart:
        height = TRACK * views + 16
        return _Room(320, 8, 26, top, height + 28) if narrow else _Room(550, 300, 110, top, height)
    low = max(24, min(40, (HIGHEST - top - 12) // max(1, rows)))
    return _Room(320, 8, 26, top, 66) if narrow else _Room(570, 300, 90, top, low)


def _find_track(n: int, views: int, room: _Room) -> float:
    """Place of a view's track above or below the middle of a line, as a share of its height; at the foot of a line."""
    return ((views - n - 0.5) * TRACK + 8) / room.row - 0.5


def _draw_view(name: str, label: str, rows: Sequence[DotRow], mark: Mark, track: float) -> list[go.Scatter]:
    """The dots of a view on their intervals."""
    found = [(track - n, row, row.dots[name]) for n, row in enumerate(rows) if name in row.dots]
    xs: list[float | None] = []
    ys: list[float | None] = []
    for height, _, dot in found:
        xs += [dot.low, dot.high, None]
        ys += [height, height, None]
    line = {"color": mark.colour, "width": 5}
    bars = go.Scatter(x=xs, y=ys, mode="lines", line=line, opacity=0.4, hoverinfo="skip", showlegend=False)
    dots = go.Scatter(
        x=[dot.middle for _, _, dot in found],
        y=[height for height, _, _ in found],
        mode="markers",
        name=break_lines(label),
        marker={"color": mark.colour, "symbol": mark.symbol, "size": 9},
        hovertext=[f"{escape_text(row.label)}<br>{escape_text(label)}: {dot.text}" for _, row, dot in found],
        hoverinfo="text",
        cliponaxis=False,
    )
    return [bars, dots]


def _draw_spans(rows: Sequence[DotRow]) -> list[go.Scatter]:
    """Thin lines from the lowest to the highest value among sources."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for n, row in enumerate(rows):
        if row.span is not None:
            xs += [*row.span, None]
            ys += [-n, -n, None]
    line = {"color": GREY, "width": 1.5}
    return [go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False)] if xs else []


def _annotate(row: DotRow, height: int, room: _Room, *, narrow: bool) -> list[dict[str, object]]:
    """Name of the line, and what stands at its end."""
    name = break_lines(row.label, 40 if narrow else 42, 1 if narrow else 2)
    shift = {"yshift": room.row // 2 - 10, "bgcolor": PAPER} if narrow else {}
    label = {"xref": "paper", "x": 0, "y": height, "xshift": 0 if narrow else -room.left}
    end = {"xref": "paper", "x": 1, "y": height, "xshift": room.right, "xanchor": "right"}
    texts = (f"<b>{name}</b>", f"<b>{row.end}</b>") if row.strong else (name, row.end)
    return [_make_note(text, 12.5, place) | shift for text, place in zip(texts, (label, end), strict=True) if text]


def _name_dots(
    row: DotRow, height: int, named: tuple[Mapping[str, str], Mapping[str, Mark]], room: _Room, axis: Mapping[str, Any]
) -> list[dict[str, object]]:
    """Names of the dots of a line, above and below it, each behind its shape; letters in the colour of their dots."""
    (low, high), (names, marks) = axis["range"], named
    wide = room.left > room.right
    joint = JOINT if wide else THIN
    said = {key: f"{SIGNS[n % len(SIGNS)]}\xa0{names[key]}" if wide else names[key] for n, key in enumerate(names)}
    drawn = {
        said[key]: f"{mark.sign}\xa0{escape_text(names[key])}" if wide else mark.write(escape_text(names[key]))
        for key, mark in marks.items()
    }
    dots = [(room.width * (dot.middle - low) / (high - low), said[key]) for key, dot in row.dots.items()]
    found = []
    for one in place_labels(dots, message("figures.outcomes.all"), joint):
        x = low + (high - low) * one.left / room.width
        place = {"x": x, "y": height, "yshift": 11 if one.above else -11}
        text = joint.join(drawn.get(each, escape_text(each)) for each in one.text.split(joint))
        found.append(_make_note(text, 10.5, place))
    return found


def _name_tracks(
    row: DotRow, height: int, names: Mapping[str, str], tracks: Mapping[str, float], axis: Mapping[str, Any]
) -> list[dict[str, object]]:
    """Names beside the intervals of a line, on the side where there is more room."""
    low, high = axis["range"]
    found = []
    for key, dot in row.dots.items():
        left = high - dot.high < dot.low - low
        place = {"x": dot.low if left else dot.high, "y": height + tracks[key], "xshift": -6 if left else 6}
        found.append(_make_note(escape_text(names[key]), 10.5, place | {"xanchor": "right" if left else "left"}))
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


def _make_key(labels: Mapping[str, str]) -> list[dict[str, object]]:
    """Shapes and letters of a narrow page, above the axis; the word that a letter begins is bold."""
    short, marks = make_short_names(labels), assign_marks(labels)
    letters = make_initials(short)
    lines = []
    for key, label in labels.items():
        whole, name = break_lines(label, lines=1), escape_text(short[key])
        lines.append(f"{marks[key].sign} <b>{escape_text(letters[key])}</b> {whole.replace(name, f'<b>{name}</b>', 1)}")
    place = {"xref": "paper", "x": 0, "yref": "paper", "y": 1, "yshift": 58, "yanchor": "bottom"}
    return [_make_note("<br>".join(lines), 11.5, place)]


def _draw_separator(height: float, *, strong: bool) -> dict[str, object]:
    """A thin line below a line of dots."""
    line = {"color": GREY if strong else LINE, "width": 1}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": height, "y1": height, "line": line}
