"""Many actors: copies have what their models have, and menus have the length asked for."""

import pytest

from sim.model.build_layout import build_layout
from tests.benchmarks.many_actors import with_actors, with_packages
from tests.theory.simulate import scenario

CASE, VIEW = "alaska-budapest", "wide"


def test_copies_act_and_share_what_their_models_bought():
    base, crowded = scenario(CASE, view=VIEW), with_actors(CASE, VIEW, 20)
    assert len(crowded.actors) == 20
    movers = {move.actor for move in build_layout(crowded).moves}
    assert any(name.startswith("copy-") for name in movers)
    for key, lever in base.levers.items():
        assert sum(crowded.levers[key].compliers.values()) == pytest.approx(sum(lever.compliers.values()))


@pytest.mark.parametrize("count", [28, 54, 86, 140])
def test_menus_have_the_length_asked_for_and_no_terms_twice(count):
    base = scenario(CASE, view=VIEW)
    layout = build_layout(with_packages(base, count))
    assert len(layout.packages) == count
    assert len({tuple(options.items()) for _, options in layout.terms}) == len(layout.terms)


def test_a_menu_of_its_own_length_is_its_own():
    layout = build_layout(base := scenario(CASE, view=VIEW))
    assert build_layout(with_packages(base, len(layout.packages))).terms == layout.terms
