"""The command that compares scenario files: its results, its page, and one clear message per slip."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.test_cli import expect_refusal, well, zopa  # noqa: F401 - the fixture

SMALL = ["--runs", "20", "--horizon", "5", "--workers", "1"]
BOTH = ["well", "words-only"]
pytestmark = pytest.mark.usefixtures("well")


@pytest.fixture
def output():
    done = zopa("compare", *BOTH, *SMALL, "--json", "--seed", "11", "--csv", "d.csv")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_json_is_one_object_of_the_agreed_shape(output):
    assert (output["reference"], output["seed"], output["horizon_weeks"]) == ("well", 11, 5)
    scenario = output["scenarios"]["well/words-only"]
    assert scenario["changes"] == ["run_up", "levers"]
    assert list(scenario["views"]) == ["wide", "okafor-2030"]
    for view in scenario["views"].values():
        assert view["drawn"] >= view["matching"] >= view["jointly_matching"] > 0
        for moved in (view["agreement"], *view["outcomes"].values()):
            assert moved["low"] <= moved["difference"] <= moved["high"]
            assert moved["difference"] == moved["share"] - moved["reference"]


def test_shares_are_those_of_run_with_the_same_seed(output):
    ran = json.loads(zopa("run", "well", *SMALL, "--seed", "11", "--no-report", "--json").stdout)
    for name, view in output["scenarios"]["well/words-only"]["views"].items():
        assert view["drawn"] == ran["views"][name]["drawn"]
        for key, moved in view["outcomes"].items():
            assert moved["reference"] == ran["views"][name]["outcomes"][key]["share"]


def test_csv_holds_every_outcome(output):
    rows = list(csv.DictReader(Path("d.csv").read_text(encoding="utf-8").splitlines()))
    views = output["scenarios"]["well/words-only"]["views"]
    assert len(rows) == sum(len(view["outcomes"]) + 1 for view in views.values())
    assert {row["changed_keys"] for row in rows} == {"run_up;levers"}
    assert float(rows[0]["difference"]) == views["wide"]["outcomes"][rows[0]["outcome"]]["difference"]


def test_the_page_opens_offline_and_says_first_what_it_is_not(output):
    folder = Path(output["outputs"])
    assert folder.parent == Path("outputs/well")
    assert folder.name.startswith("compare-")
    assert [file.name for file in folder.iterdir()] == ["difference.html"]
    text = (folder / "difference.html").read_text(encoding="utf-8")
    assert text.count("plotly.js v") == 1
    assert text.index("Not a forecast") < text.index("<figure>") < text.index("<figcaption>") < text.index("<details>")
    assert 'src="http' not in text
    assert '"showSendToCloud": false' in text or '"showSendToCloud":false' in text
    assert "default-src 'none'" in text


def test_for_readers():
    done = zopa("compare", *BOTH, *SMALL)
    assert done.exit_code == 0, done.output
    assert "Two villages, words only" in done.stdout
    assert "Changes the run-up and levers." in done.stdout
    assert done.stdout.rstrip().endswith("/difference.html")
    for part in ("Not a forecast", "95%, paired", "λ", "Agreements not on the menu", "Seed 7"):
        assert part in done.stderr
    assert zopa("compare", *BOTH, *SMALL, "-q").stderr == ""


@pytest.mark.parametrize(
    "words",
    [
        ["well/words-only.yaml"],
        ["well/base.yaml", "well/words-only.yaml"],
        ["--view", "okafor-2030", "well", "words-only", "--view", "wide"],
    ],
    ids=" ".join,
)
def test_ways_to_name_the_same_comparison(words):
    done = zopa("compare", *words, *SMALL, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["reference"], list(told["scenarios"])) == ("well", ["well/words-only"])
    assert list(told["scenarios"]["well/words-only"]["views"]) == ["wide", "okafor-2030"]


def test_bare_names_are_those_of_the_default_case(monkeypatch):
    from sim.loading.discovery import derive_name, find_scenario
    from sim.workflows.compare_scenarios import _find_paths

    monkeypatch.setattr("sim.workflows.compare_scenarios.find_default_case", lambda: "well")
    monkeypatch.setattr("sim.loading.discovery.list_folders", lambda: (Path.cwd(),))

    def names(*given, **how):
        return [derive_name(path) for path in _find_paths(list(given), **how)]

    assert names("base", "words-only") == ["well", "well/words-only"]
    assert names("words-only") == ["well", "well/words-only"]
    assert names("words-only", alone=True) == ["well/words-only"]
    assert names("words-only", "base") == ["well/words-only", "well"]
    assert names("well/words-only", "base") == ["well/words-only", "well"]
    assert _find_paths(["words-only"])[0] == find_scenario("well")


def test_set_holds_for_every_scenario():
    same = zopa("compare", *BOTH, *SMALL, "--json").stdout
    set_ = zopa("compare", *BOTH, *SMALL, "--json", "--set", "contest.noise=*9").stdout
    assert json.loads(same)["outputs"] != json.loads(set_)["outputs"]


def test_a_seed_drawn_once_holds_for_all():
    done = zopa("compare", *BOTH, *SMALL, "--json", "--seed", "random")
    assert done.exit_code == 0, done.output
    assert f"Seed {json.loads(done.stdout)['seed']} in all" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (
            ["scenarios"],
            2,
            "zopa: no scenario is named; give the reference and another one as `REFERENCE`, "
            "such as base and words-only",
        ),
        ([*BOTH, "--runs", "1"], 2, "zopa: --runs is 1; it must be from 2 to 10,000,000"),
        ([*BOTH, "--horizon", "0"], 2, "zopa: --horizon is 0; it must be from 1 to 520"),
        ([*BOTH, "--seed", "x"], 2, "zopa: --seed is x; it must be a whole number from 0 to 2^63-1, or `random`"),
        (
            ["well", "well"],
            2,
            "zopa: well would be compared with itself; name another scenario in `REFERENCE`",
        ),
        (
            ["well"],
            2,
            "zopa: well would be compared with itself; name another scenario in `REFERENCE`",
        ),
        (["well", "wel"], 3, "wel: there is no scenario of this name; did you mean 'well'?"),
        (
            [*BOTH, "--set", "contest.nois=1"],
            3,
            "--set contest.nois=1: there is no contest.nois in the scenario; did you mean 'contest.noise'?",
        ),
        (
            [*BOTH, "--csv", "nowhere/d.csv"],
            2,
            "zopa: --csv nowhere/d.csv: nowhere is no folder that can be written to; name another one",
        ),
    ],
)
def test_a_slip_gets_one_message(monkeypatch, words, code, message):
    monkeypatch.setattr("sim.loading.discovery.list_folders", lambda: (Path.cwd(),))
    monkeypatch.setattr("sim.ensemble.simulate.simulate_views", lambda *_: pytest.fail("it was played"))
    assert expect_refusal(code, "compare", *words) == message


def test_an_unknown_view_is_reported_for_every_scenario():
    message = expect_refusal(3, "compare", *BOTH, "--view", "wied").splitlines()
    assert message == [
        f"well/{name}.yaml: there is no source view 'wied' for this scenario; did you mean 'wide'?"
        for name in ("base", "words-only")
    ]


def test_scenarios_of_two_cases_are_refused():
    message = expect_refusal(2, "compare", "well", "two-towns")
    assert message == (
        "zopa: well, textbook/two-towns have no source view in common, so that there is nothing to compare view by view"
    )


def test_an_existing_table_is_never_replaced():
    Path("d.csv").write_text("mine", encoding="utf-8")
    message = expect_refusal(2, "compare", *BOTH, "--csv", "d.csv")
    assert message == (
        "zopa: --csv d.csv: it is there already and is left as it is; name another file or remove it first"
    )
    assert Path("d.csv").read_text(encoding="utf-8") == "mine"


def test_interrupted_runs_are_compared_as_far_as_they_go(monkeypatch):
    from sim.ensemble import simulate

    play = simulate.simulate_views
    monkeypatch.setattr(simulate, "simulate_views", lambda *given, **named: (play(*given, **named)[0], False))
    done = zopa("compare", *BOTH, *SMALL, "--json")
    assert done.exit_code == 130
    told = json.loads(done.stdout)
    assert told["complete"] is False
    assert told["outputs"].endswith("-interrupted")
    assert "interrupted; the runs finished so far are compared" in done.stderr
    monkeypatch.setattr(simulate, "simulate_views", lambda *_, **__: ({}, False))
    done = zopa("compare", *BOTH, *SMALL, "--json")
    assert (done.exit_code, done.stdout) == (130, "")
    assert done.stderr == "zopa: interrupted before there was anything to compare\n"


def test_the_page_in_german():
    done = zopa("compare", *BOTH, *SMALL, "--json", "-q", "--lang", "de")
    assert done.exit_code == 0, done.output
    text = (Path(json.loads(done.stdout)["outputs"]) / "difference.de.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in text
    assert text.index("Keine Vorhersage") < text.index("<figure>")
    assert "Not a forecast" not in text
