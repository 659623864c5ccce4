"""Summary: plain, complete, from 0 to 1."""

import json

from analysis.methods.shares import compute_shares
from analysis.methods.summary import build_summary
from tests.factories.results import results


def test_it_is_plain_json_with_shares_from_0_to_1():
    made = results(changes=("calendar.horizon=4",))
    found = json.loads(json.dumps(build_summary(made, compute_shares(made), outputs="outputs/x"), allow_nan=False))
    assert (found["scenario"], found["seed"], found["horizon_weeks"]) == ("textbook/two-towns", 7, 4)
    assert (found["changes"], found["outputs"]) == (["calendar.horizon=4"], "outputs/x")
    wide = found["views"]["wide"]
    assert (wide["drawn"], wide["matching"], wide["outcomes"]["deal"]["share"]) == (20, 10, 0.2)
    assert wide["events"]["calls"]["mean"] == 4.5
    assert "Not a forecast" in found["note"]


def test_the_range_always_stands_beside_the_source_mean():
    made = results()
    pool = build_summary(made, compute_shares(made))["source_mean"]
    assert pool["views"] == ["okafor-2030", "ito-2030"]
    for outcome in pool["outcomes"].values():
        assert 0 <= outcome["range"]["low"] <= outcome["share"] <= outcome["range"]["high"] <= 1


def test_without_two_sources_there_is_no_source_mean():
    made = results(names=("wide",))
    assert build_summary(made, compute_shares(made))["source_mean"] is None
