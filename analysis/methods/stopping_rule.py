"""Stopping rule: are the shares of all outcomes known closely enough to stop?

Read aloud
    Whoever stops as soon as an interval looks narrow must use one that holds at every look. The confidence sequence
    does. With looks planned beforehand, few of them, narrower intervals do, which share the error out among the looks.
    Runs end when every outcome's share, in every source view, is known to the half-width asked for. What is shown
    afterwards is the interval by which the runs were ended.

Sources
    Robbins (1970), Statistical methods related to the law of the iterated logarithm (beta mixture).
    Pocock (1977), Group sequential methods in the design and analysis of clinical trials (planned looks).
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from analysis.methods.intervals import Interval, confidence_sequence, estimate_share, planned_look
from sim.ensemble.manifest import Manifest
from sim.ensemble.planned_looks import PlannedLooks

Estimate = Callable[[float, float], Interval]
"""From a count and a number of runs to a share with its interval."""


def choose_estimate(manifest: Manifest) -> Estimate:
    """The interval that holds for runs that were ended so."""
    if manifest.precision is None:
        return estimate_share
    return partial(planned_look, looks=len(manifest.looks)) if manifest.looks else _estimate_at_any_time


def choose_stopping_rule(manifest: Manifest) -> Callable[[Any], bool] | None:
    """The rule by which runs end early; none for a planned number of runs."""
    if manifest.precision is None:
        return None
    if manifest.looks:
        return PlannedLooks(manifest.looks, precise_at_looks(manifest.precision, manifest.looks))
    return precise_enough(manifest.precision)


def _estimate_at_any_time(count: float, runs: float) -> Interval:
    return confidence_sequence(int(count), int(runs))


def precise_at_looks(half_width: float, looks: Sequence[int], level: float = 0.95) -> Callable[[Any], bool]:
    """The same test for looks that were planned beforehand.

    Raises:
        ValueError: the half-width is not above 0 and below 1.
    """
    return _make_test(half_width, lambda count, runs: planned_look(count, runs, len(looks), level))


def precise_enough(half_width: float, level: float = 0.95) -> Callable[[Any], bool]:
    """A test of counts by outcome: true once no share is further than the half-width from its interval's ends.

    Raises:
        ValueError: the half-width is not above 0 and below 1.
    """
    return _make_test(half_width, lambda count, runs: confidence_sequence(int(count), int(runs), level))


def _make_test(half_width: float, estimate: Estimate) -> Callable[[Any], bool]:
    if not 0 < half_width < 1:
        raise ValueError(f"a half-width of {half_width} is not above 0 and below 1")

    def is_precise(counts: Any) -> bool:
        runs = int(sum(counts))
        found = (estimate(int(count), runs) for count in counts)
        return runs > 0 and all(max(one.high - one.share, one.share - one.low) <= half_width for one in found)

    return is_precise
