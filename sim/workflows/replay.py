"""Replay: one run of stored results, narrated from the text that is stored with them."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from analysis.methods.change_words import describe_changes
from sim.ensemble.block import simulate_block
from sim.ensemble.manifest import Manifest
from sim.ensemble.plan import AS_WRITTEN
from sim.ensemble.results import Results, ViewRuns
from sim.errors import ScenarioError, UsageError, require_known
from sim.i18n.messages import format_number
from sim.i18n.said_error import SaidError
from sim.loading.loader import load_case
from sim.schema.loaded_case import LoadedCase
from sim.storage.rebuild import is_as_stored, load_checked, rebuild_view
from sim.workflows.arguments import check_language, check_range
from sim.workflows.display import TextDisplay
from sim.workflows.play import NarratedRun, narrate_loaded_run
from sim.workflows.scenario_files import LATEST, find_results

MOST_RUNS = 10_000_000
"""Most runs of a view that are counted through."""


@dataclass(frozen=True, repr=False)
class ReplayedRun(TextDisplay):
    """A run of stored results, narrated."""

    manifest: Manifest
    """How the results were made."""
    view: str
    """Source view under which the run was played."""
    narrated: NarratedRun
    """The run."""
    notes: tuple[str, ...]
    """What must be known of it: that it is not counted, or that the scenario has changed since."""
    differs: str
    """Empty, or a sentence that says how it now goes otherwise than the stored run."""
    folder: Path
    """Folder of the results."""

    @property
    def changed(self) -> str:
        """What was set and answered, in one line; empty if nothing was."""
        return describe_changes(self.manifest)

    def to_frame(self) -> Any:
        """One row per event, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return self.narrated.to_frame()

    def __str__(self) -> str:
        return "\n".join([*self.notes, str(self.narrated), *([self.differs] if self.differs else [])])


def replay(
    folder: str | Path = LATEST,
    number: int | None = None,
    *,
    outcome: str | None = None,
    nth: int = 1,
    out: str | Path = "outputs",
    view: str | None = None,
    lang: str = "en",
    why: bool = False,
    run_up: bool = False,
) -> ReplayedRun:
    """Play one run of stored results again, and narrate it.

    Args:
        folder: Folder of results, a case whose newest are meant, or `latest` for the newest of all.
        number: Number of the run, from 0; it must have been drawn. Left out, `outcome` finds one.
        outcome: Key of the outcome in which the run ends.
        nth: Which of the runs that end so, counted from 1.
        out: Folder in which results are kept.
        view: Source view; the first of the results if left out.
        lang: Language of the story, such as en or de.
        why: True to tell every event week by week, with its rule, odds and alternatives.
        run_up: True to tell the weeks before week 1 too.

    Returns:
        The run, event by event; `print` shows it as text.

    Raises:
        ResultsError: the folder holds no results that can be read.
        UsageError: no such view, or no such run, or none that ends so.
    """
    check_language(lang)
    check_range("nth", nth, 1, MOST_RUNS)
    if (number is None) == (outcome is None):
        raise UsageError("name a run by its number, or an `outcome=` in which it ends; one of the two")
    place = find_results(folder, Path(out))
    results = load_checked(place)
    name = require_known(view, results.views, "source view") if view else next(iter(results.views))
    number = _find_run(results, name, outcome, nth) if outcome is not None else number or 0
    matched, manifest = _is_matching(results.views[name], number), results.manifest
    loaded, notes = _load_as_stored(manifest, name)
    if not matched:
        notes.insert(0, f"run {number} does not match the reported run-up and is not counted in the shares")
    narrated = narrate_loaded_run(loaded, number, manifest.seed, manifest.horizon_weeks, lang)
    narrated = replace(narrated, why=why, run_up=run_up)
    differs = _describe_difference(results, name, number, loaded) if matched else ""
    return ReplayedRun(manifest, name, narrated, tuple(notes), differs, place)


def _find_run(results: Results, view: str, outcome: str, nth: int) -> int:
    """Number of the nth run of a view that ends in an outcome; what does occur is said where none does."""
    keys, columns = list(results.outcomes), results.views[view].columns
    require_known(outcome, results.outcomes, "outcome")
    ended = columns["outcome"].astype(int)
    runs = columns["run"][ended == keys.index(outcome)].tolist()
    if nth <= len(runs):
        return int(sorted(runs)[nth - 1])
    occurring = [f"{key} ({(ended == at).sum():,})" for at, key in enumerate(keys) if (ended == at).any()]
    found = f"{len(runs):,} of the runs of {view} end" if runs else f"no run of {view} ends"
    raise UsageError(f"{found} in {outcome}; what occurs, with the number of runs: {', '.join(occurring) or 'nothing'}")


def _is_matching(view: ViewRuns, number: int) -> bool:
    """True for a run that counts; a run that was never drawn is refused."""
    if not 0 <= number < view.n_drawn:
        raise SaidError("seat.refused-run", run=number, view=view.name, last=format_number(view.n_drawn - 1))
    return number in view.columns["run"]


def _load_as_stored(manifest: Manifest, view: str) -> tuple[LoadedCase, list[str]]:
    """The case as it stands today with its claims, if it still says what the results were made with; else as stored."""
    name = None if view == AS_WRITTEN else view
    try:
        case = load_case(
            manifest.source,
            view=name,
            changes=manifest.set_changes,
            answers=manifest.answers,
            holds_from=manifest.holds_from,
        )
    except ScenarioError:
        why = f"{manifest.source} cannot be used today; told from the text stored with the results"
        return rebuild_view(manifest, view), [why]
    if is_as_stored(case, manifest, view):
        return case, []
    why = f"{manifest.source} has changed since; told from the text stored with the results"
    return rebuild_view(manifest, view), [why]


def _describe_difference(results: Results, view: str, number: int, loaded: LoadedCase) -> str:
    """Empty if the run narrated is the run stored; changed rules, or a changed text, may make it another."""
    runs, manifest = results.views[view], results.manifest
    row = list(runs.columns["run"]).index(number)
    now = simulate_block(loaded.scenario, manifest.seed, number, 1, manifest.horizon_weeks).columns
    shared = [name for name in runs.columns if name in now]
    stored, played = (
        {name: float(columns[name][at]) for name in shared} for columns, at in ((runs.columns, row), (now, 0))
    )
    moved = [name for name in shared if not np.array_equal(stored[name], played[name], equal_nan=True)]
    if not moved:
        return ""
    outcome = list(results.outcomes)[int(stored["outcome"])]
    how = f"ended otherwise ({outcome})" if "outcome" in moved else f"went otherwise ({', '.join(moved[:3])})"
    made_with = ", ".join(f"{name} {version}" for name, version in manifest.versions.items())
    return f"the stored run {how}; the rules or the scenario have changed since (made with {made_with})"
