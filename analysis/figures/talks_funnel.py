"""Talks funnel: how far talks get from the first week on, and where the runs end that got that far.

A bar for each step instead of a Sankey diagram: eleven outcomes and five steps would be more nodes than one can read.
"""

import plotly.graph_objects as go

from analysis.figures.dot_intervals import make_heading
from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_estimate, format_share
from analysis.figures.stacked_bars import Row, draw_outcome_bars, number_parts, place_legend_below
from analysis.figures.style import apply_style, make_share_axis
from analysis.methods.talks_funnel import FunnelStep, TalksFunnel
from sim.i18n.messages import format_number, message

LABEL, BAR, GAP = 22, 26, 8
"""Height in pixels of a step's name, of its bar, and below it."""


def title() -> str:
    """Title of the figure."""
    return message("figures.funnel.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.funnel.how")


def draw_figure(funnel: TalksFunnel) -> go.Figure:
    """A bar for each step, as long as the share of runs that took it, divided by where they end."""
    block = LABEL + BAR + GAP
    rows = [Row(n * block + LABEL + BAR / 2, _format_step(step), step.outcomes) for n, step in enumerate(funnel.steps)]
    drawn = go.Figure(draw_outcome_bars(rows, funnel.outcomes, BAR))
    apply_style(drawn, block * len(rows) + 60)
    drawn.update_layout(
        barmode="stack",
        xaxis=make_share_axis(message("figures.axis.runs-here"), 1.0),
        yaxis={"visible": False, "range": [block * len(rows), 0], "fixedrange": True},
        annotations=[
            *(make_heading(f"{_format_step(step)}: {format_share(step.share.share)}", n * block + LABEL / 2)
              for n, step in enumerate(funnel.steps)),
            *number_parts(rows, funnel.outcomes),
        ],
    )  # fmt: skip
    return place_legend_below(drawn)


def _format_step(step: FunnelStep) -> str:
    return message(f"figures.funnel.{step.name}")


def summary_text(funnel: TalksFunnel) -> str:
    """How many take each step, and what becomes of signed agreements."""
    parts = [f"{_format_step(step)}: {format_estimate(step.share)}" for step in funnel.steps[1:]]
    said = message(
        "figures.funnel.words", view=funnel.view_label, runs=format_number(funnel.n_matching), parts="; ".join(parts)
    )
    signed = funnel.steps[-1]
    if not signed.runs:
        return f"{said} {message('figures.funnel.none-signed')}"
    in_force = sum(signed.outcomes[key] for key in funnel.agreements) / signed.share.share
    weeks = format_number(funnel.horizon_weeks)
    return f"{said} {message('figures.funnel.signed-end', share=format_share(in_force), weeks=weeks)}"


def build_table(funnel: TalksFunnel) -> Table:
    """For every step, the share of runs that took it, and where they end."""
    total = (message("figures.funnel.column-taken"), *(format_estimate(step.share) for step in funnel.steps))
    rows = tuple(
        (label, *(format_share(step.outcomes[key]) for step in funnel.steps)) for key, label in funnel.outcomes.items()
    )
    head = (message("figures.column.outcome"), *(_format_step(step) for step in funnel.steps))
    return Table(
        message("figures.funnel.table", view=funnel.view_label, runs=format_number(funnel.n_matching)),
        head,
        (total, *rows),
    )
