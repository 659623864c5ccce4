"""Engines: a run is the same in every engine, chunk, order and horizon, and others' luck stays theirs."""

import numpy as np
import pytest

from sim.engines.numpy_engine import NumpyEngine
from tests.theory.simulate import (
    begin_week_one,
    differences,
    list_shipped,
    load_edited,
    play_in_mesa,
    play_runs,
    play_weekly,
    scenario,
)

WEEKS = 20
ROWS_AND_RUNS = 2


@pytest.mark.parametrize(("name", "view"), list_shipped(), ids=str)
def test_mesa_equals_numpy_over_every_variable(name, view):
    found = scenario(name, view=view)
    arrays = play_runs(found, 8, WEEKS)
    for run in (0, 7):
        alone = {s: {n: a[..., run] for n, a in table.items()} for s, table in arrays.state.items()}
        assert differences(play_in_mesa(found, run, WEEKS).table, alone) == []


CASES = [("alaska-budapest", "wide"), ("textbook/three-parties", None)]


@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
def test_run_alone_chunked_and_permuted(name, view):
    found = scenario(name, view=view)
    whole = play_runs(found, 12, WEEKS)
    for numbers in ([7], [3, 4, 5], [11, 0, 7, 3], list(range(11, -1, -1))):
        part = {s: {n: a[..., numbers] for n, a in table.items()} for s, table in whole.state.items()}
        assert differences(play_runs(found, numbers, WEEKS).state, part) == []


@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
def test_same_seed_same_result_and_another_seed_another(name, view):
    found = scenario(name, view=view)
    once = play_runs(found, 20, WEEKS)
    assert differences(once.state, play_runs(found, 20, WEEKS).state) == []
    assert differences(once.state, play_runs(found, 20, WEEKS, seed=2).state) != []


@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
def test_horizons_are_nested(name, view):
    """Each horizon in one stretch, as ensembles are played; every variable after the last week of the shorter one."""
    found = scenario(name, view=view)
    short, longer = (begin_week_one(found, 12, NumpyEngine) for _ in range(2))
    sizes = {
        (space, name): len(array)
        for space, table in short.engine.state.items()
        for name, array in table.items()
        if array.ndim == ROWS_AND_RUNS
    }
    every = [(*variable, row) for variable, size in sizes.items() for row in range(size)]
    ends, weeks = short.advance(6, every)[-1], longer.advance(9, every)
    assert [every[at] for at in np.flatnonzero((ends != weeks[5]).any(axis=1))] == []
    assert (ends != weeks[-1]).any()


def bystander(place):
    def edit(text):
        actor = {
            "label": "the bystander",
            "about": "It takes part in nothing.",
            "complier": {name: {"value": 0.1, "unit": "worth", "assumed": "test"} for name in ("fear", "tie")},
        }
        actors = list(text["actors"].items())
        text["actors"] = dict([*actors[:place], ("bystander", actor), *actors[place:]])

    return edit


@pytest.mark.parametrize("place", [0, 1, 99])
@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
def test_a_bystander_changes_nothing(name, view, place):
    before = play_runs(scenario(name, view=view), 30, WEEKS)
    after = play_runs(load_edited(name, bystander(place), view), 30, WEEKS)
    for space, table in before.state.items():
        rows = range(len(before.layout.spaces[space].keys))
        if space == "actor":
            rows = [after.layout.spaces[space].keys.index(key) for key in before.layout.spaces[space].keys]
        for variable, array in table.items():
            if variable not in ("fear", "tie"):
                assert np.array_equal(array[: len(rows)], after.state[space][variable][list(rows)]), (
                    f"{space}.{variable}"
                )


def speaker(text):
    """A third party with a veto over everything and a wish to lobby: it acts, but has its own luck."""
    first = text["contest"]["first"]
    numbers = {"lobby_price": 0.0, "lobby_push": 0.01, "minds_bad_deals": 0.0, "wants_pressure": 0.02}
    units = {"minds_bad_deals": "factor"}
    text["actors"]["speaker"] = {
        "label": "the speaker",
        "about": "It consents to everything and lobbies.",
        "veto_player": {
            "must_consent": {"sum_of": [next(iter(text["issues"]))], "reaches": 0},
            "consents": {"value": 1, "unit": "chance", "assumed": "test"},
            "lobbies_against": first,
            **{k: {"value": v, "unit": units.get(k, "worth"), "assumed": "test"} for k, v in numbers.items()},
        },
    }


@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
def test_an_actor_that_acts_leaves_the_luck_of_others(name, view):
    """In the first week nothing has reached the others' beliefs yet, so whoever moves before it does the same."""
    before = next(play_weekly(scenario(name, view=view), 200, 1))
    after = next(play_weekly(load_edited(name, speaker, view), 200, 1))
    keys = list(after.layout.spaces["move"].keys)
    spoke = after.state["move"]["chosen"][next(i for i, k in enumerate(keys) if k.startswith("speaker/lobby"))]
    assert spoke.mean() > 0.1
    silent = spoke == 0.0
    assert silent.sum() > 20
    same = [keys.index(key) for key in before.layout.spaces["move"].keys]
    chosen = after.state["move"]["chosen"][same]
    assert np.array_equal(before.state["move"]["chosen"][:-1][:, silent], chosen[:, silent])
