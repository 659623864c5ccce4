"""Damaged rooms: a file of class rooms that zopa has not written so is refused in one sentence, and nobody waits."""

import os
import sqlite3

import pytest

from sim.errors import UsageError
from sim.storage.room_file import FILE, RoomFile

POSIX = pytest.mark.skipif(os.name == "nt", reason="pipes and devices are POSIX's")
OURS = {"seed": 3, "is_class": True, "same_run": True, "hides_worths": False, "opens_case": False}


@pytest.fixture
def rooms(tmp_path):
    file = RoomFile(tmp_path / FILE)
    room = file.open_room(case="textbook/two-towns", view="", roles=("north", "south"), lang="en", **OURS)
    file.take_seat(room, "", "Ann", (0, 1))
    return file


def read(rooms):
    """What a page or `zopa rooms` reads."""
    return [(rooms.list_games(room.code), rooms.list_seats(room.code)) for room in rooms.list_rooms()]


def change(rooms, *statements):
    with sqlite3.connect(rooms.path) as file:
        for one in statements:
            file.execute(*((one,) if isinstance(one, str) else one))


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
DAMAGED = {
    "roles": ["UPDATE rooms SET roles = '{'"],
    "roles of a number": ["UPDATE rooms SET roles = '5'"],
    "roles of lists": ["UPDATE rooms SET roles = '[[1]]'"],
    "deep roles": [("UPDATE rooms SET roles = ?", ("[" * 100_000,))],
    "no case": ["UPDATE rooms SET case_name = NULL"],
    "bytes": [("UPDATE rooms SET opened = ?", (b"\xff",))],
    "seed": ["UPDATE rooms SET seed = -5"],
    "players": ["UPDATE games SET players = ''"],
    "changes": ["UPDATE games SET changes = '[1, 2]'"],
    "week": ["UPDATE games SET week = 'x'"],
    "run": ["UPDATE games SET run = 9223372036854775807"],
    "long moves": [("UPDATE games SET moves = ?", ("x" * 2_000_000,))],
    "a game that is not there": ["PRAGMA foreign_keys = OFF", "UPDATE seats SET game = 77"],
    "no games": ["DROP TABLE games"],
    "fewer columns": ["ALTER TABLE games DROP COLUMN changes"],
    "a trigger": ["CREATE TRIGGER t BEFORE UPDATE ON games BEGIN SELECT RAISE(ABORT, 'no'); END"],
    "an endless view": ["DROP TABLE rooms", f"CREATE VIEW rooms AS {ENDLESS} SELECT x AS code FROM c"],
    "many rooms": [
        f"INSERT INTO rooms SELECT 'R' || x, 'k', 'c', '', 1, '[]', 1, 1, 0, 0, 0, 'en', 'o', 0, 0 FROM "
        f"({ENDLESS} SELECT x FROM c LIMIT 2000)"
    ],
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_what_zopa_has_not_written_is_refused(rooms, kind):
    change(rooms, *DAMAGED[kind])
    with pytest.raises(
        UsageError, match=r"rooms\.sqlite (is damaged: .+; move it away|cannot be used for class rooms: )"
    ):
        read(rooms)


def test_a_damaged_room_or_seat_is_refused_where_it_is_looked_for(rooms):
    code = rooms.list_rooms()[0].code
    token = rooms.take_seat(rooms.list_rooms()[0], "", "Bob", (0, 1))
    change(rooms, "UPDATE rooms SET seed = 'x'", "UPDATE seats SET nickname = NULL")
    for look in (lambda: rooms.find_room(code), lambda: rooms.find_seat(token)):
        with pytest.raises(UsageError, match=r"rooms\.sqlite is damaged: (seed|nickname) is damaged; move it away"):
            look()


@POSIX
@pytest.mark.parametrize("name", [FILE, f"{FILE}-journal"])
@pytest.mark.parametrize("kind", ["pipe", "/dev/zero", "folder"])
def test_nobody_waits_for_what_is_no_file(rooms, name, kind):
    place = rooms.path.with_name(name)
    place.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(kind)
    with pytest.raises(UsageError, match=rf"is damaged: {name} is a link, a folder, a pipe or a device, not a file"):
        rooms.open_room(case="textbook/two-towns", view="", roles=(), lang="en", **OURS)


def test_what_zopa_has_written_is_read(rooms):
    ((games, seats),) = read(rooms)
    assert [game.players for game in games] == [("north", "south")]
    assert [seat.nickname for seat in seats] == ["Ann"]
    change(rooms, "ALTER TABLE rooms DROP COLUMN opens_case")
    assert len(read(rooms)) == 1
