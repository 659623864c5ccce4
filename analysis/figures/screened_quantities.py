"""Screened quantities: how far each quantity moves the share of an outcome, the largest effects on top."""

import plotly.graph_objects as go

from analysis.figures.figure_table import Table
from analysis.figures.interval_rows import IntervalRow, draw_interval_rows
from analysis.methods.labelled_sensitivity import LabelledEffects
from sim.i18n.messages import format_number, message
from sim.narrative.wording import begin

MOST = 15
"""Quantities that are drawn; the table has all of them."""


def title() -> str:
    """Title of the figure."""
    return message("sensitivity.effects-title")


def how_to_read() -> str:
    """How to read it."""
    return message("sensitivity.effects-how")


def draw_figure(given: LabelledEffects) -> go.Figure:
    """One row for each quantity."""
    rows = [
        IntervalRow(one.place, (100 * one.size, 100 * one.size_error), (100 * one.mean, 0.0))
        for one in given.quantities[:MOST]
    ]
    names = (message("sensitivity.size"), message("sensitivity.mean"))
    return draw_interval_rows(rows, names, message("sensitivity.effects-axis"), percent=False)


def summary_text(given: LabelledEffects) -> str:
    """The largest effect, and how many quantities moved nothing."""
    largest = given.quantities[0]
    return message(
        "sensitivity.effects-words",
        what=begin(given.what),
        place=largest.place,
        size=format_number(100 * largest.size, 1),
        error=format_number(100 * largest.size_error, 1),
        n=sum(one.size == 0.0 for one in given.quantities),
        all=len(given.quantities),
    )


def build_table(given: LabelledEffects) -> Table:
    """Every quantity."""
    rows = tuple(
        (one.place, f"{_points(one.size)} ± {_points(one.size_error)}", _points(one.mean), _points(one.spread))
        for one in given.quantities
    )
    head = tuple(message(f"sensitivity.{name}") for name in ("quantity", "size", "mean", "spread"))
    return Table(message("sensitivity.effects-table", what=given.what), head, rows)


def _points(share: float) -> str:
    return format_number(100 * share, 1)
