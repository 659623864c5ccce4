"""Progress: how far runs are, and their shares while they come in; on a terminal only, on stderr.

Live shares have intervals that may be looked at any time.
"""

import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

ProgressCallback = Callable[[str, int, int], None] | None
CountsCallback = Callable[[str, Any], None] | None

SECONDS = 1.0
"""Time between two looks."""

QUARTERS = 4
"""Parts of the horizon after which the agreements in force are shown."""


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[ProgressCallback]:
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
                known[name] = bars.add_task(name, total=wanted, completed=done)  # what is kept says nothing of speed
            bars.update(known[name], completed=done)

        yield tell


@contextmanager
def show_live_shares(
    outcomes: Mapping[str, str], agreements: Collection[str], views: Mapping[str, str], *, quiet: bool
) -> Iterator[tuple[ProgressCallback, CountsCallback]]:
    """Two functions to tell of progress and of runs by week and outcome; none where there is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield None, None
        return
    from rich.console import Console, Group
    from rich.live import Live
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bars = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    tasks: dict[str, Any] = {}
    runs: dict[str, Any] = {}
    shown: tuple[float, Any] = (0.0, "")
    with Live(console=Console(stderr=True), transient=True, refresh_per_second=4) as live:

        def tell(view: str, done: int, wanted: int) -> None:
            nonlocal shown
            if view not in tasks:
                tasks[view] = bars.add_task(view, total=wanted)
            bars.update(tasks[view], completed=done, total=wanted)
            if runs and time.monotonic() - shown[0] > SECONDS:
                in_order = {name: runs[name] for name in views if name in runs}
                shown = (time.monotonic(), make_live_table(outcomes, agreements, in_order))
            live.update(Group(bars, shown[1]))

        def watch(view: str, by_week: Any) -> None:
            runs[view] = by_week

        yield tell, watch


def make_live_table(outcomes: Mapping[str, str], agreements: Collection[str], runs: Mapping[str, Any]) -> Any:
    """Shares of outcomes with the confidence sequence, and agreements in force over time."""
    from rich.table import Table

    table = Table("matching runs so far (95% at every look)", *runs, box=None)
    for number, label in enumerate(outcomes.values()):
        table.add_row(label, *(_format_share(int(found[-1, number]), int(found[-1].sum())) for found in runs.values()))
    in_force = [number for number, key in enumerate(outcomes) if key in agreements]
    weeks = max((len(found) for found in runs.values()), default=0)
    for week in sorted(
        {max(weeks * part // QUARTERS, 1) for part in range(1, QUARTERS + 1)} if in_force and weeks else ()
    ):
        counted = ((found[week - 1, in_force].sum(), found[-1].sum()) for found in runs.values())
        table.add_row(f"agreement in force after week {week}", *(_format_share(int(n), int(of)) for n, of in counted))
    return table


def _format_share(count: int, runs: int) -> str:
    from analysis.figures.number_text import format_range, format_share
    from analysis.methods.intervals import confidence_sequence

    if not runs:
        return ""
    found = confidence_sequence(count, runs)
    return f"{format_share(found.share)} ({format_range(found.low, found.high)})"
