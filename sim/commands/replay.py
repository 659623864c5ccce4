"""Replay: one run of stored results, told as it was."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands.options import AsJson, Lang, Quiet, complete_case, default_case, known_name, lang_of
from sim.commands.play import show_story, told
from sim.commands.speech import WrongUse, note

if TYPE_CHECKING:
    from sim.ensemble.manifest import Manifest
    from sim.ensemble.results import LensRuns, Results
    from sim.spec.case import Case

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
View = Annotated[str | None, typer.Option("--lens", help="Source view; left out: the first one of the results.")]


def replay(
    number: Number,
    folder: From = LATEST,
    case: CaseOption = None,
    out: Out = Path("outputs"),
    lens: View = None,
    lang: Lang = "en",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell run N of stored results, from the text stored with them."""
    lang_of(lang)
    from sim.ensemble.storage import load
    from sim.ensemble.stored import view_of
    from sim.spec.mistake import shown

    place = _newest(case, out) if folder == LATEST else Path(folder)
    results = load(place)
    view = known_name(lens, results.lenses, "source view") if lens else next(iter(results.lenses))
    matched = _is_matching(results.lenses[view], number)
    manifest = results.manifest
    note(f"{manifest.title}, {view}, run {number}, seed {manifest.seed}, from {shown(place)}", quiet=quiet)
    if not matched:
        note(f"run {number} does not match the reported run-up and is not counted in the shares", quiet=quiet)
    stored = view_of(manifest, view)
    today = _today(manifest, view, quiet)
    story = told(today or stored, number, manifest.seed, manifest.horizon_weeks, lang=lang, quiet=quiet)
    show_story(story, as_json=as_json)
    if matched:
        _compare(results, view, number, story.as_json()["outcome"])


def _newest(case: str | None, out: Path) -> Path:
    """The newest results of the case that is meant."""
    from sim.ensemble.storage import latest
    from sim.spec.find import find_scenario, name_of
    from sim.spec.mistake import ScenarioError

    asked = case or default_case()
    try:
        asked = name_of(find_scenario(asked))
    except ScenarioError:
        if case is None:
            raise
    return latest(asked, out)


def _is_matching(lens: "LensRuns", number: int) -> bool:
    """True for a run that counts; a run that was never drawn is refused."""
    if not 0 <= number < lens.drawn:
        raise WrongUse(f"run {number} is not there; {lens.lens} has the runs 0 to {lens.drawn - 1:,}")
    return number in lens.columns["run"]


def _today(manifest: "Manifest", view: str, quiet: bool) -> "Case | None":
    """The case as it stands today with its claims, if it still says what the results were made with."""
    from sim.ensemble.plan import AS_WRITTEN
    from sim.ensemble.stored import is_as_stored
    from sim.spec.load import ScenarioError, load_case

    lens, changes = None if view == AS_WRITTEN else view, manifest.set_changes
    try:
        case = load_case(manifest.source, lens=lens, changes=changes, switches=manifest.switches)
    except ScenarioError:
        note(f"{manifest.source} cannot be used today; told from the text stored with the results", quiet=quiet)
        return None
    if is_as_stored(case, manifest, view):
        return case
    note(f"{manifest.source} has changed since; told from the text stored with the results", quiet=quiet)
    return None


def _compare(results: "Results", view: str, number: int, outcome: str) -> None:
    """Say so if the run told is not the run stored, which a changed version of the rules may cause."""
    lens = results.lenses[view]
    row = list(lens.columns["run"]).index(number)
    stored = list(results.outcomes)[int(lens.columns["outcome"][row])]
    if outcome not in (stored, results.outcomes[stored]):
        made_with = ", ".join(f"{name} {version}" for name, version in results.manifest.versions.items())
        note(f"the stored run ended otherwise ({stored}); the rules have changed since (made with {made_with})")
