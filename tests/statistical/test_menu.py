"""The menu: the twenty contents beside the named ones are made again and must be the same."""

import pytest

from sim.ensemble.menu import nash_menu
from sim.spec.load import load_case

pytestmark = pytest.mark.slow


def test_the_committed_menu_is_the_one_the_rule_writes():
    scenario = load_case("alaska-budapest", lens="wide").scenario
    made = nash_menu(scenario, scenario.defaults.seed)
    assert made == scenario.menu.nash, "make it again with `zopa menu alaska-budapest` and say so in the changelog"
