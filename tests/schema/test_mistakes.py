"""Mistakes: what no negotiation could mean is refused with the exact message, by `check` and by `run` alike."""

from pathlib import Path

import pytest

from sim import play, run
from sim.errors import ScenarioError
from sim.loading.loader import load_case
from sim.loading.strict_yaml import read_yaml
from sim.workflows.check_scenarios import check
from tests.architecture.tree import ROOT

HERE = Path(__file__).parent
MISTAKES = read_yaml(HERE / "mistakes.yaml").data
"""What stands on top of cases/every-key.yaml, and what is said about it; by what is wrong."""


@pytest.fixture
def wrong(tmp_path, monkeypatch):
    """Write a file on top of the case."""
    monkeypatch.chdir(ROOT)
    path = tmp_path / "wrong.yaml"

    def write(text):
        path.write_text(f"extends: {HERE / 'cases' / 'every-key.yaml'}\n{text}", encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_in_these_words(name, wrong):
    path = wrong(MISTAKES[name]["file"])
    with pytest.raises(ScenarioError) as caught:
        load_case(path)
    assert f"{caught.value}\n".replace(str(path), "wrong.yaml") == MISTAKES[name]["says"]


@pytest.mark.parametrize("name", MISTAKES)
def test_check_and_run_refuse_the_same(name, wrong):
    path = wrong(MISTAKES[name]["file"])
    with pytest.raises(ScenarioError) as caught:
        run(path, runs=2, horizon=2, workers=1)
    assert set(caught.value.problems) == set(check(str(path)).problems)


def test_the_case_below_them_is_fine():
    assert check(str(HERE / "cases" / "every-key.yaml")).problems == ()


@pytest.mark.parametrize("starts", ["1000-01-01", "2031-03-01", "2999-12-31"])
@pytest.mark.parametrize("horizon", [1, 13, 26, 520])
def test_what_is_fine_plays_to_the_end_at_every_horizon(starts, horizon):
    case = HERE / "cases" / "every-key.yaml"
    changes = [f"calendar.starts={starts}", f"calendar.horizon={horizon}", "actors.hill.interests.awaits=null"]
    assert check(str(case), changes=changes).problems == ()
    assert run(case, changes=changes, view="wide", runs=3, workers=1).finished
    assert play(case, changes=changes, view="wide", run=0, horizon=min(horizon, 26)).story.events
