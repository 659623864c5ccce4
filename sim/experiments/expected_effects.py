"""Expected effects: the two sides of what an author says that a lever does, played with the same luck.

Read aloud
    What is changed holds from week 1, as in a scenario file; the weeks before are those of the base, so that the runs
    that match the reported run-up are the same on both sides. What a run is counted for is read off its columns.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.block import simulate_blocks
from sim.ensemble.columns import Column
from sim.loading.loader import load_case
from sim.rules.contest_end import CLASH
from sim.schema.expected_effect import Measure, Variation
from sim.schema.scenario import Scenario


@dataclass(frozen=True)
class VariationRuns:
    """Matching runs of one variation, and what each is counted for."""

    runs: Column
    """Numbers of the draws that match."""
    measures: dict[str, Column]
    """One number per matching run, by measure."""


def load_variation(case: Path, view: str, variation: Variation) -> Scenario:
    """A variation of a case through a source view; its changes hold from week 1."""
    name = case.with_stem(variation.file) if variation.file else case
    plain = load_case(name, view=view, answers=variation.answers).scenario
    if not variation.changes:
        return plain
    changed = load_case(name, view=view, answers=variation.answers, changes=variation.changes).scenario
    return changed.with_run_up(plain.in_run_up)


def play_variations(
    case: Path,
    view: str,
    variations: Iterable[Variation],
    measures: tuple[Measure, ...],
    seed: int,
    draws: int,
    horizon: int,
) -> dict[Variation, VariationRuns]:
    """Play the first draws of some variations; those that share a run-up share its weeks.

    Args:
        case: File of the case.
        view: Name of the source view.
        variations: What is played.
        measures: What runs are counted for.
        seed: Seed of all luck.
        draws: Draws 0 to draws - 1 are played.
        horizon: Weeks to play.
    """
    groups: dict[str, dict[Variation, Scenario]] = {}
    for variation in variations:
        scenario = load_variation(case, view, variation)
        groups.setdefault(scenario.in_run_up.model_dump_json(), {})[variation] = scenario
    found: dict[Variation, VariationRuns] = {}
    for group in groups.values():
        names = {str(number): variation for number, variation in enumerate(group)}
        blocks = simulate_blocks({name: group[one] for name, one in names.items()}, seed, 0, draws, horizon)
        found |= {one: _count_runs(group[one], blocks[name].columns, measures) for name, one in names.items()}
    return found


def _count_runs(scenario: Scenario, columns: dict[str, Column], measures: tuple[Measure, ...]) -> VariationRuns:
    """What the matching runs of a variation are counted for."""
    agreeing = [row for row, outcome in enumerate(scenario.outcomes.values()) if outcome.agreement]
    shares: dict[str, NDArray[np.bool_]] = {
        "in-force": np.isin(columns["outcome"], agreeing),
        "signed": columns["agreements"] > 0,
        "clash": columns["ended"] == CLASH,
    }
    counted: dict[str, Column] = {
        name: shares[name].astype(np.float64) if name in shares else columns[name] for name in measures
    }
    return VariationRuns(columns["run"], counted)
