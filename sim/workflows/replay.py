"""Replay: one run of stored results, narrated from the text that is stored with them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.ensemble.manifest import Manifest
from sim.ensemble.plan import AS_WRITTEN
from sim.ensemble.results import Results, ViewRuns
from sim.errors import ScenarioError, UsageError, require_known
from sim.loading.loader import load_case
from sim.schema.loaded_case import LoadedCase
from sim.storage.rebuild import is_as_stored, load_checked, rebuild_view
from sim.workflows.arguments import check_language
from sim.workflows.display import TextDisplay
from sim.workflows.play import NarratedRun, narrate_loaded_run
from sim.workflows.scenario_files import LATEST, find_results


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
    """Empty, or a sentence that says how it now ends otherwise than the stored run."""
    folder: Path
    """Folder of the results."""

    def to_frame(self) -> Any:
        """One row per event, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return self.narrated.to_frame()

    def __str__(self) -> str:
        return "\n".join([*self.notes, str(self.narrated), *([self.differs] if self.differs else [])])


def replay(
    number: int,
    *,
    folder: str | Path = LATEST,
    case: str | None = None,
    out: str | Path = "outputs",
    view: str | None = None,
    lang: str = "en",
) -> ReplayedRun:
    """Play one run of stored results again, and narrate it.

    Args:
        number: Number of the run, from 0; it must have been drawn.
        folder: Folder of results, or `latest` for the newest of the case.
        case: Case whose newest results are meant; the default case if left out.
        out: Folder in which its results are kept.
        view: Source view; the first of the results if left out.
        lang: Language of the story, such as en or de.

    Returns:
        The run, event by event; `print` shows it as text.

    Raises:
        ResultsError: the folder holds no results that can be read.
        UsageError: no such view, or no such run.
    """
    check_language(lang)
    place = find_results(folder, case, Path(out))
    results = load_checked(place)
    name = require_known(view, results.views, "source view") if view else next(iter(results.views))
    matched, manifest = _is_matching(results.views[name], number), results.manifest
    loaded, notes = _load_as_stored(manifest, name)
    if not matched:
        notes.insert(0, f"run {number} does not match the reported run-up and is not counted in the shares")
    narrated = narrate_loaded_run(loaded, number, manifest.seed, manifest.horizon_weeks, lang)
    outcome = narrated.story.as_json()["outcome"]
    differs = _describe_difference(results, name, number, outcome) if matched else ""
    return ReplayedRun(manifest, name, narrated, tuple(notes), differs, place)


def _is_matching(view: ViewRuns, number: int) -> bool:
    """True for a run that counts; a run that was never drawn is refused."""
    if not 0 <= number < view.n_drawn:
        raise UsageError(f"run {number} is not there; {view.name} has the runs 0 to {view.n_drawn - 1:,}")
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


def _describe_difference(results: Results, view: str, number: int, outcome: str) -> str:
    """Empty if the run narrated is the run stored; a changed version of the rules may make it another."""
    runs = results.views[view]
    row = list(runs.columns["run"]).index(number)
    stored = list(results.outcomes)[int(runs.columns["outcome"][row])]
    if outcome in (stored, results.outcomes[stored]):
        return ""
    made_with = ", ".join(f"{name} {version}" for name, version in results.manifest.versions.items())
    return f"the stored run ended otherwise ({stored}); the rules have changed since (made with {made_with})"
