"""Serve: pages for a class, shown in a browser until the server is told to end."""

import contextlib
import errno
import importlib.util
import socket
import struct
import threading
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sim.errors import MissingPartError, OptionError, UsageError
from sim.workflows.reporter import SILENT, Reporter

if TYPE_CHECKING:
    import uvicorn

LOOPBACK, PORT = "127.0.0.1", 8765
"""Where pages are served unless asked otherwise: for this computer alone."""

EVERYWHERE = ("0.0.0.0", "::")
"""Hosts that stand for every address of this computer."""

AWAY = "192.0.2.1"
"""An address elsewhere: which of its own would this computer use to reach it? Nothing is sent."""

ASK_ADDRESS = 0x8915
"""What Linux is asked for the address of an interface (SIOCGIFADDR)."""

PARTS = ("starlette", "uvicorn", "jinja2", "segno")

MOST_CONNECTIONS, SECONDS_KEPT_OPEN = 600, 15
"""A browser opens six connections at once; a class has up to eighty of them, and not all at once."""


def serve(
    case: str | None = None,
    *,
    host: str = LOOPBACK,
    port: int = PORT,
    browser: bool = True,
    out: str | Path = "outputs",
    real: bool = False,
    reporter: Reporter = SILENT,
) -> str:
    """Show pages for a class in the browser, until Ctrl-C: cases, levers, lessons.

    Args:
        case: Name of the scenario that is opened first; the list of cases if left out.
        host: Address under which pages are served, such as 0.0.0.0 for every computer in the room; this computer alone
            if left out.
        port: Port, from 1 to 65535; 0 takes a free one.
        browser: True to open the browser.
        out: Folder in which class rooms are kept, and results that can be replayed.
        real: True to let every lesson go on with the cases about real events, for the whole class.
        reporter: Who is told the address.

    Returns:
        The address under which pages were served.

    Raises:
        MissingPartError: what makes pages is not installed.
        ScenarioError: there is no such scenario.
        OptionError: the port is out of its bounds.
        UsageError: the address is taken, or is none of this computer's.
    """
    _require_parts()
    if not 0 <= port <= 65535:
        raise OptionError("port", f"must be from 0 to 65535, and is {port}")
    name = None if case is None else _find_name(case)
    bound = _bind(host, port)
    found = int(bound.getsockname()[1])
    addresses = list(_list_addresses(host, found))
    path = "/" if name is None else f"/explore/{quote(name)}"
    server = _make_server(host, addresses, Path(out), real)
    for address in addresses:
        reporter.show_place("Pages", f"{address}{path}")
    reporter.note("Ctrl-C ends.")
    if host != LOOPBACK:
        reporter.note(_draw_code(f"{addresses[-1]}{path}"))
    if browser:
        threading.Timer(0.3, webbrowser.open, (f"{addresses[0]}{path}",)).start()
    server.run(sockets=[bound])
    return addresses[-1]


def _require_parts() -> None:
    missing = [name for name in PARTS if importlib.util.find_spec(name) is None]
    if missing:
        raise MissingPartError(
            f"pages need {', '.join(missing)}: pip install 'zopa-simulator[web]', or start with `./zopa serve`"
        )


def _find_name(case: str) -> str:
    """Name of a scenario that pages know."""
    from sim.loading.discovery import derive_name, find_scenario

    return derive_name(find_scenario(case))


def _bind(host: str, port: int) -> socket.socket:
    """A socket at the address, taken before anything else is loaded; no address would mean all of them."""
    if not host.strip():
        raise UsageError(f"`host=` is empty; {LOOPBACK} is this computer, 0.0.0.0 lets the room in")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(128)
    except (OSError, ValueError, TypeError) as error:
        bound.close()
        why = getattr(error, "strerror", None) or str(error)
        other = "port" if getattr(error, "errno", None) in (errno.EADDRINUSE, errno.EACCES) else "host"
        shown = host if host.isprintable() else ascii(host)
        raise UsageError(
            f"pages cannot be served at {shown}, port {port}: {why}; ask for another `{other}=`"
        ) from error
    return bound


def _list_addresses(host: str, port: int) -> Iterator[str]:
    """Addresses for a browser: of this computer, and of the room if it was asked for."""
    if host in EVERYWHERE or host == LOOPBACK:
        yield f"http://{LOOPBACK}:{port}"
    if host in EVERYWHERE:
        yield f"http://{_find_own_address()}:{port}"
    elif host != LOOPBACK:
        yield f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _find_own_address() -> str:
    """This computer's address in the room; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect((AWAY, 9))
        return str(probe.getsockname()[0])
    return next(_list_interface_addresses(), LOOPBACK)


def _list_interface_addresses() -> Iterator[str]:
    """Addresses of this computer's interfaces, for a room without a way to the internet; on Linux only."""
    try:
        import fcntl
    except ImportError:
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            try:
                found = fcntl.ioctl(probe.fileno(), ASK_ADDRESS, struct.pack("256s", name.encode()[:15]))
            except OSError:
                continue
            address = socket.inet_ntoa(found[20:24])
            if not address.startswith("127."):
                yield address


def _draw_code(address: str) -> str:
    """The address as a QR code for a terminal."""
    import io

    import segno

    drawn = io.StringIO()
    segno.make(address, micro=False).terminal(out=drawn, compact=True)
    return drawn.getvalue()


def _make_server(host: str, addresses: list[str], out: Path, real: bool) -> "uvicorn.Server":
    """The server, with every input bounded; the last address is the one that the room types."""
    import uvicorn

    from sim.web.app import make_app

    names = [address.partition("//")[2].rpartition(":")[0] for address in addresses]
    config = uvicorn.Config(
        make_app(hosts=[*names, host], out=out, address=addresses[-1], real=real),
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=SECONDS_KEPT_OPEN,
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=32_000,
        http="h11",
        ws="none",
    )
    return uvicorn.Server(config)
