"""Export results: stored results as tables for a spreadsheet, R or pandas, with a dictionary beside them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analysis.methods.change_words import describe_changes
from sim.ensemble.results import Results
from sim.errors import MissingPartError, UsageError, display_path, require_known
from sim.export import tables
from sim.export.csv_file import DECIMALS, CsvForm, Decimal
from sim.export.tables import Table
from sim.export.workbook import TooManyRowsError
from sim.export.writer import TargetExistsError, refuse_existing, write_tables
from sim.i18n.messages import use_language
from sim.loading.discovery import find_default_case
from sim.storage.rebuild import load_checked
from sim.workflows.arguments import OneOrMany, check_language, check_range
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.export_genius import ExportedDomain, export_genius
from sim.workflows.list_results import describe_stored
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.scenario_files import LATEST, find_results

FORMATS = ("csv", "parquet")
LIBRARIES = {"parquet": "pyarrow", "xlsx": "xlsxwriter"}
EXTRAS = {"parquet": "parquet", "xlsx": "excel"}
"""Library that writes a form, and the extra that installs it."""

MOST_REPLAYED = 100_000
"""Runs of each source view that may be played again for a table."""

STORED: dict[str, Callable[[Results], Table]] = {
    "runs": tables.build_runs_table,
    "weeks": tables.build_weeks_table,
    "issues": tables.build_issues_table,
    "agreed": tables.build_agreed_table,
}
"""Tables of what is stored."""

REPLAYED: dict[str, Callable[[Results, int | None], Table]] = {
    "events": tables.build_events_table,
    "weekly_series": tables.build_weekly_series_table,
}
"""Tables for which some runs are played again."""


@dataclass(frozen=True, repr=False)
class ExportedTables(TableDisplay):
    """Tables that were written."""

    folder: Path
    """Where they are, with a dictionary of all columns."""
    tables: tuple[Table, ...]
    """The tables."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        files = [{"file": table.file, "rows": table.rows, "columns": len(table.columns)} for table in self.tables]
        return {"folder": display_path(self.folder), "files": files, "dictionary": "dictionary.json"}

    def to_frame(self) -> Any:
        """One row per file, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(self.as_json()["files"])

    def build_text_table(self) -> TextTable:
        """Files with their rows and columns."""
        rows = tuple((table.file, f"{table.rows:,}", str(len(table.columns))) for table in self.tables)
        return TextTable(
            (f"{display_path(self.folder)}; DICTIONARY.md says what the columns mean",), ("", "rows", "columns"), rows
        )


def export_results(
    folder: str | Path = LATEST,
    *,
    to: str | Path | None = None,
    form: str = "csv",
    excel: bool = False,
    decimal: str = "point",
    bom: bool = False,
    what: OneOrMany = ("runs", "weeks", "issues", "agreed", "events"),
    runs: int | None = None,
    lang: str = "en",
    genius: bool = False,
    overwrite: bool = False,
    reporter: Reporter = SILENT,
) -> ExportedTables | ExportedDomain:
    """Write stored runs, counts by week, agreed issues and narrated events, to the bit; or a scenario for GENIUS.

    Args:
        folder: Folder of results, a case whose newest are meant, or `latest` for the newest of all;
            with `genius`, a scenario.
        to: Folder to write to; `export` in the folder of results if left out, with `genius` one named after the case.
        form: `csv` or `parquet`.
        excel: True for one Excel workbook with a sheet for each table, instead.
        decimal: `point` or `comma` before decimals in CSV; with a comma, cells are parted by semicolons.
        bom: True if CSV begins with the mark by which Excel knows UTF-8.
        what: Which tables, among runs, weeks, issues, agreed, events and weekly_series; names, or one text with commas.
        runs: Runs per source view that are narrated (5 if left out) or followed by week (100); 1 to 100,000.
        lang: Language of narrated events.
        genius: True for a scenario's issues and wishes as a domain and profiles of GENIUS, instead.
        overwrite: True if files of an earlier export may be replaced.
        reporter: Who is told how far it is.

    Returns:
        The tables, and the folder with their files and a dictionary of all columns.

    Raises:
        ResultsError: the folder holds no results that can be read.
        UsageError: files of an earlier export are there, or no table is called so.
        MissingPartError: the library that writes Parquet or Excel is not installed.
    """
    if genius:
        check_language(lang)
        with use_language(lang):
            case = find_default_case() if folder == LATEST else folder
            return export_genius(case, None if to is None else Path(to), overwrite=overwrite)
    names = _check_tables(form, what)
    chosen, text_form = _choose_form(form, excel, decimal, bom)
    check_range("runs", runs, 1, MOST_REPLAYED)
    check_language(lang)
    source = find_results(folder)
    place = source / "export" if to is None else Path(to)
    try:
        refuse_existing(place, overwrite)
        results = load_checked(source)
        if Path(folder) != source:
            reporter.note(describe_stored(results.manifest))
        with use_language(lang):
            made = [replace(_build(name, results, runs, reporter), form=chosen) for name in names]
        changed = describe_changes(results.manifest)
        write_tables(made, results, place, overwrite=overwrite, form=text_form, changed=changed)
    except (TargetExistsError, TooManyRowsError) as error:
        raise UsageError(str(error)) from error
    return ExportedTables(place, tuple(made))


def _check_tables(form: str, what: OneOrMany) -> list[str]:
    """Names of the tables that are wanted, each once, in a form that can be written."""
    require_known(form, FORMATS, "format")
    asked = what.split(",") if isinstance(what, str) else what
    names = [require_known(name.strip(), (*STORED, *REPLAYED), "table") for name in asked]
    return list(dict.fromkeys(names))


def _choose_form(form: str, excel: bool, decimal: str, bom: bool) -> tuple[str, CsvForm]:
    """The form of the files, and how text among them is written."""
    require_known(decimal, DECIMALS, "decimal sign")
    chosen: Decimal = "comma" if decimal == "comma" else "point"
    if excel and form != "csv":
        raise UsageError("`excel=` and `form=` exclude each other: a workbook is a form of its own")
    if (excel or form != "csv") and (bom or chosen == "comma"):
        raise UsageError("`decimal=` and `bom=` are for CSV; leave them out")
    kind = "xlsx" if excel else form
    if kind in LIBRARIES and find_spec(LIBRARIES[kind]) is None:
        remedy = f"install it with `pip install 'zopa-simulator[{EXTRAS[kind]}]'`"
        raise MissingPartError(f"{'Excel' if excel else 'Parquet'} needs the library {LIBRARIES[kind]}; {remedy}")
    return kind, CsvForm(chosen, bom)


def _build(name: str, results: Results, runs: int | None, reporter: Reporter) -> Table:
    """One of the tables; runs are played again only for those that need it."""
    if name in STORED:
        return STORED[name](results)
    reporter.note(f"{name}: playing some runs of each source view again")
    return REPLAYED[name](results, runs)
