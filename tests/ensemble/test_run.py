"""Run: results do not depend on blocks or workers; views that hardly match do not spoil the others."""

import numpy as np
import pytest

from sim.ensemble import run
from sim.ensemble.run import NoMatchError, play_views
from sim.spec.condition import Situation
from sim.spec.load import load_case

SEED = 5


def scenario(*, never: bool = False):
    found = load_case("empty-threat").scenario
    situations = (Situation(otherwise=True),) if never else ()
    return found.model_copy(update={"run_up": found.run_up.model_copy(update={"never": situations})})


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(run, "BLOCK", 16)
    monkeypatch.setattr(run, "MOST_DRAWS_PER_RUN", 2)


def test_one_process_or_two_give_the_same():
    here, done = play_views({"view": scenario()}, SEED, 40, 4, workers=1)
    spread, also = play_views({"view": scenario()}, SEED, 40, 4, workers=2)
    assert (done, also) == (True, True)
    for name, column in here["view"].columns.items():
        assert np.array_equal(column, spread["view"].columns[name]), name


def test_a_view_that_never_matches_does_not_spoil_the_others():
    found, done = play_views({"good": scenario(), "empty": scenario(never=True)}, SEED, 20, 4, workers=1)
    assert done
    assert (found["good"].kept, found["empty"].kept) == (20, 0)
    assert found["empty"].drawn > 20


def test_nothing_that_matches_is_said_so():
    with pytest.raises(NoMatchError, match="hardly any draw"):
        play_views({"empty": scenario(never=True)}, SEED, 20, 4, workers=1)
