"""Talks funnel: how far talks get from the first week on, one line for each step, all source views on it.

Lines of dots instead of a Sankey diagram: eleven outcomes and five steps would be more nodes than one can read.
"""

from collections.abc import Mapping

import plotly.graph_objects as go

from analysis.figures.dot_rows import DotRow, draw_dot_rows, make_share_dot
from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_estimate, format_range
from analysis.figures.style import make_share_axis
from analysis.methods.talks_funnel import FunnelStep, TalksFunnel
from sim.i18n.messages import format_number, message


def title() -> str:
    """Title of the figure."""
    return message("figures.funnel.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.funnel.how")


def draw_figure(funnels: Mapping[str, TalksFunnel], *, narrow: bool = False) -> go.Figure:
    """A line for each step after the first, with a dot for each source view."""
    labels = {name: funnel.view_label for name, funnel in funnels.items()}
    rows = []
    for steps in _list_steps(funnels):
        dots = {name: make_share_dot(step.share) for name, step in steps.items()}
        rows.append(DotRow(_format_step(next(iter(steps.values()))), dots, _format_range(steps), _find_ends(steps)))
    axis = make_share_axis(message("figures.axis.runs"), 1.04)
    return draw_dot_rows(rows, labels, axis, narrow=narrow)


def _list_steps(funnels: Mapping[str, TalksFunnel]) -> list[dict[str, FunnelStep]]:
    """Every step after the first, by source view."""
    many = len(next(iter(funnels.values())).steps)
    return [{name: funnel.steps[n] for name, funnel in funnels.items()} for n in range(1, many)]


def _find_ends(steps: Mapping[str, FunnelStep]) -> tuple[float, float]:
    """Lowest and highest share."""
    shares = [step.share.share for step in steps.values()]
    return min(shares), max(shares)


def _format_range(steps: Mapping[str, FunnelStep]) -> str:
    return format_range(*_find_ends(steps))


def _format_step(step: FunnelStep) -> str:
    return message(f"figures.funnel.{step.name}")


def summary_text(funnels: Mapping[str, TalksFunnel]) -> str:
    """The range of every step, and what becomes of signed agreements."""
    first = next(iter(funnels.values()))
    parts = [f"{_format_step(next(iter(steps.values())))}: {_format_range(steps)}" for steps in _list_steps(funnels)]
    said = message("figures.funnel.words", parts="; ".join(parts))
    kept = [one for funnel in funnels.values() if (one := funnel.signed_in_force) is not None]
    if not kept:
        return f"{said} {message('figures.funnel.none-signed')}"
    weeks = format_number(first.horizon_weeks)
    share = format_range(min(kept), max(kept))
    return f"{said} {message('figures.funnel.signed-end', share=share, weeks=weeks)}"


def build_table(funnels: Mapping[str, TalksFunnel]) -> Table:
    """Share of runs that took each step, under every source view."""
    rows = tuple(
        (_format_step(next(iter(steps.values()))), *(format_estimate(step.share) for step in steps.values()))
        for steps in _list_steps(funnels)
    )
    head = (message("figures.funnel.column-step"), *(funnel.view_label for funnel in funnels.values()))
    return Table(message("figures.funnel.table"), head, rows)
