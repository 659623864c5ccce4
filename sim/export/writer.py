"""Writer: stored results as files that any program reads, to the bit, with a dictionary of every column.

Numbers are written as Python writes them, which reads back to the same bits; where there is no number, the cell is
empty. The files take their places once all of them are whole; other files in the folder stay.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.ensemble.results import Results
from sim.errors import display_path
from sim.export.column_meanings import ColumnMeaning, describe_series_variable
from sim.export.tables import Cells, Table, list_menu_packages
from sim.storage.atomic_write import write_folder
from sim.storage.rebuild import rebuild_view

DICTIONARY, MARKDOWN_DICTIONARY = "dictionary.json", "DICTIONARY.md"

ABOUT = {
    "runs": "one row per matching run of every source view",
    "weeks": "matching runs in each outcome's state after each week",
    "issues": "what was agreed on each issue, for runs with an agreement in force at the horizon",
    "events": "the first runs of every source view, narrated event by event",
    "weekly_series": "the first runs of every source view, week by week, one row per variable",
}
"""What each table holds."""

CAUTION = "Not a forecast: counts of runs under each source's assumptions, never probabilities of peace."


class TargetExistsError(Exception):
    """The place for the files is taken."""


def write_tables(tables: Sequence[Table], results: Results, folder: Path, *, overwrite: bool = False) -> Path:
    """Write all tables and their dictionary into a folder.

    Args:
        tables: The tables.
        results: The results that they are made from.
        folder: Folder to write to.
        overwrite: True if files of the same names may be replaced.

    Returns:
        The folder.

    Raises:
        TargetExistsError: the folder holds files already, and they are not to be replaced; or it is a file.
    """
    refuse_existing(folder, overwrite)
    folder = folder.resolve()
    texts = {DICTIONARY: format_json_dictionary, MARKDOWN_DICTIONARY: format_markdown_dictionary}
    with write_folder(folder) as new:
        for table in tables:
            _write_table(table, new)
        for name, write in texts.items():
            (new / name).write_text(write(tables, results), encoding="utf-8", newline="\n")
    return folder


def refuse_existing(folder: Path, overwrite: bool) -> None:
    """Stop if files are in the way."""
    if folder.exists() and not folder.is_dir():
        raise TargetExistsError(f"{display_path(folder)}: is a file; name a folder with `to=`")
    if folder.is_dir() and any(folder.iterdir()) and not overwrite:
        remedy = "choose another one with `to=`, or replace what an export writes with `overwrite=True`"
        raise TargetExistsError(f"{display_path(folder)}: there are files in this folder; {remedy}")


def _write_table(table: Table, folder: Path) -> None:
    if table.form == "parquet":
        _write_parquet(table, folder / table.file)
        return
    with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow([column.name for column in table.columns])
        lines.writerows(zip(*(_to_python_values(cells) for cells in table.cells), strict=True))


def _to_python_values(cells: Cells) -> Sequence[Any]:
    """The cells as Python's own texts and numbers, which are written so that they read back to the same bits."""
    return cells.tolist() if isinstance(cells, np.ndarray) else cells


def _write_parquet(table: Table, path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    kinds = {"text": pyarrow.string(), "whole number": pyarrow.int64(), "number": pyarrow.float64()}
    arrays = [
        pyarrow.array(_to_python_values(cells), kinds[column.kind])
        for column, cells in zip(table.columns, table.cells, strict=True)
    ]
    parquet.write_table(pyarrow.table(arrays, [column.name for column in table.columns]), path)


def format_json_dictionary(tables: Sequence[Table], results: Results) -> str:
    """The dictionary for programs: every column, and every name that stands in a cell."""
    manifest = results.manifest
    made_from = (
        "scenario",
        "title",
        "question",
        "fingerprint",
        "changes",
        "seed",
        "horizon_weeks",
        "versions",
        "made_at",
    )
    found = {
        "note": CAUTION,
        "made_from": {name: getattr(manifest, name) for name in made_from},
        "tables": {table.name: _describe_table(table) for table in tables},
        "names": _describe_names(results),
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _describe_table(table: Table) -> dict[str, Any]:
    columns = [dict(vars(column)) for column in table.columns]
    return {"file": table.file, "about": ABOUT[table.name], "rows": table.rows, "columns": columns} | (
        {"variables": _describe_variables(table)} if table.name == "weekly_series" else {}
    )


def _describe_variables(table: Table) -> dict[str, str]:
    """Meaning of the variables that stand in the cells of weekly series."""
    place = [column.name for column in table.columns].index("what")
    return {what: describe_series_variable(what) for what in dict.fromkeys(table.cells[place])}


def _describe_names(results: Results) -> dict[str, Any]:
    """What the keys in the cells stand for."""
    manifest = results.manifest
    scenario = rebuild_view(manifest, next(iter(manifest.view_texts))).scenario
    packages = [
        {"number": number, "terms": terms, "sequence": sequence, "options": options}
        for number, (terms, sequence, options) in enumerate(list_menu_packages(scenario))
    ]
    labels = ("actors", "levers", "sequences")
    return {
        "views": {
            name: {"label": manifest.labels[name], "drawn": view.n_drawn, "matching": view.n_matching}
            for name, view in results.views.items()
        },
        "outcomes": dict(manifest.outcomes),
        "agreements": list(manifest.agreements),
        **{name: {key: part.label for key, part in getattr(scenario, name).items()} for name in labels},
        "issues": {
            key: {"label": issue.label, "options": {name: option.label for name, option in issue.options.items()}}
            for key, issue in scenario.issues.items()
        },
        "packages": packages,
    }


def format_markdown_dictionary(tables: Sequence[Table], results: Results) -> str:
    """The dictionary for people."""
    manifest = results.manifest
    lines = [f"# {manifest.title}: what the columns mean", "", CAUTION, ""]
    made_from = f"results of seed {manifest.seed} over {manifest.horizon_weeks} weeks"
    lines += [f"Made from {made_from}, fingerprint {manifest.fingerprint}."]
    lines += [f"`{DICTIONARY}` says the same for programs, and what the keys in the cells stand for.", ""]
    for table in tables:
        lines += [f"## {table.file}", "", f"{ABOUT[table.name]}; {table.rows} rows.".capitalize(), ""]
        lines += ["| column | kind | unit | values | meaning |", "|---|---|---|---|---|"]
        lines += [_format_row(column) for column in table.columns]
        lines += ["", *(_format_variables(table) if table.name == "weekly_series" else ())]
    return "\n".join(lines).rstrip("\n") + "\n"


def _format_row(column: ColumnMeaning) -> str:
    cells = (f"`{column.name}`", column.kind, column.unit, column.value_range, column.meaning)
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _format_variables(table: Table) -> Iterator[str]:
    yield from ("Variables under `what`:", "")
    yield from (f"- `{what}`: {meaning}" for what, meaning in _describe_variables(table).items())
    yield ""
