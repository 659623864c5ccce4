"""Block: a range of draws played together - run-up, condition, and the weeks that follow for those that match."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine
from sim.model import run_up
from sim.model.simulation import Engine, EngineMaker, Simulation
from sim.model.state import Array, Snapshot
from sim.rules.stages import IN_FORCE
from sim.schema.scenario import Scenario

CHUNK = 512
"""Runs played together: small enough for the cache, large enough that calls do not dominate."""

END_STATE = (
    "balance",
    "stage",
    "draft",
    "settled",
    "imposed",
    "mediated",
    "truce_left",
    "talks",
    "ended",
    "failures",
)
NO_SEQUENCE = -1.0
"""Number of the preferred sequence of a side that would rather fight on."""
RECORDED = (("world", "outcome", 0), ("world", "signed_now", 0), ("world", "stage", 0))
"""What is recorded after each week."""
AGREEMENT_WEEKS = ("week_signed", "week_in_force")
SIDE_STATE = ("reservation", "resilience", "aid", "stress", "hardening", "flow_cost", *run_up.SIDE_COUNTS)


@dataclass(frozen=True)
class Block:
    """What a range of draws leaves behind."""

    columns: dict[str, Array]
    """One value per matching run."""
    states: NDArray[np.uint8]
    """Outcome number after each week: (weeks, matching runs)."""
    opening: dict[str, Array]
    """Beliefs and state at week 1, per matching run."""


def simulate_to_week_zero(
    scenario: Scenario, seed: int, runs: NDArray[np.int64], make_engine: EngineMaker[Engine] = make_engine
) -> Snapshot:
    """Those of the runs that match the reported run-up, at the end of week 0, ready for week 1."""
    simulation = Simulation.begin(scenario, seed, runs, make_engine)
    simulation.simulate_run_up()
    return simulation.take_snapshot(scenario)


def simulate_block(scenario: Scenario, seed: int, first: int, count: int, horizon: int) -> Block:
    """Play draws `first` to `first + count - 1`."""
    return simulate_blocks({"": scenario}, seed, first, count, horizon)[""]


def simulate_runs(
    scenario: Scenario, seed: int, runs: NDArray[np.int64], horizon: int, make_engine: EngineMaker[Engine] = make_engine
) -> Block:
    """Play some runs by their numbers; of those, the ones that match the reported run-up leave something behind."""
    simulation = Simulation.begin(scenario, seed, runs, make_engine)
    simulation.simulate_run_up()
    own = scenario is scenario.in_run_up
    return simulate_weeks(simulation if own else simulation.transfer(scenario, make_engine), horizon)


def simulate_blocks(
    scenarios: Mapping[str, Scenario], seed: int, first: int, count: int, horizon: int
) -> dict[str, Block]:
    """The same draws of several scenarios that share a run-up, which is played once."""
    parts: dict[str, list[Block]] = {name: [] for name in scenarios}
    for at in range(first, first + count, CHUNK):
        for name, block in _simulate_chunk(scenarios, seed, np.arange(at, min(at + CHUNK, first + count)), horizon):
            parts[name].append(block)
    return {name: concatenate_blocks(found) for name, found in parts.items()}


def _simulate_chunk(
    scenarios: Mapping[str, Scenario], seed: int, runs: NDArray[np.int64], horizon: int
) -> Iterator[tuple[str, Block]]:
    """A few runs of all scenarios; their room is free for the next ones when this is done."""
    first = next(iter(scenarios.values()))
    simulation = Simulation.begin(first, seed, runs, make_engine)
    simulation.simulate_run_up()
    if len(scenarios) == 1 and first is first.in_run_up:
        yield next(iter(scenarios)), simulate_weeks(simulation, horizon)
        return
    for name, scenario in scenarios.items():
        yield name, simulate_weeks(simulation.transfer(scenario, make_engine), horizon)


def concatenate_blocks(parts: Sequence[Block]) -> Block:
    """Blocks one after the other as one."""
    return Block(
        {name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns},
        np.concatenate([part.states for part in parts], axis=1),
        {name: np.concatenate([part.opening[name] for part in parts]) for name in parts[0].opening},
    )


def simulate_weeks(simulation: Simulation[Engine], horizon: int) -> Block:
    """The weeks after the run-up, and what is kept of them."""
    opening = _collect_opening(simulation.engine)
    before = simulation.engine.read("world", "stage", 0).copy()
    first = simulation.advance(1, RECORDED)
    preferred = _find_preferred_sequences(simulation.engine)
    weeks = np.concatenate([first, simulation.advance(horizon, RECORDED)])[:horizon]
    agreed = find_agreement_weeks(weeks[:, 1], weeks[:, 2], before)
    return Block({**_collect_columns(simulation.engine), **agreed, **preferred}, weeks[:, 0].astype(np.uint8), opening)


def find_agreement_weeks(signed_now: Array, stage: Array, stage_before: Array) -> dict[str, Array]:
    """When the last agreement was signed and came into force.

    Args:
        signed_now: 1 in weeks with a signature: (weeks, runs).
        stage: Stage of the talks after each week: (weeks, runs).
        stage_before: Stage of the talks before week 1: (runs,).

    Returns:
        For every run the week of the last signature, and the week in which the last agreement came into force; 0 if
        that was not in these weeks.
    """
    in_force = np.concatenate([stage_before[np.newaxis], stage]) == IN_FORCE
    happened = (signed_now > 0.0, in_force[1:] & ~in_force[:-1])
    numbers = np.arange(1, len(stage) + 1)[:, np.newaxis]
    return {
        name: np.where(found, numbers, 0).max(axis=0).astype(np.float64)
        for name, found in zip(AGREEMENT_WEEKS, happened, strict=True)
    }


def _collect_columns(engine: Engine) -> dict[str, Array]:
    """Number, outcome, tallies and end state of every run."""
    layout, look = engine.layout, engine.read
    columns = {
        "run": engine.runs.astype(np.float64),
        "outcome": look("world", "outcome", 0),
        "week": look("world", "since_week", 0),
    }
    for name in (*run_up.COUNTS, *END_STATE):
        columns[name] = look("world", name, 0)
    for row, key in enumerate(layout.scenario.levers):
        columns[f"executed_{key}"] = look("lever", "ever", row)
    for side, row in zip(("first", "second"), layout.spaces["actor"].groups["disputant"], strict=True):
        for name in SIDE_STATE:
            columns[f"{side}_{name}"] = look("actor", name, int(row))
    return {name: column.copy() for name, column in columns.items()}


def _collect_opening(engine: Engine) -> dict[str, Array]:
    """Beliefs, balance and reservation values as the run-up has left them."""
    layout, look = engine.layout, engine.read
    found = {"balance": look("world", "balance", 0).copy()}
    for row, key in enumerate(layout.spaces["belief"].keys):
        found[key] = look("belief", "chance", row).copy()
    for row in layout.spaces["actor"].groups["party"]:
        found[f"{layout.spaces['actor'].keys[row]}:reservation"] = look("actor", "reservation", int(row)).copy()
    return found


def _find_preferred_sequences(engine: Engine) -> dict[str, Array]:
    """Sequence by which each side would rather have the tracked terms, by its number; NO_SEQUENCE if by no sequence."""
    layout, probe = engine.layout, engine.layout.scenario.tracked_terms
    if not probe:
        return {}
    content = [name for name, _ in layout.terms].index(probe)
    span = slice(content * len(layout.sequences), (content + 1) * len(layout.sequences))
    rows = layout.spaces["side_package"].relations["own"].index
    stakes = engine.read_variable("party_package", "surplus")
    names = ("first_prefers", "second_prefers")
    found = {}
    for name, row in zip(names, rows, strict=True):
        surplus = stakes[row, span]
        found[name] = np.where(surplus.max(axis=0) > 0.0, surplus.argmax(axis=0), NO_SEQUENCE).astype(np.float64)
    return found
