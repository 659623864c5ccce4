"""Run: results do not depend on blocks or workers; views that hardly match do not spoil the others."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import numpy as np
import pytest

from sim.ensemble import group, run
from sim.ensemble.group import LARGE_BLOCK, MANY_RUNS, Group, groups_of
from sim.ensemble.pool import BLOCK, hold
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
    monkeypatch.setattr(group, "BLOCK", 16)
    monkeypatch.setattr(group, "MOST_DRAWS_PER_RUN", 2)


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


class TwoAtOnce(ThreadPoolExecutor):
    """Two workers; neither of the first two blocks is played before the other one has been sent."""

    def __init__(self, views):
        super().__init__(2)
        self._views, self._sent, self._both = views, count(), Barrier(2, timeout=5)

    def submit(self, work, *args):
        number = next(self._sent)

        def do():
            hold(self._views)
            if number < 2:
                self._both.wait()
            return work(*args)

        return super().submit(do)


def test_blocks_of_a_single_view_are_played_at_the_same_time(monkeypatch):
    views = {"view": scenario()}
    alone, _ = play_views(views, SEED, 40, 4, workers=1)
    monkeypatch.setattr(run, "pool_of", lambda views, _: TwoAtOnce(views))
    found, done = play_views(views, SEED, 40, 4, workers=2)
    assert done
    for name, column in alone["view"].columns.items():
        assert np.array_equal(column, found["view"].columns[name]), name


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [1, 4, 0, 3, 2]])
def test_what_counts_does_not_depend_on_which_block_is_finished_first(order):
    counts = [np.array([number, 1]) for number in range(5)]
    groups = [Group(("view",), 9, 16), Group(("view",), 99, 16, lambda found: found.sum() >= 4)]
    for one in groups:
        for number in order:
            one.add(number, {"view": counts[number][np.newaxis]})
    assert [(one.in_order, one.kept, one.wanted) for one in groups] == [(4, 10, 9), (3, 6, 6)]


def test_a_view_that_hardly_matches_is_given_up_after_the_same_draws_in_any_order():
    drawn = set()
    for order in (range(60), reversed(range(60))):
        one = Group(("view",), 10, 16)
        for number in order:
            one.add(number, {"view": np.array([[int(number == 3)]])})
        drawn.add((one.drawn, one.kept, one.given_up))
    assert drawn == {(16 * 22, 1, True)}


def test_blocks_are_large_where_very_many_runs_are_asked_for(monkeypatch):
    monkeypatch.undo()
    views = {"view": scenario()}
    assert groups_of(views, MANY_RUNS - 1, None)[0].block == BLOCK
    assert groups_of(views, MANY_RUNS, None)[0].block == LARGE_BLOCK
    assert groups_of(views, MANY_RUNS, lambda _: True)[0].block == BLOCK


def test_large_blocks_keep_the_same_runs(monkeypatch):
    small, _ = play_views({"view": scenario()}, SEED, 40, 4, workers=1)
    monkeypatch.setattr(group, "MANY_RUNS", 40)
    large, _ = play_views({"view": scenario()}, SEED, 40, 4, workers=1)
    assert large["view"].drawn == small["view"].drawn
    assert np.array_equal(large["view"].by_week, small["view"].by_week)
    for name, column in small["view"].columns.items():
        assert np.array_equal(column, large["view"].columns[name]), name
