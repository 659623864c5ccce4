"""Pattern cache: when runs show patterns, beside their results, so that a page can be made again without playing them.

`patterns.npz` holds `<view>/runs`, `<view>/weeks/<pattern>` and `<view>/shuffled/<pattern>`. It is only a shortcut:
what is not found in it in the expected form is looked for again.
"""

from collections.abc import Mapping
from pathlib import Path

from sim.ensemble.columns import Arrays
from sim.experiments.pattern_matches import PatternMatches
from sim.storage.array_file import UNREADABLE
from sim.storage.bounded_read import MEGABYTE
from sim.storage.sealed_arrays import load_sealed, save_sealed

PATTERNS_FILE = "patterns.npz"
"""The file."""

MOST_BYTES = 64 * MEGABYTE
"""Bytes that are read at most."""


def save_pattern_matches(folder: Path, fingerprint: str, matches: Mapping[str, PatternMatches]) -> None:
    """Write the matches, whole or not at all."""
    arrays: Arrays = {}
    for view, found in matches.items():
        arrays[f"{view}/runs"] = found.runs
        arrays |= {f"{view}/weeks/{key}": weeks for key, weeks in found.weeks.items()}
        arrays |= {f"{view}/shuffled/{key}": weeks for key, weeks in found.shuffled_weeks.items()}
    save_sealed(folder / PATTERNS_FILE, fingerprint, arrays)


def load_pattern_matches(folder: Path, fingerprint: str) -> dict[str, PatternMatches]:
    """The matches stored with results of this fingerprint; none if they cannot be used."""
    try:
        arrays = load_sealed(folder / PATTERNS_FILE, fingerprint, MOST_BYTES)
        views = [name.removesuffix("/runs") for name in arrays if name.endswith("/runs")]
        found = {
            view: PatternMatches(
                arrays[f"{view}/runs"], *(_collect_weeks(arrays, f"{view}/{what}/") for what in ("weeks", "shuffled"))
            )
            for view in views
        }
        return found if all(map(_is_whole, found.values())) else {}
    except (*UNREADABLE, TypeError):
        return {}


def _is_whole(found: PatternMatches) -> bool:
    """True if every pattern has a week for each run."""
    listed = (*found.weeks.values(), *found.shuffled_weeks.values())
    whole = all(weeks.shape == found.runs.shape and weeks.dtype.kind in "iu" for weeks in listed)
    return whole and set(found.weeks) == set(found.shuffled_weeks)


def _collect_weeks(arrays: Arrays, start: str) -> Arrays:
    """Weeks by pattern, of the arrays whose names begin so."""
    return {name.removeprefix(start): array for name, array in arrays.items() if name.startswith(start)}
