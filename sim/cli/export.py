"""Export: stored results as tables for a spreadsheet, R, pandas or anything else, with a dictionary beside them."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.console import print_json, print_note, print_notes, print_result
from sim.cli.console_reporter import ConsoleReporter
from sim.cli.options import AsJson, Lang, Quiet
from sim.errors import display_path

LATEST = "latest"
TABLES = "runs, weeks, issues, agreed, events, weekly_series"
USUAL = "runs,weeks,issues,agreed,events"

Folder = Annotated[
    str, typer.Argument(metavar="CASE|FOLDER", help="Folder of results, or a case or `latest` for the newest ones.")
]
To = Annotated[
    Path | None, typer.Option("--to", metavar="DIR", help="Where to; left out: a folder `export` in the results.")
]
Form = Annotated[str, typer.Option("--format", metavar="csv|parquet", help="Form of the files.")]
What = Annotated[
    str,
    typer.Option("--what", metavar="TABLES", help=f"Which tables, joined by commas, among {TABLES}."),
]
Replayed = Annotated[
    int | None,
    typer.Option("--runs", metavar="N", help="Runs per source view that are narrated (5) or followed by week (100)."),
]
Excel = Annotated[bool, typer.Option("--excel", help="One Excel workbook with a sheet for each table, instead.")]
DecimalSign = Annotated[
    str, typer.Option("--decimal", metavar="point|comma", help="Sign before decimals in CSV; a comma makes it a;b;c.")
]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV with the mark by which Excel knows UTF-8.")]
Genius = Annotated[
    bool, typer.Option("--genius", help="A domain and profiles of GENIUS of the scenario that FOLDER names, instead.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the files of an earlier export.")]


def export(
    folder: Folder = LATEST,
    to: To = None,
    form: Form = "csv",
    excel: Excel = False,
    decimal: DecimalSign = "point",
    bom: Bom = False,
    what: What = USUAL,
    runs: Replayed = None,
    lang: Lang = "en",
    genius: Genius = False,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write stored runs, counts by week and told events as CSV, Parquet or Excel; or a scenario for GENIUS."""
    from sim.workflows.export_genius import ExportedDomain
    from sim.workflows.export_results import export_results

    reporter = ConsoleReporter(as_json, quiet)
    found = export_results(
        folder,
        to=to,
        form=form,
        excel=excel,
        decimal=decimal,
        bom=bom,
        what=what,
        runs=runs,
        lang=lang,
        genius=genius,
        overwrite=overwrite,
        reporter=reporter,
    )
    if as_json:
        print_json(found.as_json())
        return
    if isinstance(found, ExportedDomain):
        print_result(f"Export: {display_path(found.folder)}; {', '.join(found.files)}")
        print_notes(found.notes, quiet=quiet)
        return
    for table in found.tables:
        print_note(f"{table.file}: {table.rows:,} rows, {len(table.columns)} columns", quiet=quiet)
    print_result(f"Export: {display_path(found.folder)}; DICTIONARY.md says what the columns mean")
