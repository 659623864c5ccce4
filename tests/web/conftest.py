"""Conftest: a server for tests in a browser, and a browser for which nothing else is in reach."""

import os
import shutil
import socket
import threading

import pytest
import uvicorn

from sim.web import real_cases, room_page, seat_page
from sim.web.app import make_app
from sim.workflows.seat import class_room


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """A server of this process; what it plays for a class is less than it is outside tests."""
    fewer = pytest.MonkeyPatch()
    fewer.setattr(real_cases, "RUNS", 30)
    fewer.setattr(room_page, "RUNS", 100)
    fewer.setattr(seat_page, "BRANCHES", 20)
    fewer.setattr(class_room, "MOST_PREPARED", 2)
    fewer.setattr(class_room, "parse_seed", lambda _: 7)
    bound = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(out=tmp_path_factory.mktemp("served")), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    fewer.undo()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, with every other host out of reach."""
    path = os.environ.get("ZOPA_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        required = os.environ.get("ZOPA_REQUIRE_BROWSER") == "1"
        (pytest.fail if required else pytest.skip)("no Chromium here; name one in ZOPA_BROWSER")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        away = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        found = driver.chromium.launch(executable_path=path, args=["--no-sandbox", away])
        yield found
        found.close()


@pytest.fixture
def page(browser):
    """A page that writes down what it asks for and what goes wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    found = context.new_page()
    found.set_default_timeout(60_000)
    found.asked, found.wrong = [], []
    found.on("request", lambda one: found.asked.append(one.url))
    found.on("pageerror", lambda error: found.wrong.append(str(error)))
    found.on("console", lambda one: found.wrong.append(one.text) if one.type == "error" else None)
    yield found
    context.close()
