"""Wide form: one row an actor, with power and, for every issue, a position and a salience; or one row actor and issue.

So write the programs after Bueno de Mesquita (Actor, Capability, Position, Salience) and KTAB, which has a line
about the scenario above its header and a comma at the end of every line.
"""

from collections.abc import Mapping

import numpy as np

from sim.errors import stop
from sim.i18n.messages import message
from sim.loading.tables.grid import Grid
from sim.loading.tables.headers import recognise
from sim.loading.tables.position_table import Array, PositionTable
from sim.loading.tables.summary_rows import split_summary_rows

KTAB_SCALE = (0.0, 100.0)
"""Scale of positions in KTAB's files."""

_ASKED = "it needs columns for the actor, its capability (or influence, power), its position and its salience"


def read(grid: Grid, name: str) -> PositionTable:
    """The table of a grid whose header is in one of its first rows."""
    at, columns = _find_header(grid)
    if any(kind == "issue" for kind, _ in columns.values()):
        return _read_long(grid, name, at, columns)
    return _read_wide(grid, name, at, columns)


def _find_header(grid: Grid) -> tuple[int, dict[int, tuple[str, str]]]:
    """Row of the header, and what each recognised column is."""
    best: tuple[int, dict[int, tuple[str, str]]] = (0, {})
    for at, row in enumerate(grid.rows[:5]):
        found = {column: known for column, cell in enumerate(row) if (known := recognise(cell))[0]}
        if len({kind for kind, _ in found.values()}) > len({kind for kind, _ in best[1].values()}):
            best = (at, found)
    kinds = [kind for kind, _ in best[1].values()]
    lacking = [kind for kind in ("actor", "power", "position", "salience") if kind not in kinds]
    if lacking:
        seen = ", ".join(map(repr, grid.rows[best[0]][:12]))
        raise stop(grid.file, grid.lines[best[0]], f"no column for {' and '.join(lacking)} among {seen}", _ASKED)
    if len(grid.rows) == best[0] + 1:
        raise grid.stop(best[0], "there is a header and no row under it")
    width = len(grid.rows[best[0]])
    for under in range(best[0] + 1, len(grid.rows)):
        if (cells := len(grid.rows[under])) > width:
            text = f"it has {cells} cells, and the header has {width}"
            raise grid.stop(under, text, "put what has a comma in quotation marks, or separate by semicolons")
    return best


def _find_columns(grid: Grid, at: int, columns: dict[int, tuple[str, str]], kind: str) -> dict[str, int]:
    """Columns of one kind by the issue they name."""
    found: dict[str, int] = {}
    for column, (known, issue) in columns.items():
        if known == kind:
            if issue in found and kind != "actor":
                raise grid.stop(at, f"two columns are the {kind}: {grid.rows[at][column]!r} is the second")
            found.setdefault(issue, column)
    return found


def _read_wide(grid: Grid, name: str, at: int, columns: dict[int, tuple[str, str]]) -> PositionTable:
    """One row an actor."""
    positions = _find_columns(grid, at, columns, "position")
    salience = _find_columns(grid, at, columns, "salience")
    for issue in positions.keys() ^ salience.keys():
        raise grid.stop(
            at, f"the issue {issue!r} has no column for its {'salience' if issue in positions else 'position'}"
        )
    actor = next(iter(_find_columns(grid, at, columns, "actor").values()))
    power = next(iter(_find_columns(grid, at, columns, "power").values()))
    numbers = [power, *positions.values(), *salience.values()]
    body, left_out = split_summary_rows(grid, range(at + 1, len(grid.rows)), actor, numbers)
    actors = tuple(_find_name(grid, row, actor) for row in body)
    tables = [
        np.array([[grid.find_number(row, found[issue], kind) for issue in positions] for row in body])
        for kind, found in (("position", positions), ("salience", salience))
    ]
    weights = np.array([[grid.find_number(row, power, "capability")] for row in body])
    ktab = at > 0 and any(kind == "description" for kind, _ in columns.values())
    low, high, note = _find_scale(tables[0].reshape(len(actors), len(positions)), ktab)
    return PositionTable(
        name=name,
        format="ktab" if ktab else "actors",
        actors=actors,
        issues=tuple(issue or "position" for issue in positions),
        positions=tables[0].reshape(len(actors), len(positions)),
        salience=tables[1].reshape(len(actors), len(positions)),
        power=np.repeat(weights.reshape(len(actors), 1), len(positions), axis=1),
        low=low,
        high=high,
        notes=(message("tables.ktab" if ktab else "tables.actors"), *left_out, *note),
    )


def _find_name(grid: Grid, row: int, column: int) -> str:
    name = grid.rows[row][column] if column < len(grid.rows[row]) else ""
    if not name:
        raise grid.stop(row, "there is no actor's name")
    return name


def _find_scale(positions: Array, hundred: bool) -> tuple[Array, Array, tuple[str, ...]]:
    """Ends of each issue's scale: those of the format, or the outermost positions."""
    count = positions.shape[1]
    if hundred and np.nanmin(positions, initial=0.0) >= 0.0 and np.nanmax(positions, initial=0.0) <= 100.0:
        return np.full(count, KTAB_SCALE[0]), np.full(count, KTAB_SCALE[1]), (message("tables.hundred"),)
    known = np.where(np.isfinite(positions), positions, np.nan)
    none = ~np.isfinite(known).any(axis=0)
    known[:, none] = 0.0
    note = (message("tables.outermost"),)
    return np.nanmin(known, axis=0), np.nanmax(known, axis=0), note if positions.size else ()


def _read_long(grid: Grid, name: str, at: int, columns: dict[int, tuple[str, str]]) -> PositionTable:
    """One row an actor and issue."""
    place = {kind: next(iter(_find_columns(grid, at, columns, kind).values())) for kind, _ in columns.values()}
    body, left_out = split_summary_rows(grid, range(at + 1, len(grid.rows)), place["actor"], [])
    said = [(_find_name(grid, row, place["actor"]), _find_name(grid, row, place["issue"])) for row in body]
    actors, issues = (tuple(dict.fromkeys(pair[end] for pair in said)) for end in (0, 1))
    parts = {kind: np.full((len(actors), len(issues)), np.nan) for kind in ("position", "salience", "power", *_ENDS)}
    seen: set[tuple[str, str]] = set()
    for row, pair in zip(body, said, strict=True):
        if pair in seen:
            raise grid.stop(row, f"{pair[0]!r} stands there already on {pair[1]!r}", "give each actor its own name")
        seen.add(pair)
        for kind, part in parts.items():
            if kind in place:
                part[actors.index(pair[0]), issues.index(pair[1])] = grid.find_number(row, place[kind], kind)
    low, high, note = _find_scale(parts["position"], hundred=False)
    _check_alike(grid, parts, issues)
    if "low" in place and "high" in place:
        low, high, note = _first(parts["low"], low), _first(parts["high"], high), ()
    return PositionTable(
        name=name,
        format="actors-and-issues",
        actors=actors,
        issues=issues,
        positions=parts["position"],
        salience=parts["salience"],
        power=parts["power"],
        low=low,
        high=high,
        outcomes=_first(parts["outcome"], np.full(len(issues), np.nan)) if "outcome" in place else None,
        notes=(message("tables.actors-and-issues"), *left_out, *note),
    )


_ENDS = {"low": "low end", "high": "high end", "outcome": "outcome"}
"""Columns of which every row of an issue says the same, and what they are called."""


def _check_alike(grid: Grid, parts: Mapping[str, Array], issues: tuple[str, ...]) -> None:
    """Refuse an issue of which rows say different things."""
    for kind, what in _ENDS.items():
        for issue, column in zip(issues, parts[kind].T, strict=True):
            said = np.unique(column[np.isfinite(column)])
            if said.size > 1:
                text = f"rows of {issue!r} name two numbers for its {what}: {said[0]:g} and {said[1]:g}"
                raise stop(grid.file, 0, text)


def _first(part: Array, otherwise: Array) -> Array:
    """The first number of every column."""
    known = np.isfinite(part)
    return np.where(known.any(axis=0), part[known.argmax(axis=0), np.arange(part.shape[1])], otherwise)
