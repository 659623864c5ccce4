"""Dispatcher: results do not depend on blocks or workers; views that hardly match do not spoil the others."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import numpy as np
import pytest

from sim.ensemble import dispatcher, view_group
from sim.ensemble.dispatcher import NoMatchError, simulate_views
from sim.ensemble.view_group import LARGE_BLOCK, MANY_RUNS, ViewGroup, group_views
from sim.ensemble.worker import BLOCK, set_worker_views
from sim.loading.loader import load_case
from sim.schema.conditions import RunCondition

SEED = 5


def scenario(*, never: bool = False):
    found = load_case("empty-threat").scenario
    situations = (RunCondition(otherwise=True),) if never else ()
    return found.model_copy(update={"run_up": found.run_up.model_copy(update={"never": situations})})


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(view_group, "BLOCK", 16)
    monkeypatch.setattr(view_group, "MOST_DRAWS_PER_RUN", 2)


def test_one_process_or_two_give_the_same():
    here, done = simulate_views({"view": scenario()}, SEED, 40, 4, workers=1)
    spread, also = simulate_views({"view": scenario()}, SEED, 40, 4, workers=2)
    assert (done, also) == (True, True)
    for name, column in here["view"].columns.items():
        assert np.array_equal(column, spread["view"].columns[name]), name


def test_a_view_that_never_matches_does_not_spoil_the_others():
    found, done = simulate_views({"good": scenario(), "empty": scenario(never=True)}, SEED, 20, 4, workers=1)
    assert done
    assert (found["good"].n_matching, found["empty"].n_matching) == (20, 0)
    assert found["empty"].n_drawn > 20


def test_nothing_that_matches_is_said_so():
    with pytest.raises(NoMatchError, match="hardly any draw"):
        simulate_views({"empty": scenario(never=True)}, SEED, 20, 4, workers=1)


class TwoAtOnce(ThreadPoolExecutor):
    """Two workers; neither of the first two blocks is played before the other one has been sent."""

    def __init__(self, views):
        super().__init__(2)
        self._views, self._sent, self._both = views, count(), Barrier(2, timeout=5)

    def submit(self, work, *args):
        number = next(self._sent)

        def do():
            set_worker_views(self._views)
            if number < 2:
                self._both.wait()
            return work(*args)

        return super().submit(do)


def test_blocks_of_a_single_view_are_played_at_the_same_time(monkeypatch):
    views = {"view": scenario()}
    alone, _ = simulate_views(views, SEED, 40, 4, workers=1)
    monkeypatch.setattr(dispatcher, "make_executor", lambda views, _: TwoAtOnce(views))
    found, done = simulate_views(views, SEED, 40, 4, workers=2)
    assert done
    for name, column in alone["view"].columns.items():
        assert np.array_equal(column, found["view"].columns[name]), name


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [1, 4, 0, 3, 2]])
def test_what_counts_does_not_depend_on_which_block_is_finished_first(order):
    counts = [np.array([number, 1]) for number in range(5)]
    groups = [ViewGroup(("view",), 9, 16), ViewGroup(("view",), 99, 16, lambda found: found.sum() >= 4)]
    for one in groups:
        for number in order:
            one.add(number, {"view": counts[number][np.newaxis]})
    assert [(one.n_in_order, one.n_counted, one.n_wanted) for one in groups] == [(4, 10, 9), (3, 6, 6)]


def test_a_view_that_hardly_matches_is_given_up_after_the_same_draws_in_any_order():
    drawn = set()
    for order in (range(60), reversed(range(60))):
        one = ViewGroup(("view",), 10, 16)
        for number in order:
            one.add(number, {"view": np.array([[int(number == 3)]])})
        drawn.add((one.n_drawn, one.n_counted, one.given_up))
    assert drawn == {(16 * 22, 1, True)}


def test_blocks_are_large_where_very_many_runs_are_asked_for(monkeypatch):
    monkeypatch.undo()
    views = {"view": scenario()}
    assert group_views(views, MANY_RUNS - 1, None)[0].block == BLOCK
    assert group_views(views, MANY_RUNS, None)[0].block == LARGE_BLOCK
    assert group_views(views, MANY_RUNS, lambda _: True)[0].block == BLOCK


def test_large_blocks_keep_the_same_runs(monkeypatch):
    small, _ = simulate_views({"view": scenario()}, SEED, 40, 4, workers=1)
    monkeypatch.setattr(view_group, "MANY_RUNS", 40)
    large, _ = simulate_views({"view": scenario()}, SEED, 40, 4, workers=1)
    assert large["view"].n_drawn == small["view"].n_drawn
    assert np.array_equal(large["view"].by_week, small["view"].by_week)
    for name, column in small["view"].columns.items():
        assert np.array_equal(column, large["view"].columns[name]), name
