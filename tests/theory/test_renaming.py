"""Renaming: an actor under another key keeps its luck, bit for bit, where its `id` is the old key."""

import numpy as np
import pytest

from sim.loading.loader import load_case
from sim.model.simulation import Simulation
from sim.schema.scenario import Scenario
from tests.theory.simulate import SEED, differences, play_in_mesa, play_runs, scenario

CASES = [("alaska-budapest", "wide"), ("textbook/three-parties", None), ("textbook/strike", None)]
RUNS, WEEKS = 40, 30


def rename(value, keys):
    """A piece of a scenario's text with actors under other keys, wherever they are named."""
    if isinstance(value, dict):
        return {keys.get(key, key): rename(inner, keys) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [rename(inner, keys) for inner in value]
    return keys.get(value, value) if isinstance(value, str) else value


def load_renamed(name, view, *, with_id):
    """A shipped case in which every actor's key has an `x` before it; with the old key as its `id`, or without."""
    text = load_case(name, view=view).text
    keys = {key: f"x{key}" for key in text["actors"]}
    text = rename(dict(text), keys)
    text.pop("asymmetries", None)
    if with_id:
        for key, new in keys.items():
            text["actors"][new]["id"] = key
    return Scenario.model_validate(text)


@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
def test_with_the_old_key_as_id_every_run_stays(name, view):
    before = play_runs(scenario(name, view=view), RUNS, WEEKS)
    renamed = load_renamed(name, view, with_id=True)
    after = play_runs(renamed, RUNS, WEEKS)
    assert differences(before.state, after.state) == []
    alone = {s: {n: a[..., 3] for n, a in table.items()} for s, table in after.state.items()}
    assert differences(play_in_mesa(renamed, 3, WEEKS).table, alone) == []


@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
def test_without_an_id_another_key_is_a_new_draw(name, view):
    before = play_runs(scenario(name, view=view), RUNS, WEEKS)
    after = play_runs(load_renamed(name, view, with_id=False), RUNS, WEEKS)
    assert differences(before.state, after.state) != []


@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
def test_the_compiled_engine_draws_by_the_id_too(name, view):
    pytest.importorskip("llvmlite", reason="needs pip install 'zopa-simulator[compiled]'")
    from sim.engines.compiled_engine import CompiledEngine

    simulation = Simulation.begin(load_renamed(name, view, with_id=True), SEED, np.arange(RUNS), CompiledEngine)
    simulation.advance(0)
    simulation.advance(WEEKS)
    assert differences(play_runs(scenario(name, view=view), RUNS, WEEKS).state, simulation.engine.state) == []
