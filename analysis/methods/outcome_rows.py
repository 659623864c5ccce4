"""Outcome rows: which outcomes a reader should see first, and which may share a line?

Read aloud
    An agreement in force comes first, whatever its terms. Then come the outcomes by the highest share that any
    source view gives them. Outcomes below three in a hundred under every view share the last line.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.methods.intervals import Interval, estimate_share
from analysis.methods.shares import Shares
from analysis.methods.source_range import SourceRange, find_source_range

RARE = 0.03
"""Outcomes below this share under every source view stand in one line."""


@dataclass(frozen=True)
class OutcomeRow:
    """One line: an outcome, any agreement in force, or all rare outcomes together."""

    kind: str
    """`agreement`, `outcome` or `rare`."""
    label: str
    """Name of the outcome; empty for the other kinds."""
    views: Mapping[str, Interval]
    """Share under each source view."""
    spread: SourceRange
    """Range across sources; across all views where fewer than two are sources."""
    count: int = 1
    """How many outcomes it holds."""

    @property
    def highest(self) -> float:
        """The highest share under any view."""
        return max(found.share for found in self.views.values())


def compute_outcome_rows(shares: Shares) -> tuple[OutcomeRow, ...]:
    """Lines in the order in which they are read."""
    rows = [
        _make_row(shares, "outcome", label, {name: view.outcomes[key] for name, view in shares.views.items()})
        for key, label in shares.outcomes.items()
        if shares.agreements != (key,)
    ]
    rows.sort(key=lambda row: -row.highest)
    rare = [row for row in rows if row.highest < RARE]
    if len(rare) > 1:
        rows = [row for row in rows if row.highest >= RARE] + [_merge_rows(shares, rare)]
    if not shares.agreements:
        return tuple(rows)
    label = shares.outcomes.get(shares.agreements[0], "") if len(shares.agreements) == 1 else ""
    agreed = {name: view.any_agreement for name, view in shares.views.items()}
    return (_make_row(shares, "agreement", label, agreed, len(shares.agreements)), *rows)


def _make_row(shares: Shares, kind: str, label: str, views: Mapping[str, Interval], count: int = 1) -> OutcomeRow:
    sources = shares.sources if len(shares.sources) > 1 else tuple(views)
    spread = find_source_range({name: views[name].share for name in sources})
    return OutcomeRow(kind, label, views, spread, count)


def _merge_rows(shares: Shares, rows: list[OutcomeRow]) -> OutcomeRow:
    """Rare outcomes together, under each view."""
    views = {}
    for name, view in shares.views.items():
        hits = sum(round(row.views[name].share * view.n_matching) for row in rows)
        views[name] = estimate_share(hits, view.n_matching)
    return _make_row(shares, "rare", "", views, len(rows))
