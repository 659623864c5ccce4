"""Bits: the same on every Python, every Mesa, and every CPU.

The number in tests/golden/bits.txt was made on Python 3.11 and is checked on whatever Python runs the tests. If a rule
or the case has changed, accept the new one: `python -m tests.reproducibility.bits > tests/golden/bits.txt`.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.reproducibility.bits import digest

ROOT = Path(__file__).resolve().parents[2]
RECORDED = ROOT / "tests" / "golden" / "bits.txt"
OFF = "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR X86_V3 X86_V4"


def test_the_bits_are_those_on_record():
    assert digest() == RECORDED.read_text().strip(), (
        "accept with `python -m tests.reproducibility.bits > tests/golden/bits.txt`"
    )


def test_the_bits_do_not_depend_on_the_cpu():
    plain = {**os.environ, "NPY_DISABLE_CPU_FEATURES": OFF}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.reproducibility.bits"],
        capture_output=True,
        text=True,
        env=plain,
        cwd=ROOT,
    )
    assert done.stdout.strip() == RECORDED.read_text().strip(), done.stderr
