"""Measure the ensembles of an exact attribution: `python -m tests.benchmarks.measure_coalitions [--coalitions 64]`.

Two source views differ in up to ten themes. An exact attribution of the difference needs an ensemble for every set of
themes, 1,024 in all: in each, the themes of the set are as the second view has them, the others as the first. No
scenario is loaded for a set. Both views throw the same luck at the same places, so the draws of a set are those of
the first or of the second view, place by place. All else - the account of the run-up, the menu, every fact that is not
drawn - is the first view's. Sets stand side by side in a chunk, as every run has draws of its own.

Run by hand, never a test. Prints one JSON object. The empty set is checked against an ordinary ensemble of the first
view, the full one against one of the second where both give the same account of the run-up.
"""

import argparse
import json
import multiprocessing
import os
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.block import play_block
from sim.ensemble.memory import keep_memory
from sim.ensemble.readers import make_ready, play_on, reader_of, take, taken
from sim.play import runup
from sim.play.draws import Draws, draw
from sim.play.opening import Opening
from sim.play.spaces import board_of
from sim.spec.case import Case
from sim.spec.lens import Theme
from sim.spec.load import load_case
from sim.spec.scenario import Scenario

CASE, LENSES, SEED = "alaska-budapest", ("portnikov-2025", "fazi-2025"), 1
THEMES: tuple[str, ...] = get_args(Theme)
SETS = 2 ** len(THEMES)
STRIDE = 397
"""Odd, so that the first few sets are spread over all of them; the first is the empty one."""

CHUNKS_A_TASK = 8
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Game:
    """What every process must know."""

    scenarios: tuple[Scenario, Scenario]
    """Both views."""
    themes: Mapping[str, int]
    """Number of the theme of every place that a view assumes something about."""
    draws: int
    """Draws of each set."""
    weeks: int
    """Weeks played after the run-up."""
    chunk: int
    """Runs played together."""

    @cached_property
    def drawn(self) -> tuple[Draws, Draws]:
        """Draws of both views."""
        runs = np.arange(self.draws)
        first, second = (draw(scenario, SEED, runs) for scenario in self.scenarios)
        return first, second

    def mixed(self, sets: Numbers, runs: Numbers) -> Draws:
        """Draws of runs that each belong to a set."""
        first, second = self.drawn
        taken_over = [(sets >> theme & 1).astype(np.bool_) for theme in range(len(THEMES))]
        found = {place: values[runs] for place, values in first.items()}
        for place, theme in self.themes.items():
            found[place] = np.where(taken_over[theme], second[place][runs], found[place])
        return found

    def play(self, sets: Numbers, runs: Numbers) -> tuple[Numbers, Numbers, list[float]]:
        """Places of the runs that match the run-up, their outcomes, and processor seconds of the three stages."""
        clock = [time.process_time()]
        board = board_of(self.scenarios[0])
        reader = reader_of(Opening(board, SEED, runs, self.mixed(sets, runs)))
        clock.append(time.process_time())
        play_on(reader, 1 - board.scenario.run_up.weeks, 0)
        matching = np.flatnonzero(runup.matches(board, reader.look) > 0.0)
        clock.append(time.process_time())
        reader = reader.only(matching)
        play_on(reader, 1, self.weeks)
        outcomes = reader.look("world", "outcome", 0).astype(np.int64)
        clock.append(time.process_time())
        return matching, outcomes, np.diff(clock).tolist()


_games: list[Game] = []


def _begin(game: Game, engine: str) -> None:
    take(engine)
    keep_memory()
    _games[:] = [game]
    game.play(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64))


def counted(sets: Numbers) -> tuple[Numbers, list[float]]:
    """Matching runs of some sets by outcome, (sets, outcomes), and processor seconds of the three stages."""
    game = _games[0]
    counts = np.zeros((sets.size, len(game.scenarios[0].outcomes)), dtype=np.int64)
    used = np.zeros(3)
    for first in range(0, sets.size * game.draws, game.chunk):
        places = np.arange(first, min(first + game.chunk, sets.size * game.draws))
        which = places // game.draws
        matching, outcomes, seconds = game.play(sets[which], places % game.draws)
        np.add.at(counts, (which[matching], outcomes), 1)
        used += seconds
    return counts, [float(part) for part in used]


def themes_of(cases: tuple[Case, Case], places: Mapping[str, Any]) -> dict[str, int]:
    """Number of the theme of every drawn place of which a view assumes something; the second view's word counts."""
    found = {}
    for place in places:
        for case in cases:
            assumed = case.lens.assumes if case.lens else {}
            for theme, part in assumed.items():
                if _speaks_of(part, place):
                    found[place] = THEMES.index(theme)
    return found


def _speaks_of(part: Any, place: str) -> bool:
    """True if a theme gives a number for a place, or shares for the weights it belongs to."""
    for key in place.split("."):
        if "shares" in part:
            return key in part["shares"]
        if not isinstance(part, Mapping) or key not in part:
            return False
        part = part[key]
    return True


def agreements(scenario: Scenario, counts: Numbers) -> float:
    """Share of matching runs with an agreement in force at the end."""
    named = [outcome.agreement for outcome in scenario.outcomes.values()]
    return float(counts[..., named].sum() / max(counts.sum(), 1))


def as_ordinary(game: Game, counts: Mapping[int, Numbers]) -> dict[str, bool]:
    """Do the empty and the full set give what ordinary ensembles give?"""
    found = {}
    asked = {"empty": (0, game.scenarios[0]), "full": (SETS - 1, game.scenarios[1])}
    for name, (number, scenario) in asked.items():
        if number in counts and scenario.reading == game.scenarios[0].reading:
            block = play_block(scenario, SEED, 0, game.draws, game.weeks)
            ordinary = np.bincount(block.columns["outcome"].astype(np.int64), minlength=len(scenario.outcomes))
            found[name] = bool(np.array_equal(ordinary, counts[number]))
    return found


def played(game: Game, sets: Numbers, workers: int) -> tuple[dict[int, Numbers], list[float], float]:
    """Counts of every set, processor seconds of the three stages, and seconds until the processes were there."""
    size = max(CHUNKS_A_TASK * game.chunk // game.draws, 1)
    tasks = [sets[first : first + size] for first in range(0, sets.size, size)]
    context = multiprocessing.get_context("spawn")
    counts: dict[int, Numbers] = {}
    used, begin = np.zeros(3), time.perf_counter()
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(game, taken())) as pool:
        list(pool.map(counted, [sets[:0]] * workers))
        started = time.perf_counter() - begin
        for numbers, (found, seconds) in zip(tasks, pool.map(counted, tasks), strict=True):
            counts |= dict(zip(numbers.tolist(), found, strict=True))
            used += seconds
    return counts, used.tolist(), started


def report(game: Game, sets: Numbers, workers: int) -> dict[str, Any]:
    """Play and measure."""
    begin = time.perf_counter()
    counts, used, started = played(game, sets, workers)
    seconds = time.perf_counter() - begin
    matching = int(sum(found.sum() for found in counts.values()))
    weeks = sets.size * game.draws * game.scenarios[0].run_up.weeks + matching * game.weeks
    first = game.scenarios[0]
    return {
        "views": LENSES,
        "themes": len(THEMES),
        "sets": int(sets.size),
        "draws_per_set": game.draws,
        "matching_runs": matching,
        "run_weeks": weeks,
        "seconds": round(seconds, 2),
        "seconds_to_start": round(started, 2),
        "seconds_for_all_sets": round(started + (seconds - started) * SETS / sets.size, 1),
        "seconds_for_all_sets_with_cores_of_our_own": round(started + sum(used) / workers * SETS / sets.size, 1),
        "us_per_run_week_and_core": round((seconds - started) * workers / weeks * 1e6, 2),
        "processor_seconds": dict(zip(("opening", "run-up", "weeks"), (round(part, 2) for part in used), strict=True)),
        "share_in_force": {number: round(agreements(first, found), 4) for number, found in list(counts.items())[:2]},
        "as_ordinary_ensembles": as_ordinary(game, counts),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, number in (("coalitions", SETS), ("draws", 700), ("weeks", 52), ("chunk", 512)):
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    cases = tuple(load_case(CASE, lens=lens) for lens in LENSES)
    pair = (cases[0], cases[1])
    first = cases[0].scenario
    themes = themes_of(pair, draw(first, SEED, np.arange(1)))
    game = Game((first, cases[1].scenario), themes, asked.draws, asked.weeks, asked.chunk)
    make_ready(first)
    sets = np.unique(np.append(np.arange(min(asked.coalitions, SETS) - 1) * STRIDE % SETS, SETS - 1))
    print(json.dumps(report(game, sets, asked.workers), indent=2))


if __name__ == "__main__":
    main()
