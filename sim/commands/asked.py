"""Asked: what is to become of runs that are under way, kept beside their blocks so that `--resume` can go on with it.

Read aloud
    A scenario keeps what was asked for. A batch keeps the same, and the folders of its members, in the folder of its
    overview; every member keeps where that is. All of it goes when the last page is written.
"""

import json
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from sim.commands.wanted import Wanted
from sim.ensemble.storage import PARTS, ResultsError, as_json, flush, unwritable
from sim.evidence.part import Part
from sim.spec.mistake import shown

ASKED = "asked.json"


class Asked(Part):
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

    def members_of(self, overview: Path) -> list[Path]:
        """The folders of a batch's results."""
        return [Path(os.path.normpath(overview / member)) for member in self.members]

    def overview_from(self, folder: Path) -> Path:
        """The folder of the overview of the batch to which the scenario of a folder belongs."""
        return Path(os.path.normpath(folder / self.batch))


def keep_asked(folder: Path, wanted: Wanted) -> None:
    """Keep what is to become of the runs of one scenario."""
    _write(folder, Asked(lang=wanted.lang, sweeps=wanted.sweeps, pages=wanted.pages))


def keep_asked_together(overview: Path, folders: Sequence[Path], wanted: Wanted) -> None:
    """Keep what is to become of a batch, and in the folder of every member where the batch is."""
    asked = Asked(lang=wanted.lang, sweeps=wanted.sweeps, pages=wanted.pages)
    _write(overview, asked.model_copy(update={"members": tuple(os.path.relpath(one, overview) for one in folders)}))
    for folder in folders:
        _write(folder, asked.model_copy(update={"batch": os.path.relpath(overview, folder)}))


def forget_unless_kept(overview: Path, folders: Sequence[Path]) -> None:
    """Take away what is on record of a batch of which no blocks are kept: all is written, or nothing was played."""
    if not any((folder / PARTS).exists() for folder in folders):
        shutil.rmtree(overview / PARTS, ignore_errors=True)
        with suppress(OSError):
            overview.rmdir()


def asked_in(folder: Path) -> Asked | None:
    """What was asked for; none if nothing is on record there.

    Raises:
        ResultsError: the record is damaged.
    """
    path = folder / PARTS / ASKED
    try:
        return Asked.model_validate(json.loads(path.read_bytes()))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, ValidationError) as error:
        raise ResultsError(f"{shown(path)}: is damaged; begin again with `zopa run`") from error


def _write(folder: Path, asked: Asked) -> None:
    """Write the record, whole or not at all."""
    path = folder / PARTS / ASKED
    unfinished = path.with_name(f".{ASKED}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(as_json(asked))
        flush(unfinished)
        os.replace(unfinished, path)
    except OSError as error:
        raise unwritable(folder, error) from error
