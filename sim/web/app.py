"""App: which address shows which page. Heavy parts are loaded behind the first answers, so that it starts at once."""

import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from functools import cache
from importlib import import_module
from os import cpu_count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import anyio
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sim.storage.room_file import FILE, RoomFile
from sim.web.guard import Guard, KnownHosts
from sim.web.language import answer_in_words

HERE = Path(__file__).parent
HOSTS = ("127.0.0.1", "localhost", "[::1]")
LARGEST_FILE = 100_000
"""Bytes of a scenario file that is opened, at most."""
LARGEST_FORM, MOST_FIELDS = 20_000, 300
"""Bytes and fields of a form, at most."""
SECONDS_TO_SEND = 10
"""Within which a file or a form must have arrived."""


PAGES, SEATS, CASE_LESSONS = "sim.web.pages", "sim.web.seat_pages", "sim.web.case_lessons"
ROOMS, PLAY, REPLAY = "sim.web.room_pages", "sim.web.play_pages", "sim.web.replay_pages"
WATCH = "sim.web.watch_page"


@cache
def _load(name: str) -> Any:
    """A module of pages, which takes a second to load."""
    return import_module(name)


def make_app(
    hosts: Sequence[str] = (),
    *,
    warm: bool = True,
    out: Path = Path("outputs"),
    address: str = "",
    real: bool = False,
) -> Starlette:
    """The application.

    Args:
        hosts: Names under which it may be asked for, besides this computer's own.
        out: Folder in which class rooms and results are kept.
        address: What students type to reach it; the address that is asked for if empty.
        real: True if lessons go on with cases about real events.
        warm: True to load what is needed in the background as soon as it runs.
    """

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.compute = anyio.CapacityLimiter(cpu_count() or 1)
        if warm:
            threading.Thread(target=lambda: _load(PAGES).warm_up(), daemon=True).start()
        yield

    routes = [
        Route("/", _show("show_start")),
        Route("/explore/{case:path}/results", _compute("show_results")),
        Route("/explore/{case:path}/zone", _compute("show_zone")),
        Route("/explore/{case:path}/scenario.yaml", _show("download_scenario")),
        Route("/explore/{case:path}", _compute("show_explore")),
        Route("/seat/{case:path}/debrief", _compute("show_seat_debrief", SEATS)),
        Route("/seat/{case:path}", _compute("show_seat", SEATS)),
        Route("/replay", _show("show_replays", REPLAY)),
        Route("/replay/{kind}/{name:path}", _compute("show_replay", REPLAY)),
        *_list_room_routes(),
        Route("/open", _open_file, methods=["POST"]),
        Route("/lessons", _show("show_lessons")),
        Route("/lessons/{lesson}", _compute("show_lesson")),
        Route("/lessons/{lesson}/{sheet}", _compute("show_sheet")),
        Route("/lessons/{lesson}/{sheet}/{case:path}", _compute("show_case_lesson", CASE_LESSONS)),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    names = list(dict.fromkeys([*HOSTS, *(host for host in hosts if host not in ("0.0.0.0", "::"))]))
    middleware = [Middleware(Guard), Middleware(KnownHosts, allowed_hosts=names)]
    handlers: dict[Any, Any] = {404: _show_missing, Exception: _show_failure}
    app = Starlette(routes=routes, middleware=middleware, lifespan=lifespan, exception_handlers=handlers)
    app.state.rooms, app.state.out, app.state.address = RoomFile(out / FILE), out, address
    app.state.real = real
    return app


def _list_room_routes() -> list[Route]:
    """Class rooms: those of a teacher, of a projector, and every student's own seat."""
    return [
        Route("/rooms", _show("show_rooms", ROOMS)),
        Route("/rooms", _act("create_room", ROOMS), methods=["POST"]),
        Route("/rooms/new", _show("show_new_room", ROOMS)),
        Route("/pair", _act("create_pair", ROOMS), methods=["POST"]),
        Route("/r/{code}", _show("show_join", ROOMS)),
        Route("/r/{code}", _act("take_room_seat", ROOMS), methods=["POST"]),
        Route("/r/{code}/board", _compute("show_board", ROOMS)),
        Route("/r/{code}/watch", _compute("show_watch", WATCH)),
        Route("/r/{code}/version", _show("show_version", ROOMS)),
        Route("/r/{code}/teacher", _show("show_teacher", ROOMS)),
        Route("/r/{code}/teacher", _act("lead_room", ROOMS), methods=["POST"]),
        Route("/r/{code}/results.csv", _show("download_results", ROOMS)),
        Route("/play/{token}", _compute("show_play", PLAY)),
        Route("/play/{token}", _act("make_room_move", PLAY), methods=["POST"]),
        Route("/play/{token}/version", _show("show_play_version", PLAY)),
        Route("/play/{token}/debrief", _compute("show_play_debrief", PLAY)),
    ]


def _show(name: str, module: str = PAGES) -> Callable[[Request], Any]:
    """A page that takes no time."""

    async def answer(request: Request) -> Response:
        found: Response = await run_in_threadpool(lambda: getattr(_load(module), name)(request))
        return found

    return answer


def _compute(name: str, module: str = PAGES) -> Callable[[Request], Any]:
    """A page for which runs are played: as many at a time as there are cores."""

    async def answer(request: Request) -> Response:
        limiter = request.app.state.compute
        found: Response = await anyio.to_thread.run_sync(lambda: getattr(_load(module), name)(request), limiter=limiter)
        return found

    return answer


def _act(name: str, module: str) -> Callable[[Request], Any]:
    """What a form of ours does; its fields are read here, so that none is larger or slower than it may be."""

    async def answer(request: Request) -> Response:
        try:
            with anyio.fail_after(SECONDS_TO_SEND):
                body = await _read(request, LARGEST_FORM)
        except TimeoutError:
            return answer_in_words(request.scope, "refused-slow", 408)
        except ClientDisconnect:
            return PlainTextResponse("", 400)
        if body is None:
            return answer_in_words(request.scope, "refused-large", 413, most=LARGEST_FORM // 1000)
        try:
            form = dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
        except ValueError:
            return answer_in_words(request.scope, "refused-form", 400)
        limiter = request.app.state.compute
        done: Response = await anyio.to_thread.run_sync(
            lambda: getattr(_load(module), name)(request, form), limiter=limiter
        )
        return done

    return answer


async def _open_file(request: Request) -> Response:
    """A scenario file, opened as a page."""
    try:
        with anyio.fail_after(SECONDS_TO_SEND):
            body = await _read(request, LARGEST_FILE)
    except TimeoutError:
        return _say_of_file(request, "refused-slow", 408)
    except ClientDisconnect:
        return PlainTextResponse("", 400)
    if body is None:
        return _say_of_file(request, "refused-large", 413, most=LARGEST_FILE // 1000)
    lang = request.query_params.get("lang", "")
    found: Response = await run_in_threadpool(lambda: _load(PAGES).open_scenario(body, lang))
    return found


def _say_of_file(request: Request, key: str, status: int, **values: Any) -> Response:
    """Why a file is not opened, for the page that sent it."""
    said = answer_in_words(request.scope, key, status, **values)
    return JSONResponse({"said": [bytes(said.body).decode()], "english": []}, status)


async def _read(request: Request, most: int) -> bytes | None:
    """The body; none if it is too large, of which no more is read then."""
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        if (size := size + len(part)) > most:
            return None
    return b"".join(parts)


async def _show_missing(request: Request, error: Exception) -> Response:
    found: Response = await run_in_threadpool(lambda: _load(PAGES).show_missing(request))
    return found


async def _show_failure(request: Request, error: Exception) -> Response:
    return answer_in_words(request.scope, "refused-failure", 500)
