"""Replay: one run of stored results, told as it was."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import print_note
from sim.cli.options import AsJson, Lang, Quiet, check_language, complete_case, find_default_case
from sim.cli.play import narrate, show_story
from sim.errors import UsageError, require_known

if TYPE_CHECKING:
    from sim.ensemble.manifest import Manifest
    from sim.ensemble.results import Results, ViewRuns
    from sim.schema.loaded_case import LoadedCase

LATEST = "latest"

Number = Annotated[int, typer.Argument(metavar="N", help="Number of the run.", show_default=False)]
From = Annotated[
    str, typer.Option("--from", metavar="FOLDER|latest", help="Folder of results, or the newest of the case.")
]
CaseOption = Annotated[
    str | None,
    typer.Option(
        "--case", help="Case whose newest results are meant; left out: the default.", autocompletion=complete_case
    ),
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder in which results are kept.")]
View = Annotated[str | None, typer.Option("--view", help="Source view; left out: the first one of the results.")]


def replay(
    number: Number,
    folder: From = LATEST,
    case: CaseOption = None,
    out: Out = Path("outputs"),
    view: View = None,
    lang: Lang = "en",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell run N of stored results, from the text stored with them."""
    check_language(lang)
    from sim.errors import display_path
    from sim.storage.rebuild import rebuild_view
    from sim.storage.results_folder import load

    place = _find_newest(case, out) if folder == LATEST else Path(folder)
    results = load(place)
    view = require_known(view, results.views, "source view") if view else next(iter(results.views))
    matched = _is_matching(results.views[view], number)
    manifest = results.manifest
    print_note(f"{manifest.title}, {view}, run {number}, seed {manifest.seed}, from {display_path(place)}", quiet=quiet)
    if not matched:
        print_note(f"run {number} does not match the reported run-up and is not counted in the shares", quiet=quiet)
    stored = rebuild_view(manifest, view)
    today = _replay(manifest, view, quiet)
    story = narrate(today or stored, number, manifest.seed, manifest.horizon_weeks, lang=lang, quiet=quiet)
    show_story(story, as_json=as_json)
    if matched:
        _compare(results, view, number, story.as_json()["outcome"])


def _find_newest(case: str | None, out: Path) -> Path:
    """The newest results of the case that is meant."""
    from sim.errors import ScenarioError
    from sim.loading.discovery import derive_name, find_scenario
    from sim.storage.results_folder import find_latest

    asked = case or find_default_case()
    try:
        asked = derive_name(find_scenario(asked))
    except ScenarioError:
        if case is None:
            raise
    return find_latest(asked, out)


def _is_matching(view: "ViewRuns", number: int) -> bool:
    """True for a run that counts; a run that was never drawn is refused."""
    if not 0 <= number < view.n_drawn:
        raise UsageError(f"run {number} is not there; {view.name} has the runs 0 to {view.n_drawn - 1:,}")
    return number in view.columns["run"]


def _replay(manifest: "Manifest", view: str, quiet: bool) -> "LoadedCase | None":
    """The case as it stands today with its claims, if it still says what the results were made with."""
    from sim.ensemble.plan import AS_WRITTEN
    from sim.loading.loader import ScenarioError, load_case
    from sim.storage.rebuild import is_as_stored

    view_name, changes = None if view == AS_WRITTEN else view, manifest.set_changes
    try:
        case = load_case(manifest.source, view=view_name, changes=changes, answers=manifest.answers)
    except ScenarioError:
        print_note(f"{manifest.source} cannot be used today; told from the text stored with the results", quiet=quiet)
        return None
    if is_as_stored(case, manifest, view):
        return case
    print_note(f"{manifest.source} has changed since; told from the text stored with the results", quiet=quiet)
    return None


def _compare(results: "Results", view: str, number: int, outcome: str) -> None:
    """Say so if the run told is not the run stored, which a changed version of the rules may cause."""
    runs = results.views[view]
    row = list(runs.columns["run"]).index(number)
    stored = list(results.outcomes)[int(runs.columns["outcome"][row])]
    if outcome not in (stored, results.outcomes[stored]):
        made_with = ", ".join(f"{name} {version}" for name, version in results.manifest.versions.items())
        print_note(f"the stored run ended otherwise ({stored}); the rules have changed since (made with {made_with})")
