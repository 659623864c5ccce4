"""Several things at once: the same answers in the same order, whatever the number of processes."""

import pytest

from sim.commands.hands import all_done


@pytest.mark.parametrize("workers", [1, 2])
def test_answers_come_in_the_order_asked(workers):
    assert all_done(pow, [(2, 5), (3, 2), (5, 1)], workers) == [32, 9, 5]
    assert all_done(pow, [], workers) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_what_goes_wrong_is_told(workers):
    with pytest.raises(ZeroDivisionError):
        all_done(divmod, [(4, 2), (1, 0)], workers)
