"""Contradiction flips: the same draws played with each side of every contradiction laid over a source view.

Scenarios that are equal are played once, and those with an equal run-up share it. Everything is played on the same
draws, matching or not, so that differences are paired.
"""

import hashlib
import json
import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

import numpy as np

from sim.ensemble.block import simulate_blocks
from sim.ensemble.dispatcher import Progress
from sim.ensemble.process_pool import count_blocks_at_once, ignore_interrupts, open_executor
from sim.ensemble.worker import get_worker_views
from sim.experiments.coupled_draws import NOT_MATCHED, DrawOutcomes
from sim.schema.quantity import WithReason
from sim.schema.scenario import Scenario

AT_ONCE = 8
"""Scenarios with an equal run-up that a process plays before it reports."""

REASONS = frozenset(WithReason.model_fields)
"""What a scenario says of its numbers, and no run reads."""

Played = dict[str, DrawOutcomes]
"""Number of the outcome of every draw, or NOT_MATCHED, by digest of the scenario."""


def hash_scenario(scenario: Scenario) -> str:
    """Stands for all that is played: the scenario, and what holds in its run-up; reasons are not played."""
    parts = (_leave_out_reasons(one.model_dump(mode="json")) for one in (scenario, scenario.in_run_up))
    return hashlib.sha256(json.dumps([*parts]).encode()).hexdigest()


def _leave_out_reasons(data: Any) -> Any:
    """The same without what numbers rest on, since two sides may set the same number for different reasons."""
    if isinstance(data, dict):
        return {key: _leave_out_reasons(inner) for key, inner in data.items() if key not in REASONS}
    return [_leave_out_reasons(inner) for inner in data] if isinstance(data, list) else data


def simulate_flips(
    scenarios: Mapping[str, Scenario],
    seed: int,
    draws: int,
    horizon: int,
    played: Played,
    workers: int | None = None,
    progress: Progress | None = None,
) -> None:
    """Play the first draws of scenarios that are not played yet; the same for any number of workers.

    Args:
        scenarios: Scenarios by their digests.
        seed: Seed of all luck.
        draws: Draws of each, matching or not.
        horizon: Weeks to play.
        played: What is played already; what comes of the others is added as it comes in, so that an interruption
            leaves what is finished.
        workers: Processes; one per core if left out.
        progress: Called after each piece of work.
    """
    missing = {name: one for name, one in scenarios.items() if name not in played}
    if not missing:
        return
    with open_executor(missing, workers) as pool:
        running, most = deque[Future[Played]](), count_blocks_at_once(pool, workers or os.cpu_count() or 1)
        waiting = deque(_group_by_run_up(missing))
        while waiting or running:
            while waiting and len(running) < most:
                with ignore_interrupts():
                    running.append(pool.submit(simulate_group, waiting.popleft(), seed, draws, horizon))
            played.update(running.popleft().result())
            if progress is not None:
                progress("sides of contradictions", sum(name in played for name in scenarios), len(scenarios))


def _group_by_run_up(scenarios: Mapping[str, Scenario]) -> Iterator[tuple[str, ...]]:
    """Names of scenarios with an equal run-up, a few at a time."""
    groups: dict[str, list[str]] = {}
    for name, scenario in scenarios.items():
        groups.setdefault(scenario.in_run_up.model_dump_json(), []).append(name)
    for names in groups.values():
        yield from (tuple(names[at : at + AT_ONCE]) for at in range(0, len(names), AT_ONCE))


def simulate_group(names: Sequence[str], seed: int, draws: int, horizon: int) -> Played:
    """How the first draws of scenarios with an equal run-up end; for a process of the pool."""
    known = get_worker_views()
    found: Played = {}
    for name, block in simulate_blocks({one: known[one] for one in names}, seed, 0, draws, horizon).items():
        found[name] = np.full(draws, NOT_MATCHED, dtype=np.uint8)
        found[name][block.columns["run"].astype(np.int64)] = block.columns["outcome"].astype(np.uint8)
    return found
