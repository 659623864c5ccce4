"""Preferences: what every option of every issue is worth to every actor, and how much the issue weighs.

Option by option from best for the second side to best for the first. The larger a mark, the more the issue weighs.
"""

import plotly.graph_objects as go

from analysis.figures.dot_intervals import make_heading
from analysis.figures.figure_table import Table
from analysis.figures.number_text import break_lines, escape_text, format_share, shorten
from analysis.figures.style import LINE, apply_style, assign_marks
from analysis.methods.preferences import IssueWorth, OptionWorth, Preferences
from sim.i18n.messages import format_number, message

NAME, LABEL, LANE, GAP = 26, 18, 11, 7
"""Height in pixels of an issue's name, of an option's label, of an actor's lane, and below an option."""

SMALLEST, PER_WEIGHT = 6.0, 26.0
"""Size of a mark of no weight, and what the whole weight would add."""


def title() -> str:
    """Title of the figure."""
    return message("figures.preferences.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.preferences.how")


def draw_figure(preferences: Preferences) -> go.Figure:
    """Marks on a scale from 0 to 1, a lane for each actor under each option."""
    drawn = go.Figure()
    notes, places, height = _place_labels(preferences)
    for lane, (actor, label) in enumerate(preferences.actors.items()):
        drawn.add_trace(_draw_marks(preferences, actor, label, [top + LABEL + LANE * (lane + 0.5) for top in places]))
    apply_style(drawn, height + 120)
    drawn.update_layout(
        xaxis={
            "title": {"text": message("figures.preferences.axis"), "standoff": 8, "font": {"size": 13}},
            "range": [-0.03, 1.03],
            "tickformat": ".1f",
            "gridcolor": LINE,
            "zeroline": False,
            "fixedrange": True,
            "nticks": 6,
            "automargin": True,
        },
        yaxis={"visible": False, "range": [height, 0], "fixedrange": True},
        annotations=notes,
    )
    return drawn


def _place_labels(preferences: Preferences) -> tuple[list[dict[str, object]], list[float], int]:
    """Names of issues and options with their places, the upper edge of every option, and the height of all."""
    notes: list[dict[str, object]] = []
    places: list[float] = []
    at = 0.0
    for issue in preferences.issues:
        notes.append(make_heading(shorten(issue.label), at + NAME / 2))
        at += NAME
        for option in issue.options:
            label = make_heading("", at + LABEL / 2)
            label.update(text=escape_text(_shorten_option(option)), font={"size": 11.5})
            notes.append(label)
            places.append(at)
            at += LABEL + LANE * len(preferences.actors) + GAP
    return notes, places, int(at)


def _format_option(option: OptionWorth) -> str:
    return message("figures.preferences.while-open", option=option.label) if option.holds_while_open else option.label


def _shorten_option(option: OptionWorth) -> str:
    """The label as a narrow page holds it, with a star where it holds while the issue is open."""
    return shorten(option.label, 50) + (" *" if option.holds_while_open else "")


def _draw_marks(preferences: Preferences, actor: str, label: str, heights: list[float]) -> go.Scatter:
    """Marks of one actor."""
    look = assign_marks(preferences.actors)[actor]
    rows = [(issue, option) for issue in preferences.issues for option in issue.options]
    return go.Scatter(
        x=[option.worth[actor] for _, option in rows],
        y=heights,
        mode="markers",
        name=break_lines(label),
        marker={
            "color": look.colour,
            "symbol": look.symbol,
            "size": [SMALLEST + PER_WEIGHT * issue.weights[actor] for issue, _ in rows],
        },
        hovertext=[_format_hover(label, actor, issue, option) for issue, option in rows],
        hoverinfo="text",
        cliponaxis=False,
        showlegend=True,
    )


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
