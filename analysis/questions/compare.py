"""Compare: what does a scenario file change, under each source's assumptions?

Read aloud
    Both are played with the same seed; only draws that both have played count. The paired 95% interval of a difference
    takes out the luck both share; where no draw differs, it reaches as far as a count of zero allows.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.questions.moved import Moved, ends_among, moved_as_json, moved_by
from analysis.questions.summary import NOTE
from sim.ensemble.manifest import digest_of_all
from sim.ensemble.results import Results

__all__ = ["COLUMNS", "Comparison", "LensDifference", "Moved", "ScenarioDifference", "compare"]

COLUMNS = tuple("scenario lens outcome reference share difference low high draws joint changed_keys".split())
"""Columns of the comparison as a table for other programs."""


@dataclass(frozen=True)
class LensDifference:
    """What a scenario changes under one source's assumptions."""

    lens: str
    """Name of the source view."""
    label: str
    """Name for readers."""
    draws: int
    """Draws that both scenarios have played."""
    kept: int
    """Those of them that match the reported run-up in the scenario."""
    reference_kept: int
    """Those that match it in the reference."""
    joint: int
    """Those that match it in both."""
    agreement: Moved
    """Runs with an agreement in force at the horizon."""
    outcomes: Mapping[str, Moved]
    """Each outcome, in the order of the codebook."""


@dataclass(frozen=True)
class ScenarioDifference:
    """What one scenario changes, under every source's assumptions."""

    name: str
    """Name of the scenario."""
    label: str
    """Name for readers."""
    changes: tuple[str, ...]
    """Top-level keys at which it differs from the reference."""
    lenses: Mapping[str, LensDifference]
    """Differences by source view."""
    without_runs: tuple[str, ...]
    """Source views without matching runs among the draws that both have played."""
    notes: tuple[str, ...]
    """What a reader must know about it and not about the reference."""

    def most_moved(self, count: int = 3) -> list[tuple[str, LensDifference]]:
        """The outcomes that move most, each with the source view under which it does."""
        found: dict[str, LensDifference] = {}
        for lens in self.lenses.values():
            for key, moved in lens.outcomes.items():
                best = found.get(key)
                if moved.difference and (best is None or abs(moved.difference) > abs(best.outcomes[key].difference)):
                    found[key] = lens
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
    """Keys and labels of the codebook, in order."""
    views: Mapping[str, str]
    """Names and labels of the source views, in fixed order."""
    scenarios: Mapping[str, ScenarioDifference]
    """All other scenarios."""
    seed: int
    """Seed of all luck."""
    horizon_weeks: int
    """Weeks played."""
    complete: bool
    """False if some runs were broken off."""
    digest: str
    """Stands for the inputs of all scenarios."""

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

    def csv(self) -> str:
        """One row for every scenario, source view and outcome."""
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(COLUMNS)
        for name, scenario in self.scenarios.items():
            for lens in scenario.lenses.values():
                behind = (lens.draws, lens.joint, ";".join(scenario.changes))
                for key, one in {**lens.outcomes, "any_agreement": lens.agreement}.items():
                    table.writerow((name, lens.lens, key, *one.numbers, *behind))
        return text.getvalue()


def compare(reference: Results, others: Sequence[Results]) -> Comparison:
    """Every other scenario against the reference."""
    first = reference.manifest
    everything = (reference, *others)
    for other in others:
        _check(reference, other)
    return Comparison(
        reference=first.scenario,
        label=first.title,
        outcomes=reference.outcomes,
        views={name: first.labels.get(name, name) for name in reference.lenses},
        scenarios={other.manifest.scenario: _scenario(reference, other) for other in others},
        seed=first.seed,
        horizon_weeks=first.horizon_weeks,
        complete=all(one.manifest.complete for one in everything),
        digest=digest_of_all(one.manifest for one in everything),
    )


def _check(reference: Results, other: Results) -> None:
    """Refuse what cannot be subtracted."""
    one, two = reference.manifest, other.manifest
    if (one.seed, one.horizon_weeks) != (two.seed, two.horizon_weeks):
        raise ValueError(f"{one.scenario} and {two.scenario} were not played with the same seed and horizon")
    if set(one.outcomes) != set(two.outcomes):
        raise ValueError(f"{one.scenario} and {two.scenario} do not have the same outcomes")


def _scenario(reference: Results, other: Results) -> ScenarioDifference:
    one, two = reference.manifest, other.manifest
    both = [name for name in reference.lenses if name in other.lenses]
    found = {name: _lens(reference, other, name) for name in both}
    keys = dict.fromkeys([*one.text, *two.text])
    return ScenarioDifference(
        name=two.scenario,
        label=two.scenario if two.title == one.title else two.title,
        changes=tuple(
            key for key in keys if key not in ("title", "question") and one.text.get(key) != two.text.get(key)
        ),
        lenses={name: lens for name, lens in found.items() if lens is not None},
        without_runs=tuple(name for name in reference.lenses if found.get(name) is None),
        notes=tuple(note for note in two.notes if note not in one.notes),
    )


def _lens(reference: Results, other: Results, name: str) -> LensDifference | None:
    """The difference under one source's assumptions; none without matching runs in both."""
    a, b = reference.lenses[name], other.lenses[name]
    draws = min(a.drawn, b.drawn)
    (runs_a, ends_a), (runs_b, ends_b) = ends_among(reference, a, draws), ends_among(other, b, draws)
    if draws < 2 or not runs_a.size or not runs_b.size:
        return None

    def moved(keys_a: Sequence[str], keys_b: Sequence[str]) -> Moved:
        return moved_by(draws, runs_a, np.isin(ends_a, list(keys_a)), runs_b, np.isin(ends_b, list(keys_b)))

    return LensDifference(
        lens=name,
        label=reference.manifest.labels.get(name, name),
        draws=draws,
        kept=int(runs_b.size),
        reference_kept=int(runs_a.size),
        joint=int(np.intersect1d(runs_a, runs_b).size),
        agreement=moved(reference.manifest.agreements, other.manifest.agreements),
        outcomes={key: moved((key,), (key,)) for key in reference.outcomes},
    )


def _scenario_as_json(scenario: ScenarioDifference) -> dict[str, Any]:
    lenses = {name: _lens_as_json(lens) for name, lens in scenario.lenses.items()}
    return {"changes": list(scenario.changes), "lenses": lenses, "without_runs": list(scenario.without_runs)}


def _lens_as_json(lens: LensDifference) -> dict[str, Any]:
    return {
        **{"drawn": lens.draws, "kept": lens.kept, "reference_kept": lens.reference_kept, "joint": lens.joint},
        "agreement": moved_as_json(lens.agreement),
        "outcomes": {key: moved_as_json(moved) for key, moved in lens.outcomes.items()},
    }
