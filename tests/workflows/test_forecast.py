"""Forecast: what is registered cannot change unseen, and is scored once outcomes are entered."""

import datetime
import json

import pytest

import sim
from sim.workflows import forecast as workflow
from tests.cli.test_cli import expect_refusal, well, zopa  # noqa: F401 - the fixture

OPEN = """
scored:
  agreed:
    label: "The villages agree"
    date: "2031-03-01/2031-05-30"
    assumed: invented for a test
    rungs:
      - {label: agreed, steps: [{event: signed}]}
    forecasts:
      crowd: {chance: 0.25, assumed: invented for a test}
  over:
    label: "The villages agree at once"
    date: "2031-03-01/2031-03-04"
    assumed: invented for a test
    rungs:
      - {label: agreed, steps: [{event: signed}]}
"""
ENTERED = '    known_since: "2031-05-01"\n    coding: [1]\n    assumed'
DAY = datetime.date(2031, 3, 9)


@pytest.fixture
def registered(well, monkeypatch):  # noqa: F811 - the fixture
    """The small case with an open event, forecast on 9 March 2031."""
    (well / "history.yaml").write_text(OPEN, encoding="utf-8")
    monkeypatch.setattr(workflow, "find_today", lambda: DAY)
    return well, sim.register_forecast(well, to="forecast.json", runs=20, workers=1)


def enter(case, old, new):
    """Change the history."""
    file = case / "history.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_shares_of_today_are_scored_when_the_outcome_is_entered(registered):
    case, found = registered
    written = json.loads((case.parent / "forecast.json").read_text(encoding="utf-8"))
    assert (written["registered_on"], found.left_out) == ("2031-03-09", ("over",))
    assert len(written["inputs"]) == len(written["code"]) == 64
    assert "over" in str(found)
    enter(case, "    assumed", ENTERED)
    scored = json.loads(zopa("forecast", "score", "forecast.json", "--json").stdout)
    share = (found.forecast.counts["wide"]["agreed"][1] + 0.5) / 21
    brier = {one["forecaster"]: one["brier"]["mean"] for one in scored["scores"]}
    assert brier["wide"] == pytest.approx((1 - share) ** 2)
    assert scored["outside_scores"]["crowd"][0]["brier"]["mean"] == 0.5625
    assert scored["statements"][0].startswith("None of the 1 events was known")
    assert str(sim.score_forecast("forecast.json", lang="de")).startswith("Registriert am 9. März 2031")


def test_wrong_files_have_one_message(registered):
    case, found = registered
    assert expect_refusal(2, "forecast", "score", "forecast.json") == (
        "zopa: nothing is entered yet for agreed; give `coding` and `known_since` to an event under `scored:` in the "
        "history of well"
    )
    assert expect_refusal(2, "forecast", "register", case, "--to", "forecast.json") == (
        "zopa: forecast.json is there already; what is registered is never replaced"
    )
    text = found.file.read_text(encoding="utf-8")
    found.file.write_text(text.replace("2031-03-09", "2031-03-08"), encoding="utf-8")
    changed = "zopa: forecast.json is no registered forecast, or has changed since; take the file as it was registered"
    assert expect_refusal(2, "forecast", "score", "forecast.json") == changed
    found.file.write_text("[]", encoding="utf-8")
    other = "zopa: forecast.json is no registered forecast; `zopa forecast register` makes one"
    assert expect_refusal(2, "forecast", "score", "forecast.json") == other
    none = "zopa: there is no file gone.json; `zopa forecast register` makes one"
    assert expect_refusal(2, "forecast", "score", "gone.json") == none


REFUSED = [
    (
        "    assumed",
        ENTERED.replace("2031-05-01", "2031-03-09"),
        "well/history.yaml:6: scored.agreed.known_since: 2031-03-09 is not after 2031-03-09, when it was registered; "
        "what was known then is no forecast; `zopa hindcast` scores it",
    ),
    (
        "chance: 0.25",
        "chance: 0.9",
        "well/history.yaml:3: scored.agreed: means something else than on 2031-03-09, when it was registered; leave "
        "`date`, `given`, `rungs` and chances as they were, and enter what became of it alone",
    ),
    (
        "  agreed:\n",
        "  agree:\n",
        "well/history.yaml:2: scored.agreed: is registered and not there any more; put it back as it was",
    ),
]


def test_what_was_registered_keeps_its_meaning(registered):
    case, _ = registered
    for old, new, said in REFUSED:
        enter(case, old, new)
        assert expect_refusal(3, "forecast", "score", "forecast.json") == said
        enter(case, new, old)


def test_what_is_over_cannot_be_forecast(registered, monkeypatch):
    monkeypatch.setattr(workflow, "find_today", lambda: datetime.date(2032, 1, 1))
    said = (
        "zopa: well has no open event whose period ends on 2032-01-01 or later; write one under `scored:` in its "
        "history, without `coding`"
    )
    assert expect_refusal(2, "forecast", "register", registered[0], "--to", "new.json") == said
