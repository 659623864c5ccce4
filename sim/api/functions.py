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

from sim.api.ensemble_result import EnsembleResult
from sim.api.scenario import LoadedScenario
from sim.ensemble.dispatcher import Progress
from sim.ensemble.plan import make_plans
from sim.ensemble.simulate import simulate_plans
from sim.errors import display_path
from sim.loading.discovery import find_scenario
from sim.loading.loader import list_views, load_case
from sim.storage.results_folder import load

OneOrMany = str | Sequence[str]
"""One word, or several."""


class WorkersError(RuntimeError):
    """Processes that were to play runs ended at once."""


def load_scenario(
    case: str | Path, *, view: str | None = None, changes: OneOrMany = (), answers: OneOrMany = ()
) -> LoadedScenario:
    """A scenario by its name, its file or its folder, checked; every mistake at once as a `ScenarioError`.

    Args:
        case: Name as `zopa list` prints it, file or folder.
        view: Source view through which it is seen; the scenario as it is written without one.
        changes: Values to set, such as `"contest.noise=*0.5"`.
        answers: Answers to questions that the scenario leaves open, such as `"name=answer"`.
    """
    given_changes, given_answers = _as_tuple(changes), _as_tuple(answers)
    found = load_case(case, view=view, changes=given_changes, answers=given_answers)
    return LoadedScenario(found, tuple(list_views(case)), given_changes, given_answers)


def run(
    case: str | Path | LoadedScenario,
    *,
    views: OneOrMany | None = None,
    runs: int | None = None,
    horizon: int | None = None,
    seed: int | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    workers: int | None = None,
    progress: Progress | None = None,
) -> EnsembleResult:
    """Play many runs of a scenario under each source view; what is left out is as the scenario says.

    Args:
        case: Name, file, folder or loaded scenario; one loaded through a source view is played under that view.
        views: Source views; all of them without a word.
        runs: Matching runs per source view.
        horizon: Weeks to play.
        seed: Seed of all luck; equal seeds give equal runs.
        changes: Values to set, on top of those of a loaded scenario.
        answers: Answers to open questions, on top of those of a loaded scenario.
        workers: Processes; one per core without a word, and 1 plays in this process.
        progress: Told after each block: source view, matching runs so far, matching runs asked for.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit; it lists every mistake.
        WorkersError: a script started processes without `if __name__ == "__main__":`.
    """
    for name, number, least in (("runs", runs, 1), ("horizon", horizon, 1), ("workers", workers, 1), ("seed", seed, 0)):
        if number is not None and number < least:
            raise ValueError(f"{name} is {number}; it must be at least {least}")
    asked = _make_request(case, _as_tuple(views), _as_tuple(changes), _as_tuple(answers))
    options = {"--runs": runs, "--horizon": horizon, "--seed": seed}
    try:
        plans = make_plans(
            [asked.path],
            view_names=asked.views or None,
            runs=runs,
            horizon=horizon,
            seed=seed,
            changes=asked.changes,
            answers=asked.answers,
            command=asked.format_command(options),
        )
        (results,) = simulate_plans(plans, workers=workers or _choose_workers(), progress=progress)
    except BrokenProcessPool as error:
        raise WorkersError(_explain_broken_pool()) from error
    if not any(found.n_matching for found in results.views.values()):
        raise KeyboardInterrupt
    return EnsembleResult(results)


def load_results(folder: str | Path) -> EnsembleResult:
    """Results that were kept in a folder, by `zopa run` or by `save`.

    Args:
        folder: The folder with `manifest.json` and `runs.npz`.

    Raises:
        ResultsError: it holds no results that can be read.
    """
    return EnsembleResult(load(Path(folder)))


@dataclass(frozen=True)
class _RunRequest:
    """What is to be played: a scenario, its source views, and what is changed in it."""

    path: Path
    views: tuple[str, ...]
    changes: tuple[str, ...]
    answers: tuple[str, ...]

    def format_command(self, options: Mapping[str, int | None]) -> str:
        """The command that gives the same numbers."""
        words = ["zopa", "run", display_path(self.path)]
        for option, several in (("--view", self.views), ("--set", self.changes), ("--answer", self.answers)):
            words += [word for one in several for word in (option, one)]
        words += [word for option, found in options.items() if found is not None for word in (option, str(found))]
        return shlex.join(words)


def _make_request(
    case: str | Path | LoadedScenario, views: tuple[str, ...], changes: tuple[str, ...], answers: tuple[str, ...]
) -> _RunRequest:
    if not isinstance(case, LoadedScenario):
        return _RunRequest(find_scenario(case), views, changes, answers)
    return _RunRequest(case.case.path, views or case.views_asked, (*case.changes, *changes), (*case.answers, *answers))


def _as_tuple(words: OneOrMany | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def _choose_workers() -> int | None:
    """1 where no processes can be started: in a worker of somebody's pool, and for a program without a file."""
    file = getattr(sys.modules["__main__"], "__file__", None)
    without_file = file is not None and not Path(file).exists()
    return 1 if without_file or multiprocessing.current_process().daemon else None


def _explain_broken_pool() -> str:
    file = getattr(sys.modules["__main__"], "__file__", None)
    remedy = "perhaps there was too little memory: give fewer workers"
    if file is not None:
        remedy = f'call run under `if __name__ == "__main__":` in {file}, or give workers=1'
    return f"the processes that play the runs ended early; {remedy}"
