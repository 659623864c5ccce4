"""Agreed terms: what was agreed on each issue, by which sequence, and when?

Read aloud
    Only runs count in which an agreement is in force at the horizon. On each issue, the share of an option is the
    number of these runs whose agreement has it over the number of these runs. While an agreement stands but is not
    settled, issues that a ceasefire does not settle are still open; what is counted is what was signed. Weeks are
    those of the last signature and of its coming into force; 0 stands for a signature in the run-up. Their range is
    where the middle four of five of these runs lie.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.methods.intervals import Interval, estimate_share
from sim.ensemble.results import Results, ViewRuns
from sim.export.tables import list_menu_packages
from sim.schema.scenario import Scenario

SEQUENCE = "sequence"
"""Key under which the sequences stand among the questions."""


@dataclass(frozen=True)
class WeekRange:
    """When something happened, over runs; each number is the week of a run, 0 the run-up."""

    low: int
    """10th percentile."""
    median: int
    """Median."""
    high: int
    """90th percentile."""


@dataclass(frozen=True)
class AgreedOption:
    """One answer to a question."""

    label: str
    """Name for readers."""
    runs: int
    """Runs in which it is agreed."""
    share: Interval
    """Their share of the runs with an agreement in force."""


@dataclass(frozen=True)
class AgreedIssue:
    """One question, and how it was answered."""

    label: str
    """Name for readers; empty for the sequence."""
    options: Mapping[str, AgreedOption]
    """Every answer there is, in the order of the scenario; the shares add up to 1."""


@dataclass(frozen=True)
class AgreedTerms:
    """What was agreed under one source's assumptions."""

    view: str
    """Name of the source view."""
    view_label: str
    """Name for readers."""
    n_matching: int
    """Matching runs."""
    horizon_weeks: int
    """Weeks played."""
    sides: tuple[str, str]
    """The first side and the second, by their names for readers; options run from best for the second to the first."""
    in_force: int
    """Those with an agreement in force at the horizon; of these all shares here are taken."""
    signed: WeekRange | None
    """Week of the signature; none without an agreement in force."""
    entered: WeekRange | None
    """Week of coming into force; none without an agreement in force."""
    settled: Interval | None
    """Share in which every question is settled; none without an agreement in force."""
    issues: Mapping[str, AgreedIssue]
    """Answers by issue, and by `sequence` where the menu has several; empty without an agreement in force."""


def compute_agreed_terms(results: Results, scenarios: Mapping[str, Scenario]) -> dict[str, AgreedTerms]:
    """What was agreed, for every source view that has matching runs and a scenario.

    Args:
        results: The runs.
        scenarios: The scenario as each source view sees it, with its texts in the language in use.

    Returns:
        What was agreed, by source view.
    """
    return {
        name: _compute_view(results, view, scenarios[name])
        for name, view in results.views.items()
        if view.n_matching and name in scenarios
    }


def _compute_view(results: Results, view: ViewRuns, scenario: Scenario) -> AgreedTerms:
    """What was agreed under one source's assumptions."""
    numbers = [number for number, key in enumerate(results.outcomes) if key in results.manifest.agreements]
    there = np.isin(view.columns["outcome"], numbers)
    many = int(there.sum())
    return AgreedTerms(
        view=view.name,
        view_label=results.manifest.labels.get(view.name, view.name),
        n_matching=view.n_matching,
        horizon_weeks=results.manifest.horizon_weeks,
        sides=(scenario.actors[scenario.contest.first].label, scenario.actors[scenario.contest.second].label),
        in_force=many,
        signed=_find_range(view.columns["week_signed"][there]) if many else None,
        entered=_find_range(view.columns["week_in_force"][there]) if many else None,
        settled=estimate_share(int(view.columns["settled"][there].sum()), many) if many else None,
        issues=_count_answers(scenario, view.columns["draft"][there].astype(np.int64)) if many else {},
    )


def _find_range(weeks: NDArray[np.float64]) -> WeekRange:
    low, median, high = np.quantile(weeks, (0.1, 0.5, 0.9), method="inverted_cdf")
    return WeekRange(int(low), int(median), int(high))


def _count_answers(scenario: Scenario, drafts: NDArray[np.int64]) -> dict[str, AgreedIssue]:
    """How often each answer stands in the agreements, given the numbers of their packages."""
    packages = list_menu_packages(scenario)
    counts = np.bincount(drafts, minlength=len(packages))
    found = {}
    for key, issue in scenario.issues.items():
        labels = {name: option.label for name, option in issue.options.items()}
        found[key] = _build_issue(issue.label, labels, [options[key] for _, _, options in packages], counts)
    sequences = {sequence for _, sequence, _ in packages}
    if len(sequences) > 1:
        labels = {name: one.label for name, one in scenario.sequences.items() if name in sequences}
        found[SEQUENCE] = _build_issue("", labels, [sequence for _, sequence, _ in packages], counts)
    return found


def _build_issue(label: str, labels: Mapping[str, str], answers: list[str], counts: NDArray[np.int64]) -> AgreedIssue:
    """Answers to one question, given that of every package and the runs that agreed on it."""
    runs = dict.fromkeys(labels, 0)
    for answer, count in zip(answers, counts.tolist(), strict=True):
        runs[answer] += count
    total = int(counts.sum())
    options = {key: AgreedOption(labels[key], many, estimate_share(many, total)) for key, many in runs.items()}
    return AgreedIssue(label, options)
