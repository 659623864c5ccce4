"""Traced: traces of some runs, kept beside results so that a page can be made again without playing them.

`traces.npz` holds the arrays of each source view's trace by name: `<view>/<field>` or `<view>/<field>/<name>…`.
It is only a shortcut: whatever is not found in it in the expected form is played again.
"""

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from sim.ensemble.columns import Arrays
from sim.ensemble.packed import UNREADABLE, read_arrays, write_arrays
from sim.ensemble.trace import Trace

TRACES, DIGEST = "traces.npz", "digest"


def save_traces(folder: Path, digest: str, traces: Mapping[str, Trace]) -> None:
    """Write the traces, whole or not at all."""
    arrays: Arrays = {DIGEST: np.array(digest, dtype=np.str_)}
    for name, one in traces.items():
        for field in fields(Trace):
            arrays |= _flat(getattr(one, field.name), f"{name}/{field.name}")
    unfinished = folder / f".{TRACES}.unfinished"
    write_arrays(unfinished, arrays.items())
    os.replace(unfinished, folder / TRACES)


def kept_traces(folder: Path, digest: str) -> dict[str, Trace]:
    """The traces that were kept with results of this digest; none if they cannot be used."""
    try:
        arrays = read_arrays(folder / TRACES)
        if str(arrays.pop(DIGEST)) != digest:
            return {}
        return {name: Trace(**found) for name, found in _nested(arrays).items()}
    except (*UNREADABLE, TypeError):
        return {}


def _flat(part: Any, name: str) -> Arrays:
    """Arrays of a trace by name; beliefs and levers are called as in the scenario."""
    if not isinstance(part, Mapping):
        return {name: part}
    return {key: array for inner, value in part.items() for key, array in _flat(value, f"{name}/{inner}").items()}


def _nested(arrays: Arrays) -> dict[str, Any]:
    """The arrays as they stand in traces, by view and field."""
    found: dict[str, Any] = {}
    for name, array in arrays.items():
        *path, last = name.split("/")
        place = found
        for key in path:
            place = place.setdefault(key, {})
        place[last] = array
    return found
