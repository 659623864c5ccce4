"""Display: how results show themselves at a Python prompt and in a notebook, and become rows of a data frame.

pandas makes the data frame, for those who have it; zopa itself does not need it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from importlib import import_module
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from sim.errors import MissingPartError

WIDEST_NAME = 44
"""Columns of a prompt that the first cell of a row may take."""

WIDEST_CELL = 60
"""Columns of a prompt that any other cell may take before it is folded."""


def make_frame(rows: Iterable[Mapping[str, Any]], columns: Iterable[str] | None = None) -> Any:
    """Rows as a data frame.

    Args:
        rows: One mapping per row, from column to cell.
        columns: Names of the columns, in order; those of the rows if left out.

    Returns:
        A `pandas.DataFrame`.

    Raises:
        MissingPartError: pandas is not installed.
    """
    try:
        pandas = import_module("pandas")
    except ModuleNotFoundError as error:
        raise MissingPartError("a data frame needs the library pandas; install it with `pip install pandas`") from error
    return pandas.DataFrame(list(rows), columns=None if columns is None else list(columns))


@dataclass(frozen=True)
class TextTable:
    """A table of text, and what must be read with it."""

    before: tuple[str, ...]
    """Sentences above it; the first says what the numbers are not, where there are any."""
    head: tuple[str, ...]
    """Names of the columns."""
    rows: tuple[tuple[str, ...], ...]
    """Rows, each as long as the head; the first cell names the row."""
    after: tuple[str, ...] = ()
    """Sentences below it."""


def format_html(table: TextTable) -> str:
    """The grid for a notebook."""
    above, below = (["<p>" + escape(line) + "</p>" for line in lines] for lines in (table.before, table.after))
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    body = "".join(f"<tr>{_format_row(row)}</tr>" for row in table.rows)
    body_table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return "\n".join(["<div>", *above, body_table, *below, "</div>"])


def _format_row(row: tuple[str, ...]) -> str:
    first, *others = (escape(cell) for cell in row)
    return f'<th scope="row" style="text-align: left">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in others)


def format_text(table: TextTable) -> str:
    """The grid for a prompt."""
    limits = (WIDEST_NAME, *[WIDEST_CELL] * (len(table.head) - 1))
    folded = [[wrap(cell, limit) or [""] for cell, limit in zip(row, limits, strict=True)] for row in _list_rows(table)]
    widths = [max(len(line) for row in folded for line in row[column]) for column in range(len(table.head))]
    lines = [line for row in folded for line in _fold_row(row, widths)]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join([*table.before, "", lines[0], rule, *lines[1:], *(("", *table.after) if table.after else ())])


def _list_rows(table: TextTable) -> tuple[tuple[str, ...], ...]:
    return (table.head, *table.rows)


def _fold_row(row: list[list[str]], widths: list[int]) -> list[str]:
    """The lines that a row takes, every cell as wide as its column."""
    folded = zip_longest(*row, fillvalue="")
    return ["  ".join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip() for line in folded]


class TableDisplay:
    """Something that shows itself as a table, at a prompt and in a notebook."""

    def build_text_table(self) -> TextTable:
        """The table."""
        raise NotImplementedError

    def describe_changed(self) -> str:
        """What was set and answered, in one line; empty if nothing was, or if the table says it itself."""
        return ""

    def __repr__(self) -> str:
        return format_text(self._build_whole_table())

    def _repr_html_(self) -> str:
        return format_html(self._build_whole_table())

    def _build_whole_table(self) -> TextTable:
        """The table, with what was changed above it."""
        table, changed = self.build_text_table(), self.describe_changed()
        return replace(table, before=(*table.before, changed)) if changed else table


class TextDisplay:
    """Something that shows itself as text, at a prompt and in a notebook."""

    def __str__(self) -> str:
        raise NotImplementedError

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"
