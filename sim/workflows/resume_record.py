"""Resume record: what is to become of runs that are under way, kept beside their blocks to go on with later.

Read aloud
    A scenario keeps what was asked for. A batch keeps the same, and the folders of its members, in the folder of its
    overview; every member keeps where that is. All of it goes when the last page is written.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from pathlib import Path

from sim.ensemble.fit_workers import ClusterError
from sim.errors import display_path
from sim.schema.base import Model
from sim.storage.atomic_write import make_folder, write_file
from sim.storage.bounded_read import MEGABYTE, UnfitFileError, read_json_object
from sim.storage.results_folder import PARTS, ResultsError, encode_json, make_write_error
from sim.workflows.arguments import RunOptions

RECORD = "asked.json"


class ResumeRecord(Model):
    """What is to become of runs."""

    lang: str = "en"
    """Language of the pages."""
    sweeps: bool = False
    """True if other magnitudes are to be played."""
    pages: bool = True
    """True if pages are to be written."""
    members: tuple[str, ...] = ()
    """Folders of a batch's results, as its overview sees them; none if this is no batch."""
    batch: str = ""
    """Folder of the overview of the batch to which this scenario belongs, as seen from here; empty if to none."""

    def find_members(self, overview: Path) -> list[Path]:
        """The folders of a batch's results."""
        return [Path(os.path.normpath(overview / member)) for member in self.members]

    def find_overview(self, folder: Path) -> Path:
        """The folder of the overview of the batch to which the scenario of a folder belongs."""
        return Path(os.path.normpath(folder / self.batch))


def write_record(folder: Path, options: RunOptions) -> None:
    """Keep what is to become of the runs of one scenario."""
    _write(folder, ResumeRecord(lang=options.lang, sweeps=options.sweeps, pages=options.pages))


def write_batch_record(overview: Path, folders: Sequence[Path], options: RunOptions) -> None:
    """Keep what is to become of a batch, and in the folder of every member where the batch is."""
    asked = ResumeRecord(lang=options.lang, sweeps=options.sweeps, pages=options.pages)
    _write(overview, asked.model_copy(update={"members": tuple(os.path.relpath(one, overview) for one in folders)}))
    for folder in folders:
        _write(folder, asked.model_copy(update={"batch": os.path.relpath(overview, folder)}))


def remove_stale_record(overview: Path, folders: Sequence[Path]) -> None:
    """Take away what is on record of a batch of which no blocks are kept: all is written, or nothing was played."""
    if not any((folder / PARTS).exists() for folder in folders):
        shutil.rmtree(overview / PARTS, ignore_errors=True)
        with suppress(OSError):
            overview.rmdir()


def read_record(folder: Path) -> ResumeRecord | None:
    """What was asked for; none if nothing is on record there.

    Raises:
        ResultsError: the record is damaged.
    """
    path = folder / PARTS / RECORD
    try:
        return ResumeRecord.model_validate(read_json_object(path, MEGABYTE))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        said = str(error) if isinstance(error, UnfitFileError) else "is damaged"
        raise ResultsError(f"{display_path(path)}: {said}; begin again with `zopa run`") from error


def _write(folder: Path, asked: ResumeRecord) -> None:
    """Write the record, whole or not at all."""
    path = folder / PARTS / RECORD
    try:
        make_folder(path.parent)
        with write_file(path) as unfinished:
            unfinished.write_bytes(encode_json(asked))
    except OSError as error:
        raise make_write_error(folder, error) from error


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
