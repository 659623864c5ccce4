"""Bits: one number that stands for every bit of a few runs of every source view of the flagship.

`python -m tests.reproducibility.bits` prints it.
"""

from hashlib import sha256

from sim.ensemble.block import simulate_block
from sim.loading.loader import list_views, load_case

CASE = "alaska-budapest"
DRAWS = 64


def digest() -> str:
    """SHA-256 over all columns and weekly states of a block of each source view."""
    total = sha256()
    for view in list_views(CASE):
        block = simulate_block(load_case(CASE, view=view).scenario, 1, 0, DRAWS, 52)
        for name in sorted(block.columns):
            total.update(name.encode() + block.columns[name].tobytes())
        total.update(block.states.tobytes())
    return total.hexdigest()


if __name__ == "__main__":
    print(digest())
