"""Grid: the shares of several scenario files under every source view, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.questions.intervals import Interval
from analysis.questions.shares import LensShares, Shares


@dataclass(frozen=True)
class GridRow:
    """One scenario file."""

    title: str
    """Name for readers."""
    lenses: Mapping[str, LensShares]
    """Shares by source view; a view without matching runs is missing."""

    def agreements(self) -> tuple[Interval, ...]:
        """Share of agreements in force under each view."""
        return tuple(lens.any_agreement for lens in self.lenses.values())


@dataclass(frozen=True)
class Grid:
    """Scenario files and source views."""

    outcomes: Mapping[str, str]
    """Keys and labels of the codebook, in order."""
    agreements: tuple[str, ...]
    """Outcomes in which an agreement is in force."""
    views: Mapping[str, str]
    """Keys and labels of the source views, in fixed order."""
    horizon_weeks: int
    """Weeks played."""
    rows: tuple[GridRow, ...]
    """Scenario files, in the order given."""


def grid(entries: Sequence[tuple[str, Shares]]) -> Grid:
    """Shares of scenario files, each with its title, set side by side.

    Raises:
        ValueError: there is none, or they differ in outcomes or horizon.
    """
    if not entries:
        raise ValueError("there are no scenario files to set side by side")
    first = entries[0][1]
    for title, shares in entries:
        if (shares.outcomes, shares.horizon_weeks) != (first.outcomes, first.horizon_weeks):
            raise ValueError(f"{title!r} does not have the outcomes and the horizon of {entries[0][0]!r}")
    views = {name: lens.label for _, shares in entries for name, lens in shares.lenses.items()}
    rows = tuple(
        GridRow(title, {name: shares.lenses[name] for name in views if name in shares.lenses})
        for title, shares in entries
    )
    return Grid(first.outcomes, first.agreements, views, first.horizon_weeks, rows)
