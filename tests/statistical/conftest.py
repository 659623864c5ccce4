"""Conftest of the statistical tests: those that share ensembles run in one process, which plays each ensemble once."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
ALONE = "test_expected_effects.py"
"""The dearest file: a process of its own, beside that of all others."""


def pytest_collection_modifyitems(items):
    """Name the group of every test of this folder (`--dist loadgroup`)."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.xdist_group("effects" if item.path.name == ALONE else "ensembles"))
