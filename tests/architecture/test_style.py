"""Style: ruff and mypy have nothing to say."""

import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT

CHECKS = {
    "ruff check": ["ruff", "check", "--no-cache", "sim", "analysis", "docs", "tests"],
    "ruff format": ["ruff", "format", "--no-cache", "--check", "sim", "analysis", "docs", "tests"],
    "mypy": ["mypy", "--strict", "sim", "analysis"],
}


@pytest.mark.parametrize("check", CHECKS)
def test_style(check):
    command = [sys.executable, "-m", *CHECKS[check]]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"{' '.join(CHECKS[check])}\n{run.stdout}{run.stderr}"
