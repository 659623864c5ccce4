"""Issue rows: one row an issue, with a column of positions and one of salience for every actor.

So are the data of decision-making in the European Union (DEU): `pxx` and `sxx` for actor xx, the power of actors in a
second row under the header, `rp` for what held before and `out` for what was decided, from 0 to 100.

Sources
    Arregui and Perarnaud (2022), A new dataset on legislative decision-making in the European Union: the DEU III.
"""

import numpy as np

from sim.i18n.messages import message
from sim.loading.tables.grid import Grid
from sim.loading.tables.position_table import Array, PositionTable

SCALE = (0.0, 100.0)
"""Scale of positions."""

FEWEST = 3
"""Actors with both columns from which on a header is taken for this form."""


def _find_actors(grid: Grid) -> list[str]:
    header = [cell.lower() for cell in grid.rows[0]]
    return [cell[1:] for cell in header if len(cell) > 1 and cell[0] == "p" and f"s{cell[1:]}" in header]


def fits(grid: Grid) -> bool:
    """True if the header has both columns for several actors."""
    return len(_find_actors(grid)) >= FEWEST and len(grid.rows) > 1


def read(grid: Grid, name: str) -> PositionTable:
    """The table, turned so that actors are its rows."""
    header, actors = [cell.lower() for cell in grid.rows[0]], _find_actors(grid)
    for column in (column for column in header if column and header.count(column) > 1):
        raise grid.stop(0, f"two columns are called {column!r}", "give each actor its own name")
    columns = {part: [header.index(f"{part}{actor}") for actor in actors] for part in "ps"}
    first = next((at for at, cell in enumerate(grid.rows[1]) if cell), 0)
    has_power = len(grid.rows[1]) > columns["p"][0] and first >= min(columns["p"])
    body = range(2 if has_power else 1, len(grid.rows))
    power = [grid.find_number(1, column, "power") if has_power else 1.0 for column in columns["p"]]
    label = next((header.index(key) for key in ("isnr", "issue", "name") if key in header), None)
    parts = {part: _read_columns(grid, body, columns[part], part) for part in "ps"}
    ends = [_read_columns(grid, body, [header.index(key)], key)[0] if key in header else None for key in ("out", "rp")]
    return PositionTable(
        name=name,
        format="issue-rows",
        actors=tuple(actors),
        issues=tuple(str(row) if label is None else grid.rows[row][label] for row in body),
        positions=parts["p"],
        salience=parts["s"],
        power=np.repeat(np.array(power)[:, np.newaxis], len(body), axis=1),
        low=np.full(len(body), SCALE[0]),
        high=np.full(len(body), SCALE[1]),
        separate=True,
        outcomes=ends[0],
        status_quo=ends[1],
        notes=(
            message("tables.issue-rows"),
            message("tables.power-row" if has_power else "tables.power-none"),
        ),
    )


def _read_columns(grid: Grid, body: range, columns: list[int], what: str) -> Array:
    """Numbers of some columns, each a row: (columns, rows)."""
    what = {"p": "position", "s": "salience"}.get(what, what)
    return np.array([[grid.find_number(row, column, what) for row in body] for column in columns])
