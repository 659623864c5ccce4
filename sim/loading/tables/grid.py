"""Grid: a text file or a workbook becomes rows of cells, whatever its encoding, separator and decimal mark."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from zipfile import ZipFile

from sim.errors import MissingPartError, ScenarioError, display_path, stop
from sim.i18n.messages import message
from sim.loading.other_formats import GENIUS, IMPORTS, find_other_format
from sim.loading.plain_file import read_plain_file
from sim.loading.tables.formula_guard import read_guarded_text

MOST_UNPACKED = 100_000_000
"""Bytes of a workbook at most, once it is unpacked."""

SEPARATORS = ",;\t|"
MISSING = frozenset({"", "na", "n/a", "nan", "null", "."})
"""Cells that say that there is no value, in small letters."""

_COMMA_NUMBER = re.compile(r"[-+]?\d+,\d+")
_NAMED_SEPARATOR = re.compile(r'"?sep=([,;\t|])"?(?:\n|$)', re.IGNORECASE)
"""The first line by which spreadsheets are told the separator."""

_TABLES = ("a table (CSV)", "a file of the exchange model")
_ENCODINGS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\xef\xbb\xbf": "utf-8-sig",
}


@dataclass(frozen=True)
class Grid:
    """Rows of cells, and where they came from."""

    file: str
    """The file as it is printed."""
    rows: tuple[tuple[str, ...], ...]
    """Cells without blanks around them; empty rows are left out."""
    lines: tuple[int, ...]
    """Line of each row in the file."""
    decimal_comma: bool
    """True if numbers have a comma where English has a point."""
    notes: tuple[str, ...] = ()
    """What was recognised in reading it."""

    def find_number(self, row: int, column: int, what: str) -> float:
        """The number in a cell, NaN if it is empty.

        Args:
            row: Number of the row.
            column: Number of the column; cells that a short row lacks are empty.
            what: What the number is, for the message.

        Raises:
            ScenarioError: there is something else in it.
        """
        cells = self.rows[row]
        text = cells[column] if column < len(cells) else ""
        if text.lower() in MISSING:
            return float("nan")
        try:
            number = float(text.replace(",", ".") if self.decimal_comma else text)
        except ValueError:
            raise self.stop(row, f"{what}: {text!r} is no number") from None
        if abs(number) > 1e12 or number != number:
            raise self.stop(row, f"{what}: {text!r} is a number of a size that nobody means")
        return number

    def stop(self, row: int, text: str, remedy: str = "") -> ScenarioError:
        """An error about one row."""
        return stop(self.file, self.lines[row], text, remedy)


def read_grid(path: Path) -> Grid:
    """The cells of a CSV or TSV file, of text with another separator, or of an Excel workbook.

    Raises:
        ScenarioError: it is something else, or there is nothing in it.
        MissingPartError: it is a workbook, and the library that reads them is not installed.
    """
    file = display_path(path)
    try:
        raw = read_plain_file(path)
    except OSError as error:
        raise stop(file, 0, f"cannot be read: {error.strerror}") from error
    if not raw.strip():
        raise stop(file, 0, "there is nothing in it")
    if raw.startswith(b"PK\x03\x04"):
        return _build(file, _read_workbook(raw, file), (message("tables.workbook"),))
    text, notes = _decode(raw, file)
    return _build(file, _read_text(text.replace("\r\n", "\n").replace("\r", "\n"), file), notes)


def _read_text(text: str, file: str) -> list[tuple[int, list[str]]]:
    """Cells of a text, each row with the line where it ends."""
    if text.lstrip().startswith(("{", "[")):
        raise stop(file, 0, "this is JSON, not a table", "save it as CSV, TSV or XLSX")
    mark = "'" if text.startswith("'#") else '"'
    named = _NAMED_SEPARATOR.match(text)
    text = "\n" + text[named.end() :] if named else text
    rows = csv.reader(io.StringIO(text), delimiter=named[1] if named else _find_separator(text), quotechar=mark)
    try:
        read = [(rows.line_num, row) for row in rows]
    except csv.Error as error:
        raise stop(file, rows.line_num, f"it is no table: {error}") from None
    if text.count(mark) % 2 and read and "\n" in read[-1][1][-1]:
        raise stop(file, read[-2][0] + 1 if len(read) > 1 else 1, "a quotation mark is opened and never closed")
    return read


def _decode(raw: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """The text, and how it was encoded if that is unusual."""
    for mark, encoding in _ENCODINGS.items():
        if raw.startswith(mark):
            try:
                said = () if encoding == "utf-8-sig" else (message("tables.encoding", encoding=encoding.upper()),)
                return raw.decode(encoding).removeprefix("\ufeff"), said
            except UnicodeDecodeError:
                raise stop(file, 0, "its text is cut off or damaged", "save it as UTF-8") from None
    if (kind := find_other_format(raw)) and kind not in _TABLES:
        remedy = IMPORTS[GENIUS] if kind == GENIUS else "save it as CSV, TSV or XLSX"
        raise stop(file, 0, f"this is {kind}, not a table", remedy)
    if b"\x00" in raw:
        raise stop(file, 0, "this is no text", "save it as CSV in UTF-8")
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace"), (message("tables.windows"),)


def _find_separator(text: str) -> str:
    """The sign that stands most evenly in the first lines: the one that most lines have, then most often."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    counts = {sign: sorted(line.count(sign) for line in lines) for sign in SEPARATORS}
    return max(SEPARATORS, key=lambda sign: (sum(map(bool, counts[sign])), counts[sign][len(lines) // 2]))


def _read_workbook(raw: bytes, file: str) -> list[tuple[int, list[str]]]:
    """Cells of the first sheet of a workbook."""
    try:
        openpyxl = import_module("openpyxl")
    except ModuleNotFoundError as error:
        text = "a workbook needs the library openpyxl; install it with `pip install 'zopa-simulator[excel]'`"
        raise MissingPartError(text) from error
    try:
        unpacked = sum(one.file_size for one in ZipFile(io.BytesIO(raw)).infolist())
        if unpacked > MOST_UNPACKED:
            raise OSError("too large")
        sheet = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True).worksheets[0]
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    except Exception as error:  # whatever the library stumbles over
        raise stop(file, 0, "this is a ZIP archive, but no workbook that can be read") from error
    return [(number, ["" if cell is None else str(cell) for cell in row]) for number, row in enumerate(rows, 1)]


def _build(file: str, read: Iterable[tuple[int, list[str]]], notes: tuple[str, ...]) -> Grid:
    rows, lines = list[tuple[str, ...]](), list[int]()
    for line, row in read:
        cells = [read_guarded_text(cell.strip()) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            rows.append(tuple(cells))
            lines.append(line)
    if not rows:
        raise stop(file, 0, "there is nothing in it")
    comma = sum(bool(_COMMA_NUMBER.fullmatch(cell)) for row in rows for cell in row)
    point = sum(bool(re.fullmatch(r"[-+]?\d*\.\d+", cell)) for row in rows for cell in row)
    if comma and point:
        where = next(at for at, row in enumerate(rows) if any(_COMMA_NUMBER.fullmatch(cell) for cell in row))
        raise stop(file, lines[where], "some numbers have a decimal comma and others a point", "write all alike")
    said = (message("tables.decimal-comma"),) if comma else ()
    return Grid(file, tuple(rows), tuple(lines), comma > 0, (*notes, *said))
