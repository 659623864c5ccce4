"""Scenario differences: what does a scenario file change, under each source's assumptions?

Read aloud
    Both are played with the same seed; only draws that both have played count. The paired 95% interval of a difference
    takes out the luck both share; where few draws differ, or none, it reaches as far as their count allows.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from analysis.methods.change_words import describe_changes, describe_view_change
from analysis.methods.decided_outcomes import find_decided_outcomes
from analysis.methods.paired_change import PairedChange, compute_paired_change
from analysis.methods.share_change import ShareChange, compute_share_change, select_common_runs, share_change_as_json
from analysis.methods.shares import ANY_AGREEMENT
from analysis.methods.summary import NOTE
from analysis.methods.view_names import name_two_views
from sim.ensemble.manifest import Manifest, combine_fingerprints
from sim.ensemble.results import Results
from sim.export.csv_file import make_csv_writer
from sim.loading.tables.formula_guard import guard_text
from sim.schema.loaded_case import HoldsFrom

__all__ = ["COLUMNS", "Comparison", "ScenarioDifference", "ShareChange", "ViewDifference", "compare_results"]

ChangeKind = Literal["decision", "assumption", "view"]
"""What a scenario changes: what is done, dated or possible, what is believed, or by whom."""

COLUMNS = tuple("scenario view outcome reference share difference low high draws jointly_matching changed_keys".split())
"""Columns of the comparison as a table for other programs."""


@dataclass(frozen=True)
class ViewDifference:
    """What a scenario changes under one source's assumptions."""

    name: str
    """Name of the source view."""
    label: str
    """Name for readers."""
    other: str
    """Name for readers of the source view that the scenario is seen through; the same unless another was asked for."""
    draws: int
    """Draws that both scenarios have played."""
    n_matching: int
    """Those of them that match the reported run-up in the scenario."""
    n_reference_matching: int
    """Those that match it in the reference."""
    n_jointly_matching: int
    """Those that match it in both."""
    agreement: ShareChange
    """Runs with an agreement in force at the horizon."""
    outcomes: Mapping[str, ShareChange]
    """Each outcome, in the order of the scenario."""


@dataclass(frozen=True)
class ScenarioDifference:
    """What one scenario changes, under every source's assumptions."""

    name: str
    """Name of the scenario."""
    label: str
    """Name for readers."""
    changes: tuple[str, ...]
    """Top-level keys at which it differs from the reference."""
    kinds: tuple[ChangeKind, ...]
    """What it changes: decisions, assumptions, the source view; nothing if it is another case."""
    changed: str
    """What was set and answered in it, in words; empty if nothing was."""
    holds_from: HoldsFrom
    """From when a changed assumption holds."""
    split: PairedChange | None
    """Effect and selection apart, where something was set or answered in it."""
    views: Mapping[str, ViewDifference]
    """Differences by source view."""
    without_runs: tuple[str, ...]
    """Source views without matching runs among the draws that both have played."""
    decided: frozenset[str]
    """Outcomes that the scenario decides itself, so that their shares move by definition."""
    notes: tuple[str, ...]
    """What a reader must know about it and not about the reference."""

    def find_largest_changes(self, count: int = 3) -> list[tuple[str, ViewDifference]]:
        """The outcomes that move most, each with the source view under which it does."""
        found: dict[str, ViewDifference] = {}
        for view in self.views.values():
            for key, moved in view.outcomes.items():
                best = found.get(key)
                if moved.difference and (best is None or abs(moved.difference) > abs(best.outcomes[key].difference)):
                    found[key] = view
        ranked = sorted(found, key=lambda key: -abs(found[key].outcomes[key].difference))
        return [(key, found[key]) for key in ranked[:count]]


@dataclass(frozen=True)
class Comparison:
    """Scenarios against a reference, all played with the same luck."""

    reference: str
    """Name of the reference."""
    label: str
    """Its name for readers."""
    outcomes: Mapping[str, str]
    """Keys and labels of the outcomes, in order."""
    view_labels: Mapping[str, str]
    """Names and labels of the source views, in fixed order."""
    scenarios: Mapping[str, ScenarioDifference]
    """All other scenarios."""
    seed: int
    """Seed of all luck."""
    horizon_weeks: int
    """Weeks played."""
    complete: bool
    """False if some runs were broken off."""
    fingerprint: str
    """Stands for the inputs of all scenarios."""

    def select(self, name: str) -> "ComparedScenario":
        """One of the scenarios with the comparison it belongs to."""
        return ComparedScenario(self, name)

    def as_json(self) -> dict[str, Any]:
        """The comparison as plain mappings; shares and differences from 0 to 1."""
        return {
            "note": NOTE,
            "reference": self.reference,
            "scenarios": {name: _scenario_as_json(one) for name, one in self.scenarios.items()},
            "seed": self.seed,
            "horizon_weeks": self.horizon_weeks,
            "complete": self.complete,
        }

    def as_csv(self) -> str:
        """One row for every scenario, source view and outcome."""
        text = io.StringIO()
        table = make_csv_writer(text)
        table.writerow(COLUMNS)
        for name, scenario in self.scenarios.items():
            for view in scenario.views.values():
                behind = (view.draws, view.n_jointly_matching, guard_text(";".join(scenario.changes)))
                for key, one in {**view.outcomes, ANY_AGREEMENT: view.agreement}.items():
                    texts = map(guard_text, (name, view.name, key))
                    table.writerow((*texts, *one.numbers, *behind))
        return text.getvalue()


@dataclass(frozen=True)
class ComparedScenario:
    """One scenario of a comparison, as a figure shows it: on an axis that holds for all of them."""

    comparison: Comparison
    """The comparison."""
    name: str
    """Name of the scenario."""

    @property
    def difference(self) -> ScenarioDifference:
        """How it differs from the reference."""
        return self.comparison.scenarios[self.name]


def compare_results(
    reference: Results, others: Sequence[Results], kinds: Mapping[str, tuple[ChangeKind, ...]] | None = None
) -> Comparison:
    """Every other scenario against the reference, on the outcomes that all have.

    Args:
        reference: Runs of the reference.
        others: Runs of the other scenarios.
        kinds: What each of them changes, by its name; nothing known if left out.
    """
    kinds = kinds or {}
    first = reference.manifest
    everything = (reference, *others)
    for other in others:
        _require_comparable(reference, other)
    return Comparison(
        reference=first.scenario,
        label=first.title,
        outcomes=find_common_outcomes(everything),
        view_labels={name: first.labels.get(name, name) for name in reference.views},
        scenarios={
            other.manifest.scenario: _compare_scenario(reference, other, kinds.get(other.manifest.scenario, ()))
            for other in others
        },
        seed=first.seed,
        horizon_weeks=first.horizon_weeks,
        complete=all(one.manifest.complete for one in everything),
        fingerprint=combine_fingerprints(one.manifest for one in everything),
    )


def _require_comparable(reference: Results, other: Results) -> None:
    """Refuse what cannot be subtracted."""
    one, two = reference.manifest, other.manifest
    if (one.seed, one.horizon_weeks) != (two.seed, two.horizon_weeks):
        raise ValueError(f"{one.scenario} and {two.scenario} were not played with the same seed and horizon")
    if not find_common_outcomes((reference, other)):
        raise ValueError(f"{one.scenario} and {two.scenario} have no outcome in common")


def find_common_outcomes(results: Sequence[Results]) -> dict[str, str]:
    """Keys and labels of the outcomes that all have, in the order of the first."""
    first, *others = results
    return {key: label for key, label in first.outcomes.items() if all(key in other.outcomes for other in others)}


def _compare_scenario(reference: Results, other: Results, kinds: tuple[ChangeKind, ...]) -> ScenarioDifference:
    one, two = reference.manifest, other.manifest
    both = [name for name in reference.views if name in other.views]
    found = {name: _compare_view(reference, other, name) for name in both}
    changed = _describe_own_changes(one, two, views=both if "view" in kinds else ())
    keys = dict.fromkeys([*one.text, *two.text])
    return ScenarioDifference(
        name=two.scenario,
        label=_label_scenario(one, two, changed),
        changes=tuple(
            key for key in keys if key not in ("title", "question") and one.text.get(key) != two.text.get(key)
        ),
        kinds=kinds,
        changed=changed,
        holds_from=two.holds_from,
        split=compute_paired_change(reference, other) if changed else None,
        views={name: view for name, view in found.items() if view is not None},
        without_runs=tuple(name for name in reference.views if found.get(name) is None),
        decided=find_decided_outcomes(one.text, two.text),
        notes=tuple(note for note in two.notes if note not in one.notes),
    )


def _describe_own_changes(one: Manifest, two: Manifest, views: Sequence[str]) -> str:
    """What was set, answered and seen otherwise in a scenario and not in the reference, in words."""
    own = [(of.assumed, of.set_changes, of.answers) for of in (one, two)]
    said = [describe_changes(two)] if own[0] != own[1] else []
    pairs = [name_two_views(two.labels.get(name, name), one.labels.get(name, name)) for name in views]
    said += [describe_view_change(*zip(*pairs, strict=True), in_run_up=two.run_up_weeks > 0)] if pairs else []
    return "; ".join(said)


def _label_scenario(one: Manifest, two: Manifest, changed: str) -> str:
    """Name of a scenario for readers: its title with what was changed, or its name where the title is another's."""
    if changed:
        return f"{two.title}, {changed}"
    return two.scenario if two.title == one.title else two.title


def _compare_view(reference: Results, other: Results, name: str) -> ViewDifference | None:
    """The difference under one source's assumptions; none without matching runs in both."""
    a, b = reference.views[name], other.views[name]
    draws = min(a.n_drawn, b.n_drawn)
    (runs_a, ends_a), (runs_b, ends_b) = select_common_runs(reference, a, draws), select_common_runs(other, b, draws)
    if draws < 2 or not runs_a.size or not runs_b.size:
        return None

    def compute_change(keys_a: Sequence[str], keys_b: Sequence[str]) -> ShareChange:
        return compute_share_change(draws, runs_a, np.isin(ends_a, list(keys_a)), runs_b, np.isin(ends_b, list(keys_b)))

    return ViewDifference(
        name=name,
        label=reference.manifest.labels.get(name, name),
        other=other.manifest.labels.get(name, name),
        draws=draws,
        n_matching=int(runs_b.size),
        n_reference_matching=int(runs_a.size),
        n_jointly_matching=int(np.intersect1d(runs_a, runs_b).size),
        agreement=compute_change(reference.manifest.agreements, other.manifest.agreements),
        outcomes={key: compute_change((key,), (key,)) for key in find_common_outcomes((reference, other))},
    )


def _scenario_as_json(scenario: ScenarioDifference) -> dict[str, Any]:
    views = {name: _view_as_json(view) for name, view in scenario.views.items()}
    return {
        "label": scenario.label,
        "changes": list(scenario.changes),
        "kinds": list(scenario.kinds),
        "changed": scenario.changed,
        "holds_from": scenario.holds_from,
        "views": views,
        "without_runs": list(scenario.without_runs),
        "paired_change": None if scenario.split is None else scenario.split.as_json(),
    }


def _view_as_json(view: ViewDifference) -> dict[str, Any]:
    return {
        **{
            "drawn": view.draws,
            "matching": view.n_matching,
            "reference_matching": view.n_reference_matching,
            "jointly_matching": view.n_jointly_matching,
        },
        "agreement": share_change_as_json(view.agreement),
        "outcomes": {key: share_change_as_json(moved) for key, moved in view.outcomes.items()},
    }
