"""Zone: packages as points, against what can be reckoned by hand in textbook cases."""

import json

import pytest
from typer.testing import CliRunner

import sim
from sim.cli.app import app
from sim.errors import UsageError

SMALL = {"runs": 60, "workers": 1}


@pytest.fixture(scope="module")
def pie(tmp_path_factory):
    """Fearon's pie, with its page."""
    return sim.zone("textbook/split-the-pie", to=tmp_path_factory.mktemp("zone") / "zone.html", **SMALL)


def test_the_zone_of_the_pie_is_fearons(pie):
    """Exact: chance .6 minus a cost of .1, and .4 minus .2; five to eight tenths lie between."""
    (joint,) = pie.views.values()
    assert [line.median for line in joint.reservations] == pytest.approx([0.5, 0.2], abs=1e-12)
    assert [line.high - line.low for line in joint.reservations] == pytest.approx([0.0, 0.0], abs=1e-12)
    assert [point.terms for point in joint.points if point.in_zone] == ["five", "six", "seven", "eight"]
    assert [point.both_prefer for point in joint.points] == [0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0]
    assert all(point.efficient for point in joint.points), "more for one is less for the other"
    assert joint.points[joint.nash].terms in ("six", "seven")
    assert joint.with_zone.share == 1.0


def test_agreements_are_those_of_the_runs(pie):
    (joint,) = pie.views.values()
    played = sim.run("textbook/split-the-pie", **SMALL)
    (view,) = played.agreed.views.values()
    assert sum(point.agreed for point in joint.points) == view.in_force
    by_key = {f"tenths-{n}": name for n, name in ((5, "five"), (6, "six"), (7, "seven"), (8, "eight"))}
    for key, option in view.issues["pie"].options.items():
        if key in by_key:
            (point,) = (one for one in joint.points if one.terms == by_key[key])
            assert point.agreed == option.runs


def test_the_compromise_is_dominated_by_the_trade():
    (joint,) = sim.zone("textbook/logrolling", **SMALL).views.values()
    by_name = {point.terms: point for point in joint.points}
    assert (by_name["trade"].first, by_name["trade"].second) == pytest.approx((0.8, 0.8), abs=0.01)
    assert not by_name["middle"].efficient
    assert joint.points[joint.nash].terms == "trade"
    assert {point.terms for point in joint.points if point.in_zone} == {"trade", "middle"}


def test_weeks_of_the_strike_open_the_zone():
    """Exact: three per cent passes in week 13, and no raise before."""
    before, then = (sim.zone("textbook/strike", week=week, **SMALL) for week in (11, 13))
    for found, inside in ((before, []), (then, ["three"])):
        (joint,) = found.views.values()
        assert joint.week in (11, 13)
        assert [point.terms for point in joint.points if point.in_zone] == inside


def test_without_an_open_run_there_is_nothing_to_draw():
    found = sim.zone("textbook/split-the-pie", week=26, **SMALL)
    (joint,) = found.views.values()
    assert (joint.open_runs, joint.points, joint.reservations) == (0, (), None)
    assert "no run is open after week 26" in repr(found)
    assert found.figure().data


def test_a_third_party_that_must_consent_counts_beside_both_sides():
    (joint,) = sim.zone("textbook/three-parties", **SMALL).views.values()
    assert joint.with_zone.share > 0.9
    assert max(point.all_prefer for point in joint.points) == 0.0


def test_the_page_has_the_figure_and_what_must_be_read_with_it(pie):
    text = pie.page.read_text(encoding="utf-8")
    assert "Not a forecast" in text
    assert 'id="joint-worths"' in text
    assert "https://" not in text.split("<section")[1], "nothing comes from the network"


def test_rows_and_json_have_every_package(pie):
    found = json.loads(json.dumps(pie.as_json()))
    assert [one["terms"] for one in found["views"]["as-written"]["points"]][:2] == ["two", "four"]
    assert found["note"].startswith("Not a forecast")


def test_what_does_not_fit_is_refused(pie, tmp_path):
    with pytest.raises(UsageError, match="no source view is called 'wide'; there are as-written"):
        pie.figure("wide")
    with pytest.raises(UsageError, match="week"):
        sim.zone("textbook/split-the-pie", week=27, **SMALL)
    with pytest.raises(UsageError, match="name one in a folder that exists"):
        sim.zone("textbook/split-the-pie", to=tmp_path / "none" / "zone.html", **SMALL)


def test_the_command_speaks_german():
    said = CliRunner().invoke(app, ["zone", "textbook/split-the-pie", "--runs", "20", "--lang", "de", "--workers", "1"])
    assert said.exit_code == 0
    assert "Der Nash-Punkt ist „sechs Zehntel“." in said.stdout
