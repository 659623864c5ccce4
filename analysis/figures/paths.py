"""Paths: how far talks get from the first week on, and where the runs end that got that far.

A bar for each step instead of a Sankey diagram: eleven outcomes and five steps would be more nodes than one can read.
"""

import plotly.graph_objects as go

from analysis.figures.bars import Row, legend_below, outcome_bars, part_numbers
from analysis.figures.dots import heading
from analysis.figures.style import dressed, share_axis
from analysis.figures.table import Table
from analysis.figures.words import percent, with_ends
from analysis.questions.paths import Paths, Step
from sim.language.tongue import number, say

LABEL, BAR, GAP = 22, 26, 8
"""Height in pixels of a step's name, of its bar, and below it."""


def title() -> str:
    """Title of the figure."""
    return say("figures.paths.title")


def how() -> str:
    """How to read it."""
    return say("figures.paths.how")


def figure(paths: Paths) -> go.Figure:
    """A bar for each step, as long as the share of runs that took it, divided by where they end."""
    block = LABEL + BAR + GAP
    rows = [Row(n * block + LABEL + BAR / 2, _name(step), step.outcomes) for n, step in enumerate(paths.steps)]
    drawn = go.Figure(outcome_bars(rows, paths.outcomes, BAR))
    dressed(drawn, block * len(rows) + 60)
    drawn.update_layout(
        barmode="stack",
        xaxis=share_axis(say("figures.axis.runs-here"), 1.0),
        yaxis={"visible": False, "range": [block * len(rows), 0], "fixedrange": True},
        annotations=[
            *(heading(f"{_name(step)}: {percent(step.share.share)}", n * block + LABEL / 2)
              for n, step in enumerate(paths.steps)),
            *part_numbers(rows, paths.outcomes),
        ],
    )  # fmt: skip
    return legend_below(drawn)


def _name(step: Step) -> str:
    return say(f"figures.paths.{step.name}")


def in_words(paths: Paths) -> str:
    """How many take each step, and what becomes of signed agreements."""
    parts = [f"{_name(step)}: {with_ends(step.share)}" for step in paths.steps[1:]]
    said = say("figures.paths.words", view=paths.view, runs=number(paths.kept), parts="; ".join(parts))
    signed = paths.steps[-1]
    if not signed.runs:
        return f"{said} {say('figures.paths.none-signed')}"
    in_force = sum(signed.outcomes[key] for key in paths.agreements) / signed.share.share
    return f"{said} {say('figures.paths.signed-end', share=percent(in_force), weeks=number(paths.horizon_weeks))}"


def table(paths: Paths) -> Table:
    """For every step, the share of runs that took it, and where they end."""
    total = (say("figures.paths.column-taken"), *(with_ends(step.share) for step in paths.steps))
    rows = tuple(
        (label, *(percent(step.outcomes[key]) for step in paths.steps)) for key, label in paths.outcomes.items()
    )
    head = (say("figures.column.outcome"), *(_name(step) for step in paths.steps))
    return Table(say("figures.paths.table", view=paths.view, runs=number(paths.kept)), head, (total, *rows))
