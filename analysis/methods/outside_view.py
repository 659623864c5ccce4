"""Outside view: what others counted elsewhere or expected of this conflict, beside the same share of runs.

Read aloud
    Somebody says how likely an agreement is to come into force within some weeks, or how many such wars end within
    them. The share of a view's runs of which the same holds at the end of that week stands beside it, with its
    interval. It is below or above where the whole interval lies outside the range that was named. What makes it up in
    the model is told apart: agreements in force, agreements that came into force and broke, sides that prevailed, and
    agreements that are signed and still wait for their steps.

Sources
    Kahneman and Lovallo (1993), Timid choices and bold forecasts (the outside view).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.methods.intervals import Interval, estimate_share
from sim.ensemble.results import Results, ViewRuns
from sim.schema.base_rate import BaseRate
from sim.schema.conditions import RunCondition
from sim.schema.scenario import Scenario

Side = Literal["below", "within", "above"]
"""Where the share of runs lies beside what was named."""

PREVAILED = ("first_prevails", "second_prevails")


@dataclass(frozen=True)
class Parts:
    """Shares of the runs of a view after some weeks."""

    in_force: float
    """An agreement is in force."""
    broken: float
    """War, after an agreement that broke."""
    prevailed: float
    """A side has prevailed."""
    waiting: float
    """An agreement is signed and not in force."""


@dataclass(frozen=True)
class SeenReference:
    """A reference from elsewhere, beside a view's runs."""

    share: Interval
    """Share of matching runs of which the same holds."""
    parts: Parts
    """What it is made of."""
    side: Side
    """Where it lies."""


def compare_with_runs(reference: BaseRate, results: Results, scenario: Scenario) -> Mapping[str, SeenReference]:
    """What the runs of every view say of a reference.

    Args:
        reference: What was counted or expected elsewhere.
        results: The runs.
        scenario: The scenario, for the conditions of its outcomes.

    Returns:
        By view; empty if the reference is about something else, or about more weeks than were played.
    """
    weeks = reference.within_weeks
    if reference.about not in ("in-force", "ended") or weeks is None or weeks > results.manifest.horizon_weeks:
        return {}
    return {name: _see(reference, view, weeks, scenario) for name, view in results.views.items() if view.n_matching}


def _see(reference: BaseRate, view: ViewRuns, weeks: int, scenario: Scenario) -> SeenReference:
    outcomes = list(scenario.outcomes.values())

    def count(fits: Callable[[RunCondition], bool]) -> int:
        return sum(int(n) for n, one in zip(view.by_week[weeks - 1], outcomes, strict=True) if fits(one.when))

    in_force = sum(int(n) for n, one in zip(view.by_week[weeks - 1], outcomes, strict=True) if one.agreement)
    broken, prevailed = count(lambda when: bool(when.broken)), count(lambda when: when.ended in PREVAILED)
    found = in_force + (broken if reference.about == "in-force" else prevailed)
    share = estimate_share(found, view.n_matching)
    parts = (one / view.n_matching for one in (in_force, broken, prevailed, count(lambda when: bool(when.signed))))
    return SeenReference(share, Parts(*parts), _locate(share, reference))


def _locate(share: Interval, reference: BaseRate) -> Side:
    if share.high < reference.low:
        return "below"
    return "above" if share.low > reference.high else "within"
