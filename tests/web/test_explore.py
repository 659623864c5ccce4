"""Explore: what a page plays from kept runs is, to the bit, what `run` plays from the beginning."""

import numpy as np
import pytest

import sim
from analysis.methods.paired_change import compute_paired_change
from sim.errors import ScenarioError
from sim.workflows.explore import PART, Exploration, Explorer
from sim.workflows.single_flight import SingleFlight

THREE = "textbook/three-parties"
VETO = "actors.east.veto_player.must_consent=null"


@pytest.fixture(scope="module")
def explorer():
    found = Explorer(threads=2)
    yield found
    found.close()


def assert_same_runs(ours, theirs):
    for name, view in theirs.views.items():
        assert ours.views[name].n_drawn == view.n_drawn
        assert np.array_equal(ours.views[name].by_week, view.by_week)
        for column in ("run", "outcome", "week", "first_reservation", "threats"):
            assert np.array_equal(ours.views[name].columns[column], view.columns[column]), column


@pytest.mark.parametrize("changes", [(), (VETO,), ("levers.fine.price=*0.1", "levers.fine.scheduled_week=4")])
def test_kept_runs_give_the_runs_of_run(explorer, changes):
    ours = explorer.play(Exploration(THREE, changes=changes, runs=PART + 44))
    theirs = sim.run(THREE, changes=changes, runs=PART + 44, workers=1, report=False)
    assert_same_runs(ours, theirs)


def test_kept_runs_of_a_case_with_a_run_up_give_the_runs_of_run(explorer):
    case, view = "alaska-budapest", ("wide",)
    lever = next(iter(sim.load_scenario(case).scenario.levers))
    changes = (f"levers.{lever}.price=*0.2",)
    found = explorer.explore(Exploration(case, view, changes, runs=60, horizon=8))
    theirs = sim.run(case, view=view, changes=changes, runs=60, horizon=8, workers=1, report=False)
    assert_same_runs(found.results, theirs)
    assert found.change == theirs.change == compute_paired_change(found.reference, found.results)
    assert found.change.views["wide"].is_same_selection


def test_the_reference_case_alone_gives_the_runs_of_run():
    fresh = Explorer(threads=1)
    ours = fresh.play(Exploration("alaska-budapest", ("wide",), runs=50, horizon=6))
    theirs = sim.run("alaska-budapest", view="wide", runs=50, horizon=6, workers=1, report=False)
    assert_same_runs(ours, theirs)
    fresh.close()


def test_a_scenario_file_stands_against_the_file_it_extends(explorer):
    asked = Exploration("alaska-budapest/words-only", ("wide",), runs=20, horizon=4)
    assert asked.reference.case == "alaska-budapest"
    assert explorer.explore(asked).change is not None


def test_what_does_not_fit_is_said_and_not_kept(explorer):
    for _ in range(2):
        with pytest.raises(ScenarioError, match=r"no levers\.fin in the scenario"):
            explorer.play(Exploration(THREE, changes=("levers.fin.price=1",)))


def test_a_thing_is_made_once_and_mistakes_are_made_again():
    made, store = [], SingleFlight[int](2)
    assert [store.get("a", lambda: made.append("a") or 1) for _ in range(3)] == [1, 1, 1]
    assert made == ["a"]
    with pytest.raises(ZeroDivisionError):
        store.get("b", lambda: 1 // 0)
    assert store.get("b", lambda: 2) == 2
    assert store.get("c", lambda: 3) == 3
    assert store.get("a", lambda: 4) == 4, "the oldest goes first"
