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

from analysis.methods.intervals import Interval, estimate_share
from sim.ensemble.results import Results, ViewRuns
from sim.schema.base_rate import BaseRate, Standing
from sim.schema.scenario import Outcome, Scenario

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
    standing: Standing
    """Where it lies beside what was named."""


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
    if not reference.is_of_runs or weeks is None or weeks > results.manifest.horizon_weeks:
        return {}
    return {name: _see(reference, view, weeks, scenario) for name, view in results.views.items() if view.n_matching}


def _see(reference: BaseRate, view: ViewRuns, weeks: int, scenario: Scenario) -> SeenReference:
    counts = list(zip(view.by_week[weeks - 1].tolist(), scenario.outcomes.values(), strict=True))

    def count(fits: Callable[[Outcome], bool]) -> int:
        return sum(many for many, outcome in counts if fits(outcome))

    in_force, broken = count(lambda one: one.agreement), count(lambda one: bool(one.when.broken))
    prevailed, waiting = count(lambda one: one.when.ended in PREVAILED), count(lambda one: bool(one.when.signed))
    found = in_force + (broken if reference.about == "in-force" else prevailed)
    share = estimate_share(found, view.n_matching)
    parts = (many / view.n_matching for many in (in_force, broken, prevailed, waiting))
    return SeenReference(share, Parts(*parts), reference.locate(share.low, share.high))
