"""Positions: what every option of every issue is worth to every actor, and how much the issue weighs.

Option by option from best for the second side to best for the first. The larger a mark, the more the issue weighs.
"""

import plotly.graph_objects as go

from analysis.figures.dots import heading
from analysis.figures.style import LINE, dressed, marks
from analysis.figures.table import Table
from analysis.figures.words import lined, percent, plain, shortened
from analysis.questions.positions import IssueWorth, OptionWorth, Positions
from sim.language.tongue import number, say

NAME, LABEL, LANE, GAP = 26, 18, 11, 7
"""Height in pixels of an issue's name, of an option's label, of an actor's lane, and below an option."""

SMALLEST, PER_WEIGHT = 6.0, 26.0
"""Size of a mark of no weight, and what the whole weight would add."""


def title() -> str:
    """Title of the figure."""
    return say("figures.positions.title")


def how() -> str:
    """How to read it."""
    return say("figures.positions.how")


def figure(positions: Positions) -> go.Figure:
    """Marks on a scale from 0 to 1, a lane for each actor under each option."""
    drawn = go.Figure()
    notes, places, height = _places(positions)
    for lane, (actor, label) in enumerate(positions.actors.items()):
        drawn.add_trace(_marks(positions, actor, label, [top + LABEL + LANE * (lane + 0.5) for top in places]))
    dressed(drawn, height + 120)
    drawn.update_layout(
        xaxis={
            "title": {"text": say("figures.positions.axis"), "standoff": 8, "font": {"size": 13}},
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


def _places(positions: Positions) -> tuple[list[dict[str, object]], list[float], int]:
    """Names of issues and options with their places, the upper edge of every option, and the height of all."""
    notes: list[dict[str, object]] = []
    places: list[float] = []
    at = 0.0
    for issue in positions.issues:
        notes.append(heading(shortened(issue.label), at + NAME / 2))
        at += NAME
        for option in issue.options:
            label = heading("", at + LABEL / 2)
            label.update(text=plain(_short(option)), font={"size": 11.5})
            notes.append(label)
            places.append(at)
            at += LABEL + LANE * len(positions.actors) + GAP
    return notes, places, int(at)


def _label(option: OptionWorth) -> str:
    return say("figures.positions.while-open", option=option.label) if option.holds_while_open else option.label


def _short(option: OptionWorth) -> str:
    """The label as a narrow page holds it, with a star where it holds while the issue is open."""
    return shortened(option.label, 50) + (" *" if option.holds_while_open else "")


def _marks(positions: Positions, actor: str, label: str, heights: list[float]) -> go.Scatter:
    """Marks of one actor."""
    look = marks(positions.actors)[actor]
    rows = [(issue, option) for issue in positions.issues for option in issue.options]
    return go.Scatter(
        x=[option.worth[actor] for _, option in rows],
        y=heights,
        mode="markers",
        name=lined(label),
        marker={
            "color": look.colour,
            "symbol": look.symbol,
            "size": [SMALLEST + PER_WEIGHT * issue.weights[actor] for issue, _ in rows],
        },
        hovertext=[_said(label, actor, issue, option) for issue, option in rows],
        hoverinfo="text",
        cliponaxis=False,
        showlegend=True,
    )


def _said(label: str, actor: str, issue: IssueWorth, option: OptionWorth) -> str:
    worth, weight = number(option.worth[actor], 2), percent(issue.weights[actor])
    said = say("figures.positions.hover", actor=plain(label), worth=worth, weight=weight)
    return f"{plain(shortened(issue.asks))}<br>{plain(_label(option))}<br>{said}"


def in_words(positions: Positions) -> str:
    """The issue that weighs most for each actor, and the option it values most there."""
    parts = []
    for actor, label in positions.actors.items():
        issue = max(positions.issues, key=lambda one: one.weights[actor])
        best = max(issue.options, key=lambda option: option.worth[actor])
        weight = percent(issue.weights[actor])
        parts.append(say("figures.positions.part", actor=label, issue=issue.label, weight=weight, option=best.label))
    view = positions.view or say("figures.positions.own")
    return say("figures.positions.words", view=view, parts="; ".join(parts))


def table(positions: Positions) -> Table:
    """Weight of every issue and worth of every option, actor by actor."""
    rows = []
    for issue in positions.issues:
        weights = (percent(issue.weights[actor]) for actor in positions.actors)
        rows.append((say("figures.positions.weight", issue=issue.label), *weights))
        for option in issue.options:
            worths = (number(option.worth[actor], 2) for actor in positions.actors)
            rows.append((f"{issue.label}: {_label(option)}", *worths))
    view = positions.view or say("figures.positions.own")
    head = (say("figures.positions.column-option"), *positions.actors.values())
    return Table(say("figures.positions.table", view=view), head, tuple(rows))
