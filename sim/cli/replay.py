"""Replay: one run of stored results, told as it was."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.console import print_note
from sim.cli.options import AsJson, Lang, Quiet, check_language, complete_case, find_default_case
from sim.cli.play import print_untranslated, show_story

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
    """Narrate run N of stored results, from the text stored with them."""
    check_language(lang)
    from sim.errors import display_path
    from sim.workflows.replay import find_newest_results, replay_run

    place = find_newest_results(case or find_default_case(), out) if folder == LATEST else Path(folder)
    found = replay_run(place, number, view=view, lang=lang)
    manifest = found.manifest
    heading = f"{manifest.title}, {found.view}, run {number}, seed {manifest.seed}, from {display_path(place)}"
    for text in (heading, *found.notes):
        print_note(text, quiet=quiet)
    print_untranslated(found.narrated.untranslated, lang, quiet=quiet)
    show_story(found.narrated.story, as_json=as_json)
    if found.differs:
        print_note(found.differs)
