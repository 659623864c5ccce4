"""Summary rows: the last rows of a table that add up or average the others, and are no actors.

A last row counts as such if its name is a word for a sum or a mean, or if every number in it is the sum, or every one
the mean, of those above. It is left out, and that is said. Further up such a name is taken for an actor's: there is an
oil company called Total.
"""

import numpy as np

from sim.errors import ScenarioError
from sim.i18n.messages import message
from sim.loading.tables.grid import Grid

WORDS = frozenset(
    "total totals sum sums mean means average averages avg median subtotal all "
    "summe summen gesamt insgesamt gesamtsumme mittel mittelwert durchschnitt schnitt alle "
    "somme moyenne médiane suma media promedio somma totale".split()
)
"""Words of which the names of such rows consist."""

BESIDE = frozenset("grand weighted overall simple row column of the std gewichtet gewichteter gewichtetes".split())
"""Words that may stand beside them."""

FEWEST = 3
"""Rows above from which on numbers alone tell a sum from an actor that happens to weigh as much."""


def split_summary_rows(grid: Grid, body: range, name: int, numbers: list[int]) -> tuple[range, tuple[str, ...]]:
    """The rows of actors, and a sentence for every one that is left out.

    Args:
        grid: The cells.
        body: Rows under the header.
        name: Column of the name.
        numbers: Columns of numbers that are asked whether they sum up what stands above; none to go by names alone.
    """
    notes: list[str] = []
    while len(body) > 1 and _is_summary(grid, body, name, numbers):
        notes.append(message("tables.summary-row", name=grid.rows[body[-1]][name], line=str(grid.lines[body[-1]])))
        body = body[:-1]
    return body, tuple(reversed(notes))


def _is_summary(grid: Grid, body: range, name: int, numbers: list[int]) -> bool:
    """Whether the last row is one."""
    row = grid.rows[body[-1]]
    words = {word.strip(".:()ΣØ∑") for word in (row[name] if name < len(row) else "").casefold().split()}
    if words & WORDS and words <= WORDS | BESIDE:
        return True
    if len(body) <= FEWEST or not words:
        return False
    cells = np.array([[_read(grid, at, column) for column in numbers] for at in body])
    last, above = cells[-1], cells[:-1]
    filled = np.isfinite(last) & np.isfinite(above).any(axis=0)
    if filled.sum() < 2:
        return False
    sums = np.nansum(above[:, filled], axis=0)
    means = sums / np.isfinite(above[:, filled]).sum(axis=0)
    different = bool((np.nanmax(above[:, filled], axis=0) > np.nanmin(above[:, filled], axis=0)).any())
    return different and any(np.allclose(last[filled], one, rtol=1e-6, atol=1e-12) for one in (sums, means))


def _read(grid: Grid, row: int, column: int) -> float:
    """A number, or none where a cell has none; what is wrong with it is said elsewhere."""
    try:
        return grid.find_number(row, column, "number")
    except ScenarioError:
        return float("nan")
