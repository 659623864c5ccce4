"""Writer: stored results as files that any program reads, to the bit, with a dictionary of every column.

Numbers are written as Python writes them, which reads back to the same bits; where there is no number, the cell is
empty. The files take their places once all of them are whole; other files in the folder stay.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.ensemble.results import Results
from sim.errors import display_path
from sim.export.data_dictionary import (
    DICTIONARY,
    MARKDOWN_DICTIONARY,
    format_json_dictionary,
    format_markdown_dictionary,
)
from sim.export.tables import Cells, Table
from sim.storage.atomic_write import write_folder


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
