"""Expected effects: the two sides of what an author says that a lever does, played with the same luck.

Read aloud
    What is changed holds from week 1, as in a scenario file; the weeks before are those of the base, so that the runs
    that match the reported run-up are the same on both sides. What a run is counted for is read off its columns.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.block import simulate_block
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


def load_variation(case: str, view: str, variation: Variation) -> Scenario:
    """A variation of a case through a source view; its changes hold from week 1."""
    name = f"{case}/{variation.file}" if variation.file else case
    plain = load_case(name, view=view, answers=variation.answers).scenario
    if not variation.changes:
        return plain
    changed = load_case(name, view=view, answers=variation.answers, changes=variation.changes).scenario
    return changed.with_run_up(plain.in_run_up)


def play_variation(
    case: str, view: str, variation: Variation, measures: tuple[Measure, ...], seed: int, draws: int, horizon: int
) -> VariationRuns:
    """Play the first draws of a variation.

    Args:
        case: Name of the case.
        view: Name of the source view.
        variation: What is played.
        measures: What runs are counted for.
        seed: Seed of all luck.
        draws: Draws 0 to draws - 1 are played.
        horizon: Weeks to play.
    """
    scenario = load_variation(case, view, variation)
    columns = simulate_block(scenario, seed, 0, draws, horizon).columns
    agreeing = [row for row, outcome in enumerate(scenario.outcomes.values()) if outcome.agreement]
    shares: dict[str, NDArray[np.bool_]] = {
        "in-force": np.isin(columns["outcome"], agreeing),
        "signed": columns["agreements"] > 0,
        "clash": columns["ended"] == CLASH,
    }
    found: dict[str, Column] = {
        name: shares[name].astype(np.float64) if name in shares else columns[name] for name in measures
    }
    return VariationRuns(columns["run"], found)
