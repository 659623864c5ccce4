"""Lesson chart: what a step has found as dots with their intervals on one axis, with a sentence and a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from markupsafe import Markup

from analysis.figures.figure_table import Table
from analysis.methods.intervals import Interval
from sim.i18n.messages import format_number, format_percent, message
from sim.web.charts import Line, Row, draw_row
from sim.web.lesson_files import Measure
from sim.web.lesson_measure import Measured

QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Where an axis has lines."""
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Distances between lines, times a power of ten."""


@dataclass(frozen=True)
class Mark:
    """A row of the chart."""

    label: str
    """What was counted, and where."""
    found: Measured
    """What was found."""
    before: Measured | None = None
    """What was found in the case with which it is compared; none if that has a row of its own, or if there is none."""


@dataclass(frozen=True)
class StepChart:
    """The chart of a step."""

    rows: tuple[tuple[str, Markup, str], ...]
    """Of every row its label, its drawing and its value in words."""
    ticks: tuple[str, ...]
    """Numbers below the lines of the axis."""
    axis: str
    """What the axis counts."""
    table: Table
    """The same as a table."""


def draw_step(marks: Sequence[Mark], measures: Sequence[Measure], title: str) -> StepChart:
    """The chart of a step.

    Args:
        marks: Its rows.
        measures: What is counted in them; a share only if all are.
        title: Title of the table.
    """
    shares = all(one.is_share for one in measures)
    ends = [one.high for mark in marks for one in (mark.found, mark.before) if one is not None]
    top = 1.0 if shares else round_up(max(ends))
    rows = tuple((mark.label, _draw(mark, place % 8, top), mark.found.text) for place, mark in enumerate(marks))
    compared = any(mark.before for mark in marks)
    columns = ("column-measure", "chart-found", *(("chart-before",) if compared else ()))
    head = tuple(message(f"pages.{column}") for column in columns)
    lines = tuple((mark.label, mark.found.text, *((mark.before.text,) if mark.before else ())) for mark in marks)
    return StepChart(rows, list_ticks(top, shares=shares), _name_axis(measures), Table(title, head, lines))


def _draw(mark: Mark, place: int, top: float) -> Markup:
    found = _scale(mark.found, top)
    before = None if mark.before is None else _scale(mark.before, top)
    return draw_row(Row(mark.label, None, (Line(place, found, before),), found.share, found.share))


def _scale(one: Measured, top: float) -> Interval:
    """A number as a share of the axis."""
    return Interval(one.value / top, one.low / top, min(one.high / top, 1.0), "Wilson")


def round_up(high: float) -> float:
    """The end of an axis of four equal steps that holds a number.

    Args:
        high: The number.
    """
    quarter = max(high, 1e-9) / 4
    power = 10.0 ** floor(log10(quarter))
    return 4 * power * next(step for step in STEPS if step * power >= quarter * (1 - 1e-9))


def list_ticks(top: float, *, shares: bool) -> tuple[str, ...]:
    """Numbers below an axis that begins at nothing.

    Args:
        top: Its end.
        shares: True for shares of runs.
    """
    if shares:
        return tuple(format_percent(100 * at) for at in QUARTERS)
    places = next(one for one in range(7) if abs(round(top / 4, one) - top / 4) < 1e-9)
    return tuple(format_number(at * top, places) for at in QUARTERS)


def _name_axis(measures: Sequence[Measure]) -> str:
    first = measures[0]
    if all(one.is_share for one in measures):
        return message("pages.axis-share")
    return message("pages.axis-week" if first.is_week else "pages.axis-per-week" if first.per else "pages.axis-per-run")
