"""Agreement differences: how far agreements in force move from the reference, one line for each scenario file."""

import plotly.graph_objects as go

from analysis.figures.dot_rows import DotRow, draw_dot_rows
from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_list
from analysis.figures.point_axis import format_point_range, make_change_dot, make_point_axis
from analysis.figures.share_change_text import format_share_change
from analysis.methods.scenario_differences import Comparison, ScenarioDifference
from sim.i18n.messages import format_number, message


def title() -> str:
    """Title of the figure."""
    return message("figures.moved.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.moved.how")


def draw_figure(comparison: Comparison, *, narrow: bool = False) -> go.Figure:
    """A line for each scenario file that has runs to compare, a dot for each source view."""
    rows = []
    for one in _list_compared(comparison):
        dots = {name: make_change_dot(view.agreement) for name, view in one.views.items()}
        ends = (min(dot.middle for dot in dots.values()), max(dot.middle for dot in dots.values()))
        rows.append(DotRow(one.label, dots, _format_range(one), ends))
    axis = make_point_axis(message("figures.moved.axis"), [dot for row in rows for dot in row.dots.values()])
    return draw_dot_rows(rows, comparison.view_labels, axis, narrow=narrow, apart=True)


def _list_compared(comparison: Comparison) -> list[ScenarioDifference]:
    """Scenario files with runs to compare."""
    return [one for one in comparison.scenarios.values() if one.views]


def _format_range(one: ScenarioDifference) -> str:
    """The range of differences over source views, in points."""
    return format_point_range(view.agreement for view in one.views.values())


def summary_text(comparison: Comparison) -> str:
    """Scenario files that move agreements up or down under every source view, and those on which sources part."""
    found: dict[str, list[str]] = {"up": [], "down": [], "apart": [], "unclear": []}
    for one in _list_compared(comparison):
        found[_classify(one)].append(message("figures.moved.part", label=one.label, range=_format_range(one)))
    parts = [message(f"figures.moved.{key}", parts=format_list(names)) for key, names in found.items() if names]
    weeks = format_number(comparison.horizon_weeks)
    return " ".join([message("figures.moved.words", reference=comparison.label, weeks=weeks), *parts])


def _classify(one: ScenarioDifference) -> str:
    """Whether intervals leave out zero, and on which side."""
    views = [view.agreement for view in one.views.values()]
    up, down = (sum(moved.low > 0 for moved in views), sum(moved.high < 0 for moved in views))
    if up and down:
        return "apart"
    return "up" if up == len(views) else "down" if down == len(views) else "unclear"


def build_table(comparison: Comparison) -> Table:
    """Both shares and their difference for every scenario file and source view."""
    none = message("figures.difference.no-runs")
    rows = tuple(
        (
            one.label,
            *(
                format_share_change(one.views[view].agreement) if view in one.views else none
                for view in comparison.view_labels
            ),
        )
        for one in comparison.scenarios.values()
    )
    head = (message("figures.difference.column-scenario"), *comparison.view_labels.values())
    return Table(message("figures.moved.table", reference=comparison.label), head, rows)
