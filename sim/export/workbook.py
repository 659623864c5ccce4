"""Workbook: all tables of an export as sheets of one Excel file, with a sheet that says what the columns mean.

Texts are written as texts, so that no program takes them for formulas or links. Numbers have 16 digits, as many as
Excel can show and more; to the bit they stand in CSV and Parquet.
"""

import math
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.export.csv_file import to_python_values
from sim.export.tables import Table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS, MOST_TEXT = 1_048_575, 32_767
"""Rows of a sheet beside its head, and signs of a text in a cell."""

CHOICES = "what to fill in"
"""Name of the sheet that says what may be filled in."""

ROOM = 1000
"""Rows below the filled ones for which a column offers what may be filled in."""

MEANINGS = "columns"
"""Name of the sheet that says what the columns mean."""

ORIGIN = "made from"
"""Name of the sheet that says which results the tables are made from, and what was changed in them."""

AS_WRITTEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class TooManyRowsError(Exception):
    """A table that no sheet has room for; the text says which, and what to do."""


def write_workbook(tables: Sequence[Table], path: Path, made_from: Mapping[str, object] | None = None) -> None:
    """Write all tables into one file.

    Args:
        tables: The tables.
        path: The file.
        made_from: What is said of the results that they are made from, on a sheet of its own.

    Raises:
        TooManyRowsError: a table has more rows than a sheet.
    """
    from xlsxwriter import Workbook

    for table in tables:
        if table.rows > MOST_ROWS:
            remedy = "write it as CSV or Parquet, or leave it out with `what=`"
            raise TooManyRowsError(f"{table.name} has {table.rows:,} rows, a sheet of Excel {MOST_ROWS:,}; {remedy}")
    packed = BytesIO()  # a file of its own would be closed late and noisily where the disk is full
    with Workbook(packed, {"constant_memory": True, **AS_WRITTEN}) as book:
        for table in tables:
            kinds = [column.kind for column in table.columns]
            sheet = _add_sheet(book, table.name, [column.name for column in table.columns])
            rows = zip(*(to_python_values(cells) for cells in table.cells), strict=True)
            for number, row in enumerate(rows, start=1):
                _write_row(sheet, number, row, kinds)
        _write_meanings(book, tables)
        if made_from:
            sheet = _add_sheet(book, ORIGIN, ("what", "value"))
            for number, said in enumerate(made_from.items(), start=1):
                _write_row(sheet, number, said, ["text"] * 2)
    path.write_bytes(packed.getbuffer())


def write_sheet(
    to: BytesIO,
    name: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    choices: Mapping[str, Mapping[str, str]],
) -> None:
    """Write a workbook with a sheet of texts, and one that says what may be filled in there.

    Args:
        to: Where it is written.
        name: Name of the sheet.
        head: Names of the columns.
        rows: Their texts.
        choices: What may be filled in below the name of a column, with its meaning; Excel offers it as a list and takes
            nothing else.
    """
    from xlsxwriter import Workbook

    with Workbook(to, {"constant_memory": True, **AS_WRITTEN}) as book:
        sheet = _add_sheet(book, name, head)
        for number, row in enumerate(rows, start=1):
            _write_row(sheet, number, row, ["text"] * len(row))
        for column, allowed in choices.items():
            place, last = head.index(column), len(rows) + ROOM
            told = {"validate": "list", "source": list(allowed), "error_message": f"one of {', '.join(allowed)}"}
            sheet.data_validation(1, place, last, place, told)
        meanings = _add_sheet(book, CHOICES, ("column", "fill in", "meaning"))
        told_rows = [(column, one, text) for column, allowed in choices.items() for one, text in allowed.items()]
        for number, line in enumerate(told_rows, start=1):
            _write_row(meanings, number, line, ["text"] * len(line))


def _add_sheet(book: Any, name: str, head: Sequence[str]) -> "Worksheet":
    """A sheet with its head in bold, which stays in sight."""
    sheet: Worksheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for place, text in enumerate(head):
        sheet.write_string(0, place, text, bold)
    return sheet


def _write_row(sheet: "Worksheet", number: int, row: Sequence[Any], kinds: Sequence[str]) -> None:
    for place, (value, kind) in enumerate(zip(row, kinds, strict=True)):
        if kind == "text":
            sheet.write_string(number, place, str(value)[:MOST_TEXT])
        elif value is not None and math.isfinite(value):
            sheet.write_number(number, place, value)


def _write_meanings(book: Any, tables: Sequence[Table]) -> None:
    sheet = _add_sheet(book, MEANINGS, ("table", "column", "kind", "unit", "values", "meaning"))
    rows = [
        (table.name, column.name, column.kind, column.unit, column.value_range, column.meaning)
        for table in tables
        for column in table.columns
    ]
    for number, row in enumerate(rows, start=1):
        _write_row(sheet, number, row, ["text"] * len(row))
