"""Room rows: what a file of class rooms says, believed only if it is what zopa writes.

The file lies where others can reach it, and a disk may fail: tables and columns, types and bounds are looked at before
anything is made of them.
"""

import json
import os
import sqlite3
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from sim.storage.room_record import Game, Room, Seat

MOST_BYTES = 1_000_000
"""Bytes of one text, at most; a game's line of moves has some thousands."""

MOST_ROWS = 1_000
"""Rooms of a file, games of a room and seats of a room that are read, at most."""

HIGHEST = {"seed": 2**63 - 1, "week": 10_000, "horizon": 10_000, "run": 2**32, "package": 10_000_000}
"""Highest numbers; none of them is below 0."""

MOST_COUNTED = 2**63 - 1
"""Highest number that the file can hold."""

COLUMNS = {
    "rooms": "code key case_name view seed roles is_class same_run hides_worths is_paused is_revealed lang opened "
    "version opens_case",
    "games": "id room run players moves changes week horizon outcome package is_over version",
    "seats": "digest room game actor nickname joined",
}
"""Columns of each table, in their order."""

_ASIDE = ("", "-journal", "-wal", "-shm")
Record = TypeVar("Record", Room, Game, Seat)


class DamagedRoomsError(Exception):
    """The file holds what zopa has not written; the text says what."""


def refuse_unfit_files(path: Path) -> None:
    """Stop before a file is opened that is none, such as a pipe, which would be waited for.

    Raises:
        DamagedRoomsError: it, or one of the files beside it in which unfinished work is kept, is no file.
    """
    for end in _ASIDE:
        place = path.with_name(path.name + end)
        if os.path.lexists(place) and not stat.S_ISREG(place.lstat().st_mode):
            raise DamagedRoomsError(f"{place.name} is a link, a folder, a pipe or a device, not a file")


def refuse_other_tables(file: sqlite3.Connection) -> None:
    """Stop at tables, views or triggers that are not ours.

    Raises:
        DamagedRoomsError: there are some.
    """
    for row in file.execute("SELECT type, name FROM sqlite_master").fetchmany(MOST_ROWS):
        if row["type"] != "index" and (row["type"] != "table" or row["name"] not in COLUMNS):
            raise DamagedRoomsError(f"it holds a {str(row['type'])[:20]} {str(row['name'])[:40]!r}")
    for table, names in COLUMNS.items():
        if [row["name"] for row in file.execute(f"PRAGMA table_info({table})")] != names.split():
            raise DamagedRoomsError(f"its table {table} has other columns")


def take_rows(rows: sqlite3.Cursor) -> list[Any]:
    """All rows of a question.

    Raises:
        DamagedRoomsError: there are more than zopa keeps.
    """
    found = rows.fetchmany(MOST_ROWS + 1)
    if len(found) > MOST_ROWS:
        raise DamagedRoomsError(f"it holds more than {MOST_ROWS:,} of what should be few")
    return found


def make_room(row: Mapping[str, Any]) -> Room:
    """A room as the file says it.

    Raises:
        DamagedRoomsError: it is none.
    """
    truths = ("is_class", "same_run", "hides_worths", "is_paused", "is_revealed", "opens_case")
    values = _take(row, ("code", "key", "view", "seed", "lang", "opened", "version")) | _take_truths(row, truths)
    values |= {"case": row["case_name"], "roles": _read_names(row["roles"])}
    return _check(Room, values)


def make_game(row: Mapping[str, Any] | None) -> Game:
    """A game as the file says it.

    Raises:
        DamagedRoomsError: it is none.
    """
    if row is None:
        raise DamagedRoomsError("a seat belongs to a game that is not there")
    values = _take(row, ("id", "run", "moves", "week", "horizon", "outcome", "package", "version"))
    values |= {name: _read_names(row[name]) for name in ("players", "changes")}
    return _check(Game, values | _take_truths(row, ("is_over",)))


def make_seat(row: Mapping[str, Any]) -> Seat:
    """A seat as the file says it.

    Raises:
        DamagedRoomsError: it is none.
    """
    return _check(Seat, _take(row, ("room", "game", "actor", "nickname", "joined")))


def _take(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _take_truths(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, bool]:
    return {name: bool(row[name]) for name in names}


def _read_names(text: object) -> tuple[Any, ...]:
    """A list of names that is kept as JSON."""
    try:
        found = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise DamagedRoomsError("a list of names in it is damaged")
    return tuple(found)


def _check(kind: type[Record], values: dict[str, Any]) -> Record:
    """The record, if everything in it is of its type and within its bounds."""
    for name, hint in get_type_hints(kind).items():
        value = values[name]
        fits = isinstance(value, tuple) and all(type(one) is str for one in value)
        if type(value) is not hint and not (fits and hint not in (str, int, bool)):
            raise DamagedRoomsError(f"{name} is damaged")
        if type(value) is int and not 0 <= value <= HIGHEST.get(name, MOST_COUNTED):
            raise DamagedRoomsError(f"{name} {value} cannot be")
    return kind(**values)
