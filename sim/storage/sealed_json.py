"""Sealed JSON: an object of JSON kept beside results, with a digest of itself, by which a change is seen."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.storage.atomic_write import write_file
from sim.storage.bounded_read import MEGABYTE, read_json_object

DIGEST = "sha256"
"""Key under which the file has the digest of all else in it."""

MOST_BYTES = 16 * MEGABYTE


class ChangedFileError(Exception):
    """A file has changed since it was written."""


def save_sealed_json(path: Path, data: Mapping[str, Any]) -> None:
    """Write an object with its digest, whole or not at all."""
    text = json.dumps({**data, DIGEST: _compute_digest(data)}, ensure_ascii=False, indent=1)
    with write_file(path) as unfinished:
        unfinished.write_text(f"{text}\n", encoding="utf-8", newline="")


def load_sealed_json(path: Path) -> dict[str, Any]:
    """The object, without its digest.

    Raises:
        OSError: it is not there, or cannot be read.
        ValueError: it is no plain file, lies elsewhere or is too large, or it holds something else.
        ChangedFileError: it has changed since it was written.
    """
    kept = read_json_object(path, MOST_BYTES)
    if kept.pop(DIGEST, None) != _compute_digest(kept):
        raise ChangedFileError
    return kept


def _compute_digest(kept: Mapping[str, Any]) -> str:
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
