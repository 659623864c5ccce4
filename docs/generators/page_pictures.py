"""Page pictures: the pages that `zopa serve` shows, as pictures of README and documentation.

`python -m docs.generators.page_pictures` with Chromium (ZOPA_BROWSER names another) plays a small class and looks at
each page. Pictures are looked at before they are committed; no test compares them, as fonts differ between computers.
"""

import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from sim.storage.room_file import FILE, RoomFile
from sim.storage.room_record import Room, Seat
from sim.web.app import make_app
from sim.workflows.seat.class_room import find_position, join_room, move_in_room, open_room

FOLDER = Path(__file__).parents[1] / "pictures"
CASE, THREE, REAL = "textbook/two-towns", "textbook/three-parties", "alaska-budapest"
NAMES = ("Ada", "Bo", "Çelik", "Dora", "Emre", "Fatma", "Goran", "Hana")
MOVES = ("w", "op1", "w", "a", "op2", "w", "a", "w")
"""Answers to the first questions, another for every student; the model's own after them."""
SEAT = f"/seat/{CASE}?actor=north&run=0&seed=1"


def play_class(rooms: RoomFile) -> Room:
    """A class in which six games are over, two go on, and results are shown."""
    room = open_room(rooms, CASE, roles=("north",), seed=7)
    for number, name in enumerate(NAMES):
        join_room(rooms, room, nickname=name)
        seat = rooms.list_seats(room.code)[number]
        for move in (MOVES[number], *("a",) * (60 if number < 6 else 0)):
            _answer(rooms, room, seat, move)
    rooms.set_room(room.code, is_revealed=True)
    return room


def _answer(rooms: RoomFile, room: Room, seat: Seat, move: str) -> None:
    """Answer the question of a game, if it asks one."""
    game = rooms.find_game(seat.game)
    if not game.is_over and find_position(room, game, seat.actor, "en").question is not None:
        move_in_room(rooms, room, seat, move=move, version=game.version, lang="en")


@contextmanager
def serve(out: Path) -> Iterator[str]:
    """A server of this process."""
    bound = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(out=out), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def look_at(page: Page, address: str, room: Room) -> None:
    """Every picture."""
    teacher = f"/r/{room.code}/teacher"
    moved = f"{THREE}?set=actors.east.veto_player.must_consent=null"
    for name, path, width, height in (
        ("start", "/", 1280, 860),
        ("explore", f"/explore/{moved}", 1280, 1500),
        ("seat", f"{SEAT}&moves=w", 1280, 1000),
        ("debrief", f"{SEAT.replace('?', '/debrief?')}&moves=w-n-op3-w2-a3", 1280, 1400),
        ("replay", f"/replay/case/{CASE}", 1200, 850),
        ("teacher", teacher, 1280, 1000),
        ("class-room", f"/r/{room.code}/board", 1600, 900),
        ("watch", f"/r/{room.code}/watch?game=7", 1280, 800),
        ("lesson", "/lessons/veto", 1280, 1500),
        ("lesson-real", f"/lessons/ripening/guided/{REAL}?care=read", 1280, 1300),
    ):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang=en")
        page.wait_for_timeout(500)
        if name.startswith("lesson"):
            reveal(page, 2)
        page.screenshot(path=FOLDER / f"{name}.png")


def reveal(page: Page, steps: int) -> None:
    """Predict and look, and bring the last of these steps to the top."""
    for number in range(steps):
        step = page.locator(".step").nth(number)
        step.locator("input[type=radio]").last.check()
        step.locator(".reveal > summary").click()
        for weeks in step.locator(".over-weeks > summary").all():
            weeks.click()
    page.locator(".step").nth(steps - 1).evaluate("one => one.scrollIntoView()")


def main() -> None:
    """Draw all of them."""
    path = os.environ.get("ZOPA_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    out = Path(tempfile.mkdtemp())
    rooms = RoomFile(out / FILE)
    room = play_class(rooms)
    with serve(out) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(color_scheme="light", reduced_motion="reduce")
        page.set_default_timeout(120_000)
        look_at(page, address, room)
        browser.close()


if __name__ == "__main__":
    main()
