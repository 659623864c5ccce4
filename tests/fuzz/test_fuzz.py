"""Fuzz: a few mutations of every family at every run; by hand, `python -m tests.fuzz` tries for longer."""

import os
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT
from tests.fuzz.scenarios import TEXTBOOK, copy_case
from tests.fuzz.trial import attempt

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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="trials are forked")
def test_what_is_not_mutated_is_fine(tmp_path):
    """Else every mutation would be refused for another reason than its own."""
    copy_case(tmp_path, "textbook")
    endings = {name: attempt(("check", f"case/{name}"), tmp_path) for name in TEXTBOOK}
    assert {name: ending.errors for name, ending in endings.items() if ending.verdict != "fine"} == {}
