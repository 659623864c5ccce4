"""Crowded: copies have what their models have, and menus have the length asked for."""

import pytest

from sim.play.spaces import board_of
from tests.benchmarks.crowded import with_actors, with_packages
from tests.theory.play import scenario

CASE, LENS = "alaska-budapest", "wide"


def test_copies_act_and_share_what_their_models_bought():
    base, crowded = scenario(CASE, lens=LENS), with_actors(CASE, LENS, 20)
    assert len(crowded.actors) == 20
    movers = {move.actor for move in board_of(crowded).moves}
    assert any(name.startswith("copy-") for name in movers)
    for key, lever in base.levers.items():
        assert sum(crowded.levers[key].buyers.values()) == pytest.approx(sum(lever.buyers.values()))


@pytest.mark.parametrize("count", [27, 54, 87, 141])
def test_menus_have_the_length_asked_for_and_no_content_twice(count):
    base = scenario(CASE, lens=LENS)
    board = board_of(with_packages(base, count))
    assert len(board.packages) == count
    assert len({tuple(options.items()) for _, options in board.contents}) == len(board.contents)
    if count == 87:
        assert board.contents == board_of(base).contents
