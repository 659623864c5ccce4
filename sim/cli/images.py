"""Images: the figures of a page as PNG or SVG files."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.console import print_json, print_note, print_result
from sim.cli.console_reporter import ConsoleReporter
from sim.cli.options import AsJson, Quiet, Workers
from sim.errors import display_path

LATEST = "latest"

Folder = Annotated[
    str,
    typer.Argument(
        metavar="CASE|FOLDER|PAGE", help="Folder of results, a case or `latest`, or any page that zopa has written."
    ),
]
To = Annotated[
    Path | None, typer.Option("--to", metavar="DIR", help="Where to; left out: a folder `images` beside the page.")
]
Form = Annotated[str, typer.Option("--format", metavar="png|svg", help="Form of the files.")]
What = Annotated[
    str,
    typer.Option("--what", metavar="SECTIONS", help="Sections of the page, joined by commas, such as outcome-shares."),
]
PageLang = Annotated[
    str | None,
    typer.Option("--lang", metavar="en|de", help="Language; left out: that of the page.", show_default=False),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the images of an earlier call.")]


def images(
    folder: Folder = LATEST,
    to: To = None,
    form: Form = "png",
    what: What = "",
    lang: PageLang = None,
    overwrite: Overwrite = False,
    workers: Workers = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write the figures of a page as images for slides and papers; each says what it shows and of whom."""
    from sim.workflows.images import images

    found = images(
        folder,
        to=to,
        form=form,
        what=what,
        lang=lang,
        overwrite=overwrite,
        workers=workers,
        reporter=ConsoleReporter(as_json, quiet),
    )
    if as_json:
        print_json(found.as_json())
        return
    for path in found.files:
        print_note(path.name, quiet=quiet)
    print_result(f"Images: {display_path(found.folder)}")
