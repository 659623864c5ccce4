"""Outcome shares: how often each outcome comes about, all source views side by side.

No pie and no pool: disagreement between sources is the finding, so the range across sources stands where an average
would be looked for.
"""

import plotly.graph_objects as go

from analysis.figures.dots import dots, heading, range_line
from analysis.figures.style import dressed, marks, share_axis
from analysis.figures.table import Table
from analysis.figures.words import about, listed, percent, plain, with_ends
from analysis.questions.shares import Shares

ROW = 14
"""Height of a row in pixels."""

TITLE = "Outcomes under each source's assumptions"


def figure(shares: Shares, *, lone: bool = False) -> go.Figure:
    """Dots with intervals, outcome by outcome in the order of the codebook; a single view only if asked for."""
    if len(shares.lenses) < 2 and not lone:
        raise ValueError("one source view alone misleads: show at least two, or ask for a lone one (lone=True)")
    several = len(shares.sources) > 1
    rows = len(shares.lenses) + several
    step = rows + 2.4
    drawn = go.Figure()
    for place, (name, lens) in enumerate(shares.lenses.items()):
        found = [
            (-(group * step + 1 + place), shares.outcomes[key], lens.outcomes[key])
            for group, key in enumerate(shares.outcomes)
        ]
        drawn.add_traces(dots(lens.label, found, marks(shares.lenses)[name]))
    if several:
        spans = [(-(group * step + rows), shares.ranges[key]) for group, key in enumerate(shares.outcomes)]
        drawn.add_trace(range_line(spans, f"range across {len(shares.sources)} sources"))
    highest = max(interval.high for lens in shares.lenses.values() for interval in lens.outcomes.values())
    dressed(drawn, height=int(len(shares.outcomes) * step * ROW) + 110 + 18 * len(shares.lenses))
    drawn.update_layout(
        xaxis=share_axis(_axis(shares), 1.12 * highest + 0.02),
        yaxis={
            "visible": False,
            "range": [-len(shares.outcomes) * step + 1, 1.0],
            "fixedrange": True,
        },
        annotations=[heading(label, 0.2 - group * step) for group, label in enumerate(shares.outcomes.values())],
    )
    return drawn


def _axis(shares: Shares) -> str:
    """Title of the axis: a share always belongs to a set of assumptions."""
    if len(shares.lenses) > 1:
        return "share of runs under each assumption set"
    (lens,) = shares.lenses.values()
    return f"share of runs under assumption set<br>{plain(lens.label)}"


def in_words(shares: Shares) -> str:
    """The figure in sentences: the most frequent outcome of each view, and where sources differ most."""
    parts = []
    for lens in shares.lenses.values():
        key = max(lens.outcomes, key=lambda outcome: lens.outcomes[outcome].share)
        interval = lens.outcomes[key]
        parts.append(f"{lens.label}: “{shares.outcomes[key]}” in {about(interval.share)}, {with_ends(interval)}")
    said = f"Most frequent outcome after {shares.horizon_weeks} weeks, by assumption set. {'; '.join(parts)}."
    if len(shares.sources) < 2:
        return said
    widest = max(shares.ranges, key=lambda key: shares.ranges[key].high - shares.ranges[key].low)
    spread, agreed = shares.ranges[widest], shares.agreement_range
    label = {name: lens.label for name, lens in shares.lenses.items()}
    return (
        f"{said} The sources differ most over “{shares.outcomes[widest]}”: from {percent(spread.low)} "
        f"({label[spread.lowest]}) to {percent(spread.high)} ({label[spread.highest]}) of runs. An agreement is in "
        f"force in {percent(agreed.low)} to {percent(agreed.high)} of runs."
    )


def table(shares: Shares) -> Table:
    """Every share with its interval, and the range across sources."""
    several = len(shares.sources) > 1
    head = (
        "Outcome",
        *(lens.label for lens in shares.lenses.values()),
        *(("Range across sources",) if several else ()),
    )
    rows = []
    for key, label in shares.outcomes.items():
        cells = [with_ends(lens.outcomes[key]) for lens in shares.lenses.values()]
        spread = shares.ranges[key]
        rows.append((label, *cells, *((f"{percent(spread.low)} to {percent(spread.high)}",) if several else ())))
    agreed = [with_ends(lens.any_agreement) for lens in shares.lenses.values()]
    spread = shares.agreement_range
    last = (f"{percent(spread.low)} to {percent(spread.high)}",) if several else ()
    rows.append(("Any agreement in force", *agreed, *last))
    of = listed(["share of matching runs", "95 % interval (Monte Carlo error only)"])
    return Table(f"Outcomes after {shares.horizon_weeks} weeks: {of}", head, tuple(rows))
