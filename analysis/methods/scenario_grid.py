"""Scenario grid: the shares of several scenario files under every source view, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.methods.intervals import Interval
from analysis.methods.shares import Shares, ViewShares


@dataclass(frozen=True)
class ScenarioGridRow:
    """One scenario file."""

    title: str
    """Name for readers."""
    views: Mapping[str, ViewShares]
    """Shares by source view; a view without matching runs is missing."""

    def list_agreement_shares(self) -> tuple[Interval, ...]:
        """Share of agreements in force under each view."""
        return tuple(view.any_agreement for view in self.views.values())


@dataclass(frozen=True)
class ScenarioGrid:
    """Scenario files and source views."""

    outcomes: Mapping[str, str]
    """Keys and labels of the outcomes, in order."""
    agreements: tuple[str, ...]
    """Outcomes in which an agreement is in force."""
    view_labels: Mapping[str, str]
    """Keys and labels of the source views, in fixed order."""
    horizon_weeks: int
    """Weeks played."""
    rows: tuple[ScenarioGridRow, ...]
    """Scenario files, in the order given."""


def build_scenario_grid(entries: Sequence[tuple[str, Shares]]) -> ScenarioGrid:
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
    views = {name: view.label for _, shares in entries for name, view in shares.views.items()}
    rows = tuple(
        ScenarioGridRow(title, {name: shares.views[name] for name in views if name in shares.views})
        for title, shares in entries
    )
    return ScenarioGrid(first.outcomes, first.agreements, views, first.horizon_weeks, rows)
