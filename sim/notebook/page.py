"""Page: a table with sentences before and after it, as a notebook and as a Python prompt show it."""

from dataclasses import dataclass
from html import escape
from itertools import zip_longest
from textwrap import wrap

WIDEST_NAME = 44
"""Columns of a prompt that the first cell of a row may take."""

WIDEST_CELL = 60
"""Columns of a prompt that any other cell may take before it is folded."""


@dataclass(frozen=True)
class Grid:
    """A table of text, and what must be read with it."""

    before: tuple[str, ...]
    """Sentences above it; the first says what the numbers are not, where there are any."""
    head: tuple[str, ...]
    """Names of the columns."""
    rows: tuple[tuple[str, ...], ...]
    """Rows, each as long as the head; the first cell names the row."""
    after: tuple[str, ...] = ()
    """Sentences below it."""


def html_of(grid: Grid) -> str:
    """The grid for a notebook."""
    above, below = (["<p>" + escape(line) + "</p>" for line in lines] for lines in (grid.before, grid.after))
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in grid.head)
    body = "".join(f"<tr>{_row(row)}</tr>" for row in grid.rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return "\n".join(["<div>", *above, table, *below, "</div>"])


def _row(row: tuple[str, ...]) -> str:
    first, *others = (escape(cell) for cell in row)
    return f'<th scope="row" style="text-align: left">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in others)


def text_of(grid: Grid) -> str:
    """The grid for a prompt."""
    limits = (WIDEST_NAME, *[WIDEST_CELL] * (len(grid.head) - 1))
    folded = [[wrap(cell, limit) or [""] for cell, limit in zip(row, limits, strict=True)] for row in _all(grid)]
    widths = [max(len(line) for row in folded for line in row[column]) for column in range(len(grid.head))]
    lines = [line for row in folded for line in _lines(row, widths)]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join([*grid.before, "", lines[0], rule, *lines[1:], *(("", *grid.after) if grid.after else ())])


def _all(grid: Grid) -> tuple[tuple[str, ...], ...]:
    return (grid.head, *grid.rows)


def _lines(row: list[list[str]], widths: list[int]) -> list[str]:
    """The lines that a row takes, every cell as wide as its column."""
    folded = zip_longest(*row, fillvalue="")
    return ["  ".join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip() for line in folded]
