"""Room file: class rooms, their games and who plays them, in one SQLite file that a restart leaves as it was.

Read aloud
    A room is opened on one scenario; in it are games, and in a game one or two seats. Each seat has a token, of which
    only the digest is kept: who has the token plays the seat, and nobody else. A move is kept only if the game still
    stands where its player saw it, so that two presses of a button are one move.
"""

import contextlib
import datetime
import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.errors import UsageError, display_path
from sim.storage.room_record import Game, GameState, Room, RoomError, Seat
from sim.storage.room_rows import (
    MOST_BYTES,
    DamagedRoomsError,
    make_game,
    make_room,
    make_seat,
    refuse_other_tables,
    refuse_unfit_files,
    take_rows,
)

FILE = "rooms.sqlite"
"""Name of the file in the folder of results."""

LETTERS, CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ", 5
"""Letters of the code of a room; none that is taken for a digit."""

MOST_SEATS, MOST_ROOMS = 80, 500
"""Seats of a room, and class rooms and pairs of a file, at most of each."""

SECONDS_TO_WAIT = 10.0

_TABLES = """
CREATE TABLE IF NOT EXISTS rooms (code TEXT PRIMARY KEY, key TEXT, case_name TEXT, view TEXT, seed INTEGER,
  roles TEXT, is_class INTEGER, same_run INTEGER, hides_worths INTEGER, is_paused INTEGER, is_revealed INTEGER,
  lang TEXT, opened TEXT, version INTEGER, opens_case INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS games (id INTEGER PRIMARY KEY, room TEXT REFERENCES rooms ON DELETE CASCADE, run INTEGER,
  players TEXT, moves TEXT, changes TEXT, week INTEGER, horizon INTEGER, outcome TEXT, package INTEGER,
  is_over INTEGER, version INTEGER);
CREATE TABLE IF NOT EXISTS seats (digest TEXT PRIMARY KEY, room TEXT REFERENCES rooms ON DELETE CASCADE,
  game INTEGER REFERENCES games ON DELETE CASCADE, actor TEXT, nickname TEXT, joined TEXT);
"""


class RoomFile:
    """All rooms of a folder; several threads may use it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file, for one piece of work that is kept whole or not at all."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            refuse_unfit_files(self.path)
            with contextlib.closing(sqlite3.connect(self.path, SECONDS_TO_WAIT, isolation_level=None)) as file:
                yield self._begin(file)
                file.execute("COMMIT")
        except (OSError, sqlite3.Error) as error:
            raise UsageError(f"{display_path(self.path)} cannot be used for class rooms: {error}") from error
        except DamagedRoomsError as error:
            text = f"{display_path(self.path)} is damaged: {error}; move it away, and `zopa serve` begins a new one"
            raise UsageError(text) from error

    def _begin(self, file: sqlite3.Connection) -> sqlite3.Connection:
        """The file with its tables; what is deleted is overwritten, and what is not committed is not kept."""
        file.row_factory = sqlite3.Row
        file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
        for statement in ("PRAGMA foreign_keys = ON", "PRAGMA secure_delete = ON", "BEGIN IMMEDIATE"):
            file.execute(statement)
        for statement in filter(str.strip, _TABLES.split(";")):
            file.execute(statement)
        if "opens_case" not in {row["name"] for row in file.execute("PRAGMA table_info(rooms)")}:
            file.execute("ALTER TABLE rooms ADD COLUMN opens_case INTEGER DEFAULT 0")  # a file of an older version
        refuse_other_tables(file)
        return file

    def open_room(self, *, case: str, view: str, roles: tuple[str, ...], lang: str, **settings: Any) -> Room:
        """Open a room.

        Args:
            case: Name of the scenario.
            view: Source view.
            roles: Actors played in each game; none lets students choose.
            lang: Language.
            settings: `seed`, `is_class`, `same_run`, `hides_worths` and `opens_case`.

        Raises:
            RoomError: there are too many rooms.
        """
        with self._open() as file:
            _make_place(file, is_class=settings["is_class"])
            code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
            row = (
                code, secrets.token_urlsafe(16), case, view, settings["seed"], json.dumps(roles),
                settings["is_class"], settings["same_run"], settings["hides_worths"], False, not settings["is_class"],
                lang, _now(), 0, settings["opens_case"],
            )  # fmt: skip
            file.execute(f"INSERT INTO rooms VALUES ({', '.join('?' * len(row))})", row)
        return self.find_room(code) or _fail()

    def find_room(self, code: str) -> Room | None:
        """The room of a code; none if there is none.

        Args:
            code: The code, in letters of any size.
        """
        if not self.path.is_file():
            return None
        with self._open() as file:
            row = file.execute("SELECT * FROM rooms WHERE code = ?", (code.upper()[:20],)).fetchone()
            return None if row is None else make_room(row)

    def list_rooms(self) -> list[Room]:
        """All rooms, the newest first."""
        if not self.path.is_file():
            return []
        with self._open() as file:
            rows = file.execute("SELECT * FROM rooms ORDER BY opened DESC, rowid DESC")
            return [make_room(row) for row in take_rows(rows)]

    def list_games(self, code: str) -> list[Game]:
        """Games of a room, in the order in which they were begun.

        Args:
            code: Code of the room.
        """
        with self._open() as file:
            rows = file.execute("SELECT * FROM games WHERE room = ? ORDER BY id", (code,))
            return [make_game(row) for row in take_rows(rows)]

    def find_game(self, number: int) -> Game:
        """A game by its number.

        Args:
            number: The number.
        """
        with self._open() as file:
            return make_game(file.execute("SELECT * FROM games WHERE id = ?", (number,)).fetchone())

    def list_seats(self, code: str) -> list[Seat]:
        """Seats of a room, in the order in which they were taken.

        Args:
            code: Code of the room.
        """
        with self._open() as file:
            lost = "SELECT 1 FROM seats WHERE room = ? AND game NOT IN (SELECT id FROM games WHERE room = seats.room)"
            if file.execute(lost, (code,)).fetchone():
                make_game(None)
            rows = file.execute("SELECT * FROM seats WHERE room = ? ORDER BY rowid", (code,))
            return [make_seat(row) for row in take_rows(rows)]

    def find_seat(self, token: str) -> Seat | None:
        """The seat of a token; none if no seat has it.

        Args:
            token: What its student has.
        """
        if not self.path.is_file():
            return None
        with self._open() as file:
            row = file.execute("SELECT * FROM seats WHERE digest = ?", (_digest(token),)).fetchone()
            return None if row is None else make_seat(row)

    def take_seat(self, room: Room, actor: str, nickname: str, runs: tuple[int, ...]) -> str:
        """Take a seat, in a game that waits for this actor or in a new one.

        Args:
            room: The room.
            actor: Key of the actor; empty takes the first that is free.
            nickname: What the student is called; empty in a room without a teacher.
            runs: Runs that games begin with, in order.

        Returns:
            The token of the seat.

        Raises:
            RoomError: the name is taken, the room is full, or there is no such seat left.
        """
        token = secrets.token_urlsafe(16)
        with self._open() as file:
            seats = [
                make_seat(row) for row in take_rows(file.execute("SELECT * FROM seats WHERE room = ?", (room.code,)))
            ]
            if nickname and any(one.nickname.casefold() == nickname.casefold() for one in seats):
                raise RoomError("name-taken")
            if len(seats) >= MOST_SEATS:
                raise RoomError("room-full")
            game, role = _find_free(file, room, seats, actor)
            if game is None:
                begun = file.execute("SELECT count(*) FROM games WHERE room = ?", (room.code,)).fetchone()[0]
                if begun and not room.is_class:
                    raise RoomError("room-full")
                game = _begin_game(file, room, runs[0 if room.same_run else begun % len(runs)], room.roles or (role,))
            row = (_digest(token), room.code, game, role, nickname, _now())
            file.execute("INSERT INTO seats VALUES (?, ?, ?, ?, ?, ?)", row)
            file.execute("UPDATE games SET version = version + 1 WHERE id = ?", (game,))
        return token

    def save_game(self, game: Game, state: GameState) -> bool:
        """Keep where a game stands now, if nobody has moved in it since it was read.

        Args:
            game: The game as it was read.
            state: Where it stands now.

        Returns:
            True if it was kept.
        """
        with self._open() as file:
            done = file.execute(
                "UPDATE games SET moves = ?, week = ?, horizon = ?, outcome = ?, package = ?, is_over = ?, "
                "changes = ?, version = version + 1 WHERE id = ? AND version = ?",
                (
                    state.moves, state.week, state.horizon, state.outcome, state.package, state.is_over,
                    json.dumps(state.changes), game.id, game.version,
                ),
            )  # fmt: skip
            return done.rowcount == 1

    def set_room(self, code: str, **settings: bool) -> None:
        """Pause a room or go on, hide worths or show them, reveal results, open its case or shut it.

        Args:
            code: Code of the room.
            settings: `is_paused`, `hides_worths`, `is_revealed` or `opens_case`.
        """
        known = {"is_paused", "hides_worths", "is_revealed", "opens_case"} & set(settings)
        with self._open() as file:
            for name in known:
                set_it = f"UPDATE rooms SET {name} = ?, version = version + 1 WHERE code = ?"
                file.execute(set_it, (settings[name], code))

    def seat_the_model(self, code: str) -> None:
        """Let the model play the seats that nobody has taken, in games in which nothing was said yet.

        Args:
            code: Code of the room.
        """
        with self._open() as file:
            for row in file.execute("SELECT * FROM games WHERE room = ? AND moves = ''", (code,)).fetchall():
                taken = {one["actor"] for one in file.execute("SELECT actor FROM seats WHERE game = ?", (row["id"],))}
                players = json.dumps([one for one in json.loads(row["players"]) if one in taken])
                seat = "UPDATE games SET players = ?, version = version + 1 WHERE id = ?"
                file.execute(seat, (players, row["id"]))

    def free_seat(self, code: str, nickname: str) -> None:
        """Free a student's seat for another; a game in which nobody is left goes with it.

        Args:
            code: Code of the room.
            nickname: What the student is called.
        """
        with self._open() as file:
            file.execute("DELETE FROM seats WHERE room = ? AND nickname = ?", (code, nickname))
            file.execute("DELETE FROM games WHERE room = ? AND id NOT IN (SELECT game FROM seats)", (code,))
            file.execute("UPDATE games SET version = version + 1 WHERE room = ?", (code,))
            file.execute("UPDATE rooms SET version = version + 1 WHERE code = ?", (code,))

    def delete_room(self, code: str) -> None:
        """Delete a room with everything in it.

        Args:
            code: Code of the room.
        """
        with self._open() as file:
            file.execute("DELETE FROM rooms WHERE code = ?", (code,))


def _make_place(file: sqlite3.Connection, *, is_class: bool) -> None:
    """See that a file does not grow without end: of pairs the oldest goes, of classes none."""
    found = file.execute("SELECT code FROM rooms WHERE is_class = ? ORDER BY rowid", (is_class,)).fetchall()
    if len(found) >= MOST_ROOMS and is_class:
        raise RoomError("too-many-rooms")
    if len(found) >= MOST_ROOMS:
        file.execute("DELETE FROM rooms WHERE code = ?", (found[0]["code"],))


def _find_free(file: sqlite3.Connection, room: Room, seats: list[Seat], actor: str) -> tuple[int | None, str]:
    """A game that waits for a player, and the actor that is free in it."""
    if not room.roles:
        return None, actor
    if actor and actor not in room.roles:
        raise RoomError("no-such-seat")
    for row in take_rows(file.execute("SELECT * FROM games WHERE room = ? ORDER BY id", (room.code,))):
        game = make_game(row)
        taken = {one.actor for one in seats if one.game == game.id}
        free = [role for role in game.players if role not in taken and actor in ("", role)]
        if free:
            return game.id, free[0]
    return None, actor or room.roles[0]


def _begin_game(file: sqlite3.Connection, room: Room, run: int, players: tuple[str, ...]) -> int:
    row = (room.code, run, json.dumps(players), "", "[]", 1, 0, "", 0, False, 0)
    columns = "room, run, players, moves, changes, week, horizon, outcome, package, is_over, version"
    begun = file.execute(f"INSERT INTO games ({columns}) VALUES ({', '.join('?' * len(row))})", row)
    return int(begun.lastrowid or _fail())


def _fail() -> Any:
    raise RuntimeError("what was just written is not there")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> str:
    return datetime.datetime.now().isoformat(" ", "seconds")
