"""Formula guard: an apostrophe before a text that a spreadsheet would take for a formula, set and taken away.

Every table that zopa writes as text has it in its text columns. What an author's own table has at the beginning of a
cell stays, unless a formula stands behind it.
"""

from collections.abc import Iterable

GUARD = "'"
"""Stands before a text that would be taken for a formula."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "−", "＝", "＋", "－", "＠", GUARD)
"""Beginnings of such texts, those of wide letters included."""


def guard_text(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would take it for a formula."""
    return GUARD + text if text.startswith(FORMULA_SIGNS) else text


def guard_row(row: Iterable[object]) -> list[object]:
    """A row of cells, its texts guarded and its numbers as they are."""
    return [guard_text(cell) if isinstance(cell, str) else cell for cell in row]


def read_guarded_text(cell: str) -> str:
    """The text as it was."""
    behind = cell.removeprefix(GUARD)
    return behind if behind.startswith(FORMULA_SIGNS) else cell
