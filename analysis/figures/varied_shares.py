"""Varied shares: a share at every setting of one factor as lines, of two as heat maps, of more as dots by factor."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.figures.figure_table import Table
from analysis.figures.number_text import (
    WIDE,
    break_lines,
    format_estimate,
    format_interval,
    format_list,
    format_share,
    shorten,
)
from analysis.figures.share_change_text import format_fine_share, format_part
from analysis.figures.style import COLOURS, GREY, INK, LINE, apply_style, assign_marks, make_share_axis
from analysis.methods.change_words import format_value
from analysis.methods.intervals import Interval
from analysis.methods.varied_shares import VariedShares
from sim.i18n.messages import format_number, message
from sim.narrative.wording import begin

HEIGHT, CELL, HEAD, LEGEND = 380, 30, 112, 20
"""Height in pixels of a picture of lines, of a row of a heat map, of what is above a map, of a line of a legend."""

PALE = "#eef4f9"
"""Colour of a share of 0 in a heat map; a full cell has the first colour of all figures."""


def title() -> str:
    """Title of the figure."""
    return message("varied.title")


def how_to_read() -> str:
    """How to read it."""
    return message("varied.how")


def draw_figure(varied: VariedShares) -> go.Figure:
    """Lines, heat maps or dots, as there are one, two or more factors."""
    if len(varied.factors) == 1:
        return _draw_lines(varied)
    return _draw_dots(varied) if varied.is_sampled or len(varied.factors) > 2 else _draw_heat(varied)


def _draw_lines(varied: VariedShares) -> go.Figure:
    """A line for each source view, with intervals, and its level in the unchanged case."""
    drawn, marks, numbers = go.Figure(), assign_marks(varied.view_labels), varied.list_numbers(0)
    xs: Sequence[Any] = numbers or [format_cell(setting.values[0]) for setting in varied.settings]
    order = sorted(range(len(xs)), key=lambda at: xs[at]) if numbers else range(len(xs))
    for name, mark in marks.items():
        found = [(xs[at], varied.find_share(varied.settings[at], name)) for at in order]
        drawn.add_trace(_draw_series(varied.view_labels[name], found, mark.colour, mark.symbol, "lines+markers"))
        level = varied.unchanged[name].share.share
        drawn.add_hline(level, line={"color": mark.colour, "width": 1, "dash": "dot"}, layer="below")
    unchanged = {"name": message("varied.unchanged-line"), "line": {"color": GREY, "width": 1, "dash": "dot"}}
    drawn.add_trace(go.Scatter(x=[xs[0]], y=[None], mode="lines", **unchanged))
    apply_style(drawn, HEIGHT + LEGEND * len(marks))
    share = make_share_axis(_name_outcome(varied), _find_top(varied))
    return drawn.update_layout(
        xaxis=_make_axis(varied, 0, numbers),
        yaxis=share | {"title": share["title"] | {"text": _name_outcome(varied)}},
        legend={"orientation": "v", "y": 1.0},
        margin={"t": LEGEND * (len(marks) + 1) + 12},
        showlegend=True,
    )


def _draw_series(
    label: str, found: Sequence[tuple[Any, Interval | None]], colour: str, symbol: str, mode: str
) -> go.Scatter:
    """Shares of a source view with their intervals; nothing where no run matches."""
    shares = [(x, one) for x, one in found if one is not None]
    return go.Scatter(
        x=[x for x, _ in shares],
        y=[one.share for _, one in shares],
        mode=mode,
        name=break_lines(label),
        marker={"color": colour, "symbol": symbol, "size": 8},
        line={"color": colour, "width": 2},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [one.high - one.share for _, one in shares],
            "arrayminus": [one.share - one.low for _, one in shares],
            "color": colour,
            "thickness": 1.2,
            "width": 3,
        },
        hovertext=[f"{break_lines(label)}<br>{format_estimate(one)}" for _, one in shares],
        hoverinfo="text",
        cliponaxis=False,
    )


def _draw_dots(varied: VariedShares) -> go.Figure:
    """A panel for each factor: every setting as a dot."""
    rows = len(varied.factors)
    drawn, marks = make_subplots(rows=rows, cols=1, vertical_spacing=0.3 / rows), assign_marks(varied.view_labels)
    drawn.update_layout(showlegend=True)
    share = make_share_axis(_name_outcome(varied), _find_top(varied))
    apply_style(drawn, 260 * rows + LEGEND * len(marks))
    for row in range(rows):
        numbers = varied.list_numbers(row)
        xs: Sequence[Any] = numbers or [format_cell(setting.values[row]) for setting in varied.settings]
        for name, mark in marks.items():
            found = [(x, varied.find_share(one, name)) for x, one in zip(xs, varied.settings, strict=True)]
            dots = _draw_series(varied.view_labels[name], found, mark.colour, mark.symbol, "markers")
            drawn.add_trace(dots.update(showlegend=row == 0, error_y=None, marker_size=6), row=row + 1, col=1)
        drawn.update_xaxes(_make_axis(varied, row, numbers), row=row + 1, col=1)
        drawn.update_yaxes(share, row=row + 1, col=1)
    return drawn.update_layout(legend={"orientation": "v", "y": 1.0}, margin={"t": LEGEND * len(marks) + 18})


def _draw_heat(varied: VariedShares) -> go.Figure:
    """A heat map for each source view, with the share in every cell."""
    columns, rows = ([*dict.fromkeys(one.values[place] for one in varied.settings)] for place in (0, 1))
    names = list(varied.view_labels)
    found = {(name, one.values): varied.find_share(one, name) for one in varied.settings for name in names}
    body, upright = CELL * len(rows), break_lines(varied.factors[1].label, WIDE, 1)
    whole = (body + HEAD) * len(names)
    drawn = make_subplots(
        rows=len(names), cols=1, vertical_spacing=0.999 * HEAD / whole if len(names) > 1 else 0.0,
        subplot_titles=[f"<b>{break_lines(varied.view_labels[name])}</b><br>↑ {upright}" for name in names],
    )  # fmt: skip
    for place, name in enumerate(names, start=1):
        table = [[found.get((name, (column, row))) for column in columns] for row in rows]
        drawn.add_trace(_draw_map(table, columns, rows, _find_top(varied)), row=place, col=1)
    shared = {"type": "category", "fixedrange": True, "showgrid": False, "ticks": "", "automargin": True}
    drawn.update_xaxes(shared | {"title": {"text": f"→ {break_lines(varied.factors[0].label)}", "standoff": 4}})
    drawn.update_yaxes(shared)
    drawn.update_annotations(x=0, xanchor="left", align="left", font={"size": 12.5})
    return apply_style(drawn, whole + 20).update_layout(margin={"t": 64, "b": 56, "l": 30}, showlegend=False)


def _draw_map(
    table: list[list[Interval | None]], columns: Sequence[str], rows: Sequence[str], top: float
) -> go.Heatmap:
    """One heat map: shares by the values of two factors."""
    return go.Heatmap(
        z=[[one and one.share for one in line] for line in table],
        x=[format_cell(one) for one in columns],
        y=[format_cell(one) for one in rows],
        text=[[format_share(one.share) if one else "–" for one in line] for line in table],
        hovertext=[
            [format_estimate(one) if one else message("figures.difference.no-runs") for one in line] for line in table
        ],
        hoverinfo="text",
        texttemplate="%{text}",
        colorscale=[[0, PALE], [1, COLOURS[0]]],
        zmin=0.0,
        zmax=min(1.0, top),
        showscale=False,
        xgap=2,
        ygap=2,
    )


def _make_axis(varied: VariedShares, place: int, numbers: Sequence[float] | None) -> dict[str, Any]:
    """The axis of a factor: numbers, factors as their ratios, or names."""
    factor = varied.factors[place]
    text = break_lines(factor.label if numbers is None or not factor.is_scaled else f"{factor.label}, ×")
    axis: dict[str, Any] = {
        "title": {"text": text, "standoff": 8},
        "fixedrange": True,
        "gridcolor": LINE,
        "zeroline": False,
        "automargin": True,
        "linecolor": INK,
        "showline": True,
    }
    if numbers is None:
        return axis | {"type": "category"}
    if not factor.is_scaled or min(numbers) <= 0:
        return axis | {"nticks": 7}
    ticks = sorted(set(numbers)) if len(set(numbers)) <= 7 else [2.0**power for power in range(-8, 9)]
    return axis | {"type": "log", "tickvals": ticks, "ticktext": [format_cell(f"{one:g}") for one in ticks]}


def _find_top(varied: VariedShares) -> float:
    """Where an axis of shares ends."""
    found = [varied.find_share(one, name) for one in varied.settings for name in varied.view_labels]
    highest = max([one.high for one in found if one] + [one.share.high for one in varied.unchanged.values()])
    return 1.06 * highest + 0.005


def format_cell(value: str) -> str:
    """The value of a factor for readers: `× 0.25`, a number or a name."""
    return f"× {format_value(value[1:])}" if value.startswith("*") else shorten(format_value(value), 28)


def _name_outcome(varied: VariedShares) -> str:
    """What the shares are shares of."""
    return shorten(varied.outcome_label, WIDE) if varied.outcome else message("figures.any-agreement")


def format_setting(varied: VariedShares, values: Sequence[str]) -> str:
    """A setting in words."""
    if len(values) == 1:
        return format_cell(values[0])
    pairs = zip(varied.factors, values, strict=True)
    return ", ".join(f"{factor.label} {format_cell(value)}" for factor, value in pairs)


def summary_text(varied: VariedShares) -> str:
    """Under each source view, the settings with the lowest and the highest share, and the unchanged case."""
    parts = [_describe_view(varied, name, label) for name, label in varied.view_labels.items()]
    weeks, what = format_number(varied.horizon_weeks), _name_outcome(varied)
    factors = format_list([one.label for one in varied.factors])
    return message("varied.words", outcome=begin(what), weeks=weeks, factors=factors, parts="; ".join(parts))


def _describe_view(varied: VariedShares, name: str, label: str) -> str:
    """The settings with the lowest and the highest share under a source view, if they differ."""
    found = [(one.share, setting.values) for setting in varied.settings if (one := varied.find_share(setting, name))]
    if not found:
        return message("varied.part-none", view=label)
    unchanged = format_share(varied.unchanged[name].share.share)
    (low, least), (high, most) = min(found, key=lambda each: each[0]), max(found, key=lambda each: each[0])
    if low == high:
        return message("varied.part-same", view=label, share=format_share(low), unchanged=unchanged)
    return message(
        "varied.part",
        view=label,
        least=format_share(low),
        most=format_share(high),
        low=format_setting(varied, least),
        high=format_setting(varied, most),
        unchanged=unchanged,
    )


def build_table(varied: VariedShares, views: Sequence[str] = ()) -> Table:
    """Every setting, the unchanged case first: share, and its difference to the unchanged case.

    Args:
        varied: The shares.
        views: Source views, by name; all with their labels if left out.
    """
    names = views or list(varied.view_labels)
    head = (*(one.label for one in varied.factors), *(views or varied.view_labels.values()))
    first = (message("varied.as-it-is"), *("" for _ in varied.factors[1:]))
    unchanged = (_format_share_cell(varied.unchanged[name].share) for name in names)
    rows = [(*first, *unchanged)]
    for setting in varied.settings:
        values = (format_cell(value) for value in setting.values)
        rows.append((*values, *("\n".join(_list_lines(varied, setting, name)) for name in names)))
    caption = message(
        "varied.table", outcome=_name_outcome(varied), weeks=format_number(varied.horizon_weeks),
        settings=format_number(len(varied.settings)),
    )  # fmt: skip
    return Table(caption, head, tuple(rows))


def _format_share_cell(found: Interval) -> str:
    return f"{format_fine_share(found.share)} ({format_interval(found)})"


def _list_lines(varied: VariedShares, setting: Any, name: str) -> list[str]:
    """Share and difference at a setting under one source view; effect and selection apart where runs differ."""
    view = setting.change.views.get(name)
    if view is None:
        return [message("figures.difference.no-runs")]
    split = varied.find_split(view)
    lines = [format_fine_share(split.changed), format_part(split.difference)]
    if varied.is_same_selection:
        return lines
    matching = format_share(view.n_changed / view.draws)
    return [
        *lines,
        message("varied.cell-effect", span=format_part(split.effect)),
        message("varied.cell-selection", span=format_part(split.selection)),
        message("varied.cell-matching", share=matching),
    ]
