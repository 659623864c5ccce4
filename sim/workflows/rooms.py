"""Rooms: which class rooms are there, and what came of them? They are written as CSV or deleted."""

import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sim.errors import UsageError, display_path
from sim.export.csv_file import make_csv_writer
from sim.loading.tables.formula_guard import guard_text
from sim.storage.room_file import FILE, RoomFile
from sim.storage.room_record import Room
from sim.workflows.display import TableDisplay, TextTable, make_frame

COLUMNS = ("room", "case", "view", "seed", "game", "run", "nickname", "actor", "joined")
RESULTS = ("week", "is_over", "outcome", "package", "events", "moves")


@dataclass(frozen=True)
class RoomRow:
    """A class room."""

    code: str
    """What stands in its address."""
    case: str
    """Name of the scenario."""
    opened: str
    """When."""
    students: int
    """Seats that are taken."""
    games: int
    """Games that were begun."""
    over: int
    """Games that are over."""


@dataclass(frozen=True, repr=False)
class RoomList(TableDisplay):
    """Class rooms that are kept in a folder."""

    rows: tuple[RoomRow, ...]
    """One for each, the newest first."""
    written: Path | None = None
    """The file of results, if one was written."""
    deleted: str = ""
    """Code of the room that was deleted."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"rooms": [asdict(row) for row in self.rows]}

    def to_frame(self) -> Any:
        """One row per room, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(asdict(row) for row in self.rows)

    def build_text_table(self) -> TextTable:
        """Code, case, when it was opened, students, games."""
        rows = tuple(
            (row.code, row.case, row.opened, str(row.students), f"{row.over} of {row.games}") for row in self.rows
        )
        return TextTable((), ("room", "case", "opened", "students", "games over"), rows)


def rooms(
    code: str | None = None, *, to: str | Path | None = None, delete: bool = False, out: str | Path = "outputs"
) -> RoomList:
    """Class rooms that `serve` keeps; one of them written as CSV, or deleted with everything in it.

    Args:
        code: Code of a room; all if left out.
        to: File for the games of the room, such as room.csv; none is written if left out.
        delete: True to delete the room, with names, moves and results; all rooms if no code is given.
        out: Folder in which they are kept.

    Returns:
        The rooms that are there, and what was done.

    Raises:
        UsageError: there is no such room, or the file cannot be written.
    """
    file = RoomFile(Path(out) / FILE)
    chosen = file.list_rooms()
    if code is not None:
        chosen = [room for room in chosen if room.code == code.upper()]
        if not chosen:
            raise UsageError(f"there is no room {code[:20]!r} in {display_path(Path(out))}")
    written = None if to is None else _write(file, chosen, Path(to))
    rows = tuple(_describe(file, room) for room in chosen)
    for room in chosen if delete else ():
        file.delete_room(room.code)
    return RoomList(rows, written, ", ".join(room.code for room in chosen) if delete else "")


def _describe(file: RoomFile, room: Room) -> RoomRow:
    games = file.list_games(room.code)
    over = sum(game.is_over for game in games)
    return RoomRow(room.code, room.case, room.opened, len(file.list_seats(room.code)), len(games), over)


def _write(file: RoomFile, chosen: list[Room], path: Path) -> Path:
    try:
        with path.open("w", encoding="utf-8", newline="") as written:
            _write_rows(file, chosen, written)
    except OSError as error:
        raise UsageError(f"{display_path(path)} cannot be written: {error.strerror or error}") from error
    return path


def format_csv(file: RoomFile, room: Room) -> str:
    """All games of a room as CSV, one row for each seat.

    Args:
        file: The file of rooms.
        room: The room.
    """
    written = io.StringIO(newline="")
    _write_rows(file, [room], written)
    return written.getvalue()


def _write_rows(file: RoomFile, chosen: list[Room], written: Any) -> None:
    lines = make_csv_writer(written)
    lines.writerow((*COLUMNS, *RESULTS))
    for room in chosen:
        lines.writerows(_list_rows(file, room))


def _list_rows(file: RoomFile, room: Room) -> Iterator[tuple[Any, ...]]:
    games = {game.id: (place, game) for place, game in enumerate(file.list_games(room.code), start=1)}
    for seat in file.list_seats(room.code):
        place, game = games[seat.game]
        named = (
            room.code,
            room.case,
            room.view,
            room.seed,
            place,
            game.run,
            guard_text(seat.nickname),
            seat.actor,
            seat.joined,
        )
        events = "; ".join(game.changes)
        yield (*named, game.week, int(game.is_over), game.outcome, game.package or "", events, game.moves)
