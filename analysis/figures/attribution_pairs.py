"""Attribution pairs: what each theme accounts for between every two source views, as a map of pair by theme."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from analysis.figures.attribution import format_shift, format_theme
from analysis.figures.direct_labels import make_initials, make_short_names
from analysis.figures.figure_table import Table
from analysis.figures.number_text import break_lines, escape_text
from analysis.figures.share_change_text import format_points
from analysis.figures.style import INK, PAPER, apply_style
from analysis.methods.named_attribution import NamedAttribution
from analysis.methods.paired_change import PartOfChange
from sim.experiments.theme_differences import ACCOUNT, THEMES
from sim.i18n.messages import format_number, message

ROW, KEY = 44, 16
"""Height of a row, and of a line of the key to initials, in pixels."""

RISE, FALL = "#80b9d9", "#f3cf80"
"""Colours of the largest rise and fall, light enough for the numbers on them."""


def title() -> str:
    """Title of the figure."""
    return message("attribution.pairs-title")


def how_to_read() -> str:
    """How to read it."""
    return message("attribution.pairs-how")


def draw_figure(given: Sequence[NamedAttribution], *, narrow: bool = False) -> go.Figure:
    """Themes down, pairs across; the number stands in every cell, so that colour adds nothing that is not written."""
    themes, short = _list_themes(given), _shorten_names(given)
    called = make_initials(short) if narrow else short
    top = 44 + (KEY * len(short) if narrow else 12)
    drawn = apply_style(go.Figure(_draw_cells(given, themes)), height=ROW * len(themes) + top + 8)
    names = [f"{escape_text(called[one.first])}<br>→ {escape_text(called[one.second])}" for one in given]
    rows = [break_lines(format_theme(theme), 16, lines=3) for theme in themes]
    look: dict[str, Any] = {"tickfont": {"size": 11}, "tickangle": 0, "ticks": "", "showgrid": False, "zeroline": False}
    look["fixedrange"] = True
    return drawn.update_layout(
        xaxis={"tickvals": list(range(len(names))), "ticktext": names, "side": "top", **look},
        yaxis={
            "tickvals": list(range(len(rows))),
            "ticktext": rows,
            "autorange": "reversed",
            "fixedrange": True,
            **look,
        },
        margin={"t": top, "l": 112 if narrow else 118, "r": 8, "b": 8},
        annotations=[_make_key(called, short)] if narrow else [],
    )


def _make_key(called: Mapping[str, str], short: Mapping[str, str]) -> dict[str, Any]:
    """What the initials of a narrow page stand for, above their row."""
    lines = [f"<b>{escape_text(called[label])}</b> {escape_text(name)}" for label, name in short.items()]
    place = {"xref": "paper", "x": 0, "xshift": -106, "yref": "paper", "y": 1, "yshift": 40}
    look = {"showarrow": False, "xanchor": "left", "yanchor": "bottom", "align": "left"}
    return {"text": "<br>".join(lines), "font": {"size": 11.5, "color": INK}, **place, **look}


def _draw_cells(given: Sequence[NamedAttribution], themes: Sequence[str]) -> go.Heatmap:
    """The cells, with equal colours for equal numbers of points up and down."""
    shifts = [[one.attribution.themes.get(theme) for one in given] for theme in themes]
    values = [[None if shift is None else shift.value for shift in row] for row in shifts]
    reach = max((abs(value) for row in values for value in row if value is not None), default=0.01) or 0.01
    return go.Heatmap(
        z=values,
        x=list(range(len(given))),
        y=list(range(len(themes))),
        zmin=-reach,
        zmax=reach,
        colorscale=[[0.0, FALL], [0.5, PAPER], [1.0, RISE]],
        showscale=False,
        xgap=2,
        ygap=2,
        text=[[_format_cell(shift) for shift in row] for row in shifts],
        texttemplate="%{text}",
        textfont={"color": INK, "size": 11},
        hoverinfo="skip",
    )


def _format_cell(shift: PartOfChange | None) -> str:
    """The points of a theme; in brackets where they are not told apart from 0, and a dash where views do not differ."""
    if shift is None:
        return "–"
    return format_points(shift.value) if shift.is_clear else f"({format_points(shift.value)})"


def _list_themes(given: Sequence[NamedAttribution]) -> list[str]:
    """Themes in which some pair differs, in their order."""
    found = {theme for one in given for theme in one.attribution.themes}
    return [theme for theme in (*THEMES, ACCOUNT) if theme in found]


def summary_text(given: Sequence[NamedAttribution]) -> str:
    """For each pair the whole difference and the theme that accounts for most of it, as far as told apart from 0."""
    parts = [_describe_pair(one) for one in given]
    return message("attribution.pairs-words", weeks=format_number(given[0].weeks), parts="; ".join(parts))


def _describe_pair(one: NamedAttribution) -> str:
    """A pair with its difference, and the theme that accounts for most of it if the draws tell any from 0."""
    found = one.attribution
    said: dict[str, Any] = {
        "first": one.first,
        "second": one.second,
        "difference": format_points(found.difference.value),
    }
    if not found.difference.is_clear:
        return message("attribution.pairs-same", **said)
    named = found.leading_themes
    if not named:
        return message("attribution.pairs-none", **said)
    shift = format_points(found.themes[named[0]].value)
    return message("attribution.pairs-one", **said, theme=format_theme(named[0]), shift=shift)


def build_table(given: Sequence[NamedAttribution]) -> Table:
    """Themes down, pairs across, with intervals, and the whole difference at the end."""
    short = _shorten_names(given)
    shifts = [
        (format_theme(theme), [one.attribution.themes.get(theme) for one in given]) for theme in _list_themes(given)
    ]
    shifts.append((message("attribution.whole"), [one.attribution.difference for one in given]))
    rows = tuple((name, *("–" if one is None else format_shift(one) for one in row)) for name, row in shifts)
    head = (message("attribution.column-theme"), *(f"{short[one.first]} → {short[one.second]}" for one in given))
    return Table(message("attribution.pairs-table", weeks=format_number(given[0].weeks)), head, rows)


def _shorten_names(given: Sequence[NamedAttribution]) -> dict[str, str]:
    """Short names of all views."""
    return make_short_names({label: label for one in given for label in (one.first, one.second)})
