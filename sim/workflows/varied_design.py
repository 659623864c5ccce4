"""Varied design: the settings at which a case is played, checked before anything is."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sim.ensemble.plan import Plan
from sim.ensemble.simulate import simulate_plans
from sim.errors import ErrorCollector, OptionError, name_argument, stop
from sim.experiments.factor_design import combine_all, count_combinations, draw_samples
from sim.loading.translations import READ, find_words
from sim.workflows.load_scenario import CaseRequest
from sim.workflows.varied_factors import ARGUMENT, Factor, find_sample, list_values
from sim.workflows.with_changes import make_plan_with, parse_with

MOST_SETTINGS = 1000
"""Settings that are played in one call."""
TOGETHER = 12
"""Settings that are played together, so that the run-up is played once for them."""
PROBE = 100
"""Matching runs of so many settings that are played to say how long too many settings would take."""

FOR_READERS = ("expected", "try")
"""What stands below these is read by people, whatever it is."""
REASONS = ("assumed", "because")
"""What a number is taken from."""


@dataclass(frozen=True)
class VariedDesign:
    """What is to be played."""

    request: CaseRequest
    """The case, and what is changed in it at every setting."""
    first: Plan
    """The unchanged case."""
    factors: tuple[Factor, ...]
    """What is varied."""
    settings: tuple[tuple[str, ...], ...]
    """Values of the factors."""

    def make_plan(self, words: Sequence[str], first: Plan | None = None) -> Plan:
        """The plan of the case with these words, each as name=value."""
        path, asked = self.request.path, self.request
        wanted = parse_with(path, words, argument=ARGUMENT)
        return make_plan_with(first or self.first, path, wanted, asked.changes, asked.answers, asked.holds_from)


def plan_settings(
    first: Plan, factors: Sequence[Factor], samples: int | None, workers: int | None
) -> tuple[tuple[str, ...], ...]:
    """Values of all factors at every setting: each combination, or those of a Latin hypercube."""
    whole = [_takes_whole_numbers(first.manifest.text, factor.name) for factor in factors]
    if samples is not None:
        sampled = draw_samples([factor.name for factor in factors], samples, first.manifest.seed)
        found = (
            tuple(
                find_sample(factor, uniform, whole=is_whole)
                for factor, uniform, is_whole in zip(factors, row, whole, strict=True)
            )
            for row in sampled
        )
        return tuple(dict.fromkeys(found))
    values = [list_values(factor, whole=is_whole) for factor, is_whole in zip(factors, whole, strict=True)]
    if (many := count_combinations(values)) > MOST_SETTINGS:
        raise OptionError(ARGUMENT, _explain_too_many(first, many, workers))
    return combine_all(values)


def _takes_whole_numbers(data: Any, name: str) -> bool:
    """True if the scenario has a plain whole number at a place."""
    for word in name.split("."):
        data = data.get(word) if isinstance(data, dict) else None
    return isinstance(data, int) and not isinstance(data, bool)


def _explain_too_many(first: Plan, many: int, workers: int | None) -> str:
    """How long too many settings would take, measured on a few runs, and what to do instead."""
    told, runs = first.manifest, min(PROBE, first.manifest.runs_asked)
    few = [
        replace(first, manifest=told.model_copy(update={"scenario": str(number), "runs_asked": runs}))
        for number in range(TOGETHER)
    ]
    start = time.perf_counter()
    simulate_plans(few, workers=workers, zone_runs=0)
    hours = (time.perf_counter() - start) / TOGETHER * many * told.runs_asked / runs / 3600
    return (
        f"makes {many:,} settings, which would take {_format_hours(hours)}; at most {MOST_SETTINGS:,} are played: "
        "name fewer values, or let `samples=` pick some of them"
    )


def _format_hours(hours: float) -> str:
    """A time in whole hours, or minutes where it is short."""
    return f"about {hours:,.0f} hours" if hours >= 1.5 else f"about {max(1.0, 60 * hours):.0f} minutes"


def check_values(design: VariedDesign) -> None:
    """Refuse values that do not fit the scenario, all at once, before anything is played."""
    seen, view = ErrorCollector(), next(iter(design.first.views))
    lone = replace(design.first, views={view: design.first.views[view]})
    read = {".".join(map(str, place)) for place in find_words(design.first.manifest.text, READ)}
    for factor in design.factors:
        seen.attempt(partial(_refuse_words, factor.name, read), None)
        for value in factor.list_extremes():
            seen.attempt(partial(design.make_plan, [f"{factor.name}={value}"], lone), None)
    known = {(problem.text, problem.remedy): problem for problem in reversed(seen.problems)}
    ErrorCollector(list(reversed(known.values()))).stop_if_any()


def _refuse_words(name: str, read: set[str]) -> None:
    """Stop at a text: no run depends on it, so that all settings would be the same."""
    first, *_, last = name.split(".") * 2
    if name in read or first in FOR_READERS or last in REASONS:
        text = f"{name} is for readers, and no run depends on it"
        raise stop(name_argument(ARGUMENT, name), 0, text, "vary a number, such as contest.noise")
