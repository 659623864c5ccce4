"""Serve: pages for a class, in the browser."""

from typing import Annotated

import typer

from sim.cli import options
from sim.cli.console_reporter import ConsoleReporter

Host = Annotated[
    str,
    typer.Option("--host", help="Address to serve at; 0.0.0.0 lets the room in and prints its address as a QR code."),
]
Port = Annotated[int, typer.Option("--port", help="Port; 0 takes a free one.")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser, or only print the address.")]
Real = Annotated[
    bool,
    typer.Option("--real/--no-real", help="Let every lesson go on with the cases about real events, for the class."),
]


def serve(
    case: options.CaseName = None,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    browser: Browser = True,
    out: options.Out = options.OUTPUTS,
    real: Real = False,
) -> None:
    """Show pages for a class in the browser: cases, levers, lessons, seats, class rooms. Ctrl-C ends."""
    from sim.web.serve import serve

    serve(case, host=host, port=port, browser=browser, out=out, real=real, reporter=ConsoleReporter())
