"""Report: the page of results that are kept, made again without a run, in any language."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.console import print_json, print_result
from sim.cli.options import MOST_WORKERS, AsJson, Lang, check_language, check_range, find_default_case
from sim.cli.run import Workers

LATEST = "latest"

Folder = Annotated[
    str, typer.Argument(metavar="FOLDER", help="Folder of results, or `latest` for the newest of the default case.")
]
OutFile = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="File to write; left out: report.html in the folder itself."),
]


def report(
    folder: Folder = LATEST,
    lang: Lang = "en",
    out: OutFile = None,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Make the page of stored results again, in another language if you like; only told runs are played anew."""
    code = check_language(lang)
    check_range("--workers", workers, 1, MOST_WORKERS)
    from sim.errors import display_path
    from sim.workflows.build_report import rebuild_report
    from sim.workflows.replay import find_newest_results

    source = find_newest_results(find_default_case()) if folder == LATEST else Path(folder)
    made = rebuild_report(source, lang=code, out=out, workers=workers)
    written = display_path(made.path)
    if as_json:
        print_json({"scenario": made.scenario, "language": code, "report": written})
    else:
        print_result(f"Report: {written}")
