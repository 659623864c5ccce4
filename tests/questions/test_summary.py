"""Summary: plain, complete, from 0 to 1."""

import json

from analysis.questions.shares import shares
from analysis.questions.summary import summary
from tests.questions.made import results


def test_it_is_plain_json_with_shares_from_0_to_1():
    made = results(changes=("calendar.horizon=4",))
    found = json.loads(json.dumps(summary(made, shares(made), outputs="outputs/x"), allow_nan=False))
    assert (found["scenario"], found["seed"], found["horizon_weeks"]) == ("textbook/two-towns", 7, 4)
    assert (found["changes"], found["outputs"]) == (["calendar.horizon=4"], "outputs/x")
    wide = found["lenses"]["wide"]
    assert (wide["drawn"], wide["kept"], wide["outcomes"]["deal"]["share"]) == (20, 10, 0.2)
    assert wide["tags"]["calls"]["mean"] == 4.5
    assert "Not a forecast" in found["note"]


def test_the_range_always_stands_beside_the_pool():
    made = results()
    pool = summary(made, shares(made))["pool"]
    assert pool["lenses"] == ["okafor-2030", "ito-2030"]
    for outcome in pool["outcomes"].values():
        assert 0 <= outcome["range"]["low"] <= outcome["share"] <= outcome["range"]["high"] <= 1


def test_without_two_sources_there_is_no_pool():
    made = results(names=("wide",))
    assert summary(made, shares(made))["pool"] is None
