"""Finding text: what the shares say, as one sentence that is computed from them."""

from analysis.figures.number_text import format_range, format_share
from analysis.methods.outcome_rows import OutcomeRow, compute_outcome_rows
from analysis.methods.shares import Shares
from sim.i18n.messages import format_number, message

FRACTIONS = (
    (0.01, "hundredth"),
    (0.02, "fiftieth"),
    (0.05, "twentieth"),
    (0.1, "tenth"),
    (0.2, "fifth"),
    (0.25, "quarter"),
    (1 / 3, "third"),
    (0.5, "half"),
    (2 / 3, "two-thirds"),
    (0.75, "three-quarters"),
    (0.9, "nine-tenths"),
)
"""Fractions that can be said, with their names."""

LEVEL = 0.6
"""A bound is said only where it is no more than about twice what it bounds."""


def describe_finding(shares: Shares) -> str:
    """The finding: how often an agreement is in force, or what is most frequent where no outcome is an agreement."""
    row = compute_outcome_rows(shares)[0]
    if row.kind != "agreement":
        return message("figures.finding.most", outcome=row.label, share=format_span(row))
    if len(row.views) == 1:
        return message("figures.finding.one", share=format_share(row.highest))
    return _describe_agreement(row, "" if len(shares.sources) > 1 else "-views")


def _describe_agreement(row: OutcomeRow, who: str) -> str:
    """A bound within which the intervals of all views shown lie, if there is a near one; else the range."""
    some, two = row.views.values(), "-two" if len(row.views) == 2 else ""
    low, high = min(one.low for one in some), max(one.high for one in some)
    above = next((name for bound, name in FRACTIONS if high <= bound and high >= LEVEL * bound), "")
    below = next((name for bound, name in reversed(FRACTIONS) if low >= bound), "")

    def say(key: str, fraction: str = "") -> str:
        return message(f"figures.finding.{key}{two}", fraction=fraction, views=format_number(len(some)))

    if row.highest == 0.0 or all(one.share == 1.0 for one in some):
        return say("never" if row.highest == 0.0 else "always")
    if high <= 0.5 and above:
        return say("at-most", fraction=message(f"figures.fraction.{above}"))
    if low >= 0.5:
        return say("at-least", fraction=message(f"figures.fraction.{below}"))
    return message(f"figures.finding.range{who}", share=format_span(row))


def format_span(row: OutcomeRow) -> str:
    """The share of a line: its range."""
    return format_range(row.spread.low, row.spread.high)


def format_row_label(row: OutcomeRow) -> str:
    """The name of a line."""
    if row.kind == "rare":
        return message("figures.outcomes.rare", many=format_number(row.count))
    return row.label or message("figures.any-agreement")
