"""Lesson measure: what is counted in the runs of a step, with its interval, as a number and in words."""

from dataclasses import dataclass

import numpy as np

from analysis.figures.number_text import as_natural_frequency, format_estimate
from analysis.methods.intervals import estimate_share, find_paired_reach, one_sided_bound
from analysis.methods.share_change import estimate_ratio
from sim.ensemble.results import Results, ViewRuns
from sim.i18n.messages import format_number, message
from sim.web.lesson_files import Measure


@dataclass(frozen=True)
class Measured:
    """What was counted."""

    value: float
    """A share of runs, events per run or per week, or a week."""
    low: float
    """Lower end of its 95% interval."""
    high: float
    """Upper end."""
    text: str
    """All of it in words."""


def measure_runs(results: Results, measure: Measure, name: str = "") -> Measured:
    """What a measure finds in runs.

    Args:
        results: The runs.
        measure: What is counted.
        name: Source view; the first one if empty.
    """
    view = results.views[name] if name else next(iter(results.views.values()))
    return _measure_share(results, view, measure) if measure.is_share else _measure_count(view, measure)


def _measure_share(results: Results, view: ViewRuns, measure: Measure) -> Measured:
    keys = list(results.outcomes)
    counted = results.manifest.agreements if measure.agreements else measure.outcomes
    share = estimate_share(sum(view.count(keys.index(key)) for key in counted if key in keys), view.n_matching)
    words = message("pages.reveal-share", share=format_estimate(share), frequency=as_natural_frequency(share.share))
    return Measured(share.share, share.low, share.high, words)


def _measure_count(view: ViewRuns, measure: Measure) -> Measured:
    counted = view.columns[measure.count]
    wholes = view.columns[measure.per] if measure.per else np.ones(counted.size)
    if not wholes.any():
        return _say(0.0, 0.0, measure)
    value, pull = estimate_ratio(counted, wholes)
    none = one_sided_bound(False, float(wholes.sum())).high
    return _say(value, find_paired_reach(pull)[0] if counted.any() else none, measure)


def _say(value: float, reach: float, measure: Measure) -> Measured:
    """A count in words with its interval: per run, per week, or the number of a week."""
    places = 2 if measure.per or (value < 1 and not measure.is_week) else 1
    low, high = max(value - reach, 0.0), value + reach
    span = message("figures.to", low=format_number(low, places), high=format_number(high, places))
    key = "number" if measure.is_week else "week" if measure.per else "run"
    words = message(f"pages.reveal-{key}", many=format_number(value, places), span=span)
    return Measured(value, low, high, words)
