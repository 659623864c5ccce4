"""The menu: the twenty contents beside the named ones are made again and must be the same."""

import pytest

from sim.experiments.nash_menu import suggest_menu
from sim.loading.loader import load_case

pytestmark = pytest.mark.slow


def test_the_committed_menu_is_the_one_the_rule_writes():
    scenario = load_case("alaska-budapest", view="wide").scenario
    made = suggest_menu(scenario, scenario.defaults.seed)
    assert made == scenario.menu.nash, (
        "make it again with `zopa suggest-menu alaska-budapest` and say so in the changelog"
    )
