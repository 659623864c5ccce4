"""Fuzz: a few mutations of every family at every run; by hand, `python -m tests.fuzz` tries for longer."""

import collections
import itertools
import os
import signal
import subprocess
import sys

import pytest

from sim.cli import start
from tests.architecture.tree import ROOT
from tests.fuzz import trial
from tests.fuzz.scenarios import TEXTBOOK, copy_case
from tests.fuzz.trial import attempt

TRIALS = {"scenario": 8, "view": 6, "results": 15, "options": 15}
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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="trials are forked")
@pytest.mark.parametrize(("limit", "value", "hanging"), [("SECONDS", 1, itertools.count), ("WAIT", 0.5, signal.pause)])
def test_a_hang_stays_a_hang(limit, value, hanging, tmp_path, monkeypatch):
    """Both limits are fixed: processor time for one that works forever, the clock for one that waits forever."""
    monkeypatch.setattr(trial, limit, value)
    monkeypatch.setattr(start, "main", lambda: collections.deque(iter(hanging, None), maxlen=0))
    assert attempt(("list",), tmp_path).verdict == "hang"
