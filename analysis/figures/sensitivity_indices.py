"""Sensitivity indices: how much of the spread of an outcome each theme and luck account for, with intervals."""

import plotly.graph_objects as go

from analysis.figures.figure_table import Table
from analysis.figures.interval_rows import IntervalRow, draw_interval_rows
from analysis.figures.number_text import format_list
from analysis.methods.labelled_sensitivity import LabelledIndices
from sim.i18n.messages import format_number, message
from sim.narrative.wording import begin

NAMED = 3
"""Groups named in the sentence."""


def title() -> str:
    """Title of the figure."""
    return message("sensitivity.indices-title")


def how_to_read() -> str:
    """How to read it."""
    return message("sensitivity.indices-how")


def draw_figure(given: LabelledIndices) -> go.Figure:
    """One row for each group, the largest total index on top."""
    rows = [
        IntervalRow(given.labels[one.group], (one.total, one.total_error), (one.first, one.first_error))
        for one in given.groups
    ]
    names = (message("sensitivity.total"), message("sensitivity.first"))
    return draw_interval_rows(rows, names, message("sensitivity.indices-axis"), percent=True)


def summary_text(given: LabelledIndices) -> str:
    """The largest groups, and how many are told apart from 0."""
    first = [given.labels[one.group] for one in given.groups[:NAMED]]
    clear = sum(one.total - one.total_error > 0.0 for one in given.groups)
    alone = sum(one.first - one.first_error > 0.0 for one in given.groups)
    return message(
        "sensitivity.indices-words",
        what=begin(given.what),
        names=format_list(first),
        n=clear,
        all=len(given.groups),
        alone=alone,
    )


def build_table(given: LabelledIndices) -> Table:
    """Every index with its interval."""
    rows = tuple(
        (given.labels[one.group], _format(one.first, one.first_error), _format(one.total, one.total_error))
        for one in given.groups
    )
    head = tuple(message(f"sensitivity.{name}") for name in ("group", "first", "total"))
    return Table(message("sensitivity.indices-table", what=given.what), head, rows)


def _format(value: float, error: float) -> str:
    return f"{format_number(value, 2)} ± {format_number(error, 2)}"
