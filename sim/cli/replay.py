"""Replay: one run of stored results, told as it was."""

from typing import Annotated

import typer

from sim.cli.console import print_note
from sim.cli.options import OUTPUTS, AsJson, Lang, Out, Quiet, complete_case
from sim.cli.play import RunUp, Why, print_untranslated, show_story
from sim.errors import UsageError, display_path

LATEST = "latest"

Folder = Annotated[
    str,
    typer.Argument(
        metavar="CASE|FOLDER",
        help="Folder of results, or a case or `latest` for the newest ones.",
        autocompletion=complete_case,
    ),
]
Number = Annotated[int | None, typer.Argument(metavar="N", help="Number of the run.", show_default=False)]
Outcome = Annotated[str | None, typer.Option("--outcome", metavar="KEY", help="Find a run that ends in this outcome.")]
Nth = Annotated[int, typer.Option("--nth", help="Which of the runs that end so, counted from 1.")]
View = Annotated[str | None, typer.Option("--view", help="Source view; left out: the first one of the results.")]


def replay(
    folder: Folder = LATEST,
    number: Number = None,
    outcome: Outcome = None,
    nth: Nth = 1,
    out: Out = OUTPUTS,
    view: View = None,
    lang: Lang = "en",
    why: Why = False,
    run_up: RunUp = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell run N of stored results, or one that ends in an outcome, from the text stored with them."""
    from sim.workflows.replay import replay

    if number is None and outcome is None and folder.isdecimal():
        raise UsageError(f"name the results first, as in `zopa replay latest {folder}`")
    found = replay(
        folder,
        number,
        outcome=outcome,
        nth=nth,
        out=out,
        view=view,
        lang=lang,
        why=why,
        run_up=run_up,
    )
    manifest = found.manifest
    changed = f", {found.changed}" if found.changed else ""
    played = f"{manifest.title}, {found.view}, run {found.narrated.run}, seed {manifest.seed}{changed}"
    heading = f"{played}, from {display_path(found.folder)}"
    for text in (heading, *found.notes):
        print_note(text, quiet=quiet)
    print_untranslated(found.narrated.untranslated, lang, quiet=quiet)
    show_story(found.narrated, as_json=as_json)
    if found.differs:
        print_note(found.differs)
