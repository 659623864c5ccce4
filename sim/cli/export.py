"""Export: stored results as tables for a spreadsheet, R, pandas or anything else, with a dictionary beside them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import print_error, print_json, print_note, print_result
from sim.cli.error_handling import MISSING_PART
from sim.cli.options import AsJson, Lang, Quiet, check_language, check_range, find_default_case
from sim.errors import UsageError, require_known

if TYPE_CHECKING:
    from sim.ensemble.results import Results
    from sim.export.tables import Table

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
    require_known(form, FORMATS, "format")
    wanted = [require_known(name.strip(), TABLES, "table") for name in what.split(",")]
    check_range("--runs", runs, 1, MOST_REPLAYED)
    code = check_language(lang)
    if form == "parquet":
        _check_parquet()
    from sim.errors import display_path
    from sim.export.writer import TargetExistsError, refuse_existing, write_tables
    from sim.i18n.messages import use_language
    from sim.storage.results_folder import find_latest, load

    source = find_latest(find_default_case(), Path("outputs")) if folder == LATEST else Path(folder)
    place = to or source / "export"
    try:
        refuse_existing(place, overwrite)
        results = load(source)
        with use_language(code):
            tables = [replace(_table(name, results, runs, quiet), form=form) for name in dict.fromkeys(wanted)]
        write_tables(tables, results, place, overwrite=overwrite)
    except TargetExistsError as error:
        raise UsageError(str(error)) from error
    _report_progress(tables, display_path(place), as_json=as_json, quiet=quiet)


def _check_parquet() -> None:
    """Stop before anything is read if Parquet cannot be written."""
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        print_error(NO_PARQUET)
        raise typer.Exit(MISSING_PART)


def _table(name: str, results: "Results", runs: int | None, quiet: bool) -> "Table":
    """One of the tables; runs are played again only for those that need it."""
    from sim.export import tables

    stored: dict[str, Callable[[Results], Table]] = {
        "runs": tables.build_runs_table,
        "weeks": tables.build_weeks_table,
        "issues": tables.build_issues_table,
    }
    if name in stored:
        return stored[name](results)
    from sim.export import replayed_tables

    print_note(f"{name}: playing some runs of each source view again", quiet=quiet)
    replayed = {"events": replayed_tables.build_events_table, "courses": replayed_tables.build_weekly_series_table}
    return replayed[name](results, runs)


def _report_progress(tables: "list[Table]", where: str, *, as_json: bool, quiet: bool) -> None:
    """Where the files are, and how long."""
    if as_json:
        files = [{"file": table.file, "rows": table.rows, "columns": len(table.columns)} for table in tables]
        print_json({"folder": where, "files": files, "dictionary": "dictionary.json"})
        return
    for table in tables:
        print_note(f"{table.file}: {table.rows:,} rows, {len(table.columns)} columns", quiet=quiet)
    print_result(f"Export: {where}; DICTIONARY.md says what the columns mean")
