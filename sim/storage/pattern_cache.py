"""Pattern cache: when runs show patterns, beside their results, so that a page can be made again without playing them.

`patterns.npz` holds `<view>/runs` and `<view>/weeks/<pattern>`. It is only a shortcut: whatever is not found in it in
the expected form is looked for again.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from sim.ensemble.columns import Arrays
from sim.experiments.pattern_matches import PatternMatches
from sim.storage.atomic_write import write_file
from sim.storage.npz_format import UNREADABLE, read_arrays, write_arrays

PATTERNS_FILE, FINGERPRINT = "patterns.npz", "fingerprint"


def save_pattern_matches(folder: Path, fingerprint: str, matches: Mapping[str, PatternMatches]) -> None:
    """Write the matches, whole or not at all."""
    arrays: Arrays = {FINGERPRINT: np.array(fingerprint, dtype=np.str_)}
    for view, found in matches.items():
        arrays[f"{view}/runs"] = found.runs
        arrays |= {f"{view}/weeks/{key}": weeks for key, weeks in found.weeks.items()}
    with write_file(folder / PATTERNS_FILE) as unfinished:
        write_arrays(unfinished, arrays.items())


def load_pattern_matches(folder: Path, fingerprint: str) -> dict[str, PatternMatches]:
    """The matches stored with results of this fingerprint; none if they cannot be used."""
    try:
        arrays = read_arrays(folder / PATTERNS_FILE)
        if str(arrays.pop(FINGERPRINT)) != fingerprint:
            return {}
        views = [name.removesuffix("/runs") for name in arrays if name.endswith("/runs")]
        return {view: PatternMatches(arrays[f"{view}/runs"], _collect_weeks(arrays, view)) for view in views}
    except (*UNREADABLE, TypeError):
        return {}


def _collect_weeks(arrays: Arrays, view: str) -> Arrays:
    """Weeks by pattern of one view."""
    start = f"{view}/weeks/"
    return {name.removeprefix(start): array for name, array in arrays.items() if name.startswith(start)}
