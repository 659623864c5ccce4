"""Export results: stored results as tables for a spreadsheet, R or pandas, with a dictionary beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.ensemble.results import Results
from sim.errors import UsageError, display_path
from sim.export import replayed_tables, tables
from sim.export.tables import Table
from sim.export.writer import TargetExistsError, refuse_existing, write_tables
from sim.i18n.messages import use_language
from sim.storage.results_folder import load
from sim.workflows.reporter import Reporter, SilentReporter

STORED: dict[str, Callable[[Results], Table]] = {
    "runs": tables.build_runs_table,
    "weeks": tables.build_weeks_table,
    "issues": tables.build_issues_table,
}
"""Tables of what is stored."""

REPLAYED: dict[str, Callable[[Results, int | None], Table]] = {
    "events": replayed_tables.build_events_table,
    "weekly_series": replayed_tables.build_weekly_series_table,
}
"""Tables for which some runs are played again."""


@dataclass(frozen=True)
class ExportedTables:
    """Tables that were written."""

    folder: Path
    """Where they are, with a dictionary of all columns."""
    tables: tuple[Table, ...]
    """The tables."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        files = [{"file": table.file, "rows": table.rows, "columns": len(table.columns)} for table in self.tables]
        return {"folder": display_path(self.folder), "files": files, "dictionary": "dictionary.json"}


def export_results(
    folder: Path,
    *,
    to: Path | None = None,
    form: str = "csv",
    tables: Sequence[str] = ("runs", "weeks", "issues", "events"),
    runs: int | None = None,
    lang: str = "en",
    overwrite: bool = False,
    reporter: Reporter | None = None,
) -> ExportedTables:
    """Write stored runs, counts by week, agreed issues and narrated events, to the bit.

    Args:
        folder: Folder of results.
        to: Folder to write to; `export` in the folder of results without one.
        form: csv or parquet.
        tables: Which tables: runs, weeks, issues, events, weekly_series.
        runs: Runs per source view that are narrated (5 without a word) or followed by week (100).
        lang: Language of narrated events.
        overwrite: True if files of an earlier export may be replaced.
        reporter: Who is told how far it is.

    Raises:
        ResultsError: the folder holds no results that can be read.
        UsageError: files of an earlier export are there.
    """
    reporter, place = reporter or SilentReporter(), to or folder / "export"
    try:
        refuse_existing(place, overwrite)
        results = load(folder)
        with use_language(lang):
            made = [replace(_build(name, results, runs, reporter), form=form) for name in dict.fromkeys(tables)]
        write_tables(made, results, place, overwrite=overwrite)
    except TargetExistsError as error:
        raise UsageError(str(error)) from error
    return ExportedTables(place, tuple(made))


def _build(name: str, results: Results, runs: int | None, reporter: Reporter) -> Table:
    """One of the tables; runs are played again only for those that need it."""
    if name in STORED:
        return STORED[name](results)
    reporter.note(f"{name}: playing some runs of each source view again")
    return REPLAYED[name](results, runs)
