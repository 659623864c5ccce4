"""Expectations: what is expected of a case, and what do its runs show?

Read aloud
    An expectation speaks of the case as it is written, so it is held against runs of just that: where anything was
    set, or another number of weeks was played, nothing is compared. A share that may only seem to miss its bound
    because runs are few counts as met: its interval must reach the bound.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.methods.intervals import Interval, estimate_share
from sim.ensemble.results import Results, ViewRuns
from sim.export.tables import list_menu_packages
from sim.schema.expectation import Expectation
from sim.schema.scenario import Scenario


@dataclass(frozen=True)
class SeenExpectation:
    """One expectation beside what the runs of a source view show."""

    key: str
    """Its key."""
    view: str
    """Name of the source view."""
    expected: Expectation
    """What is expected."""
    share: Interval | None
    """The share that was found; none for a week, or without anything to take a share of."""
    first_week: int | None
    """First week after the run-up with a signature in any run; none for a share, or without one."""
    met: bool
    """True if the runs are as expected."""


def compute_expectations(results: Results, scenarios: Mapping[str, Scenario]) -> tuple[SeenExpectation, ...]:
    """Every expectation of a case under every source view; nothing where the case was changed.

    Args:
        results: The runs.
        scenarios: The scenario as each source view sees it, with its texts in the language in use.
    """
    manifest = results.manifest
    if manifest.set_changes or manifest.answers:
        return ()
    return tuple(
        _compare(key, expected, results, view, scenarios[name])
        for name, view in results.views.items()
        if view.n_matching and name in scenarios
        if scenarios[name].calendar.horizon == manifest.horizon_weeks
        for key, expected in scenarios[name].expected.items()
    )


def _compare(key: str, expected: Expectation, results: Results, view: ViewRuns, scenario: Scenario) -> SeenExpectation:
    """One expectation beside the runs."""
    if expected.signed_from_week is not None:
        signed = view.columns["week_signed"]
        weeks = signed[signed > 0.0]
        first = int(weeks.min()) if weeks.size else None
        met = first is None or first >= expected.signed_from_week
        return SeenExpectation(key, view.name, expected, None, first, met)
    share = _find_share(expected, results, view, scenario)
    low, high = expected.at_least or 0.0, 1.0 if expected.at_most is None else expected.at_most
    met = share is not None and share.high >= low and share.low <= high
    return SeenExpectation(key, view.name, expected, share, None, met)


def _find_share(expected: Expectation, results: Results, view: ViewRuns, scenario: Scenario) -> Interval | None:
    """Share of matching runs with these outcomes, or of agreements in force with these answers."""
    keys = list(results.outcomes)
    if expected.outcomes:
        hits = np.isin(view.columns["outcome"], [keys.index(key) for key in expected.outcomes])
        return estimate_share(int(hits.sum()), view.n_matching)
    there = np.isin(view.columns["outcome"], [keys.index(key) for key in results.manifest.agreements])
    fitting = [
        place
        for place, (_, _, options) in enumerate(list_menu_packages(scenario))
        if all(options[issue] in wanted for issue, wanted in expected.agreed.items())
    ]
    drafts = view.columns["draft"][there]
    return estimate_share(int(np.isin(drafts, fitting).sum()), drafts.size) if drafts.size else None
