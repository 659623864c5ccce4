"""Import: what other programs wrote becomes a scenario, or a table for baselines and solve."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.console import print_json, print_note, print_notes, print_result
from sim.cli.options import AsJson, Lang, Quiet
from sim.errors import display_path

Kind = Annotated[str, typer.Argument(metavar="KIND", help="What the files are: `genius` or `table`.")]
Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILES",
        help="genius: a folder, or XML profiles with or without their domain. table: a CSV, TSV or XLSX file with "
        "actors, positions, salience and power.",
    ),
]
Name = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help="Name of the new folder; left out: that of the files.")
]
Folder = Annotated[Path, typer.Option("--folder", metavar="DIR", help="Where the new folder is made.")]


def import_files(
    kind: Kind,
    files: Files,
    name: Name = None,
    folder: Folder = Path(),
    lang: Lang = "en",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Open files of other programs: profiles of GENIUS as a scenario, a table of positions for baselines and solve."""
    from sim.workflows.import_files import import_files

    found = import_files(kind, files, name=name, folder=folder, lang=lang)
    if as_json:
        print_json(found.as_json())
        return
    print_result(f"Written: {display_path(found.path)}")
    print_notes(found.notes, quiet=quiet)
    for place in found.assumed:
        print_note(f"assumed: {place}", quiet=quiet)
