"""Preferences: a heat table of what every option of every issue is worth to every actor, weights in the heads.

Option by option from best for the second side to best for the first. Numbers stand in the cells, so that shades only
help the eye.
"""

from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from analysis.figures.figure_table import Table
from analysis.figures.number_text import break_lines, escape_text, format_list, format_share, shorten
from analysis.figures.style import INK, LINE, PAPER, apply_style
from analysis.methods.preferences import IssueWorth, OptionWorth, Preferences
from sim.i18n.messages import format_number, message

SHADES = ((0.0, PAPER), (1.0, "#6aaed6"))
"""Colours of the worst and of the best, both light enough for dark numbers."""

HEAD, CELL, LABEL, GAP = 54, 23, 18, 8
"""Height in pixels of the names of actors, of a row of cells, of a label above it, and above an issue."""

NAMES = 300
"""Room for names left of the cells on a wide page, in pixels."""


class _Row(NamedTuple):
    """One row from the top."""

    height: int
    """Its height in pixels."""
    label: str
    """Name at the left; empty for none."""
    texts: tuple[str, ...] = ()
    """What stands in its cells, by actor."""
    worth: tuple[float, ...] = ()
    """Worths that shade its cells; empty for the head of an issue."""
    hover: tuple[str, ...] = ()
    """What is said of each cell."""


def title() -> str:
    """Title of the figure."""
    return message("figures.preferences.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.preferences.how")


def draw_figure(preferences: Preferences, *, narrow: bool = False) -> go.Figure:
    """Rows of cells, a column for each actor; on a narrow page names stand above the cells."""
    rows = _list_rows(preferences, narrow=narrow)
    edges = [0.0]
    for row in rows:
        edges.append(edges[-1] + row.height)
    many = len(preferences.actors)
    drawn = go.Figure(_draw_cells(rows, edges, many))
    apply_style(drawn, HEAD + int(edges[-1]) + 10)
    placed = list(zip(rows, edges[:-1], strict=True))
    return drawn.update_layout(
        margin={"l": 8 if narrow else NAMES, "r": 8, "t": HEAD, "b": 10},
        annotations=[note for row, top in placed for note in _annotate(row, top, narrow=narrow)],
        shapes=[_draw_line(top) for row, top in placed if row.texts and not row.worth],
        xaxis=_make_axis(preferences),
        yaxis={"visible": False, "range": [edges[-1], 0], "fixedrange": True},
    )


def _draw_cells(rows: list[_Row], edges: list[float], many: int) -> go.Heatmap:
    """Shaded cells; rows without worths are left out."""
    return go.Heatmap(
        x=list(range(many)),
        y=edges,
        z=[row.worth or (None,) * many for row in rows],
        text=[row.texts if row.worth else ("",) * many for row in rows],
        texttemplate="%{text}",
        textfont={"size": 11.5, "color": INK},
        hovertext=[row.hover or ("",) * many for row in rows],
        hoverinfo="text",
        hoverongaps=False,
        colorscale=SHADES,
        zmin=0.0,
        zmax=1.0,
        xgap=2,
        ygap=2,
        showscale=False,
    )


def _make_axis(preferences: Preferences) -> dict[str, object]:
    """Names of actors over their columns."""
    many = len(preferences.actors)
    return {
        "side": "top",
        "tickvals": list(range(many)),
        "ticktext": [f"<b>{break_lines(label, 11, 3)}</b>" for label in preferences.actors.values()],
        "tickfont": {"size": 11.5},
        "tickangle": 0,
        "ticks": "",
        "range": [-0.5, many - 0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }


def _list_rows(preferences: Preferences, *, narrow: bool) -> list[_Row]:
    """Heads of issues and rows of options."""
    rows = []
    for issue in preferences.issues:
        weights = tuple(format_share(issue.weights[actor]) for actor in preferences.actors)
        rows.append(_Row(GAP, ""))
        rows += _split_row(_Row(CELL, f"<b>{escape_text(shorten(issue.label))}</b>", weights), narrow=narrow)
        for option in issue.options:
            worth = tuple(option.worth[actor] for actor in preferences.actors)
            texts = tuple(format_number(one, 2) for one in worth)
            hover = tuple(_format_hover(label, actor, issue, option) for actor, label in preferences.actors.items())
            name = escape_text(shorten(option.label, 46)) + (" *" if option.holds_while_open else "")
            rows += _split_row(_Row(CELL, name, texts, worth, hover), narrow=narrow)
    return rows


def _split_row(row: _Row, *, narrow: bool) -> list[_Row]:
    """The row itself, or on a narrow page its name and below it its cells."""
    return [_Row(LABEL, row.label), row._replace(label="")] if narrow else [row]


def _annotate(row: _Row, top: float, *, narrow: bool) -> list[dict[str, object]]:
    """The name of a row, and weights in the head of an issue."""
    note = {"y": top + row.height / 2, "yanchor": "middle", "showarrow": False, "borderpad": 0}
    name = {"text": row.label, "x": 0, "xref": "paper", "xanchor": "left", "align": "left", "font": {"size": 12}}
    found: list[dict[str, object]] = [note | name | {"xshift": 0 if narrow else -NAMES}] if row.label else []
    for n, text in enumerate(() if row.worth else row.texts):
        found.append(
            note | {"text": f"<b>{text}</b>", "x": n, "xanchor": "center", "font": {"size": 11.5, "color": INK}}
        )
    return found


def _draw_line(top: float) -> dict[str, object]:
    """A thin line above an issue."""
    line = {"color": LINE, "width": 1}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": top - 2, "y1": top - 2, "line": line}


def _format_option(option: OptionWorth) -> str:
    return message("figures.preferences.while-open", option=option.label) if option.holds_while_open else option.label


def _format_hover(label: str, actor: str, issue: IssueWorth, option: OptionWorth) -> str:
    worth, weight = format_number(option.worth[actor], 2), format_share(issue.weights[actor])
    said = message("figures.preferences.hover", actor=escape_text(label), worth=worth, weight=weight)
    return f"{escape_text(shorten(issue.asks))}<br>{escape_text(_format_option(option))}<br>{said}"


def summary_text(preferences: Preferences) -> str:
    """The issue that weighs most for each actor, and the option it values most there."""
    parts = []
    for actor, label in preferences.actors.items():
        issue = max(preferences.issues, key=lambda one: one.weights[actor])
        best = max(issue.options, key=lambda option: option.worth[actor])
        weight = format_share(issue.weights[actor])
        parts.append(
            message("figures.preferences.part", actor=label, issue=issue.label, weight=weight, option=best.label)
        )
    view = preferences.view_label or message("figures.preferences.own")
    return message("figures.preferences.words", view=view, parts="; ".join(parts))


def build_table(preferences: Preferences) -> Table:
    """Weight of every issue and worth of every option, actor by actor."""
    rows = []
    for issue in preferences.issues:
        weights = (format_share(issue.weights[actor]) for actor in preferences.actors)
        rows.append((message("figures.preferences.weight", issue=issue.label), *weights))
        for option in issue.options:
            worths = (format_number(option.worth[actor], 2) for actor in preferences.actors)
            rows.append((f"{issue.label}: {_format_option(option)}", *worths))
    view = preferences.view_label or message("figures.preferences.own")
    head = (message("figures.preferences.column-option"), *preferences.actors.values())
    return Table(message("figures.preferences.table", view=view), head, tuple(rows))


def build_weights_table(found: Sequence[Preferences]) -> Table:
    """Weights of all issues under several source views, a row for each actor and view; equal rows stand once."""
    rows: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in found:
        for actor, label in one.actors.items():
            weights = tuple(format_share(issue.weights[actor]) for issue in one.issues)
            rows.setdefault((label, weights), []).append(one.view_label)
    issues = [issue.label for issue in found[0].issues]
    head = (message("figures.preferences.column-actor"), *issues, message("figures.preferences.column-views"))
    listed = sorted(rows.items(), key=lambda row: list(found[0].actors.values()).index(row[0][0]))
    every = message("report.every-view")
    named = ((row, every if len(views) == len(found) else format_list(views)) for row, views in listed)
    cells = tuple((label, *weights, views) for (label, weights), views in named)
    return Table(message("figures.preferences.weights"), head, cells)
