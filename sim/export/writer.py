"""Writer: stored results as files that other programs read, with a dictionary of every column.

The files take their places once all of them are whole; other files in the folder stay, and so does what the dictionary
says of them.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.ensemble.results import Results
from sim.errors import display_path
from sim.export.csv_file import POINT, CsvForm, to_python_values, write_csv
from sim.export.data_dictionary import (
    DICTIONARY,
    MARKDOWN_DICTIONARY,
    build_dictionary,
    format_json_dictionary,
    format_markdown_dictionary,
)
from sim.export.tables import Table
from sim.export.workbook import write_workbook
from sim.storage.atomic_write import write_folder
from sim.storage.bounded_read import MEGABYTE, read_json_object


class TargetExistsError(Exception):
    """The place for the files is taken."""


def write_tables(
    tables: Sequence[Table],
    results: Results,
    folder: Path,
    *,
    overwrite: bool = False,
    form: CsvForm = POINT,
    changed: str = "",
) -> Path:
    """Write all tables and their dictionary into a folder.

    Args:
        tables: The tables.
        results: The results that they are made from.
        folder: Folder to write to.
        overwrite: True if files of the same names may be replaced.
        form: How tables are written as text.
        changed: What was changed in the case, in words; empty if nothing was.

    Returns:
        The folder.

    Raises:
        TargetExistsError: the folder holds files already, and they are not to be replaced; or it is a file.
        TooManyRowsError: a table has more rows than a sheet of Excel.
    """
    refuse_existing(folder, overwrite)
    folder = folder.resolve()
    found = build_dictionary(tables, results, _read_dictionary(folder), changed)
    texts = {DICTIONARY: format_json_dictionary(found), MARKDOWN_DICTIONARY: format_markdown_dictionary(found)}
    with write_folder(folder) as new:
        _write_files(tables, new, form, found["made_from"])
        for name, text in texts.items():
            (new / name).write_text(text, encoding="utf-8", newline="\n")
    return folder


def _read_dictionary(folder: Path) -> dict[str, Any]:
    """What an earlier export says of its tables that are still there; nothing if it cannot be read."""
    try:
        found = read_json_object(folder / DICTIONARY, 64 * MEGABYTE)
        there = {name: one for name, one in found["tables"].items() if (folder / one["file"]).is_file()}
        return {**found, "tables": there}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def refuse_existing(folder: Path, overwrite: bool) -> None:
    """Stop if files are in the way."""
    if folder.exists() and not folder.is_dir():
        raise TargetExistsError(f"{display_path(folder)}: is a file; name a folder with `to=`")
    if folder.is_dir() and any(folder.iterdir()) and not overwrite:
        remedy = "choose another one with `to=`, or replace what an export writes with `overwrite=True`"
        raise TargetExistsError(f"{display_path(folder)}: there are files in this folder; {remedy}")


def _write_files(tables: Sequence[Table], folder: Path, form: CsvForm, made_from: Mapping[str, Any]) -> None:
    """Every table in its form; those of a workbook in one file."""
    sheets = [table for table in tables if table.form == "xlsx"]
    if sheets:
        write_workbook(sheets, folder / sheets[0].file, made_from)
    for table in tables:
        if table.form == "parquet":
            _write_parquet(table, folder / table.file)
        elif table.form == "csv":
            write_csv(table, folder / table.file, form)


def _write_parquet(table: Table, path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    kinds = {"text": pyarrow.string(), "whole number": pyarrow.int64(), "number": pyarrow.float64()}
    arrays = [
        pyarrow.array(to_python_values(cells), kinds[column.kind])
        for column, cells in zip(table.columns, table.cells, strict=True)
    ]
    parquet.write_table(pyarrow.table(arrays, [column.name for column in table.columns]), path)
