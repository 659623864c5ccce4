"""Table checks: whether a table of positions can be meant as it stands, or something in it contradicts itself."""

from collections.abc import Iterator

import numpy as np

from sim.errors import stop
from sim.i18n.messages import message
from sim.loading.tables.grid import Grid
from sim.loading.tables.position_table import PositionTable


def check_names(table: PositionTable, file: str, grid: Grid) -> tuple[str, ...]:
    """Whether there are two actors or more, and whose names are alike but for capitals.

    Raises:
        ScenarioError: there are too few, or two actors or issues have one name.
    """
    if len(table.actors) < 2:
        said = f"it has {len(table.actors)} actor{'' if len(table.actors) == 1 else 's'}"
        raise stop(file, 0, f"{said}; there must be two or more")
    for kind, names in (("actors", table.actors), ("issues", table.issues)):
        for name in (name for at, name in enumerate(names) if name in names[:at]):
            lines = [str(grid.lines[at]) for at, row in enumerate(grid.rows) if name in row]
            raise stop(file, 0, f"two {kind} are called {name!r} (lines {', '.join(lines)})", "give each its own name")
    return tuple(_list_alike(table.actors))


def _list_alike(names: tuple[str, ...]) -> Iterator[str]:
    """Names that differ in capitals alone."""
    first: dict[str, str] = {}
    for name in names:
        other = first.setdefault(name.casefold(), name)
        if other != name:
            yield message("tables.alike", first=other, second=name)


def check_scales(table: PositionTable, file: str) -> None:
    """Whether scales have a lower and an upper end, with all positions and outcomes between them.

    Raises:
        ScenarioError: they do not.
    """
    for issue, low, high in zip(table.issues, table.low, table.high, strict=True):
        if low > high:
            raise stop(file, 0, f"the low end of {issue!r} is {low:g}, above its high end of {high:g}")
    for actor, issue in np.argwhere((table.positions < table.low) | (table.positions > table.high)):
        what = f"the position of {table.actors[actor]!r} on {table.issues[issue]!r}"
        raise stop(file, 0, f"{what} is {table.positions[actor, issue]:g}, {_say_scale(table, issue)}")
    if table.outcomes is not None:
        for (issue,) in np.argwhere((table.outcomes < table.low) | (table.outcomes > table.high)):
            what = f"the outcome of {table.issues[issue]!r}"
            raise stop(file, 0, f"{what} is {table.outcomes[issue]:g}, {_say_scale(table, issue)}")


def _say_scale(table: PositionTable, issue: int) -> str:
    return f"outside its scale of {table.low[issue]:g} to {table.high[issue]:g}"


def check_complete(table: PositionTable, file: str) -> None:
    """Whether at least two actors meet on some issue.

    Raises:
        ScenarioError: on every issue there are fewer of whom all is known.
    """
    known = np.isfinite(table.positions) & np.isfinite(table.salience) & np.isfinite(table.power)
    if known.sum(axis=0).max(initial=0) < 2:
        text = "on no issue are position, salience and capability of two actors known"
        raise stop(file, 0, text, "fill the empty cells; an empty cell is missing, not 0")
