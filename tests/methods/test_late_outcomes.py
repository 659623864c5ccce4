"""Late outcomes: what cannot come about before the horizon is said, and from when on it could."""

import pytest
from typer.testing import CliRunner

from analysis.methods.late_outcomes import find_late_outcomes, find_late_outcomes_of_all, find_late_sequences_of_all
from sim.cli.app import app
from sim.loading.loader import load_case

SLOW = "sequences.ceasefire.weeks=52"


@pytest.mark.parametrize(("horizon", "late"), [(52, {"split": 53}), (53, {})])
def test_what_takes_a_year_is_in_force_in_week_53(horizon, late):
    assert find_late_outcomes(load_case("split-the-pie", changes=[SLOW]).scenario, horizon) == late


def test_a_dated_lever_is_not_executed_before_its_week():
    dated = load_case("three-parties", changes=["levers.fine.scheduled_week=20"]).scenario
    assert find_late_outcomes(dated, 19) == {"fined": 20}
    assert find_late_outcomes(dated, 20) == {}


def test_what_can_come_about_under_some_view_is_not_late():
    slow, quick = (load_case("split-the-pie", changes=changes).scenario for changes in ([SLOW], []))
    assert find_late_outcomes_of_all({"slow": slow, "quick": quick}, 26) == {}
    assert find_late_outcomes_of_all({"slow": slow}, 26) == {"split": 53}
    assert find_late_outcomes_of_all({}, 26) == {}
    assert find_late_sequences_of_all({"slow": slow, "quick": quick}, 26) == {}
    assert find_late_sequences_of_all({"slow": slow}, 52) == {"ceasefire": 53}
    assert find_late_sequences_of_all({"slow": slow}, 53) == {}


def test_a_sequence_that_is_too_slow_is_told_beside_its_zero(tmp_path):
    words = ["run", "alaska-budapest", "--view", "wide", "--runs", "40", "--out", str(tmp_path), "--workers", "1"]
    said = CliRunner().invoke(app, [*words, "--no-report", "--horizon", "26"])
    assert said.exit_code == 0
    assert "(can be in force from week 53)" in " ".join(said.stdout.replace("│", " ").split())
