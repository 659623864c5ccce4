"""Bits: one number that stands for every bit of a few runs of every source view of the flagship.

`python -m tests.contract.bits` prints it.
"""

from hashlib import sha256

from sim.ensemble.block import play_block
from sim.spec.load import available_lenses, load_case

CASE = "alaska-budapest"
DRAWS = 64


def digest() -> str:
    """SHA-256 over all columns and weekly states of a block of each source view."""
    total = sha256()
    for lens in available_lenses(CASE):
        block = play_block(load_case(CASE, lens=lens).scenario, 1, 0, DRAWS, 52)
        for name in sorted(block.columns):
            total.update(name.encode() + block.columns[name].tobytes())
        total.update(block.states.tobytes())
    return total.hexdigest()


if __name__ == "__main__":
    print(digest())
