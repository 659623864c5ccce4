"""Figure table: the numbers under a figure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A table as a page shows it: plain text, the first cell of a row names the row."""

    caption: str
    """What it shows."""
    head: tuple[str, ...]
    """Names of the columns."""
    rows: tuple[tuple[str, ...], ...]
    """Rows, each as long as the head."""
