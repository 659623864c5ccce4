"""Export: stored results as tables for a spreadsheet, R, pandas or anything else, with a dictionary beside them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands.guard import MISSING_PART
from sim.commands.options import AsJson, Lang, Quiet, default_case, known_name, lang_of, within
from sim.commands.speech import WrongUse, mistake, note, result, result_json

if TYPE_CHECKING:
    from sim.ensemble.export_tables import Table
    from sim.ensemble.results import Results

LATEST = "latest"
FORMATS = ("csv", "parquet")
TABLES = ("runs", "weeks", "issues", "events", "courses")
USUAL = "runs,weeks,issues,events"
MOST_REPLAYED = 100_000
NO_PARQUET = "zopa: Parquet needs the library pyarrow; install it with `pip install 'zopa-simulator[parquet]'`"

Folder = Annotated[
    str, typer.Argument(metavar="FOLDER", help="Folder of results, or `latest` for the newest of the default case.")
]
To = Annotated[
    Path | None, typer.Option("--to", metavar="DIR", help="Where to; left out: a folder `export` in the results.")
]
Form = Annotated[str, typer.Option("--format", metavar="csv|parquet", help="Form of the files.")]
What = Annotated[
    str,
    typer.Option("--what", metavar="TABLES", help=f"Which tables, joined by commas, among {', '.join(TABLES)}."),
]
Replayed = Annotated[
    int | None,
    typer.Option("--runs", metavar="N", help="Runs per source view that are told (5) or followed by week (100)."),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the files of an earlier export.")]


def export(
    folder: Folder = LATEST,
    to: To = None,
    form: Form = "csv",
    what: What = USUAL,
    runs: Replayed = None,
    lang: Lang = "en",
    overwrite: Overwrite = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write stored runs, counts by week, agreed issues and told events as CSV or Parquet, to the bit."""
    known_name(form, FORMATS, "format")
    wanted = [known_name(name.strip(), TABLES, "table") for name in what.split(",")]
    within("--runs", runs, 1, MOST_REPLAYED)
    code = lang_of(lang)
    if form == "parquet":
        _check_parquet()
    from sim.ensemble.export import OccupiedError, refuse_taken, write
    from sim.ensemble.storage import latest, load
    from sim.language.tongue import speaking
    from sim.spec.mistake import shown

    source = latest(default_case(), Path("outputs")) if folder == LATEST else Path(folder)
    place = to or source / "export"
    try:
        refuse_taken(place, overwrite)
        results = load(source)
        with speaking(code):
            tables = [replace(_table(name, results, runs, quiet), form=form) for name in dict.fromkeys(wanted)]
        write(tables, results, place, overwrite=overwrite)
    except OccupiedError as error:
        raise WrongUse(str(error)) from error
    _tell(tables, shown(place), as_json=as_json, quiet=quiet)


def _check_parquet() -> None:
    """Stop before anything is read if Parquet cannot be written."""
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        mistake(NO_PARQUET)
        raise typer.Exit(MISSING_PART)


def _table(name: str, results: "Results", runs: int | None, quiet: bool) -> "Table":
    """One of the tables; runs are played again only for those that need it."""
    from sim.ensemble import export_tables

    stored: dict[str, Callable[[Results], Table]] = {
        "runs": export_tables.runs_table,
        "weeks": export_tables.weeks_table,
        "issues": export_tables.issues_table,
    }
    if name in stored:
        return stored[name](results)
    from sim.ensemble import export_replayed

    note(f"{name}: playing some runs of each source view again", quiet=quiet)
    replayed = {"events": export_replayed.events_table, "courses": export_replayed.courses_table}
    return replayed[name](results, runs)


def _tell(tables: "list[Table]", where: str, *, as_json: bool, quiet: bool) -> None:
    """Where the files are, and how long."""
    if as_json:
        files = [{"file": table.file, "rows": table.rows, "columns": len(table.columns)} for table in tables]
        result_json({"folder": where, "files": files, "dictionary": "dictionary.json"})
        return
    for table in tables:
        note(f"{table.file}: {table.rows:,} rows, {len(table.columns)} columns", quiet=quiet)
    result(f"Export: {where}; DICTIONARY.md says what the columns mean")
