"""Report: the page of results that are kept, made again without a run, in any language."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.console import print_json, print_result
from sim.cli.console_reporter import ConsoleReporter
from sim.cli.options import AsJson, Lang, Workers
from sim.errors import display_path

LATEST = "latest"

Folder = Annotated[
    str, typer.Argument(metavar="CASE|FOLDER", help="Folder of results, or a case or `latest` for the newest ones.")
]
OutFile = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help="File to write; left out: report.html (in German report.de.html) in the folder itself.",
    ),
]


def report(
    folder: Folder = LATEST,
    lang: Lang = "en",
    out: OutFile = None,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Make the page of stored results again, in another language if you like; only told runs are played anew."""
    from sim.workflows.build_report import report

    found = report(folder, lang=lang, out=out, workers=workers, reporter=ConsoleReporter(as_json))
    if as_json:
        print_json(found.as_json())
    else:
        print_result(f"Report: {display_path(found.path)}")
