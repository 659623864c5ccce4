"""Read table: the forms in which other programs write positions, recognised by their headers.

One row an actor (the Bueno de Mesquita family, KTAB), one row an actor and issue, one row an issue (DEU), or marked
rows (the exchange model). An empty cell is missing, never 0.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import display_path, stop
from sim.i18n.messages import message
from sim.loading.tables import exchange_form, issue_rows, wide_form
from sim.loading.tables.grid import Grid, read_grid
from sim.loading.tables.position_table import Array, PositionTable
from sim.loading.tables.table_checks import check_complete, check_names, check_scales

MOST_CELLS = 5_000_000
"""Cells of the largest table."""


def read_position_table(path: Path) -> PositionTable:
    """Positions, salience and power from a file of another program.

    Args:
        path: A CSV, TSV or XLSX file.

    Returns:
        The table, with what was recognised, assumed and left out among its notes.

    Raises:
        ScenarioError: it is no such table; the message says where and why.
        MissingPartError: it is a workbook, and the library that reads them is not installed.
    """
    grid = read_grid(path)
    if sum(map(len, grid.rows)) > MOST_CELLS:
        raise stop(grid.file, 0, f"it has more than {MOST_CELLS:,} cells")
    table = _recognise(grid, path.stem)
    return check_table(table, display_path(path), grid)


def _recognise(grid: Grid, name: str) -> PositionTable:
    """The table, read in the form that its head shows."""
    if exchange_form.fits(grid):
        return exchange_form.read(grid, name)
    if issue_rows.fits(grid):
        return issue_rows.read(grid, name)
    return wide_form.read(grid, name)


def check_table(table: PositionTable, file: str, grid: Grid) -> PositionTable:
    """The table with salience from 0 to 1, if it makes sense.

    Raises:
        ScenarioError: too few actors, two of one name, something outside its scale, no power at all, or too few actors
            of whom all is known.
    """
    alike = check_names(table, file, grid)
    if not np.isfinite(table.positions).any():
        raise stop(file, 0, "no actor has a position")
    if np.nanmin(table.power, initial=0.0) < 0.0:
        raise stop(file, 0, "a capability is below 0")
    if not (np.nan_to_num(table.power) > 0.0).any():
        raise stop(file, 0, "every capability is 0 or missing, so nobody weighs anything")
    salience, note = _scale_salience(table, file)
    check_scales(table, file)
    check_complete(table, file)
    return replace(table, salience=salience, notes=(*grid.notes, *table.notes, *note, *alike, *_list_missing(table)))


def _scale_salience(table: PositionTable, file: str) -> tuple[Array, tuple[str, ...]]:
    """Salience from 0 to 1, and what it was before."""
    given = table.salience[np.isfinite(table.salience)]
    if not given.size or given.max() <= 0.0:
        raise stop(file, 0, "every salience is 0 or missing, so that nothing matters to anybody")
    few_above_one = 0 < np.count_nonzero(given > 1.0) < 0.5 * np.count_nonzero(given > 0.0) and given.max() <= 2.0
    if given.min() < 0.0 or given.max() > 100.0 or few_above_one:
        wrong = given.min() if given.min() < 0.0 else given.max()
        at = int(np.argwhere(table.salience == wrong)[0][0])
        scale = "0 to 1" if few_above_one or given.max() <= 1.0 else "0 to 100"
        raise stop(file, 0, f"the salience of {table.actors[at]!r} is {wrong:g}, outside its scale of {scale}")
    if given.max() <= 1.0:
        return table.salience, ()
    if _is_part(given).any():
        shares, hundreds = (int(np.argwhere(fits)[0][0]) for fits in (_is_part(table.salience), table.salience > 1.0))
        text = f"the salience of {table.actors[shares]!r} is below 1 and that of {table.actors[hundreds]!r} above"
        raise stop(file, 0, text, "write all from 0 to 1, or all from 0 to 100")
    return table.salience / 100.0, (message("tables.salience-100"),)


def _is_part(salience: Array) -> NDArray[np.bool_]:
    return np.asarray((salience > 0.0) & (salience < 1.0))


def _list_missing(table: PositionTable) -> list[str]:
    """What is missing, in a sentence; nothing if nothing is."""
    if table.separate:
        some = np.isfinite(table.positions) & ~(np.isfinite(table.salience) & np.isfinite(table.power))
        return [message("tables.some-missing", n=int(some.sum()))] if some.any() else []
    found = []
    for name, part in (("position", table.positions), ("salience", table.salience), ("power", table.power[:, :1])):
        for actor, issue in np.argwhere(np.isnan(part)):
            found.append(message(f"tables.no-{name}", actor=table.actors[actor], issue=table.issues[issue]))
    return found
