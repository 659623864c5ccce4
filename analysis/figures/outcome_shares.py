"""Outcome shares: how often each outcome comes about, all source views side by side.

No pie and no pool: disagreement between sources is the finding, so the range across sources stands where an average
would be looked for.
"""

import plotly.graph_objects as go

from analysis.figures.dot_intervals import ABOVE, draw_dots, draw_ranges, make_heading
from analysis.figures.figure_table import Table
from analysis.figures.number_text import as_natural_frequency, escape_text, format_estimate, format_range, format_share
from analysis.figures.style import apply_style, assign_marks, make_share_axis
from analysis.methods.shares import Shares
from analysis.methods.source_range import SourceRange
from sim.i18n.messages import format_number, message

ROW = 14
"""Height of a row in pixels."""


def title() -> str:
    """Title of the figure."""
    return message("figures.outcomes.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.outcomes.how")


def draw_figure(shares: Shares, *, lone: bool = False) -> go.Figure:
    """Dots with intervals, outcome by outcome in the order of the scenario; a single view only if asked for."""
    if len(shares.views) < 2 and not lone:
        raise ValueError("one source view alone misleads: show at least two, or ask for a lone one (lone=True)")
    several = len(shares.sources) > 1
    rows = len(shares.views) + several
    step = rows + 2.6
    drawn = go.Figure()
    for place, (name, view) in enumerate(shares.views.items()):
        found = [
            (-(group * step + 1 + place), shares.outcomes[key], view.outcomes[key])
            for group, key in enumerate(shares.outcomes)
        ]
        drawn.add_traces(draw_dots(view.label, found, assign_marks(shares.views)[name]))
    if several:
        spans = [(-(group * step + rows), shares.ranges[key]) for group, key in enumerate(shares.outcomes)]
        drawn.add_trace(
            draw_ranges(spans, message("figures.outcomes.range", sources=format_number(len(shares.sources))))
        )
    highest = max(interval.high for view in shares.views.values() for interval in view.outcomes.values())
    apply_style(drawn, height=int(len(shares.outcomes) * step * ROW) + 120 + 18 * len(shares.views))
    drawn.update_layout(
        xaxis=make_share_axis(_format_axis_title(shares), 1.12 * highest + 0.02),
        yaxis={
            "visible": False,
            "range": [-len(shares.outcomes) * step + 1, ABOVE],
            "fixedrange": True,
        },
        annotations=[make_heading(label, 0.2 - group * step) for group, label in enumerate(shares.outcomes.values())],
    )
    return drawn


def _format_axis_title(shares: Shares) -> str:
    """Title of the axis: a share always belongs to a set of assumptions."""
    if len(shares.views) > 1:
        return message("figures.axis.runs")
    (view,) = shares.views.values()
    return message("figures.axis.runs-of", view=escape_text(view.label))


def summary_text(shares: Shares) -> str:
    """The figure in sentences: the most frequent outcome of each view, and where sources differ most."""
    parts = []
    for view in shares.views.values():
        key = max(view.outcomes, key=lambda outcome: view.outcomes[outcome].share)
        interval = view.outcomes[key]
        outcome, share = shares.outcomes[key], format_estimate(interval)
        part = message(
            "figures.outcomes.part",
            view=view.label,
            outcome=outcome,
            about=as_natural_frequency(interval.share),
            share=share,
        )
        parts.append(part)
    said = message("figures.outcomes.most", weeks=format_number(shares.horizon_weeks), parts="; ".join(parts))
    return said if len(shares.sources) < 2 else f"{said} {_describe_difference(shares)}"


def _describe_difference(shares: Shares) -> str:
    """Where the sources differ most, and the range of any agreement."""
    widest = max(shares.ranges, key=lambda key: shares.ranges[key].high - shares.ranges[key].low)
    spread, agreed = shares.ranges[widest], shares.agreement_range
    label = {name: view.label for name, view in shares.views.items()}
    return message(
        "figures.outcomes.differ",
        outcome=shares.outcomes[widest],
        low=format_share(spread.low),
        lowest=label[spread.lowest],
        high=format_share(spread.high),
        highest=label[spread.highest],
        agreed=format_range(agreed.low, agreed.high),
    )


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
