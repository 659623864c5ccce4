"""Results folder: results as a folder that others can read, written whole or not at all and read back to the bit.

manifest.json   how it was made (sim/ensemble/manifest.py)
runs.npz        one row per matching run of every source view, and counts by week (sim/storage/npz_format.py)
summary.json    what the caller sums up
checksums.json  SHA-256 of the three files above
parts/          finished blocks, while a run is under way (sim/storage/checkpoints.py)
"""

import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from pydantic_core import to_jsonable_python

from sim.ensemble.column_bounds import Bounds
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results
from sim.errors import display_path
from sim.storage.array_file import UNREADABLE, write_arrays
from sim.storage.atomic_write import COMPLETE, complete_folder, make_folder, write_file, write_folder
from sim.storage.bounded_read import MEGABYTE, UnfitFileError, open_plain, read_json_object
from sim.storage.manifest_file import (
    MANIFEST_BYTES,
    OtherFormError,
    UnfitManifestError,
    read_manifest,
    refuse_other_form,
)
from sim.storage.npz_format import measure_most, read_views, to_arrays

MANIFEST, RUNS, SUMMARY, CHECKSUMS, PARTS = "manifest.json", "runs.npz", "summary.json", "checksums.json", "parts"
PAGES = ("report.html", "report.??.html")
"""Made from results by others, one for each language; those of older results go when new ones take their place."""
MOST_BYTES = 64 * MEGABYTE
"""Bytes of a file of JSON that are read at most; how long the runs may be, the manifest says."""

_NAME = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f]{8}")
_AGAIN = "make the results again with `zopa run`, or restore the folder from a copy"


class ResultsError(Exception):
    """Results that cannot be read or written: the file or folder, what is wrong with it, and the remedy."""


def choose_folder(manifest: Manifest, root: Path) -> Path:
    """Where results are written: the folder of the scenario, then date and first digits of the fingerprint."""
    return _locate_case_folder(manifest.scenario, root) / f"{manifest.made_at[:10]}-{manifest.fingerprint[:8]}"


def find_latest(case: str, root: Path) -> Path:
    """The newest results of a case, or of a scenario of the case if it has a folder inside; of all without a name."""
    home = _locate_case_folder(case, root)
    for complete in home.rglob(COMPLETE):
        with suppress(OSError):
            complete_folder(complete.parent)
    found = [path.parent for path in find_manifests(home) if _NAME.fullmatch(path.parent.name)]
    if not found:
        whose, command = (f" of {case!r}", f"zopa run {case}") if case else ("", "zopa run")
        raise ResultsError(f"{display_path(home)}: there are no results{whose}; make some with `{command}`")
    return max(found, key=lambda folder: (folder.name[:10], str(_read_manifest(folder).get("made_at")), folder.name))


def find_manifests(home: Path) -> list[Path]:
    """Manifests of all results below a folder; folders that cannot be read, or that vanish meanwhile, have none."""
    return [Path(folder) / MANIFEST for folder, _, names in os.walk(home) if MANIFEST in names]


def check_writable(root: Path) -> None:
    """Stop before anything is computed if results could not be written in the folder; leaves no trace."""
    place = root.absolute()
    while not os.path.lexists(place) and place != place.parent:
        place = place.parent
    try:
        tempfile.TemporaryFile(dir=place).close()
    except OSError as error:
        raise make_write_error(root, error) from error


def save(results: Results, folder: Path, summary: Mapping[str, Any] | None = None) -> Path:
    """Write the folder, whole or not at all.

    Older results with the same fingerprint are replaced; notes that somebody put beside them stay.
    """
    arrays, parts = to_arrays(results), folder / PARTS
    files = {MANIFEST: encode_json(results.manifest), SUMMARY: encode_json(summary or {})}
    try:
        complete_folder(folder)
        _refuse_strangers(folder, results.manifest.fingerprint)
        with write_folder(folder, parts if parts.is_dir() else None) as new:
            _write(new, files, arrays)
            for page in [path for name in PAGES for path in folder.glob(name)]:
                page.unlink()
    except OSError as error:
        raise make_write_error(folder, error) from error
    return folder


def load(folder: Path, find_bounds: Callable[[Manifest], Mapping[str, Bounds]] | None = None) -> Results:
    """Read results back, to the bit; refuse them unless every file is the one that was written.

    Args:
        folder: Folder of the results.
        find_bounds: Says which columns the runs must have, and between which numbers; any if left out.

    Raises:
        ResultsError: a file is missing, damaged, too large or none of ours, or does not fit the others.
    """
    with suppress(OSError):
        complete_folder(folder)
    _refuse_other_places(folder)
    manifest = _read_sealed_manifest(folder)
    bounds = None if find_bounds is None else find_bounds(manifest)
    try:
        return Results(manifest, read_views(folder / RUNS, manifest, bounds))
    except UnfitFileError as error:
        raise make_damage_error(folder / RUNS, str(error)) from error
    except UNREADABLE as error:
        raise make_damage_error(folder / RUNS, f"does not hold runs{_quote(error)}") from error


def load_manifest(path: Path) -> Manifest:
    """How results were made, from a file that says so.

    Raises:
        ResultsError: the manifest is missing, damaged or of another version.
    """
    try:
        return read_manifest(path)
    except OtherFormError as error:
        raise ResultsError(f"{display_path(path)}: {error}") from error
    except (OSError, ValueError) as error:
        raise _explain_unread(path, error) from error


def require_files(folder: Path) -> None:
    """Stop if a file is missing without which finished results cannot be read back; none is read.

    Args:
        folder: Folder of the results.

    Raises:
        ResultsError: a file is missing.
    """
    for name in (CHECKSUMS, RUNS, SUMMARY):
        if not os.path.lexists(folder / name):
            raise make_damage_error(folder / name, "is missing")


def _refuse_other_places(folder: Path) -> None:
    """Stop where no results can be, and say what is there."""
    if not os.path.isdir(folder):
        raise ResultsError(f"{display_path(folder)}: there is no such folder of results; `zopa run` makes one")
    if not os.path.lexists(folder / MANIFEST) and (folder / PARTS).is_dir():
        raise ResultsError(f"{display_path(folder)}: this run was cut short; go on with `resume({str(folder)!r})`")


def _read_sealed_manifest(folder: Path) -> Manifest:
    """The manifest, if it and the files that it speaks of are those that were written."""
    _refuse_other_version(folder / MANIFEST)
    sums = _read_json(folder / CHECKSUMS)
    _check_sum(folder / MANIFEST, MOST_BYTES, sums)
    manifest = load_manifest(folder / MANIFEST)
    _check_sum(folder / RUNS, measure_most(manifest), sums)
    _check_sum(folder / SUMMARY, MOST_BYTES, sums)
    return manifest


def _refuse_other_version(path: Path) -> None:
    """Stop at a manifest of another version before anything else is looked at, which may be of another form, too."""
    try:
        refuse_other_form(_read_json(path))
    except OtherFormError as error:
        raise ResultsError(f"{display_path(path)}: {error}") from error


def _check_sum(path: Path, most: int, sums: Mapping[str, Any]) -> None:
    if _compute_sha256(path, most) != sums.get(path.name):
        raise make_damage_error(path, "has changed since it was written")


def _write(new: Path, files: dict[str, bytes], arrays: Iterable[tuple[str, Any]]) -> None:
    """Write all files into a new folder."""
    write_arrays(new / RUNS, arrays)
    for name, text in files.items():
        (new / name).write_bytes(text)
    sums = {name: _compute_sha256(new / name) for name in (*files, RUNS)}
    (new / CHECKSUMS).write_bytes(encode_json(sums))


def _refuse_strangers(folder: Path, fingerprint: str) -> None:
    """Never replace a folder that holds anything but results with this fingerprint."""
    if not folder.exists() or (folder.is_dir() and all(path.name == PARTS for path in folder.iterdir())):
        return
    found = str(
        _read_manifest(folder).get("fingerprint", fingerprint if folder.name.endswith(f"-{fingerprint[:8]}") else "")
    )
    if not folder.is_dir() or found != fingerprint:
        raise ResultsError(
            f"{display_path(folder)}: holds something else, which is left as it is; choose another folder with `out=`"
        )


def _locate_case_folder(case: str, root: Path) -> Path:
    return root.joinpath(*(part for part in case.split("/") if part not in ("", ".", "..")))


def _read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest as it stands there, empty if it cannot be read."""
    try:
        return _read_json(folder / MANIFEST)
    except ResultsError:
        return {}


def encode_json(data: object) -> bytes:
    """The content as JSON that any program reads; what is not a number becomes null."""
    plain = to_jsonable_python(data, inf_nan_mode="null", fallback=lambda value: np.asarray(value).tolist())
    return (json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        return read_json_object(path, MANIFEST_BYTES)
    except (OSError, ValueError) as error:
        raise _explain_unread(path, error) from error


def _compute_sha256(path: Path, most: int = sys.maxsize) -> str:
    try:
        with open_plain(path, most) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        raise _explain_unread(path, error) from error


def _explain_unread(path: Path, error: OSError | ValueError) -> ResultsError:
    """What to say of a file that could not be read, or that is something else."""
    if isinstance(error, FileNotFoundError):
        return make_damage_error(path, "is missing")
    if isinstance(error, OSError):
        return make_damage_error(path, f"cannot be read ({error.strerror})")
    return make_damage_error(
        path, str(error) if isinstance(error, UnfitFileError | UnfitManifestError) else "is damaged"
    )


def _quote(error: BaseException) -> str:
    """What an error says, on one short line in brackets; empty if it says nothing that helps."""
    said = " ".join(str(error).split())[:120]
    return f" ({said})" if type(error) is ValueError and said.isprintable() and said else ""


def make_damage_error(path: Path, what: str) -> ResultsError:
    """What to say of a file of results that cannot be used."""
    return ResultsError(f"{display_path(path)}: {what}; {_AGAIN}")


def copy_files(files: Iterable[Path], folder: Path) -> Path:
    """Copy files into a folder, each whole or not at all; the folder is made if it is not there.

    Args:
        files: The files.
        folder: Where copies are wanted.

    Returns:
        The folder.

    Raises:
        ResultsError: nothing can be written there.
    """
    try:
        make_folder(folder)
        for path in files:
            if not (folder / path.name).exists() or not path.samefile(folder / path.name):
                with write_file(folder / path.name) as unfinished:
                    unfinished.write_bytes(path.read_bytes())
    except OSError as error:
        raise make_write_error(folder, error) from error
    return folder


def make_write_error(folder: Path, error: OSError) -> ResultsError:
    """What to say where results cannot be written; finished blocks stay for a resume."""
    resume = f"what is finished is kept: make room, then go on with `resume({str(folder)!r})`"
    what = resume if any((folder / PARTS).glob("*.npz")) else "choose another folder with `out=`"
    return ResultsError(f"{display_path(folder)}: results cannot be written there ({error.strerror}); {what}")
