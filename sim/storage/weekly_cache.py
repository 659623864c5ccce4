"""Weekly cache: some runs week by week, beside their results, so that a page can be made again without playing them.

`weekly_series.npz` holds the arrays of each source view's series by name: `<view>/<field>` or `<view>/<field>/<name>…`.
It is only a shortcut: whatever is not found in it in the expected form is played again.
"""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from sim.ensemble.columns import Arrays
from sim.experiments.weekly_series import WeeklySeries
from sim.storage.array_file import UNREADABLE
from sim.storage.bounded_read import MEGABYTE
from sim.storage.sealed_arrays import load_sealed, save_sealed

SERIES_FILE = "weekly_series.npz"
"""The file."""

MOST_BYTES = 512 * MEGABYTE
"""Bytes that are read at most."""


def save_weekly_series(folder: Path, fingerprint: str, series: Mapping[str, WeeklySeries]) -> None:
    """Write the series, whole or not at all."""
    arrays: Arrays = {}
    for name, one in series.items():
        for field in fields(WeeklySeries):
            arrays |= _flatten(getattr(one, field.name), f"{name}/{field.name}")
    save_sealed(folder / SERIES_FILE, fingerprint, arrays)


def load_weekly_series(folder: Path, fingerprint: str) -> dict[str, WeeklySeries]:
    """The series stored with results of this fingerprint; none if they cannot be used."""
    try:
        arrays = load_sealed(folder / SERIES_FILE, fingerprint, MOST_BYTES)
        found = {name: WeeklySeries(**parts) for name, parts in _nest(arrays).items()}
        return found if all(map(_is_whole, found.values())) else {}
    except (*UNREADABLE, TypeError, AttributeError):
        return {}


def _is_whole(series: WeeklySeries) -> bool:
    """True if every array has a row for each week, or look, and a column for each run."""
    runs, weeks, looks = series.runs.size, series.weeks.size, series.zone_weeks.size
    weekly = (series.world, *series.actors.values(), series.beliefs, *series.levers.values())
    looked = (series.zone, series.needs, series.gets)
    shapes = [((weeks, runs), weekly), ((looks, runs), looked)]
    return all(array.shape == shape for shape, tables in shapes for table in tables for array in table.values())


def _flatten(part: Any, name: str) -> Arrays:
    """Arrays of a series by name; beliefs and levers are called as in the scenario."""
    if not isinstance(part, Mapping):
        return {name: part}
    return {key: array for inner, value in part.items() for key, array in _flatten(value, f"{name}/{inner}").items()}


def _nest(arrays: Arrays) -> dict[str, Any]:
    """The arrays as they stand in series, by view and field."""
    found: dict[str, Any] = {}
    for name, array in arrays.items():
        *names, last = name.split("/")
        place = found
        for key in names:
            place = place.setdefault(key, {})
        place[last] = array
    return found
