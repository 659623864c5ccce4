"""Baselines beside runs: under each source view, what is agreed, what plain forecasts say, and what makes the gap?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.methods.agreed_reasons import AgreedReasons, find_agreed_reasons
from analysis.methods.agreed_terms import AgreedOption, compute_agreed_terms
from analysis.methods.baselines import compute_baselines
from analysis.methods.intervals import Interval
from analysis.methods.status_quo_reasons import StatusQuoReasons, find_status_quo_reasons
from sim.ensemble.results import Results
from sim.experiments.package_worths import PackageWorths
from sim.experiments.signed_packages import SignedPackages
from sim.loading.tables.scenario_positions import tabulate_positions
from sim.schema.scenario import Scenario

BESIDE = ("weighted-mean", "weighted-median", "plain-mean", "condorcet", "expected-utility", "exchange", "nash")
"""Forecasts that stand beside runs."""


@dataclass(frozen=True)
class ReplayedView:
    """Runs of a source view that were played again."""

    worths: PackageWorths
    """What packages are worth at the end of the run-up in its first matching runs."""
    signed: SignedPackages
    """Runs with an agreement in force, in the week of its signature."""
    refusals: Mapping[str, NDArray[np.bool_]]
    """Who refused the last plan in runs in which one was refused and nothing signed, by key: (runs,)."""


@dataclass(frozen=True)
class ForecastIssue:
    """One issue under one source view."""

    label: str
    """Its name for readers."""
    named: str
    """The option nearest the weighted mean."""
    agreed: str
    """The option agreed most often."""
    share: Interval
    """Share of the agreements in force that have it."""
    runs: int
    """Agreements in force."""


@dataclass(frozen=True)
class BesideRuns:
    """Plain forecasts beside the runs of a source view."""

    label: str
    """The source view for readers."""
    sides: tuple[str, str]
    """Both sides for readers."""
    decisions: Mapping[str, NDArray[np.float64]]
    """Decision on every issue by method, from 0 to 1."""
    status_quo: StatusQuoReasons
    """Why runs have no agreement in force."""
    agreed: AgreedReasons | None
    """What lies between forecasts and agreements; none without an agreement in force."""
    issues: tuple[ForecastIssue, ...]
    """The issues; none without an agreement in force."""


def set_beside_runs(
    results: Results, scenarios: Mapping[str, Scenario], replayed: Mapping[str, ReplayedView]
) -> Mapping[str, BesideRuns]:
    """Plain forecasts beside the runs of every source view that was played again.

    Args:
        results: The runs.
        scenarios: The scenario as each source view sees it, with its texts in the language in use.
        replayed: Runs of each source view that were played again.
    """
    terms = compute_agreed_terms(results, scenarios)
    found = {}
    for name, again in replayed.items():
        scenario, view = scenarios[name], results.views[name]
        every = compute_baselines(tabulate_positions(scenario, name)).decisions
        decisions = {method: every[method] for method in BESIDE if method in every}
        agreed = find_agreed_reasons(scenario, again.signed, decisions)
        options = {key: list(terms[name].issues[key].options.values()) for key in scenario.issues if agreed}
        found[name] = BesideRuns(
            label=results.manifest.labels.get(name, name),
            sides=terms[name].sides,
            decisions=decisions,
            status_quo=find_status_quo_reasons(results, view, scenario, again.worths, again.refusals),
            agreed=agreed,
            issues=tuple(
                _describe_issue(scenario.issues[key].label, float(decided), options[key], terms[name].in_force)
                for key, decided in zip(scenario.issues, decisions["weighted-mean"], strict=True)
                if agreed
            ),
        )
    return found


def _describe_issue(label: str, decided: float, options: list[AgreedOption], runs: int) -> ForecastIssue:
    """The option that the weighted mean is nearest, and the one agreed most often."""
    often = max(options, key=lambda one: one.runs)
    return ForecastIssue(label, options[round(decided * (len(options) - 1))].label, often.label, often.share, runs)
