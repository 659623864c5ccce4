"""Outcome shares: the lead figure - one line for each outcome, all source views on it as dots with their names.

No pie and no pool: disagreement between sources is the finding, so the range across sources stands where an average
would be looked for.
"""

import plotly.graph_objects as go

from analysis.figures.dot_rows import DotRow, draw_dot_rows, make_share_dot
from analysis.figures.figure_table import Table
from analysis.figures.finding_text import describe_finding, format_row_label, format_span
from analysis.figures.number_text import as_natural_frequency, break_lines, format_estimate, format_range
from analysis.figures.style import make_share_axis
from analysis.methods.outcome_rows import OutcomeRow, compute_outcome_rows
from analysis.methods.shares import Shares
from analysis.methods.source_range import SourceRange
from sim.i18n.messages import format_number, message


def title() -> str:
    """Title of the figure."""
    return message("figures.outcomes.title")


def describe(shares: Shares) -> str:
    """The title that says the finding."""
    return describe_finding(shares)


def how_to_read() -> str:
    """How to read it."""
    return message("figures.outcomes.how")


def draw_figure(shares: Shares, *, lone: bool = False, narrow: bool = False) -> go.Figure:
    """Any agreement in force first, then outcomes by share; a single view only if asked for."""
    if len(shares.views) < 2 and not lone:
        raise ValueError("one source view alone misleads: show at least two, or ask for a lone one (lone=True)")
    rows = [_make_row(row, several=len(shares.sources) > 1) for row in compute_outcome_rows(shares)]
    high = min(1.04, 1.06 * max(dot.high for row in rows for dot in row.dots.values()) + 0.01)
    labels = {name: view.label for name, view in shares.views.items()}
    return draw_dot_rows(rows, labels, make_share_axis(_format_axis_title(shares), high), narrow=narrow)


def _make_row(row: OutcomeRow, *, several: bool) -> DotRow:
    """A line with the range across sources, if there are several."""
    dots = {name: make_share_dot(found) for name, found in row.views.items()}
    span = (row.spread.low, row.spread.high) if several else None
    return DotRow(format_row_label(row), dots, format_span(row), span, strong=row.kind == "agreement")


def _format_axis_title(shares: Shares) -> str:
    """Title of the axis: a share always belongs to a set of assumptions."""
    if len(shares.views) > 1:
        return message("figures.axis.runs")
    (view,) = shares.views.values()
    return message("figures.axis.runs-of", view=break_lines(view.label, lines=1))


def summary_text(shares: Shares) -> str:
    """The figure in sentences: the finding, and the most frequent outcome."""
    rows = compute_outcome_rows(shares)
    most = max((row for row in rows if row.kind == "outcome"), key=lambda row: row.spread.high, default=rows[0])
    low, high = most.spread.low, most.spread.high
    about = f" ({as_natural_frequency(high)})" if low == high else ""
    said = message(
        "figures.outcomes.most",
        weeks=format_number(shares.horizon_weeks),
        outcome=format_row_label(most),
        share=format_span(most),
        about=about,
    )
    return f"{describe_finding(shares)}. {said}."


def build_table(shares: Shares) -> Table:
    """Every share with its interval, and the range across sources."""
    several = len(shares.sources) > 1
    ranged = (message("figures.outcomes.column-range"),) if several else ()
    head = (message("figures.column.outcome"), *(view.label for view in shares.views.values()), *ranged)
    rows = []
    for key, label in shares.outcomes.items():
        cells = [format_estimate(view.outcomes[key]) for view in shares.views.values()]
        rows.append((label, *cells, *((_format_source_range(shares.ranges[key]),) if several else ())))
    agreed = [format_estimate(view.any_agreement) for view in shares.views.values()]
    last = (_format_source_range(shares.agreement_range),) if several else ()
    rows.append((message("figures.any-agreement"), *agreed, *last))
    return Table(message("figures.outcomes.table", weeks=format_number(shares.horizon_weeks)), head, tuple(rows))


def _format_source_range(spread: SourceRange) -> str:
    """A range across sources."""
    return format_range(spread.low, spread.high)
