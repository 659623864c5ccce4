"""Live: the shares of all outcomes while runs come in, under the bars; on stderr only, and only on a terminal."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

Tell = Callable[[str, int, int], None] | None
Watch = Callable[[str, Any], None] | None


@contextmanager
def live_shares(outcomes: Mapping[str, str], views: Mapping[str, str], *, quiet: bool) -> Iterator[tuple[Tell, Watch]]:
    """Two functions to tell of progress and of counts by outcome; none where there is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield None, None
        return
    from rich.console import Console, Group
    from rich.live import Live
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bars = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    tasks: dict[str, Any] = {}
    counts: dict[str, Any] = {}
    with Live(console=Console(stderr=True), transient=True, refresh_per_second=4) as live:

        def tell(view: str, done: int, wanted: int) -> None:
            if view not in tasks:
                tasks[view] = bars.add_task(view, total=wanted)
            bars.update(tasks[view], completed=done, total=wanted)
            live.update(Group(bars, _table(outcomes, {name: counts[name] for name in views if name in counts})))

        def watch(view: str, found: Any) -> None:
            counts[view] = found

        yield tell, watch


def _table(outcomes: Mapping[str, str], counts: Mapping[str, Any]) -> Any:
    """Shares so far, in whole percent."""
    from rich.table import Table

    table = Table("share of matching runs so far, %", *counts, box=None)
    for number, label in enumerate(outcomes.values()):
        cells = (f"{100 * found[number] / found.sum():.0f}" if found.sum() else "" for found in counts.values())
        table.add_row(label, *cells)
    return table
