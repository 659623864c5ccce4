"""Csv file: a table as text that any program reads, to the bit, and that no spreadsheet takes for formulas.

Numbers are written as Python writes them, which reads back to the same bits; where there is no number, the cell is
empty. A text that a spreadsheet would take for a formula gets an apostrophe before it, and so does one that begins with
an apostrophe: whoever reads a text column leaves out an apostrophe at the beginning, and has the text as it was.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TextIO

import numpy as np

from sim.export.tables import Cells, Table
from sim.loading.tables.formula_guard import guard_text

Decimal = Literal["point", "comma"]
DECIMALS: tuple[Decimal, ...] = ("point", "comma")


@dataclass(frozen=True)
class CsvForm:
    """How tables are written as text."""

    decimal: Decimal = "point"
    """What stands before decimals; with a comma, cells are parted by semicolons, as spreadsheets then expect."""
    bom: bool = False
    """True if the file begins with the mark by which Excel knows UTF-8."""


BOTH = "\r\n"

POINT = CsvForm()
"""The usual form."""


def write_csv(table: Table, path: Path, form: CsvForm) -> None:
    """Write a table."""
    parting = ";" if form.decimal == "comma" else ","
    with path.open("w", encoding="utf-8-sig" if form.bom else "utf-8", newline="") as file:
        lines = make_csv_writer(file, parting)
        lines.writerow([guard_text(column.name) for column in table.columns])
        columns = [
            _write_cells(to_python_values(cells), column.kind, form)
            for column, cells in zip(table.columns, table.cells, strict=True)
        ]
        lines.writerows(zip(*columns, strict=True))


def make_csv_writer(file: TextIO, parting: str = ",") -> Any:
    """A writer of rows that end in a line feed, and that quotes a carriage return in a cell, too."""
    return csv.writer(_Lines(file), delimiter=parting, lineterminator=BOTH)


@dataclass(frozen=True)
class _Lines:
    """Lines of a file; Python quotes only those ends of lines in cells that it is told to write itself."""

    file: TextIO

    def write(self, line: str) -> int:
        return self.file.write(line.removesuffix(BOTH) + "\n")


def to_python_values(cells: Cells) -> Sequence[Any]:
    """The cells as Python's own texts and numbers, which are written so that they read back to the same bits."""
    return cells.tolist() if isinstance(cells, np.ndarray) else cells


def _write_cells(values: Sequence[Any], kind: str, form: CsvForm) -> Iterable[Any]:
    if kind == "text":
        return (guard_text(str(value)) for value in values)
    if form.decimal == "comma" and kind == "number":
        return ("" if value is None else repr(float(value)).replace(".", ",") for value in values)
    return values
