"""Vary: settings of a grid or a Latin hypercube, paired with the unchanged case; wrong factors are told in words."""

import csv
import json

import numpy as np
import pytest

import sim
from tests.cli.test_cli import expect_refusal, zopa

FLAGSHIP, VIEW = "alaska-budapest", "wide"
PRICE = "levers.oil-sanctions.price"
NUMBERS = {"runs": 40, "horizon": 12, "workers": 1}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def vary(factors, case=FLAGSHIP, **how):
    """The case at some settings, without a page."""
    return sim.vary(case, factors, **{"view": VIEW, "report": False, **NUMBERS, **how})


def list_settings(found):
    return [setting.values for setting in found.varied.settings]


def test_a_setting_is_what_run_plays_with_that_value():
    found = vary(f"{PRICE}=*0.25,*1")
    ran = sim.run(FLAGSHIP, view=VIEW, changes=f"{PRICE}=*0.25", report=False, **NUMBERS)
    quarter, same = (setting.change.views[VIEW] for setting in found.varied.settings)
    assert quarter == ran.change.views[VIEW]
    assert quarter.is_same_selection
    assert same.agreement.difference.value == 0.0
    assert found.unchanged.manifest.changes == ()


def test_always_tells_effect_and_selection_apart():
    found = vary(f"{PRICE}=*0.25", holds_from="always")
    ran = sim.run(FLAGSHIP, view=VIEW, changes=f"{PRICE}=*0.25", holds_from="always", report=False, **NUMBERS)
    view = found.varied.settings[0].change.views[VIEW]
    assert not found.varied.is_same_selection
    assert view.matches_few
    mine, theirs = view.agreement, ran.change.views[VIEW].agreement
    assert mine.effect.value == pytest.approx(theirs.effect.value, abs=0.1)
    assert any("less than half as many draws match" in text for text in found.list_notes())
    assert "effect " in str(found)


def test_more_settings_than_are_played_together_are_paired_with_the_same_case():
    found = vary("contest.noise=*0.5..*2:14", "textbook/strike", view=None)
    assert len(list_settings(found)) == 14
    assert {one.change.views["as-written"].n_unchanged for one in found.varied.settings} == {NUMBERS["runs"]}
    alone = vary("contest.noise=*2", "textbook/strike", view=None)
    assert found.varied.settings[-1].change.views == alone.varied.settings[0].change.views


@pytest.mark.parametrize(
    ("factor", "values"),
    [
        ("contest.noise=0.1..0.5:3", ["0.1", "0.3", "0.5"]),
        ("contest.noise=*0.25..*4:3", ["*0.25", "*1", "*4"]),
        ("contest.noise={low: 0.1, high: 0.2},0.1", ["{low: 0.1, high: 0.2}", "0.1"]),
        ("calendar.horizon=4..7:3", ["4", "6", "7"]),
    ],
)
def test_values_of_a_factor(factor, values):
    found = vary(factor, "textbook/strike", view=None, runs=2, horizon=None)
    assert [one for (one,) in list_settings(found)] == values


def test_a_grid_holds_every_combination():
    found = vary(["contest.noise=0.1,0.2", "choice.precision=20,60,180"], "textbook/strike", view=None, runs=2)
    noises, precisions = ("0.1", "0.2"), ("20", "60", "180")
    assert list_settings(found) == [(noise, precision) for noise in noises for precision in precisions]


def test_a_latin_hypercube_has_one_value_in_every_slice_and_its_seed_is_an_address():
    factors = ["contest.noise=0.1..0.5", "choice.precision=20,60", "contest.victory=*0.5..*2"]
    how = {"case": "textbook/strike", "view": None, "runs": 2, "samples": 8}
    settings = list_settings(vary(factors[:2], **how))
    slices = [int((float(noise) - 0.1) / 0.05) for noise, _ in settings]
    assert sorted(slices) == list(range(8))
    assert [precision for _, precision in settings].count("20") == 4
    assert settings == list_settings(vary(factors[:2], **how))
    assert settings != list_settings(vary(factors[:2], **how, seed=7))


def test_the_table_the_file_and_the_rows_say_the_same():
    found = sim.vary("textbook/strike", ["contest.noise=*0.5,*2", "choice.precision=20,60"], runs=40, workers=1)
    rows = list(csv.DictReader((found.folder / "settings.csv").open(encoding="utf-8", newline="")))
    assert len(rows) == 5
    assert [row["contest.noise"] for row in rows] == ["", "*0.5", "*0.5", "*2", "*2"]
    assert [row["choice.precision"] for row in rows[1:]] == ["20.0", "60.0", "20.0", "60.0"]
    frame = found.to_frame()
    some = frame[frame.outcome == "any_agreement"]
    assert np.allclose(some.share, [float(row["as-written.share"]) for row in rows[1:]])
    assert np.allclose(some.difference, some.share - some.unchanged)
    told = json.loads((found.folder / "vary.json").read_text(encoding="utf-8"))
    assert told["settings"][0]["values"] == {"contest.noise": "*0.5", "choice.precision": "20"}
    assert "heatmap" in found.page.read_text(encoding="utf-8")
    assert found.figure().data
    assert {path.name for path in found.save("copy").iterdir()} == {"settings.csv", "vary.json", "vary.html"}


def test_the_command_prints_one_row_a_setting_and_one_object():
    asked = ["vary", FLAGSHIP, "--view", VIEW, "--runs", "40", "--horizon", "12", "--workers", "1", "--no-report"]
    shown = zopa(*asked, "--vary", f"{PRICE}=*0.5,*2", "--outcome", "war-partial-truce")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.count("│ × ") == 2
    assert "as it is" in shown.stdout
    assert "settings.csv" in shown.stdout
    told = json.loads(zopa(*asked, "--vary", "X12=fazi,portnikov", "--json").stdout)
    assert [one["values"] for one in told["settings"]] == [{"X12": "fazi"}, {"X12": "portnikov"}]


@pytest.mark.parametrize(
    ("factors", "said"),
    [
        ([], "nothing is varied; give `--vary`, for example levers.embargo.price=*0.5,*2"),
        ([PRICE], "is not of the form name=values"),
        ([f"{PRICE}="], f"has no values; for example {PRICE}=*0.5,*2"),
        ([f"{PRICE}=1,,2"], "has an empty value; take away the comma too many"),
        ([f"{PRICE}=1,1"], "has the same value twice"),
        ([f"{PRICE}=5..1:3"], "the range goes downwards; write 1..5"),
        ([f"{PRICE}=2..2:3"], "both ends of the range are the same; write 2 alone"),
        ([f"{PRICE}=..2:3"], "the range has no beginning; write low..high:5"),
        ([f"{PRICE}=0.1..0.5"], "does not say how many values the range has; write 0.1..0.5:5, or give `--samples`"),
        ([f"{PRICE}=0.1..0.5:1"], "the number of values is '1'; it must be from 2 to 1,000"),
        ([f"{PRICE}=*0..*2:3"], "the range of factors begins at 0; a factor of a range must be above 0"),
        ([f"{PRICE}=0.1..*2:3"], "only one end of the range is a factor; write *0.1..*2"),
        ([f"{PRICE}=1,2", f"{PRICE}=3"], f"{PRICE} is varied twice; give all its values at once"),
        (["view=wide,abt-2025"], "source views stand side by side already; name them with `--view`"),
        (["levers.oil-sanction.price=1,2"], "did you mean 'levers.oil-sanctions'?"),
        ([f"{PRICE}=a,b"], "expected a number, found the text 'a'"),
        ([f"{PRICE}=-1,0.2"], "must be between 0 and 1,000, and is -1"),
        (["X12=fazi,abtt"], "X12 has no side 'abtt'"),
        (["title=a,b"], "title is for readers, and no run depends on it; vary a number, such as contest.noise"),
        (["levers.oil-sanctions.label=a,b"], "levers.oil-sanctions.label is for readers"),
    ],
    ids=str,
)
def test_wrong_factors_are_told_before_anything_is_played(factors, said):
    asked = [word for one in factors for word in ("--vary", one)]
    done = zopa("vary", FLAGSHIP, "--view", VIEW, *asked)
    assert done.exit_code == (3 if factors else 2)
    assert said in done.stderr
    assert not factors or done.stderr.startswith("--vary ")


def test_a_wrong_place_is_told_once_for_all_its_values():
    done = zopa("vary", FLAGSHIP, "--vary", "levers.oil-sanction.price=1,2,3")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_range_of_samples_has_no_number_of_values():
    said = expect_refusal(3, "vary", "--samples", "5", "--vary", f"{PRICE}=1..2:4")
    assert said.endswith("with `--samples`, a range has no number of values; leave out :4")
    said = expect_refusal(2, "vary", "--samples", "1", "--vary", f"{PRICE}=1..2")
    assert said == "zopa: --samples is 1; it must be from 2 to 1,000"


def test_too_many_settings_say_how_long_they_would_take():
    asked = ["vary", "textbook/strike", "--runs", "10", "--workers", "1"]
    done = zopa(*asked, "--vary", "contest.noise=0.1..0.5:101", "--vary", "choice.precision=20..80:10")
    assert done.exit_code == 2
    assert "--vary makes 1,010 settings, which would take about " in done.stderr
    assert "at most 1,000 are played" in done.stderr


@pytest.mark.parametrize("also", [("--set", f"{PRICE}=*3"), ("--answer", "X12=fazi")])
def test_nothing_is_varied_and_set_at_once(also):
    name = also[1].partition("=")[0]
    done = zopa("vary", FLAGSHIP, "--view", VIEW, "--vary", f"{name}=*1,*2", *also)
    assert done.exit_code == 3
    assert done.stderr.splitlines() == [f"--vary {name}: {name} is set as well; vary it, or set it"]
