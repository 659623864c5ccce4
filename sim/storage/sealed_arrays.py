"""Sealed arrays: a cache of arrays that says to which results it belongs, and is read only if it is whole.

A cache is a shortcut. Whatever is missing, damaged, changed or of other results is made again, so reading never fails.
"""

from pathlib import Path

import numpy as np

from sim.ensemble.columns import Arrays
from sim.storage.array_file import UNREADABLE, compute_digest, read_arrays, write_arrays
from sim.storage.atomic_write import write_file

SEAL = "fingerprint"
"""The array that says to which results the others belong, and what all of them amount to."""


def save_sealed(path: Path, fingerprint: str, arrays: Arrays) -> None:
    """Write arrays made from results of this fingerprint, whole or not at all."""
    seal = np.array(f"{fingerprint} {compute_digest(arrays)}", dtype=np.str_)
    with write_file(path) as unfinished:
        write_arrays(unfinished, (arrays | {SEAL: seal}).items())


def load_sealed(path: Path, fingerprint: str, most_bytes: int) -> Arrays:
    """The arrays kept for results of this fingerprint; none if they cannot be used."""
    try:
        arrays = read_arrays(path, most_bytes)
        seal = str(arrays.pop(SEAL))
    except UNREADABLE:
        return {}
    return arrays if seal == f"{fingerprint} {compute_digest(arrays)}" else {}
