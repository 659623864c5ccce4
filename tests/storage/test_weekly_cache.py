"""Weekly series beside results come back to the bit; anything else is as if they were not there."""

from dataclasses import fields

import numpy as np
import pytest

from sim.ensemble.plan import load_views
from sim.experiments.weekly_series import WeeklySeries, compute_weekly_series
from sim.storage.weekly_cache import SERIES_FILE, load_weekly_series, save_weekly_series
from tests.architecture.tree import ROOT

WELL = ROOT / "tests" / "loading" / "cases" / "well"


@pytest.fixture(scope="module")
def series():
    views = load_views(WELL / "base.yaml")
    return {name: compute_weekly_series(case.scenario, 11, np.arange(8), 4) for name, case in views.items()}


def same(one, other):
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    return np.array_equal(one, other) and one.dtype == other.dtype


def test_they_come_back_as_they_were(series, tmp_path):
    save_weekly_series(tmp_path, "abc", series)
    found = load_weekly_series(tmp_path, "abc")
    assert list(found) == list(series)
    for name, one in series.items():
        assert all(same(getattr(one, field.name), getattr(found[name], field.name)) for field in fields(WeeklySeries))


def test_those_of_other_results_are_not_used(series, tmp_path):
    save_weekly_series(tmp_path, "abc", series)
    assert load_weekly_series(tmp_path, "def") == {}


@pytest.mark.parametrize("content", [None, b"", b"nothing"])
def test_a_damaged_file_is_as_none(content, tmp_path):
    if content is not None:
        (tmp_path / SERIES_FILE).write_bytes(content)
    assert load_weekly_series(tmp_path, "abc") == {}
