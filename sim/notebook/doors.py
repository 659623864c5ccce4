"""Doors: the functions that `from sim import …` gives - load a scenario, run it, open what was kept.

Processes
    Runs are spread over one process per core. Each process reads the script that started it once more, so a script
    calls `run` under `if __name__ == "__main__":`; a notebook and a Python prompt need nothing. `workers=1` plays in
    the process that asks, which suits a few hundred runs. A program that came through a pipe, and a process that may
    not start others, play so by themselves.
"""

import multiprocessing
import shlex
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from sim.ensemble.ensemble import play
from sim.ensemble.plan import plans_of
from sim.ensemble.run import Progress
from sim.ensemble.storage import load
from sim.notebook.loaded import LoadedScenario
from sim.notebook.played import Played
from sim.spec.find import find_scenario
from sim.spec.load import available_lenses, load_case
from sim.spec.mistake import shown

Words = str | Sequence[str]
"""One word, or several."""


class WorkersError(RuntimeError):
    """Processes that were to play runs ended at once."""


def load_scenario(
    case: str | Path, *, lens: str | None = None, changes: Words = (), switches: Words = ()
) -> LoadedScenario:
    """A scenario by its name, its file or its folder, checked; every mistake at once as a `ScenarioError`.

    Args:
        case: Name as `zopa list` prints it, file or folder.
        lens: Source view through which it is seen; the scenario as it is written without one.
        changes: Values to set, such as `"contest.noise=*0.5"`.
        switches: Answers to questions that the scenario leaves open, such as `"name=answer"`.
    """
    several, answers = _listed(changes), _listed(switches)
    found = load_case(case, lens=lens, changes=several, switches=answers)
    return LoadedScenario(found, tuple(available_lenses(case)), several, answers)


def run(
    case: str | Path | LoadedScenario,
    *,
    lenses: Words | None = None,
    runs: int | None = None,
    horizon: int | None = None,
    seed: int | None = None,
    changes: Words = (),
    switches: Words = (),
    workers: int | None = None,
    progress: Progress | None = None,
) -> Played:
    """Play many runs of a scenario under each source view; what is left out is as the scenario says.

    Args:
        case: Name, file, folder or loaded scenario; one loaded through a source view is played under that view.
        lenses: Source views; all of them without a word.
        runs: Matching runs per source view.
        horizon: Weeks to play.
        seed: Seed of all luck; equal seeds give equal runs.
        changes: Values to set, on top of those of a loaded scenario.
        switches: Answers to open questions, on top of those of a loaded scenario.
        workers: Processes; one per core without a word, and 1 plays in this process.
        progress: Told after each block: source view, matching runs so far, matching runs asked for.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit; it lists every mistake.
        WorkersError: a script started processes without `if __name__ == "__main__":`.
    """
    for name, number, least in (("runs", runs, 1), ("horizon", horizon, 1), ("workers", workers, 1), ("seed", seed, 0)):
        if number is not None and number < least:
            raise ValueError(f"{name} is {number}; it must be at least {least}")
    asked = _asked(case, _listed(lenses), _listed(changes), _listed(switches))
    options = {"--runs": runs, "--horizon": horizon, "--seed": seed}
    try:
        plans = plans_of(
            [asked.path],
            lenses=asked.lenses or None,
            runs=runs,
            horizon=horizon,
            seed=seed,
            changes=asked.changes,
            switches=asked.switches,
            command=asked.command(options),
        )
        (results,) = play(plans, workers=workers or _default_workers(), progress=progress)
    except BrokenProcessPool as error:
        raise WorkersError(_why_broken()) from error
    if not any(found.kept for found in results.lenses.values()):
        raise KeyboardInterrupt
    return Played(results)


def load_results(folder: str | Path) -> Played:
    """Results that were kept in a folder, by `zopa run` or by `save`."""
    return Played(load(Path(folder)))


@dataclass(frozen=True)
class _Asked:
    """What is to be played: a scenario, its source views, and what is changed in it."""

    path: Path
    lenses: tuple[str, ...]
    changes: tuple[str, ...]
    switches: tuple[str, ...]

    def command(self, options: Mapping[str, int | None]) -> str:
        """The command that gives the same numbers."""
        words = ["zopa", "run", shown(self.path)]
        for option, several in (("--lens", self.lenses), ("--set", self.changes), ("--switch", self.switches)):
            words += [word for one in several for word in (option, one)]
        words += [word for option, found in options.items() if found is not None for word in (option, str(found))]
        return shlex.join(words)


def _asked(
    case: str | Path | LoadedScenario, lenses: tuple[str, ...], changes: tuple[str, ...], switches: tuple[str, ...]
) -> _Asked:
    if not isinstance(case, LoadedScenario):
        return _Asked(find_scenario(case), lenses, changes, switches)
    return _Asked(case.case.path, lenses or case.lenses_asked, (*case.changes, *changes), (*case.switches, *switches))


def _listed(words: Words | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def _default_workers() -> int | None:
    """1 where no processes can be started: in a worker of somebody's pool, and for a program without a file."""
    file = getattr(sys.modules["__main__"], "__file__", None)
    without_file = file is not None and not Path(file).exists()
    return 1 if without_file or multiprocessing.current_process().daemon else None


def _why_broken() -> str:
    file = getattr(sys.modules["__main__"], "__file__", None)
    remedy = "perhaps there was too little memory: give fewer workers"
    if file is not None:
        remedy = f'call run under `if __name__ == "__main__":` in {file}, or give workers=1'
    return f"the processes that play the runs ended early; {remedy}"
