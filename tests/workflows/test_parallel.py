"""Parallel: the same answers in the same order, whatever the number of processes."""

import pytest

from sim.workflows.workers import parallel_map


@pytest.mark.parametrize("workers", [1, 2])
def test_answers_come_in_the_order_asked(workers):
    assert parallel_map(pow, [(2, 5), (3, 2), (5, 1)], workers) == [32, 9, 5]
    assert parallel_map(pow, [], workers) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_what_goes_wrong_is_reported(workers):
    with pytest.raises(ZeroDivisionError):
        parallel_map(divmod, [(4, 2), (1, 0)], workers)
