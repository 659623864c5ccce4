"""Exchange form: marked rows, as programs of the exchange model write them.

#A names an actor, #P an issue, #M one end of its scale, #D the position, salience and power of an actor on an issue.

Sources
    Stokman and Van Oosten (1994), The exchange of voting positions.
"""

import numpy as np

from sim.errors import suggest
from sim.i18n.messages import message
from sim.loading.tables.grid import Grid
from sim.loading.tables.position_table import Array, PositionTable


def fits(grid: Grid) -> bool:
    """True if the rows are marked so."""
    return grid.rows[0][0].strip("'\"") in ("#A", "#P", "#M", "#D")


def read(grid: Grid, name: str) -> PositionTable:
    """The table of marked rows."""
    marked: dict[str, list[int]] = {"#A": [], "#P": [], "#M": [], "#D": []}
    for row, cells in enumerate(grid.rows):
        mark = cells[0].strip("'\"")
        if mark not in marked or len(cells) < (5 if mark == "#D" else 2):
            raise grid.stop(row, f"a row that begins with {mark!r} and has {len(cells)} cells is not known here")
        marked[mark].append(row)
    actors, issues = (tuple(grid.rows[row][1] for row in marked[mark]) for mark in ("#A", "#P"))
    positions, salience, power = _read_parts(grid, marked["#D"], actors, issues)
    ends: dict[str, list[float]] = {issue: [] for issue in issues}
    for row in marked["#M"]:
        ends[issues[_find(grid, row, grid.rows[row][1], issues, "issue")]].append(grid.find_number(row, 2, "end"))
    known = [ends[issue] or list(positions[:, at]) for at, issue in enumerate(issues)]
    return PositionTable(
        name=name,
        format="exchange",
        actors=actors,
        issues=issues,
        positions=positions,
        salience=salience,
        power=power,
        low=np.array([min(values) for values in known]),
        high=np.array([max(values) for values in known]),
        notes=(message("tables.exchange"),),
    )


def _read_parts(grid: Grid, rows: list[int], actors: tuple[str, ...], issues: tuple[str, ...]) -> list[Array]:
    """Positions, salience and power of every actor on every issue: (actors, issues) each."""
    parts = [np.full((len(actors), len(issues)), np.nan) for _ in range(3)]
    seen: set[tuple[int, int]] = set()
    for row in rows:
        cells = grid.rows[row]
        at = _find(grid, row, cells[1], actors, "actor"), _find(grid, row, cells[2], issues, "issue")
        if at in seen:
            raise grid.stop(row, f"{cells[1]!r} stands there already on {cells[2]!r}", "give each actor its own name")
        seen.add(at)
        for column, (part, what) in enumerate(zip(parts, ("position", "salience", "power"), strict=True), 3):
            part[at] = grid.find_number(row, column, what)
    return parts


def _find(grid: Grid, row: int, name: str, known: tuple[str, ...], what: str) -> int:
    if name not in known:
        raise grid.stop(row, f"there is no {what} {name!r}", suggest(name, known))
    return known.index(name)
