"""Explore: a changed scenario and the reference case at once, on runs that are kept at the end of the run-up.

Read aloud
    A change that holds from week 1 leaves the run-up alone. So the matching runs of a source view are kept as they
    stand at the end of week 0, and only the weeks after are simulated again. The numbers are those of `run` and of its
    paired change, to the bit.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np

from analysis.methods.paired_change import PairedChange, compute_paired_change
from sim.engines.base import make_engine
from sim.ensemble.block import Block, concatenate_blocks, simulate_weeks
from sim.ensemble.block_store import count_states_by_week
from sim.ensemble.dispatcher import NoMatchError
from sim.ensemble.manifest import Manifest
from sim.ensemble.plan import CHANGED, Plan, make_plans
from sim.ensemble.results import Results, ViewRuns
from sim.loading.discovery import derive_name, find_scenario
from sim.loading.extends import find_scenario_changes, resolve_extends
from sim.model.build_layout import build_layout
from sim.model.layout import Layout
from sim.model.simulation import Engine, RunIndices, Simulation, take_snapshot
from sim.model.state import Snapshot
from sim.model.state_transfer import ENTITIES, transfer_state
from sim.schema.loaded_case import ALWAYS, WEEK_1, HoldsFrom
from sim.schema.scenario import Scenario
from sim.workflows.single_flight import SingleFlight

CORES = os.cpu_count() or 1
PART = 256
"""Draws that are simulated together: several cores share a thousand of them."""

MOST_DRAWS_PER_RUN = 40
"""Draws for each run asked for after which a view that hardly matches is given up."""

KEPT_RUN_UPS, KEPT_RESULTS, KEPT_PLANS = 24, 96, 96
"""How many of each are kept; the ones asked for longest ago go first."""


@dataclass(frozen=True)
class Exploration:
    """What is asked for: a scenario, what is changed in it, and how much is played."""

    case: str
    """Name of the scenario."""
    views: tuple[str, ...] = ()
    """Source views; all of them if empty."""
    changes: tuple[str, ...] = ()
    """Values to set, each as path=value."""
    answers: tuple[str, ...] = ()
    """Answers to open questions, each as name=answer."""
    seed: int | None = None
    """Seed of all random numbers; the scenario's if none."""
    runs: int = 1000
    """Matching runs of each source view."""
    horizon: int | None = None
    """Weeks to play; the scenario's if none."""
    holds_from: HoldsFrom = WEEK_1
    """From when the changes hold."""

    @property
    def reference(self) -> "Exploration":
        """The case without what is changed: the file that a scenario file extends, with nothing set."""
        chain = resolve_extends(find_scenario(self.case))
        base = chain[len(find_scenario_changes(chain))].path
        name = self.case if base == chain[0].path else derive_name(base)
        return replace(self, case=name, changes=(), answers=())


@dataclass(frozen=True)
class Explored:
    """A scenario, beside the reference case."""

    results: Results
    """Runs of the scenario as it is asked for."""
    reference: Results
    """Runs of the reference case; the same results if nothing is changed."""
    change: PairedChange | None
    """What the change moves, effect and selection apart; none if nothing is changed."""


class _RunUp:
    """Matching runs of one scenario at the end of week 0, in parts, found as more are asked for."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._scenario, self._seed = scenario, seed
        self._parts: list[Snapshot] = []
        self._joined: dict[int, list[Snapshot]] = {}
        self._lock = Lock()
        self.n_matching = 0

    @property
    def n_drawn(self) -> int:
        """Draws so far."""
        return len(self._parts) * PART

    def take(self, wanted: int) -> list[Snapshot]:
        """The first matching runs, so many as are wanted if there are, in about as many pieces as there are cores."""
        with self._lock:
            while self.n_matching < wanted and self.n_drawn < MOST_DRAWS_PER_RUN * wanted:
                self._parts.append(self._simulate_part(self.n_drawn))
                self.n_matching += self._parts[-1].runs.size
            if wanted not in self._joined:
                self._joined[wanted] = list(_join(list(_cut(self._parts, wanted)), -(-wanted // CORES)))
            return self._joined[wanted]

    def _simulate_part(self, first: int) -> Snapshot:
        """What of the runs goes on at week 1; everything else, most of it about packages, is made anew then."""
        simulation = _begin(self._scenario, self._seed, np.arange(first, first + PART))
        whole = take_snapshot(simulation.engine)
        kept = {space: whole.state[space] for space in ENTITIES}
        return replace(whole, layout=copy(whole.layout), state=kept)  # a layout of its own, so that all is transferred


def _begin(scenario: Scenario, seed: int, runs: RunIndices) -> Simulation[Engine]:
    """Those of the runs that match, at the end of week 0."""
    simulation = Simulation.begin(scenario, seed, runs, make_engine)
    simulation.simulate_run_up()
    return simulation


def _cut(parts: Sequence[Snapshot], wanted: int) -> Iterator[Snapshot]:
    """Parts with so many runs in all; a part that has too many gives its first ones."""
    for part in parts:
        if wanted <= 0:
            return
        size = part.runs.size
        if size > wanted:
            state = {
                space: {name: np.ascontiguousarray(array[..., :wanted]) for name, array in variables.items()}
                for space, variables in part.state.items()
            }
            part = replace(part, runs=part.runs[:wanted], state=state)
        if size:
            yield part
        wanted -= size


def _join(parts: Sequence[Snapshot], size: int) -> Iterator[Snapshot]:
    """The same runs in fewer pieces: each but the last has at least so many."""
    group: list[Snapshot] = []
    for part in parts:
        group.append(part)
        if sum(one.runs.size for one in group) >= size:
            yield _concatenate(group)
            group = []
    if group:
        yield _concatenate(group)


def _concatenate(parts: Sequence[Snapshot]) -> Snapshot:
    """Runs of several pieces in one."""
    first = parts[0]
    state = {
        space: {name: np.concatenate([one.state[space][name] for one in parts], axis=-1) for name in variables}
        for space, variables in first.state.items()
    }
    return replace(first, runs=np.concatenate([one.runs for one in parts]), state=state)


class Explorer:
    """Plays what is asked for and keeps what can be used again; several threads may ask at once."""

    def __init__(self, threads: int | None = None) -> None:
        self._pool = ThreadPoolExecutor(threads or os.cpu_count() or 1, "explore")
        self._run_ups: SingleFlight[_RunUp] = SingleFlight(KEPT_RUN_UPS)
        self._views: SingleFlight[ViewRuns] = SingleFlight(KEPT_RESULTS)
        self._plans: SingleFlight[Plan] = SingleFlight(KEPT_PLANS)

    def explore(self, asked: Exploration) -> Explored:
        """The scenario beside the reference case, on the same draws.

        Args:
            asked: What is asked for.

        Returns:
            Runs of both, and what the change moves.

        Raises:
            ScenarioError: something in what is asked for does not fit; it lists every mistake.
            NoMatchError: hardly any draw matches the reported run-up.
        """
        results = self.play(asked)
        if asked.reference == asked:
            return Explored(results, results, None)
        reference = self.play(asked.reference)
        return Explored(results, reference, compute_paired_change(reference, results))

    def play(self, asked: Exploration) -> Results:
        """Runs of the scenario under its source views.

        Args:
            asked: What is asked for.

        Raises:
            ScenarioError: something in what is asked for does not fit; it lists every mistake.
            NoMatchError: hardly any draw matches the reported run-up.
        """
        plan = self._plans.get(asked, lambda: _make_plan(asked))
        views = {name: self._play_view(plan, name) for name in plan.views}
        if not any(view.n_matching for view in views.values()):
            raise NoMatchError("hardly any draw of any source view matches the reported run-up")
        return Results(plan.manifest, views)

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _play_view(self, plan: Plan, name: str) -> ViewRuns:
        """Runs of one source view."""
        manifest, scenario = plan.manifest, plan.views[name]
        past = _digest_past(manifest, name)
        numbers = (manifest.runs_asked, manifest.horizon_weeks)
        key = (past, numbers, manifest.fingerprint, name)
        return self._views.get(key, lambda: self._simulate_view(past, scenario, name, manifest))

    def _simulate_view(self, past: str, scenario: Scenario, name: str, manifest: Manifest) -> ViewRuns:
        wanted, horizon = manifest.runs_asked, manifest.horizon_weeks
        if not manifest.run_up_weeks and not scenario.run_up.never:
            starts = range(0, wanted, PART)
            draws = [np.arange(start, min(start + PART, wanted)) for start in starts]
            blocks = self._pool.map(lambda runs: simulate_weeks(_begin(scenario, manifest.seed, runs), horizon), draws)
            return _collect(name, list(blocks), len(scenario.outcomes), wanted, wanted)
        run_up = self._run_ups.get(past, lambda: _RunUp(scenario, manifest.seed))
        parts, layout = self._pool.submit(run_up.take, wanted).result(), build_layout(scenario)
        blocks = self._pool.map(lambda part: _simulate_part(part, layout, horizon), parts)
        return _collect(name, list(blocks), len(scenario.outcomes), run_up.n_drawn, wanted)


def _simulate_part(part: Snapshot, layout: Layout, horizon: int) -> Block:
    """The weeks after the run-up; the kept runs stay as they are."""
    return simulate_weeks(Simulation(make_engine(transfer_state(part, layout))), horizon)


def _make_plan(asked: Exploration) -> Plan:
    (plan,) = make_plans(
        [find_scenario(asked.case)],
        view_names=asked.views or None,
        runs=asked.runs,
        horizon=asked.horizon,
        seed=asked.seed,
        changes=asked.changes,
        answers=asked.answers,
        holds_from=asked.holds_from,
    )
    return plan


def _digest_past(manifest: Manifest, name: str) -> str:
    """A digest of all that the run-up depends on."""
    view = {key: value for key, value in manifest.view_texts[name].items() if key != CHANGED}
    changes = manifest.changes if manifest.holds_from == ALWAYS else ()
    text = manifest.text if manifest.run_up_text is None else manifest.run_up_text
    past = json.dumps([manifest.seed, changes, view, text], sort_keys=True)
    return hashlib.sha256(past.encode()).hexdigest()


def _collect(name: str, blocks: Sequence[Block], outcomes: int, drawn: int, wanted: int) -> ViewRuns:
    """Runs of a view, as an ensemble keeps them; agreements off the menu are not looked for."""
    if not blocks:
        return ViewRuns(name, drawn, {"run": np.zeros(0), "outcome": np.zeros(0)}, np.zeros((1, outcomes), int), {})
    block = concatenate_blocks(blocks)
    runs = block.columns["run"]
    not_looked = {column: np.full(runs.size, -1.0) for column in ("zone_on_menu", "zone_off_menu_only")}
    counted = count_states_by_week(block.states, outcomes)
    drawn = int(runs[-1]) + 1 if runs.size >= wanted else drawn
    return ViewRuns(name, drawn, {**block.columns, **not_looked}, counted, {})
