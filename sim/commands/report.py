"""Report: the page of results that are kept, made again without a run, in any language."""

from pathlib import Path
from typing import Annotated

import typer

from sim.commands.options import MOST_WORKERS, AsJson, Lang, default_case, lang_of, within
from sim.commands.run import Workers
from sim.commands.speech import WrongUse, result, result_json

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
    code = lang_of(lang)
    within("--workers", workers, 1, MOST_WORKERS)
    from sim.commands.pages import REPORT, write_page
    from sim.ensemble.storage import latest, load
    from sim.spec.mistake import shown

    source = latest(default_case(), Path("outputs")) if folder == LATEST else Path(folder)
    results, path = load(source), out or source / REPORT
    if path.is_dir() or not path.parent.is_dir():
        raise WrongUse(f"--out {path}: it is no file that can be written; name one in a folder that exists")
    written = shown(write_page(results, source, code, path, workers))
    if as_json:
        result_json({"scenario": results.manifest.scenario, "language": code, "report": written})
    else:
        result(f"Report: {written}")
