"""App: which address shows which page. Heavy parts are loaded behind the first answers, so that it starts at once."""

import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from functools import cache
from importlib import import_module
from os import cpu_count
from pathlib import Path
from typing import Any

import anyio
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sim.web.guard import Guard

HERE = Path(__file__).parent
HOSTS = ("127.0.0.1", "localhost", "[::1]")
LARGEST_FILE = 100_000
"""Bytes of a scenario file that is opened, at most."""
SECONDS_TO_SEND = 10
"""Within which a file must have arrived."""


PAGES, SEATS = "sim.web.pages", "sim.web.seat_pages"


@cache
def _load(name: str) -> Any:
    """A module of pages, which takes a second to load."""
    return import_module(name)


def make_app(hosts: Sequence[str] = (), *, warm: bool = True) -> Starlette:
    """The application.

    Args:
        hosts: Names under which it may be asked for, besides this computer's own.
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
        Route("/explore/{case:path}/scenario.yaml", _show("download_scenario")),
        Route("/explore/{case:path}", _compute("show_explore")),
        Route("/seat/{case:path}/debrief", _compute("show_seat_debrief", SEATS)),
        Route("/seat/{case:path}", _compute("show_seat", SEATS)),
        Route("/open", _open_file, methods=["POST"]),
        Route("/lessons", _show("show_lessons")),
        Route("/lessons/{lesson}", _compute("show_lesson")),
        Route("/lessons/{lesson}/{sheet}", _compute("show_sheet")),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    names = list(dict.fromkeys([*HOSTS, *(host for host in hosts if host not in ("0.0.0.0", "::"))]))
    middleware = [Middleware(Guard), Middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)]
    handlers: dict[Any, Any] = {404: _show_missing, Exception: _show_failure}
    return Starlette(routes=routes, middleware=middleware, lifespan=lifespan, exception_handlers=handlers)


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


async def _open_file(request: Request) -> Response:
    """A scenario file, opened as a page."""
    try:
        with anyio.fail_after(SECONDS_TO_SEND):
            body = await _read(request)
    except TimeoutError:
        return JSONResponse({"said": "The file took too long to arrive."}, 408)
    except ClientDisconnect:
        return PlainTextResponse("", 400)
    if body is None:
        return JSONResponse({"said": f"The file is larger than {LARGEST_FILE // 1000} kB."}, 413)
    lang = request.query_params.get("lang", "")
    found: Response = await run_in_threadpool(lambda: _load(PAGES).open_scenario(body, lang))
    return found


async def _read(request: Request) -> bytes | None:
    """The body; none if it is too large, of which no more is read then."""
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        if (size := size + len(part)) > LARGEST_FILE:
            return None
    return b"".join(parts)


async def _show_missing(request: Request, error: Exception) -> Response:
    found: Response = await run_in_threadpool(lambda: _load(PAGES).show_missing(request))
    return found


async def _show_failure(request: Request, error: Exception) -> Response:
    return PlainTextResponse("Something went wrong here; the terminal with the server may say more.", 500)
