"""Resume: a run or a batch that was cut short goes on, with what was asked of it at the beginning."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.workflows.reporter import Reporter, SilentReporter
from sim.workflows.run_options import RunOptions

if TYPE_CHECKING:
    from sim.workflows.resume_record import ResumeRecord

SILENT = SilentReporter()


def resume_run(
    folder: Path, options: RunOptions, lang: str | None, sweeps: bool | None, reporter: Reporter = SILENT
) -> bool:
    """Go on with what a folder keeps; False if it was interrupted again. What is said anew counts."""
    from sim.workflows.resume_record import ResumeRecord
    from sim.workflows.run_batch import load_batch, run_batch
    from sim.workflows.run_scenario import load_interrupted, run_scenario

    folder, asked = _find_home(folder, reporter)
    asked = asked or ResumeRecord()
    options = replace(
        options,
        lang=lang or asked.lang,
        sweeps=asked.sweeps if sweeps is None else sweeps,
        pages=asked.pages and options.pages,
    )
    if asked.members:
        return run_batch(load_batch(folder, asked), options, reporter)
    return run_scenario(load_interrupted(folder), options, reporter)


def resume_hint(folder: Path) -> str:
    """What to say of something that was cut short."""
    return f"zopa: go on with `zopa run --resume {folder}`"


@contextmanager
def add_resume_hint(folder: Path, kept_in: Sequence[Path]) -> Iterator[None]:
    """Workers that are lost meanwhile are told of with how to go on, if a block is kept."""
    from concurrent.futures.process import BrokenProcessPool

    from sim.ensemble.dask_pool import ClusterError
    from sim.storage.results_folder import PARTS

    try:
        yield
    except (BrokenProcessPool, ClusterError, MemoryError) as error:
        if any(any((one / PARTS).glob("*.npz")) for one in kept_in):
            error.add_note(resume_hint(folder))
        raise


def _find_home(folder: Path, reporter: Reporter) -> "tuple[Path, ResumeRecord | None]":
    """Where to go on, and what was asked for there: a scenario of a batch leads to the whole batch."""
    from sim.errors import display_path
    from sim.workflows.resume_record import read_record

    asked = read_record(folder)
    if asked is None or not asked.batch:
        return folder, asked
    overview = asked.find_overview(folder)
    of_batch = read_record(overview)
    if of_batch is None:
        reporter.note(
            f"{display_path(folder)}: its batch {display_path(overview)} is gone; going on with this scenario alone",
        )
        return folder, asked
    reporter.note(f"{display_path(folder)}: part of a batch; going on with all of it, {display_path(overview)}")
    return overview, of_batch
