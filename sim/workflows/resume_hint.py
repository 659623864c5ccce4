"""Resume hint: what to say of something that was cut short."""

from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from sim.ensemble.dask_pool import ClusterError
from sim.storage.results_folder import PARTS


def resume_hint(folder: Path) -> str:
    """What to say of something that was cut short."""
    return f"go on with `resume({str(folder)!r})`"


@contextmanager
def add_resume_hint(folder: Path, kept_in: Sequence[Path]) -> Iterator[None]:
    """Workers that are lost meanwhile are told of with how to go on, if a block is kept."""
    try:
        yield
    except (BrokenProcessPool, ClusterError, MemoryError) as error:
        if any(any((one / PARTS).glob("*.npz")) for one in kept_in):
            error.add_note(resume_hint(folder))
        raise
