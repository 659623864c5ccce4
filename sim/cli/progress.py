"""Bars: how far the runs of each source view are, and how long it may still take; on stderr only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """A function to tell of progress, which draws a bar per source view; None where there is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        known = {}

        def tell(name: str, done: int, wanted: int) -> None:
            if name not in known:
                known[name] = bars.add_task(name, total=wanted)
            bars.update(known[name], completed=done)

        yield tell
