"""Ensembles for statistical tests: played once per test run, in this process, with addressed luck."""

from functools import cache

import numpy as np

from analysis.methods.share_change import PairedDifference, compute_paired_difference
from sim.ensemble.agreement_zones import find_zone_on_menu
from sim.ensemble.block import CHUNK, Block, simulate_block, simulate_to_week_zero
from sim.loading.loader import load_case
from sim.schema.loaded_case import ALWAYS

CASE = "alaska-budapest"
SEED = 20250804
DRAWS = 1536
HORIZON = 52


@cache
def play_draws(view: str, *changes: str, holds_from: str = ALWAYS) -> Block:
    """Draws 0 to DRAWS-1 of the flagship seen through a source view, with changes."""
    scenario = load_case(CASE, view=view, changes=changes, holds_from=holds_from).scenario
    return simulate_block(scenario, SEED, 0, DRAWS, HORIZON)


@cache
def agreeing_outcomes() -> tuple[int, ...]:
    """Numbers of the outcomes in which an agreement is in force."""
    outcomes = load_case(CASE, view="wide").scenario.outcomes
    return tuple(number for number, outcome in enumerate(outcomes.values()) if outcome.agreement)


def agreements(block: Block):
    """1 for runs that end with an agreement in force."""
    return np.isin(block.columns["outcome"], agreeing_outcomes()).astype(float)


def find_signed(block: Block):
    """1 for runs in which an agreement was signed at least once."""
    return (block.columns["agreements"] > 0).astype(float)


def difference(a: Block, b: Block, part, whole=None) -> PairedDifference:
    """Paired difference of a share between two ensembles."""
    whole = whole or (lambda block: np.ones(block.columns["run"].size))
    return compute_paired_difference(DRAWS, a.columns["run"], part(a), b.columns["run"], part(b), whole(a), whole(b))


def within(block: Block, part, whole, other_part, other_whole) -> PairedDifference:
    """Difference of two shares within one ensemble."""
    runs = block.columns["run"]
    return compute_paired_difference(
        DRAWS, runs, part(block), runs, other_part(block), whole(block), other_whole(block)
    )


@cache
def share_with_zone(view: str, *changes: str) -> float:
    """Share of draws, without run-up, in which some package of the menu leaves everybody better off."""
    scenario = load_case(CASE, view=view, changes=("run_up.weeks=0", *changes)).scenario
    parts = [simulate_to_week_zero(scenario, SEED, np.arange(first, first + CHUNK)) for first in range(0, DRAWS, CHUNK)]
    return float(np.mean(np.concatenate([find_zone_on_menu(part) for part in parts])))
