"""Replay: one run of stored results, narrated from the text that is stored with them."""

from dataclasses import dataclass
from pathlib import Path

from sim.ensemble.manifest import Manifest
from sim.ensemble.plan import AS_WRITTEN
from sim.ensemble.results import Results, ViewRuns
from sim.errors import ScenarioError, UsageError, require_known
from sim.loading.discovery import derive_name, find_default_case, find_scenario
from sim.loading.loader import load_case
from sim.schema.loaded_case import LoadedCase
from sim.storage.rebuild import is_as_stored, rebuild_view
from sim.storage.results_folder import find_latest, load
from sim.workflows.play import NarratedRun, narrate_loaded_run


@dataclass(frozen=True, repr=False)
class ReplayedRun:
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
    """Empty, or a sentence that says how it now ends otherwise than the stored run."""

    def __repr__(self) -> str:
        return "\n".join([*self.notes, repr(self.narrated), *([self.differs] if self.differs else [])])


def replay_run(folder: Path, number: int, *, view: str | None = None, lang: str = "en") -> ReplayedRun:
    """Play one run of stored results again, and narrate it.

    Args:
        folder: Folder of results.
        number: Number of the run, from 0; it must have been drawn.
        view: Source view; the first of the results without one.
        lang: Language of the story.

    Raises:
        ResultsError: the folder holds no results that can be read.
        UsageError: no such view, or no such run.
    """
    results = load(folder)
    name = require_known(view, results.views, "source view") if view else next(iter(results.views))
    matched, manifest = _is_matching(results.views[name], number), results.manifest
    case, notes = _load_as_stored(manifest, name)
    if not matched:
        notes.insert(0, f"run {number} does not match the reported run-up and is not counted in the shares")
    narrated = narrate_loaded_run(case, number, manifest.seed, manifest.horizon_weeks, lang)
    outcome = narrated.story.as_json()["outcome"]
    differs = _describe_difference(results, name, number, outcome) if matched else ""
    return ReplayedRun(manifest, name, narrated, tuple(notes), differs)


def find_newest_results(case: str, out: Path = Path("outputs")) -> Path:
    """Folder of the newest results of a case.

    Args:
        case: Name, file or folder of the scenario.
        out: Folder in which results are kept.

    Raises:
        ResultsError: there are none.
    """
    try:
        case = derive_name(find_scenario(case))
    except ScenarioError:
        if case != find_default_case():
            raise
    return find_latest(case, out)


def _is_matching(view: ViewRuns, number: int) -> bool:
    """True for a run that counts; a run that was never drawn is refused."""
    if not 0 <= number < view.n_drawn:
        raise UsageError(f"run {number} is not there; {view.name} has the runs 0 to {view.n_drawn - 1:,}")
    return number in view.columns["run"]


def _load_as_stored(manifest: Manifest, view: str) -> tuple[LoadedCase, list[str]]:
    """The case as it stands today with its claims, if it still says what the results were made with; else as stored."""
    name = None if view == AS_WRITTEN else view
    try:
        case = load_case(manifest.source, view=name, changes=manifest.set_changes, answers=manifest.answers)
    except ScenarioError:
        why = f"{manifest.source} cannot be used today; told from the text stored with the results"
        return rebuild_view(manifest, view), [why]
    if is_as_stored(case, manifest, view):
        return case, []
    why = f"{manifest.source} has changed since; told from the text stored with the results"
    return rebuild_view(manifest, view), [why]


def _describe_difference(results: Results, view: str, number: int, outcome: str) -> str:
    """Empty if the run narrated is the run stored; a changed version of the rules may make it another."""
    runs = results.views[view]
    row = list(runs.columns["run"]).index(number)
    stored = list(results.outcomes)[int(runs.columns["outcome"][row])]
    if outcome in (stored, results.outcomes[stored]):
        return ""
    made_with = ", ".join(f"{name} {version}" for name, version in results.manifest.versions.items())
    return f"the stored run ended otherwise ({stored}); the rules have changed since (made with {made_with})"
