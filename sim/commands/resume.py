"""Resume: a run or a batch that was cut short goes on, with what was asked of it at the beginning."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.speech import note
from sim.commands.wanted import Wanted

if TYPE_CHECKING:
    from sim.commands.asked import Asked


def go_on(folder: Path, wanted: Wanted, lang: str | None, sweeps: bool | None) -> bool:
    """Go on with what a folder keeps; False if it was interrupted again. What is said anew counts."""
    from sim.commands.asked import Asked
    from sim.commands.batch import resumed_together, run_batch
    from sim.commands.one import resumed_in, run_one

    folder, asked = _home_of(folder, quiet=wanted.quiet)
    asked = asked or Asked()
    wanted = replace(
        wanted,
        lang=lang or asked.lang,
        sweeps=asked.sweeps if sweeps is None else sweeps,
        pages=asked.pages and wanted.pages,
    )
    if asked.members:
        return run_batch(resumed_together(folder, asked), wanted)
    return run_one(resumed_in(folder), wanted)


def how_to_go_on(folder: Path) -> str:
    """What to say of something that was cut short."""
    return f"zopa: go on with `zopa run --resume {folder}`"


@contextmanager
def telling_how_to_go_on(folder: Path, kept_in: Sequence[Path]) -> Iterator[None]:
    """Workers that are lost meanwhile are told of with how to go on, if a block is kept."""
    from concurrent.futures.process import BrokenProcessPool

    from sim.ensemble.cluster import ClusterError
    from sim.ensemble.storage import PARTS

    try:
        yield
    except (BrokenProcessPool, ClusterError, MemoryError) as error:
        if any(any((one / PARTS).glob("*.npz")) for one in kept_in):
            error.add_note(how_to_go_on(folder))
        raise


def _home_of(folder: Path, *, quiet: bool) -> "tuple[Path, Asked | None]":
    """Where to go on, and what was asked for there: a scenario of a batch leads to the whole batch."""
    from sim.commands.asked import asked_in
    from sim.spec.mistake import shown

    asked = asked_in(folder)
    if asked is None or not asked.batch:
        return folder, asked
    overview = asked.overview_from(folder)
    of_batch = asked_in(overview)
    if of_batch is None:
        note(f"{shown(folder)}: its batch {shown(overview)} is gone; going on with this scenario alone", quiet=quiet)
        return folder, asked
    note(f"{shown(folder)}: part of a batch; going on with all of it, {shown(overview)}", quiet=quiet)
    return overview, of_batch
