"""Effects as Python and the command line show them."""

import json

import pytest

import sim
from sim.errors import OptionError, UsageError
from sim.i18n.messages import use_language
from tests.cli.test_cli import zopa

ASKED = {"view": "abt-2025", "draws": 120, "horizon": 6, "workers": 1}


@pytest.fixture(scope="module")
def found():
    return sim.effects("alaska-budapest", **ASKED)


def test_every_effect_that_an_author_expects_has_its_difference(found):
    data = found.as_json()
    assert data["scenario"] == "alaska-budapest"
    assert {row["view"] for row in data["effects"]} == {"abt-2025"}
    for row in data["effects"]:
        assert row["because"]
        assert row["difference"] == pytest.approx(row["with"] - row["without"])
        assert not (row["occurs"] and row["contradicted"])
        assert row["occurs"] or not row["counts"]


def test_two_processes_find_the_same(found):
    assert sim.effects("alaska-budapest", **{**ASKED, "workers": 2}).as_json() == found.as_json()


def test_only_an_effect_of_none_is_played_again(found):
    more = {row["expected"] for row in found.as_json()["effects"] if row["draws"] > 120}
    assert more <= {"none"}


def test_it_shows_itself_in_each_language(found):
    assert "Washington confirms the plan" in str(found)
    with use_language("de") as unsaid:
        assert "Washington bestätigt den Plan" in str(found)
    assert not unsaid


def test_one_row_for_each_effect(found):
    assert len(found.to_frame()) == len(found.effects)


def test_the_command_says_the_same(found):
    words = ["--view", "abt-2025", "--draws", "120", "--horizon", "6", "--workers", "1", "--json", "-q"]
    assert json.loads(zopa("effects", "alaska-budapest", *words).stdout) == found.as_json()


def test_a_case_whose_views_expect_nothing_says_so():
    with pytest.raises(UsageError, match=r"no source view of textbook/strike says what a lever does"):
        sim.effects("textbook/strike", workers=1)


def test_a_case_with_changes_is_refused():
    changed = sim.load_scenario("alaska-budapest", changes="contest.noise=*0.5")
    with pytest.raises(UsageError, match="as it is written"):
        sim.effects(changed, workers=1)


def test_too_few_draws_are_refused():
    with pytest.raises(OptionError, match=r"draws is 3; it must be from 10 to"):
        sim.effects("alaska-budapest", draws=3, workers=1)
