"""Weekly cache: some runs week by week, beside their results, so that a page can be made again without playing them.

`weekly_series.npz` holds the arrays of each source view's series by name: `<view>/<field>` or `<view>/<field>/<name>…`.
It is only a shortcut: whatever is not found in it in the expected form is played again.
"""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from sim.ensemble.columns import Arrays
from sim.experiments.weekly_series import WeeklySeries
from sim.storage.atomic_write import write_file
from sim.storage.npz_format import UNREADABLE, read_arrays, write_arrays

SERIES_FILE, FINGERPRINT = "weekly_series.npz", "fingerprint"


def save_weekly_series(folder: Path, fingerprint: str, series: Mapping[str, WeeklySeries]) -> None:
    """Write the series, whole or not at all."""
    arrays: Arrays = {FINGERPRINT: np.array(fingerprint, dtype=np.str_)}
    for name, one in series.items():
        for field in fields(WeeklySeries):
            arrays |= _flatten(getattr(one, field.name), f"{name}/{field.name}")
    with write_file(folder / SERIES_FILE) as unfinished:
        write_arrays(unfinished, arrays.items())


def load_weekly_series(folder: Path, fingerprint: str) -> dict[str, WeeklySeries]:
    """The series stored with results of this fingerprint; none if they cannot be used."""
    try:
        arrays = read_arrays(folder / SERIES_FILE)
        if str(arrays.pop(FINGERPRINT)) != fingerprint:
            return {}
        return {name: WeeklySeries(**found) for name, found in _nest(arrays).items()}
    except (*UNREADABLE, TypeError):
        return {}


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
