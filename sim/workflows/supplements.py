"""Supplements: what is played besides the runs and kept beside them, each in a file of its own.

The manifest names the supplements that results have, so that one that was taken away is missed, not read as none.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sim.ensemble.manifest import Manifest
from sim.storage.results_folder import PARTS
from sim.storage.sealed_json import ChangedFileError, load_sealed_json

Found = TypeVar("Found")


class DamagedSupplementError(Exception):
    """A supplement that cannot be used: it is missing or damaged, or belongs to other results."""


def load_supplement(
    folder: Path, name: str, manifest: Manifest, parse: Callable[[dict[str, Any]], Found]
) -> Found | None:
    """A supplement as it was kept with results; none if they have none, or if it is still to be played.

    Args:
        folder: Folder of the results.
        name: File of the supplement.
        manifest: Manifest of the results.
        parse: Makes the supplement of what the file says; it has a fingerprint.

    Raises:
        DamagedSupplementError: it cannot be used.
    """
    try:
        found = parse(load_sealed_json(folder / name))
    except FileNotFoundError as error:
        if not _is_missed(folder, name, manifest):
            return None
        raise DamagedSupplementError("is missing") from error
    except ChangedFileError as error:
        raise DamagedSupplementError("has changed since it was written") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedSupplementError("cannot be used") from error
    if getattr(found, "fingerprint", None) != manifest.fingerprint:
        raise DamagedSupplementError("belongs to other results")
    return found


def _is_missed(folder: Path, name: str, manifest: Manifest) -> bool:
    """True if results should have it; not while they are made, nor where the making was cut short."""
    dangling = os.path.lexists(folder / name)
    return dangling or (name in (manifest.supplements or ()) and not (folder / PARTS).is_dir())
