"""Opened cases: a game that begins with a run kept at week 0 is, to the bit, the game whose run-up is simulated."""

import shutil

import numpy as np
import pytest

from sim.loading.discovery import find_scenario
from sim.workflows.seat.opened_case import find_beginning, find_beginnings, open_case
from sim.workflows.seat.played_run import SharedRun

FLAGSHIP = "alaska-budapest"


@pytest.mark.parametrize(
    ("case", "options"),
    [
        (FLAGSHIP, {"view": "wide", "lang": "de"}),
        (FLAGSHIP, {"view": "wide", "changes": ("levers.aid-cut.scheduled_week=3",), "holds_from": "week-1"}),
        (f"{FLAGSHIP}/oil-sanctions", {"view": "fazi-2025"}),
        ("textbook/three-parties", {}),
    ],
)
def test_a_kept_run_goes_on_as_the_run_itself(case, options):
    opened = open_case(case, **options)
    scenario, run = opened.translated.scenario, find_beginnings(opened, 7).runs[0]
    seats = list(scenario.actors)[:1]
    kept, anew = (SharedRun(scenario, 7, run, seats, one) for one in (find_beginning(opened, 7, run), None))
    for one in (kept, anew):
        for week in range(1, 9):
            one.engine.play(week)
    for space, variables in anew.engine.state.items():
        for name, values in variables.items():
            assert np.array_equal(values, kept.engine.state[space][name], equal_nan=True), (space, name)


def test_a_case_is_read_again_when_its_file_changes(tmp_path):
    file = tmp_path / "case.yaml"
    for name, copied in (("two-towns", file.name), ("defaults", "defaults.yaml")):
        shutil.copy(find_scenario("textbook/two-towns").with_name(f"{name}.yaml"), tmp_path / copied)
    first = open_case(file)
    assert open_case(file) is first
    file.write_text(file.read_text(encoding="utf-8").replace("horizon: 52", "horizon: 51"), encoding="utf-8")
    assert open_case(file).case.scenario.calendar.horizon == 51


def test_a_run_that_does_not_match_is_not_kept():
    opened = open_case(FLAGSHIP, view="wide")
    kept = find_beginnings(opened, 7).runs
    other = next(number for number in range(32) if number not in kept)
    assert find_beginning(opened, 7, other) is None
