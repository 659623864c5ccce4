"""The command that attributes the difference between two source views: numbers, page, and one message per slip."""

import json
from itertools import combinations
from pathlib import Path

import pytest

from sim import attribute
from sim.experiments import theme_coalitions
from tests.cli.test_cli import expect_refusal, well, zopa  # noqa: F401 - the fixture

VIEWS = ["wide", "okafor-2030"]
SMALL = ["--case", "well", "--draws", "60", "--horizon", "6", "--workers", "1"]
OUTCOME = "--outcome"
pytestmark = pytest.mark.usefixtures("well")


@pytest.fixture
def output():
    done = zopa("attribute", *VIEWS, *SMALL, "--json", "--seed", "11")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def find_shift(output, theme):
    """What a theme accounts for."""
    return output["themes"][theme]["value"]


def test_json_is_one_object_of_the_agreed_shape(output):
    assert (output["scenario"], output["views"], output["outcome"]) == ("well", VIEWS, "any_agreement")
    assert (output["seed"], output["horizon_weeks"], output["draws"]) == (11, 6, 60)
    assert list(output["themes"]) == ["cost-and-patience", "lever-bite", "account"]
    assert len(output["shares"]) == len(output["matching"]) == 8
    assert abs(sum(find_shift(output, theme) for theme in output["themes"]) - output["difference"]["value"]) < 1e-12
    (stress,) = output["says"]["lever-bite"]
    assert stress["place"] == "levers · gate · effects · stress"
    assert stress["second"] == {"says": "0.01 worth/week", "because": ["dale-is-patient"], "assumed": "", "own": True}
    assert stress["first"] == {"says": "0.02 worth/week", "because": [], "assumed": "teaching value", "own": False}
    assert [one["says"] for one in (output["says"]["account"][0][side] for side in ("first", "second"))] == [
        "nothing was done before",
        "the gate was shut once before",
    ]


def test_numbers_are_saved_beside_the_page_with_how_they_were_made(output):
    folder = Path(output["outputs"])
    assert folder.parent == Path("outputs/well")
    assert sorted(file.name for file in folder.iterdir()) == [
        "attribution.csv",
        "attribution.html",
        "attribution.json",
        "draws.npz",
    ]
    kept = json.loads((folder / "attribution.json").read_text(encoding="utf-8"))
    manifest = kept.pop("manifest")
    assert kept == {name: value for name, value in output.items() if name != "outputs"}
    assert (manifest["seed"], manifest["scenario"], list(manifest["view_texts"])) == (11, "well", VIEWS)
    assert "runs_asked" not in manifest
    assert folder.name == f"attribute-wide-okafor-2030-{output['fingerprint'][:8]}"


def test_shares_of_both_views_are_those_of_their_first_draws(output):
    how = ["--horizon", "6", "--seed", "11", "--workers", "1", "--no-report", "--json"]
    for view, place in zip(VIEWS, (0, -1), strict=True):
        ran = json.loads(zopa("run", "well", "--view", view, *how, "--runs", str(output["matching"][place])).stdout)
        found = ran["views"][view]
        assert found["drawn"] <= 60
        assert sum(outcome["share"] for outcome in found["outcomes"].values()) == pytest.approx(1)
        assert found["any_agreement"]["share"] == pytest.approx(output["shares"][place])


def test_the_way_back_has_the_opposite_sign(output):
    back = json.loads(zopa("attribute", *reversed(VIEWS), *SMALL, "--json", "--seed", "11").stdout)
    assert back["outputs"] != output["outputs"]
    for theme in output["themes"]:
        assert find_shift(back, theme) == pytest.approx(-find_shift(output, theme), abs=1e-12)


def test_an_outcome_may_be_asked_about(output):
    keys = ["agreement", "one-side", "open"]
    asked = [
        json.loads(zopa("attribute", *VIEWS, *SMALL, "--json", "--seed", "11", OUTCOME, key).stdout) for key in keys
    ]
    assert [one["outcome"] for one in asked] == keys
    assert sum(one["first"] for one in asked) == pytest.approx(1)
    for theme in output["themes"]:
        assert sum(find_shift(one, theme) for one in asked) == pytest.approx(0, abs=1e-12)


def test_neither_workers_nor_engines_change_the_numbers(output):
    for words in (["--workers", "2"], ["--engine", "numpy"]):
        other = json.loads(zopa("attribute", *VIEWS, *SMALL, "--json", "--seed", "11", "--no-report", *words).stdout)
        assert other == output


def test_for_readers():
    done = zopa("attribute", *VIEWS, *SMALL)
    assert done.exit_code == 0, done.output
    for part in ("cost and patience", "effect of levers", "account of the run-up", "sum", "Under this model"):
        assert part in done.stdout
    assert done.stdout.rstrip().endswith("/attribution.html")
    for part in ("8 sets of 3 themes", "Not a forecast", "95%, paired", "Seed 7"):
        assert part in done.stderr
    assert zopa("attribute", *VIEWS, *SMALL, "-q").stderr == ""


def test_without_a_page():
    done = zopa("attribute", *VIEWS, *SMALL, "--no-report")
    (path,) = Path("outputs/well").rglob("*.json")
    assert path.name == "attribution.json"
    assert done.stdout.rstrip().endswith("/attribution.json")


def test_scenario_files_open_questions_and_changes():
    words_only = zopa("attribute", *VIEWS, *SMALL, "--json", "--no-report", "--case", "well/words-only.yaml")
    assert list(json.loads(words_only.stdout)["themes"]) == ["cost-and-patience", "lever-bite"]
    asked = ("--json", "--no-report", "--set", "levers.gate.effects.stress=0.03")
    everywhere = zopa("attribute", *VIEWS, *SMALL, *asked, "--from", "always")
    assert list(json.loads(everywhere.stdout)["themes"]) == ["cost-and-patience", "account"]
    from_week_1 = zopa("attribute", *VIEWS, *SMALL, *asked)
    assert list(json.loads(from_week_1.stdout)["themes"]) == ["cost-and-patience", "lever-bite", "account"]


def test_the_page_opens_offline_and_says_first_what_it_is_not(output):
    text = (Path(output["outputs"]) / "attribution.html").read_text(encoding="utf-8")
    assert text.count("plotly.js v") == 1
    assert text.index("Not a forecast") < text.index("<figure>") < text.index("<figcaption>") < text.index("<details>")
    assert 'src="http' not in text
    assert "default-src 'none'" in text
    assert "levers · gate · effects · stress" in text
    assert "Okafor 2030: 0.01 worth/week" in text
    assert "Wide priors says nothing on this; the scenario&#x27;s own number: 0.02 worth/week" in text
    assert "Our assumption: teaching value" in text
    for key in ("attribution.", "report."):
        assert f">{key}" not in text


def test_the_page_in_german():
    done = zopa("attribute", *VIEWS, *SMALL, "--json", "-q", "--lang", "de")
    assert done.exit_code == 0, done.output
    text = (Path(json.loads(done.stdout)["outputs"]) / "attribution.de.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in text
    assert text.index("Keine Vorhersage") < text.index("<figure>")
    assert "Not a forecast" not in text
    assert "Kosten und Geduld" in text
    assert '<span lang="en">levers · gate · effects · stress</span>' in text


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["wide", "wide", *SMALL], 2, "zopa: wide would be set beside itself; name another source view"),
        (
            ["wied", "okafor-2030", *SMALL],
            3,
            "well/base.yaml: there is no source view 'wied' for this scenario; did you mean 'wide'?",
        ),
        ([*VIEWS, *SMALL, OUTCOME, "opne"], 2, "zopa: there is no outcome 'opne'; did you mean 'open'?"),
        ([*VIEWS, *SMALL, "--draws", "0"], 2, "zopa: --draws is 0; it must be from 2 to 100,000"),
        ([*VIEWS, *SMALL, "--horizon", "0"], 2, "zopa: --horizon is 0; it must be from 1 to 520"),
        (
            [*VIEWS, *SMALL, "--scheduler", "tcp://nobody:8786"],
            2,
            "zopa: `--workers` and `--scheduler` exclude each other: the cluster has its own workers",
        ),
        (
            ["one", "two", *SMALL, "--case", "split-the-pie"],
            2,
            "zopa: split-the-pie has no source views to set side by side",
        ),
    ],
)
def test_a_slip_gets_one_message(monkeypatch, words, code, message):
    monkeypatch.setattr("sim.experiments.theme_coalitions.simulate_sets", lambda *_, **__: pytest.fail("it was played"))
    assert expect_refusal(code, "attribute", *words) == message


def test_views_that_do_not_differ_are_refused():
    for name in VIEWS:
        path = Path("well/views") / f"{name}.yaml"
        path.write_text(f"view: {name}\nlabel: {name}\nsummary: Nothing is assumed.\n", encoding="utf-8")
    assert expect_refusal(2, "attribute", *VIEWS, *SMALL) == (
        "zopa: wide and okafor-2030 do not differ in this scenario, so there is nothing to attribute"
    )


def test_a_single_view_is_refused():
    assert "See `zopa attribute --help`." in expect_refusal(2, "attribute", "wide")


def test_an_interruption_at_once_keeps_nothing(monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.experiments.theme_coalitions.simulate_task", interrupt)
    done = zopa("attribute", *VIEWS, *SMALL)
    assert (done.exit_code, done.stdout) == (130, "")
    assert done.stderr.splitlines()[-1] == "zopa: interrupted"
    assert not Path("outputs").exists()


def test_a_set_without_matching_draws_is_reported(monkeypatch):
    monkeypatch.setattr("sim.model.run_up.matches_history", lambda layout, look: look("world", "stage", 0) * 0.0)
    message = expect_refusal(1, "attribute", *VIEWS, *SMALL, "-q")
    assert message.startswith(
        "with nothing as the second source view has it, none of 60 draws matches the reported run-up"
    )


def test_what_was_interrupted_is_taken_up_again(monkeypatch):
    """The sets of the first account are kept, only the others are played, and the numbers are the same."""
    how = {"case": "well", "draws": 40, "horizon": 4, "workers": 1, "seed": 3, "report": False}
    whole = attribute(*VIEWS, **how, out="whole")
    tasks = theme_coalitions._simulate_tasks

    def stop_after_one(*given):
        yield next(tasks(*given))
        raise KeyboardInterrupt

    monkeypatch.setattr(theme_coalitions, "_simulate_tasks", stop_after_one)
    with pytest.raises(KeyboardInterrupt, match="the same command goes on"):
        attribute(*VIEWS, **how)
    played = []
    monkeypatch.setattr(
        theme_coalitions, "_simulate_tasks", lambda *given: (played.append(one) or one for one in tasks(*given))
    )
    again = attribute(*VIEWS, **how)
    assert sum(len(task.sets) for task, _ in played) == 4
    assert again.found == whole.found
    attribute(*VIEWS, **how, interactions=True)
    assert sum(len(task.sets) for task, _ in played) == 4


def test_interactions_are_said_on_request_and_kept_as_a_table():
    how = ["--case", "well", "--draws", "40", "--horizon", "4", "--workers", "1", "--seed", "3", "--no-report"]
    plain = json.loads(zopa("attribute", "wide", "okafor-2030", *how, "--json").stdout)
    assert "interactions" not in plain
    found = json.loads(zopa("attribute", "wide", "okafor-2030", *how, "--interactions", "--json").stdout)
    assert {frozenset((row["theme"], row["with"])) for row in found["interactions"]} == {
        frozenset(pair) for pair in combinations(plain["themes"], 2)
    }
    assert all(row["low"] <= row["value"] <= row["high"] for row in found["interactions"])
    table = Path(found["outputs"], "attribution.csv").read_text(encoding="utf-8").splitlines()
    assert table[0] == "theme,with,value,low,high,kind"
    assert len(table) == 1 + 3 + 3
    assert "points only together" in zopa("attribute", "wide", "okafor-2030", *how, "--interactions").stdout
