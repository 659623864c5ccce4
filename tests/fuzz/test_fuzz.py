"""A few mutations of every family at every run of the tests; by hand, `python -m tests.fuzz` tries for longer."""

import os
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT

TRIALS = {"scenario": 12, "view": 8, "results": 30, "options": 25}
SEED = 2026


@pytest.mark.skipif(not hasattr(os, "fork"), reason="trials are forked")
@pytest.mark.parametrize("family", TRIALS)
def test_nothing_breaks_hangs_or_passes_unseen(family, tmp_path):
    words = ["--family", family, "--trials", str(TRIALS[family]), "--seed", str(SEED), "--minutes", "10"]
    command = [sys.executable, "-m", "tests.fuzz", *words, "--home", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{family}: {TRIALS[family]} tried, 0 mishandled" in done.stdout
