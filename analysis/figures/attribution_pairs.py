"""Attribution pairs: what each theme accounts for between every two source views, as a map of pair by theme."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analysis.figures.attribution import format_shift, format_theme
from analysis.figures.figure_table import Table
from analysis.figures.number_text import break_lines
from analysis.figures.share_change_text import format_points
from analysis.figures.style import COLOURS, INK, PAPER, apply_style
from analysis.methods.named_attribution import NamedAttribution
from sim.experiments.theme_differences import ACCOUNT, THEMES
from sim.i18n.messages import format_number, message

ROW = 62
"""Height of a row in pixels."""


def title() -> str:
    """Title of the figure."""
    return message("attribution.pairs-title")


def how_to_read() -> str:
    """How to read it."""
    return message("attribution.pairs-how")


def draw_figure(given: Sequence[NamedAttribution]) -> go.Figure:
    """Themes down, pairs across; the number stands in every cell, so that colour adds nothing that is not written."""
    themes = _list_themes(given)
    values = [[_get_value(one, theme) for one in given] for theme in themes]
    reach = max((abs(value) for row in values for value in row if value is not None), default=0.01) or 0.01
    cells = go.Heatmap(
        z=values,
        x=list(range(len(given))),
        y=list(range(len(themes))),
        zmin=-reach,
        zmax=reach,
        colorscale=[[0.0, COLOURS[1]], [0.5, PAPER], [1.0, COLOURS[0]]],
        showscale=False,
        text=[["–" if value is None else format_points(value) for value in row] for row in values],
        texttemplate="%{text}",
        textfont={"color": INK, "size": 11},
        hoverinfo="skip",
    )
    drawn = apply_style(go.Figure(cells), height=ROW * len(themes) + 150)
    names = [break_lines(f"{one.first} → {one.second}", 14, lines=4) for one in given]
    drawn.update_layout(
        xaxis={"tickvals": list(range(len(given))), "ticktext": names, "side": "top", "fixedrange": True},
        yaxis={
            "tickvals": list(range(len(themes))),
            "ticktext": [break_lines(format_theme(theme), 16, lines=3) for theme in themes],
            "autorange": "reversed",
            "fixedrange": True,
        },
        margin={"t": 90, "l": 120},
    )
    return drawn


def _list_themes(given: Sequence[NamedAttribution]) -> list[str]:
    """Themes in which some pair differs, in their order."""
    found = {theme for one in given for theme in one.attribution.themes}
    return [theme for theme in (*THEMES, ACCOUNT) if theme in found]


def _get_value(one: NamedAttribution, theme: str) -> float | None:
    shift = one.attribution.themes.get(theme)
    return None if shift is None else shift.value


def summary_text(given: Sequence[NamedAttribution]) -> str:
    """For each pair the whole difference and the theme that accounts for most of it."""
    parts = [
        message(
            "attribution.pairs-one",
            first=one.first,
            second=one.second,
            difference=format_points(one.attribution.difference.value),
            theme=format_theme(one.attribution.ranked_themes[0]),
            shift=format_points(one.attribution.themes[one.attribution.ranked_themes[0]].value),
        )
        for one in given
    ]
    return message("attribution.pairs-words", weeks=format_number(given[0].weeks), parts="; ".join(parts))


def build_table(given: Sequence[NamedAttribution]) -> Table:
    """Pairs down, themes across, with intervals, and the whole difference."""
    themes = _list_themes(given)
    rows = tuple(
        (
            f"{one.first} → {one.second}",
            *(
                format_shift(one.attribution.themes[theme]) if theme in one.attribution.themes else "–"
                for theme in themes
            ),
            format_shift(one.attribution.difference),
        )
        for one in given
    )
    head = (message("attribution.pairs-pair"), *map(format_theme, themes), message("attribution.whole"))
    return Table(message("attribution.pairs-table", weeks=format_number(given[0].weeks)), head, rows)
