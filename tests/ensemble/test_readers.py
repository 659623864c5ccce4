"""Readers: three ways to play the same rules behind one door; the fastest that is there is taken."""

import numpy as np
import pytest

from sim.ensemble import lanes, readers
from sim.play.opening import Opening
from sim.play.spaces import board_of
from tests.theory.play import SEED, differences, played, scenario

MISSING = pytest.mark.skipif(not lanes.is_installed(), reason="llvmlite is not installed")
ENGINES = [pytest.param(name, marks=MISSING if name == "lanes" else ()) for name in readers.ENGINES]
OUTCOME = [("world", "outcome", 0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_all_give_the_same(engine):
    found = scenario("textbook/two-towns")
    opening = Opening(board_of(found), SEED, np.arange(3))
    reader = readers.reader_of(opening, engine)
    outcomes = readers.play_on(reader, 1 - found.run_up.weeks, 6, OUTCOME)
    arrays = played(found, 3, 6)
    assert outcomes.shape == (6 + found.run_up.weeks, 1, 3)
    assert np.array_equal(outcomes[-1, 0], arrays.state["world"]["outcome"][0])
    assert np.array_equal(reader.look("actor", "walk_away", 1), arrays.state["actor"]["walk_away"][1])
    assert np.array_equal(reader.variable("stake", "surplus"), arrays.state["stake"]["surplus"])
    part = {s: {n: a[..., [2, 0]] for n, a in table.items()} for s, table in arrays.state.items()}
    assert differences(part, reader.state_of(np.array([2, 0]))) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_played_on_from_where_another_stopped(engine):
    found = scenario("alaska-budapest", lens="wide")
    first, places = 1 - found.run_up.weeks, np.array([4, 1])
    begun = readers.SideBySide(Opening(board_of(found), SEED, np.arange(6)))
    readers.play_on(begun, first, 0)
    on = readers.reader_of(readers.as_position(begun, places), engine)
    readers.play_on(on, 1, 3)
    whole = played(found, 6, 3)
    part = {s: {n: a[..., places] for n, a in table.items()} for s, table in whole.state.items()}
    assert differences(part, on.state_of(np.arange(2))) == []


def test_the_fastest_that_is_there_is_taken(monkeypatch):
    monkeypatch.setattr(lanes, "is_installed", lambda: True)
    assert readers.engine_of(None) == "lanes"
    monkeypatch.setattr(lanes, "is_installed", lambda: False)
    assert readers.engine_of(None) == "numpy"


def test_a_reader_taken_stays_taken(monkeypatch):
    monkeypatch.setattr(readers, "_taken", [])
    opening = Opening(board_of(scenario("textbook/no-zone")), SEED, np.arange(1))
    assert readers.take("mesa") == readers.taken() == "mesa"
    assert isinstance(readers.reader_of(opening), readers.OneByOne)
    assert isinstance(readers.reader_of(opening, "numpy"), readers.SideBySide)


@MISSING
def test_compiling_is_announced_and_done_once(monkeypatch, tmp_path):
    from sim.ensemble.compiled import machine

    monkeypatch.setenv(machine.FOLDER, str(tmp_path))
    monkeypatch.setattr(machine, "_loaded", {})
    monkeypatch.setattr(readers, "_taken", ["lanes"])
    said = []
    readers.make_ready(scenario("textbook/no-zone"), said.append)
    readers.make_ready(scenario("textbook/two-towns"), said.append)
    assert len(said) == 1
    assert "compiling" in said[0]


def test_what_is_not_there_is_refused(monkeypatch):
    monkeypatch.setattr(lanes, "is_installed", lambda: False)
    with pytest.raises(readers.EngineError, match="pip install"):
        readers.engine_of("lanes")
    with pytest.raises(readers.EngineError, match="lanes, numpy, mesa"):
        readers.engine_of("numpi")
