"""State transfer: what the run-up has made of a run goes on from week 1, whatever a scenario file then changes."""

import numpy as np
import pytest

from sim.ensemble.block import simulate_block, simulate_to_week_zero
from sim.model.build_layout import build_layout
from sim.model.state import list_week_variables
from sim.model.state_transfer import ENTITIES
from tests.theory.simulate import FLAGSHIP, SEED, differences, play_runs, scenario

RUNS = 48
LATE = "levers.oil-sanctions.scheduled_week=500"
STATE = [(space, name) for space, name in dict.fromkeys(list_week_variables()) if space in ENTITIES and name != "stage"]


def play_to_week_zero(name, runs=RUNS):
    return simulate_to_week_zero(scenario(name, view="wide"), SEED, np.arange(runs))


def test_a_board_that_is_laid_anew_plays_the_same_runs_to_the_bit():
    base = scenario(FLAGSHIP, LATE, view="wide")
    again = base.with_run_up(scenario(FLAGSHIP, LATE, view="wide").model_copy())
    assert again.in_run_up is not again
    assert differences(play_runs(base, 24, 20).state, play_runs(again, 24, 20).state) == []


@pytest.mark.parametrize("name", ["words-only", "treaty-first", "us-withdraws"])
def test_beliefs_levers_and_actors_go_on_as_they_were(name):
    base, found = play_to_week_zero(FLAGSHIP), play_to_week_zero(f"{FLAGSHIP}/{name}")
    assert np.array_equal(base.runs, found.runs)
    for space, variable in STATE:
        if (space, variable) in (("world", "draft"), ("actor", "tabled"), ("actor", "at_table")):
            continue
        rows = {key: row for row, key in enumerate(base.layout.spaces[space].keys)}
        for row, key in enumerate(found.layout.spaces[space].keys):
            assert np.array_equal(base.state[space][variable][rows[key]], found.state[space][variable][row]), variable


def test_talks_over_a_package_that_is_gone_end_and_others_keep_theirs():
    base, found = (play_to_week_zero(name, 1024) for name in (FLAGSHIP, f"{FLAGSHIP}/ceasefire-first"))
    drafted = base.state["world"]["draft"][0].astype(int)
    by_path = np.array(base.layout.sequences)[drafted % len(base.layout.sequences)]
    planned = base.state["world"]["stage"][0] >= 4.0
    gone = planned & (by_path != "ceasefire-first")
    assert gone.any()
    assert (found.state["world"]["stage"][0][gone] == 0.0).all()
    assert np.array_equal(found.state["world"]["stage"][0][~gone], base.state["world"]["stage"][0][~gone])
    stays = planned & ~gone
    packages = build_layout(scenario(f"{FLAGSHIP}/ceasefire-first", view="wide")).packages
    assert all(
        packages[int(now)] == base.layout.packages[int(before)]
        for now, before in zip(found.state["world"]["draft"][0][stays], drafted[stays], strict=True)
    )


def test_a_run_may_be_played_alone_from_the_run_up_on():
    found = scenario(f"{FLAGSHIP}/treaty-first", view="wide")
    together = simulate_block(found, SEED, 0, 64, 12)
    number = together.columns["run"][1]
    alone = simulate_block(found, SEED, int(number), 1, 12)
    at = np.flatnonzero(together.columns["run"] == number)
    assert at.size == alone.columns["run"].size == 1
    assert all(together.columns[name][at] == alone.columns[name] for name in alone.columns)
