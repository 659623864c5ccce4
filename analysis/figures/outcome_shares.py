"""Outcome shares: how often each outcome comes about, all source views side by side.

No pie and no pool: disagreement between sources is the finding, so the range across sources stands where an average
would be looked for.
"""

import plotly.graph_objects as go

from analysis.figures.dots import ABOVE, dots, heading, range_line
from analysis.figures.style import dressed, marks, share_axis
from analysis.figures.table import Table
from analysis.figures.words import about, percent, plain, span, with_ends
from analysis.questions.pool import Range
from analysis.questions.shares import Shares
from sim.language.tongue import number, say

ROW = 14
"""Height of a row in pixels."""


def title() -> str:
    """Title of the figure."""
    return say("figures.outcomes.title")


def how() -> str:
    """How to read it."""
    return say("figures.outcomes.how")


def figure(shares: Shares, *, lone: bool = False) -> go.Figure:
    """Dots with intervals, outcome by outcome in the order of the codebook; a single view only if asked for."""
    if len(shares.lenses) < 2 and not lone:
        raise ValueError("one source view alone misleads: show at least two, or ask for a lone one (lone=True)")
    several = len(shares.sources) > 1
    rows = len(shares.lenses) + several
    step = rows + 2.6
    drawn = go.Figure()
    for place, (name, lens) in enumerate(shares.lenses.items()):
        found = [
            (-(group * step + 1 + place), shares.outcomes[key], lens.outcomes[key])
            for group, key in enumerate(shares.outcomes)
        ]
        drawn.add_traces(dots(lens.label, found, marks(shares.lenses)[name]))
    if several:
        spans = [(-(group * step + rows), shares.ranges[key]) for group, key in enumerate(shares.outcomes)]
        drawn.add_trace(range_line(spans, say("figures.outcomes.range", sources=number(len(shares.sources)))))
    highest = max(interval.high for lens in shares.lenses.values() for interval in lens.outcomes.values())
    dressed(drawn, height=int(len(shares.outcomes) * step * ROW) + 120 + 18 * len(shares.lenses))
    drawn.update_layout(
        xaxis=share_axis(_axis(shares), 1.12 * highest + 0.02),
        yaxis={
            "visible": False,
            "range": [-len(shares.outcomes) * step + 1, ABOVE],
            "fixedrange": True,
        },
        annotations=[heading(label, 0.2 - group * step) for group, label in enumerate(shares.outcomes.values())],
    )
    return drawn


def _axis(shares: Shares) -> str:
    """Title of the axis: a share always belongs to a set of assumptions."""
    if len(shares.lenses) > 1:
        return say("figures.axis.runs")
    (lens,) = shares.lenses.values()
    return say("figures.axis.runs-of", view=plain(lens.label))


def in_words(shares: Shares) -> str:
    """The figure in sentences: the most frequent outcome of each view, and where sources differ most."""
    parts = []
    for lens in shares.lenses.values():
        key = max(lens.outcomes, key=lambda outcome: lens.outcomes[outcome].share)
        interval = lens.outcomes[key]
        outcome, share = shares.outcomes[key], with_ends(interval)
        part = say("figures.outcomes.part", view=lens.label, outcome=outcome, about=about(interval.share), share=share)
        parts.append(part)
    said = say("figures.outcomes.most", weeks=number(shares.horizon_weeks), parts="; ".join(parts))
    return said if len(shares.sources) < 2 else f"{said} {_differ(shares)}"


def _differ(shares: Shares) -> str:
    """Where the sources differ most, and the range of any agreement."""
    widest = max(shares.ranges, key=lambda key: shares.ranges[key].high - shares.ranges[key].low)
    spread, agreed = shares.ranges[widest], shares.agreement_range
    label = {name: lens.label for name, lens in shares.lenses.items()}
    return say(
        "figures.outcomes.differ",
        outcome=shares.outcomes[widest],
        low=percent(spread.low),
        lowest=label[spread.lowest],
        high=percent(spread.high),
        highest=label[spread.highest],
        agreed=span(agreed.low, agreed.high),
    )


def table(shares: Shares) -> Table:
    """Every share with its interval, and the range across sources."""
    several = len(shares.sources) > 1
    ranged = (say("figures.outcomes.column-range"),) if several else ()
    head = (say("figures.column.outcome"), *(lens.label for lens in shares.lenses.values()), *ranged)
    rows = []
    for key, label in shares.outcomes.items():
        cells = [with_ends(lens.outcomes[key]) for lens in shares.lenses.values()]
        rows.append((label, *cells, *((_told(shares.ranges[key]),) if several else ())))
    agreed = [with_ends(lens.any_agreement) for lens in shares.lenses.values()]
    last = (_told(shares.agreement_range),) if several else ()
    rows.append((say("figures.any-agreement"), *agreed, *last))
    return Table(say("figures.outcomes.table", weeks=number(shares.horizon_weeks)), head, tuple(rows))


def _told(spread: Range) -> str:
    """A range across sources."""
    return span(spread.low, spread.high)
