"""Random streams: every number has an address (seed, run, who, what, when); it is the same in any order and engine.

A number is a hash of its address: no generator, no state. Two source views share all luck that their difference does
not touch, run 4711 can be drawn alone, and adding an actor does not reshuffle anybody else's luck.

Sources
    Mixing function: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators.
    Counter-based luck: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3.
    Normal from bits: 64 independent bits counted, de Moivre (1733); exact in every engine.
"""

from hashlib import blake2b
from typing import Any

import numpy as np

MASK = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
UNIT = 2.0**-52


def stream_key(seed: int, who: str, what: str) -> int:
    """Number of a random stream, without run and week."""
    return int.from_bytes(blake2b(f"{seed}|{who}|{what}".encode(), digest_size=8).digest(), "little")


def mix(h: Any) -> Any:
    """Scramble 64 bits, for a plain number or an array."""
    if isinstance(h, np.ndarray):
        h = (h ^ (h >> np.uint64(30))) * np.uint64(FIRST)
        h = (h ^ (h >> np.uint64(27))) * np.uint64(SECOND)
        return h ^ (h >> np.uint64(31))
    h = ((h ^ (h >> 30)) * FIRST) & MASK
    h = ((h ^ (h >> 27)) * SECOND) & MASK
    return h ^ (h >> 31)


def hash_run(places: Any, run: Any) -> Any:
    """Hash of a place and a run, ready for further numbers of the address."""
    if isinstance(run, np.ndarray):
        return mix(places + run.astype(np.uint64) * np.uint64(STEP))
    return mix((places + run * STEP) & MASK)


def hash_next(h: Any, number: Any) -> Any:
    """Hash with one more number of the address, such as the week."""
    if isinstance(h, np.ndarray):
        more = np.asarray(number).astype(np.int64).astype(np.uint64)
        return mix(h + (more + np.uint64(1)) * np.uint64(STEP))
    return mix((h + (int(number) + 1) * STEP) & MASK)


def uniform(h: Any) -> Any:
    """Uniform random number between 0 and 1, never 0 or 1 itself."""
    if isinstance(h, np.ndarray):
        return ((h >> np.uint64(12)).astype(np.float64) + 0.5) * UNIT
    return (float(h >> 12) + 0.5) * UNIT


def normal_from_bits(h: Any) -> Any:
    """Random number with mean 0 and standard deviation 1, nearly normal: how many of 64 bits are set."""
    if isinstance(h, np.ndarray):
        return (np.bitwise_count(h).astype(np.float64) - 32.0) * 0.25
    return (float(h.bit_count()) - 32.0) * 0.25
