"""View: a source view of one's own, blank or coded from a text paragraph by paragraph."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.command_group import CommandGroup
from sim.cli.console import print_json, print_note, print_result
from sim.errors import display_path

view = typer.Typer(
    cls=CommandGroup,
    help="Start a source view of your own: `new` writes a blank one, `from-text` codes a text paragraph by paragraph.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

SourceName = Annotated[
    str,
    typer.Argument(metavar="SOURCE", help="Name of the view and key of its source, such as lund-2032."),
]
SourceOption = Annotated[
    str | None,
    typer.Option("--source", metavar="SOURCE", help="Key of the source; left out: the name of the file."),
]
TextFile = Annotated[Path, typer.Argument(metavar="FILE", help="The text (UTF-8); a paragraph is a non-empty line.")]
CopyTo = Annotated[
    Path | None,
    typer.Option(
        "--copy-to",
        metavar="DIR",
        help="Copy the case to this folder first; a case that comes with zopa is left as it is.",
        show_default=False,
    ),
]


@view.command("new")
def new_view(
    source: SourceName,
    case: options.CaseOption = None,
    copy_to: CopyTo = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Write a source view with every theme at the wide spreads and comments that ask for a claim."""
    from sim.workflows.source_view.new_view import new_view

    found = new_view(source, case, copy_to=copy_to)
    if as_json:
        print_json(found.as_json())
        return
    print_result(f"Written: {display_path(found.path)}")
    print_note("It has passed the check. Open it in a text editor; its comments lead you through it.", quiet=quiet)


@view.command("from-text")
def view_from_text(
    text: TextFile,
    source: SourceOption = None,
    case: options.CaseOption = None,
    copy_to: CopyTo = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Code a text paragraph by paragraph: claims, speaker, kind, place, and which quantity moves which way."""
    from sim.cli.code_text import read_with_coder
    from sim.workflows.source_view.view_from_text import view_from_text

    found = view_from_text(text, case, source=source, copy_to=copy_to, interview=read_with_coder)
    folder = display_path(found.folder)
    if as_json:
        print_json(found.as_json())
    elif found.left:
        print_result(str(found))
    else:
        print_result(f"Written: {display_path(found.path)}: {found.claims} claims move {found.moved} quantities")
    if found.left:
        again = f"zopa view from-text {text} --source {found.view} --case {folder}"
        print_note(f"Kept. Go on with `{again}`.", quiet=quiet)
    else:
        goes_on = f"`zopa compare wide {found.view} --case {folder}`"
        print_note(f"It has passed the check. Go on with {goes_on}.", quiet=quiet)
