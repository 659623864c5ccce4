"""Opened case: a case read and checked once for everybody who plays it, and the runs with which games begin.

Read aloud
    A class plays one case. It is read, checked and translated once, and again when one of its files changes. Its
    run-up is simulated once for all games of a seed: a game begins with one of the runs that match what is reported
    of it, as that run stands at the end of week 0.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.engines.base import make_engine_for_few
from sim.engines.numpy_engine import NumpyEngine
from sim.ensemble.block import simulate_to_week_zero
from sim.ensemble.simulate import LOOKED_THROUGH
from sim.experiments.package_worths import weigh_packages
from sim.loading.loader import load_case
from sim.loading.translations import translate_case
from sim.model.build_layout import build_layout
from sim.model.simulation import RunIndices
from sim.model.state import Snapshot
from sim.model.state_transfer import transfer_state
from sim.rules.week import VALUES
from sim.schema.loaded_case import HoldsFrom, LoadedCase
from sim.schema.scenario import Scenario
from sim.workflows.single_flight import SingleFlight

KEPT = 64
"""Cases and beginnings that are kept."""

MOST_BEGINNINGS = 80
"""Matching runs that are kept of a seed: as many as a class has seats."""


@dataclass(frozen=True)
class OpenedCase:
    """A case, checked."""

    case: LoadedCase
    """As it is written."""
    translated: LoadedCase
    """In the language of a game."""
    past: str
    """A digest of all that its run-up depends on, except the seed."""

    @property
    def stamps(self) -> tuple[tuple[Path, int], ...]:
        """When each of its files was changed, and those beside them that hold its texts in other languages."""
        texts = dict.fromkeys(
            text for path in self.case.files for text in sorted((path.parent / "texts").glob("*.yaml"))
        )
        return tuple((path, _find_stamp(path)) for path in (*self.case.files, *texts))


@dataclass(frozen=True)
class Beginnings:
    """Runs that match the reported run-up, at the end of week 0."""

    runs: tuple[int, ...]
    """Their numbers."""
    snapshot: Snapshot
    """The first of them, as they stand."""


_opened: SingleFlight[tuple[OpenedCase, tuple[tuple[Path, int], ...]]] = SingleFlight(KEPT)
_beginnings: SingleFlight[Beginnings] = SingleFlight(KEPT)


def open_case(
    path: str | Path,
    *,
    view: str | None = None,
    changes: tuple[str, ...] = (),
    answers: tuple[str, ...] = (),
    holds_from: HoldsFrom | None = None,
    lang: str = "en",
) -> OpenedCase:
    """A case, read and checked unless it was since its files have changed.

    Args:
        path: File, folder or name.
        view: Source view; the scenario as it is written if left out.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        holds_from: From when the changes hold; as `load_case` has it if left out.
        lang: Language of the texts.

    Raises:
        ScenarioError: every mistake at once.
    """
    key = (str(path), view, changes, answers, holds_from, lang)

    def read() -> tuple[OpenedCase, tuple[tuple[Path, int], ...]]:
        case = load_case(path, view=view, changes=changes, answers=answers, holds_from=holds_from)
        found = OpenedCase(case, translate_case(case, lang)[0], _digest_past(case))
        return found, found.stamps

    found, stamps = _opened.get(key, read)
    if found.stamps != stamps:
        _opened.forget(key)
        found, _ = _opened.get(key, read)
    return found


def _find_stamp(path: Path) -> int:
    return path.stat().st_mtime_ns if path.is_file() else 0


def _digest_past(case: LoadedCase) -> str:
    text = case.text if case.run_up_text is None else case.run_up_text
    return hashlib.sha256(json.dumps([str(case.path), text], sort_keys=True, default=str).encode()).hexdigest()


def find_beginnings(opened: OpenedCase, seed: int) -> Beginnings:
    """Runs with which games of a seed can begin: those of the first that match the reported run-up.

    Args:
        opened: The case.
        seed: Seed of all luck.
    """
    before = opened.case.scenario.in_run_up
    return _beginnings.get((opened.past, seed), lambda: _simulate_beginnings(before, seed))


def find_first_run(opened: OpenedCase, seed: int) -> int:
    """The run with which a game begins if none is named: the first with a package better for both sides than none.

    Args:
        opened: The case.
        seed: Seed of all luck.

    Returns:
        Its number; that of the first run that matches if there is no such package in any.
    """
    found = find_beginnings(opened, seed)
    if not found.runs:
        return 0
    now = transfer_state(found.snapshot, build_layout(opened.case.scenario))
    weighed = weigh_packages(NumpyEngine(now, VALUES), 1)
    has_zone = (weighed.worths > weighed.needs[:, None]).all(axis=0).any(axis=0)
    return int(found.snapshot.runs[has_zone][0]) if has_zone.any() else found.runs[0]


def _simulate_beginnings(before: Scenario, seed: int) -> Beginnings:
    for among in LOOKED_THROUGH:
        found = simulate_to_week_zero(before, seed, np.arange(among), make_engine_for_few)
        if found.runs.size:
            break
    return Beginnings(tuple(found.runs.tolist()), _select(found, np.arange(min(found.runs.size, MOST_BEGINNINGS))))


def _select(whole: Snapshot, places: RunIndices) -> Snapshot:
    """Some of the runs, in arrays of their own."""
    state = {
        space: {name: np.ascontiguousarray(array[..., places]) for name, array in variables.items()}
        for space, variables in whole.state.items()
    }
    return Snapshot(whole.layout, whole.seed, whole.runs[places], state)


def find_beginning(opened: OpenedCase, seed: int, run: int) -> Snapshot | None:
    """One run at the end of week 0; none if it is not among those that are kept.

    Args:
        opened: The case.
        seed: Seed of all luck.
        run: Number of the run.
    """
    kept = find_beginnings(opened, seed).snapshot
    places = np.flatnonzero(kept.runs == run)
    return _select(kept, places) if places.size else None
