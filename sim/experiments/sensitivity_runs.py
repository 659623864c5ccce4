"""Sensitivity runs: how the runs of a design end, each with quantities at places of its own.

Every run counts, whether or not it matches what is reported of the run-up: a condition would itself select quantities.
"""

import os
from collections import deque
from concurrent.futures import Future

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine
from sim.ensemble.block import CHUNK, simulate_to_week_zero
from sim.ensemble.dispatcher import Progress
from sim.ensemble.process_pool import count_blocks_at_once, ignore_interrupts, open_executor
from sim.ensemble.worker import get_worker_views
from sim.experiments.sensitivity_designs import Design
from sim.model.build_layout import build_layout
from sim.model.parameters import Draws, compute_parameters
from sim.model.simulation import Simulation
from sim.schema.scenario import Scenario

VIEW = "view"
"""Name of the only scenario that every process holds."""

CHUNKS_A_TASK = 4

Outcomes = NDArray[np.uint8]


def simulate_design(
    scenario: Scenario,
    seed: int,
    design: Design,
    horizon: int,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Outcomes:
    """Number of the outcome of every run of a design; the same for any number of workers.

    Args:
        scenario: The scenario through a source view.
        seed: Seed of the luck.
        design: Where the quantities of each run stand.
        horizon: Weeks to play after the run-up.
        workers: Processes; one per core if left out.
        progress: Called after each part.
    """
    found, step = np.zeros(design.runs.size, dtype=np.uint8), CHUNK * CHUNKS_A_TASK
    running = deque[tuple[int, Future[Outcomes]]]()
    with open_executor({VIEW: scenario}, workers) as pool:

        def take() -> None:
            at, future = running.popleft()
            found[at : at + step] = future.result()
            if progress is not None:
                progress("runs of the design", min(at + step, found.size), found.size)

        for at in range(0, found.size, step):
            part = Design(design.places, design.uniforms[:, at : at + step], design.runs[at : at + step])
            with ignore_interrupts():
                running.append((at, pool.submit(simulate_part, part, seed, horizon)))
            if len(running) >= count_blocks_at_once(pool, workers or os.cpu_count() or 1):
                take()
        while running:
            take()
    return found


def simulate_part(part: Design, seed: int, horizon: int) -> Outcomes:
    """How some runs of a design end; for a process of the pool."""
    scenario, ends = get_worker_views()[VIEW], []
    for at in range(0, part.runs.size, CHUNK):
        uniforms = dict(zip(part.places, part.uniforms[:, at : at + CHUNK], strict=True))
        ends.append(_simulate_chunk(scenario, seed, part.runs[at : at + CHUNK], uniforms, horizon))
    return np.concatenate(ends)


def _simulate_chunk(scenario: Scenario, seed: int, runs: NDArray[np.int64], uniforms: Draws, horizon: int) -> Outcomes:
    before = scenario.in_run_up
    drawn = compute_parameters(build_layout(before).sampling_plan, runs.size, uniforms)
    simulation = Simulation.begin(scenario, seed, runs, make_engine, drawn)
    simulation.advance(0)
    if before is not scenario:
        drawn = compute_parameters(build_layout(scenario).sampling_plan, runs.size, uniforms)
        simulation = simulation.transfer(scenario, make_engine, drawn)
    simulation.advance(horizon)
    return simulation.engine.read("world", "outcome", 0).astype(np.uint8)


def find_matching_draws(scenario: Scenario, seed: int, draws: int) -> NDArray[np.int64]:
    """Numbers of the draws, as they are, that match what is reported of the run-up.

    Args:
        scenario: The scenario through a source view.
        seed: Seed of all random numbers.
        draws: Number of draws.
    """
    parts = [np.arange(at, min(at + CHUNK, draws)) for at in range(0, draws, CHUNK)]
    return np.concatenate([simulate_to_week_zero(scenario, seed, runs).runs for runs in parts])
