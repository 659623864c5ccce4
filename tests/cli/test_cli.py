"""The command line: exit codes, what stands on stdout and what on stderr, and one clear message per slip."""

import json
import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.cli.options import use_option_names
from sim.loading.loader import load_case
from tests.architecture.tree import ROOT

WELL = ROOT / "tests" / "loading" / "cases" / "well"
PROBLEMS = sorted((ROOT / "tests" / "loading" / "problems").glob("*.yaml"))
SMALL = ["--runs", "20", "--horizon", "5", "--workers", "1", "--no-report"]


@pytest.fixture
def well(tmp_path, monkeypatch):
    """A copy of the small case, in the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZOPA_DEBUG", raising=False)
    return Path(shutil.copytree(WELL, tmp_path / "well")).relative_to(tmp_path)


def zopa(*words):
    """Give a command; whatever happens, nothing may look like a traceback."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert "Traceback" not in done.output
    return done


def expect_refusal(code, *words):
    """The message of a command that must fail with this code and print no result."""
    done = zopa(*words)
    assert (done.exit_code, done.stdout) == (code, ""), done.output
    return done.stderr.rstrip("\n")


# ---------------------------------------------------------------------------------------------- all is well


def test_without_a_command_help_shows_the_groups():
    done = zopa()
    assert done.exit_code == 0
    places = [done.stdout.index(word) for word in ("Every day", " list ", " run ", " play ", "Evidence", "Authoring")]
    assert places == sorted(places)


def test_version():
    assert zopa("--version").stdout.startswith("zopa ")


def test_list():
    listed = json.loads(zopa("list", "--json").stdout)["scenarios"]
    assert all(row["title"] for row in listed)
    done = zopa("list")
    assert all(row["scenario"] in done.stdout for row in listed)


def test_check_of_a_case_without_mistakes(well):
    done = zopa("check", well)
    assert (done.exit_code, done.stdout) == (0, "well: fine, with the source views wide, okafor-2030\n")
    assert done.stderr == ""


def test_check_notes_levers_that_come_too_late(well):
    done = zopa("check", well, "--set", "levers.gate.delay=20")
    assert done.exit_code == 0
    assert done.stderr == (
        "note: shutting the gate (gate): cannot take effect within 13 weeks, its delay is 20 weeks\n"
    )


@pytest.fixture
def summary(well):
    """Results of a small run, as the object that was printed."""
    done = zopa("run", well, *SMALL, "--json", "--seed", "11", "--set", "contest.noise=0.1")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_run_json_is_one_object_of_the_agreed_shape(summary):
    assert {"scenario", "changes", "horizon_weeks", "seed", "views", "source_mean", "outputs"} <= set(summary)
    assert (summary["scenario"], summary["changes"]) == ("well", ["contest.noise=0.1"])
    assert (summary["horizon_weeks"], summary["seed"]) == (5, 11)
    assert list(summary["views"]) == ["wide", "okafor-2030"]
    for view in summary["views"].values():
        assert view["drawn"] >= view["matching"] == 20
        shares = [outcome["share"] for outcome in view["outcomes"].values()]
        assert sum(shares) == pytest.approx(1)
        assert all(o["low"] <= o["share"] <= o["high"] for o in view["outcomes"].values())
        assert "events" in view


def test_run_keeps_what_is_needed_to_do_it_again(summary):
    folder = Path(summary["outputs"])
    assert {path.name for path in folder.iterdir()} == {
        "manifest.json", "runs.npz", "summary.json", "checksums.json", "change.json",
    }  # fmt: skip
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["text"]["title"] == "Two villages and a well"
    assert list(manifest["view_texts"]) == ["wide", "okafor-2030"]
    assert manifest["complete"] is True
    assert manifest["fingerprint"].startswith(folder.name.rsplit("-", 1)[1])


def test_run_for_readers(well):
    done = zopa("run", well, *SMALL, "--view", "okafor-2030")
    assert done.exit_code == 0, done.output
    assert "no agreement" in done.stdout
    assert "wide" not in done.stdout
    assert "share of runs under one assumption set" in done.stderr
    assert "λ: 60" in done.stderr
    assert "Wilson" in done.stderr
    assert "Agreements not on the menu" in done.stderr
    assert zopa("run", well, *SMALL, "-q").stderr == ""


def test_run_writes_the_report(well):
    done = zopa("run", well, *SMALL[:-1], "--view", "okafor-2030", "-q")
    assert done.exit_code == 0, done.output
    path = Path(done.stdout.rstrip().rsplit("Report: ", 1)[1])
    assert "¶4" in path.read_text(encoding="utf-8")


def test_changes_are_part_of_the_digest(well):
    first, second = (
        json.loads(zopa("run", well, *SMALL, "--json", *change).stdout)["outputs"]
        for change in ([], ["--set", "contest.noise=*2"])
    )
    assert first != second


def test_a_random_seed_is_said(well):
    done = zopa("run", well, *SMALL, "--json", "--seed", "random")
    assert f"Seed {json.loads(done.stdout)['seed']}," in done.stderr


def test_play(well):
    done = zopa("play", well, "--run", "3", "--horizon", "4")
    assert done.exit_code == 0
    assert done.stdout.startswith("well: run 3, seed 7, source view wide\n")
    told = json.loads(zopa("play", well, "--run", "3", "--horizon", "4", "--json").stdout)
    assert set(told) == {"run", "outcome", "week", "events"}
    assert all(set(e) == {"week", "actor", "rule", "what", "before", "after"} for e in told["events"])


@pytest.mark.parametrize("view", ["wide", "okafor-2030"])
def test_replay_narrates_the_run_that_was_stored(summary, view):
    from sim.storage.results_folder import load

    results = load(Path(summary["outputs"]))
    stored = results.views[view].columns
    for row in (0, 7):
        done = zopa("replay", "well", int(stored["run"][row]), "--view", view, "--json")
        assert done.exit_code == 0, done.output
        told = json.loads(done.stdout)
        assert told["outcome"] == list(results.outcomes)[int(stored["outcome"][row])]
        assert "changed since" not in done.stderr
    text = zopa("replay", summary["outputs"], int(stored["run"][0]), "--view", view).stdout
    assert f"source view {view}" in text


def test_replay_of_a_scenario_that_has_changed(summary, well):
    before = zopa("replay", summary["outputs"], "0", "--json").stdout
    text = (well / "base.yaml").read_text(encoding="utf-8")
    (well / "base.yaml").write_text(text.replace("noise: {value: 0.05", "noise: {value: 0.9"), encoding="utf-8")
    (well / "views" / "wide.yaml").write_text("view: wide\n", encoding="utf-8")
    done = zopa("replay", summary["outputs"], "0", "--json")
    assert (done.exit_code, done.stdout) == (0, before)
    assert done.stderr.endswith("well/base.yaml cannot be used today; told from the text stored with the results\n")
    shutil.copy(WELL / "views" / "wide.yaml", well / "views" / "wide.yaml")
    (well / "base.yaml").write_text(text.replace("drift: {value: 0,", "drift: {value: 0.9,"), encoding="utf-8")
    done = zopa("replay", summary["outputs"], "0", "--json")
    assert (done.exit_code, done.stdout) == (0, before)
    assert done.stderr.endswith("well/base.yaml has changed since; told from the text stored with the results\n")


def test_schema(well):
    printed = zopa("schema").stdout
    assert json.loads(printed)["title"] == "Scenario file"
    assert zopa("schema", "--out", "schema.json").stdout == ""
    assert Path("schema.json").read_text(encoding="utf-8") == printed


def test_menu(well):
    done = zopa("suggest-menu", well, "--draws", "16", "--rows", "2", "--json")
    assert len(json.loads(done.stdout)["nash"]) <= 2
    assert zopa("suggest-menu", well, "--draws", "16").stdout.startswith("menu:\n  nash:")


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("actors.hill.interests.conflict_cost", "okafor-2030 ¶4"),
        ("contest.noise", "assumed: teaching value"),
        ("hill", "The village above the well."),
        ("gate", "levers.gate.effects.stress [okafor-2030]: 0.01 worth/week"),
        ("okafor-2030", "silent on commitment"),
        ("hill-carries-water", "actors.hill.interests.conflict_cost rests on it"),
        ("issues.water.options.half.worth.hill", "issues.water.options.half.worth.hill: 0.6"),
    ],
)
def test_cite(well, what, says):
    done = zopa("cite", what, "--case", well)
    assert done.exit_code == 0, done.output
    assert says in done.stdout
    assert json.loads(zopa("cite", what, "--case", well, "--json").stdout)["what"] == what


# ------------------------------------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize("wrong", PROBLEMS, ids=lambda path: path.stem)
def test_every_mistake_in_a_file_is_printed(wrong, well):
    text = wrong.read_text(encoding="utf-8")
    said = dict(line[2:].split(": ", 1) for line in text.splitlines() if line.startswith("# "))
    body = "" if wrong.stem == "empty" else text + "#" * int(said.get("fill", 0))
    (well / said["file"]).write_text(body, encoding="utf-8")
    file, *options = said["load"].split(" ")
    views = [option.removeprefix("view=") for option in options if option.startswith("view=")]
    given = (option.partition("=") for option in options if option.startswith(("set=", "answer=")))
    words = [word for name, _, value in given for word in (f"--{name}", value)]
    words = ["run", *words, "--view", views[0]] if views else ["check", *words]
    message = expect_refusal(3, *words, well / file)
    expected = use_option_names(wrong.with_suffix(".txt").read_text(encoding="utf-8")).splitlines()
    assert [line for line in expected if line not in message.splitlines()] == []


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["run", "--runs", "0"], 2, "zopa: --runs is 0; it must be from 1 to 10,000,000"),
        (["run", "--horizon", "0"], 2, "zopa: --horizon is 0; it must be from 1 to 520"),
        (["run", "--horizon", "521"], 2, "zopa: --horizon is 521; it must be from 1 to 520"),
        (["run", "--workers", "0"], 2, "zopa: --workers is 0; it must be from 1 to 512"),
        (
            ["run", "--seed", "-1"],
            2,
            "zopa: --seed is -1; it must be a whole number from 0 to 2^63-1, or `random`",
        ),
        (
            ["play", "--seed", "nan"],
            2,
            "zopa: --seed is nan; it must be a whole number from 0 to 2^63-1, or `random`",
        ),
        (["play", "--run", "-1"], 2, "zopa: --run is -1; it must be from 0 to 9,007,199,254,740,992"),
        (
            ["run", "--runs", "nan"],
            2,
            "zopa: Invalid value for '--runs': it must be a whole number, in digits alone\nSee `zopa run --help`.",
        ),
        (
            ["compare", "--runs", "1.000"],
            2,
            "zopa: Invalid value for '--runs': it must be a whole number, in digits alone\n"
            "See `zopa compare views --help`.",
        ),
        (["run", "--runs"], 2, "zopa: Option '--runs' requires an argument.\nSee `zopa run --help`."),
        (["lst"], 2, "zopa: No such command 'lst'. Did you mean 'list'?\nSee `zopa --help`."),
        (
            ["run", "wel"],
            3,
            "wel: there is no scenario of this name; did you mean 'well'?",
        ),
        (
            ["run", "well", "--view", "okafor-2031", "--view", "wied"],
            3,
            "well/base.yaml: there is no source view 'okafor-2031' for this scenario; did you mean 'okafor-2030'?\n"
            "well/base.yaml: there is no source view 'wied' for this scenario; did you mean 'wide'?",
        ),
        (
            ["run", "well", "--set", "contest.nois=0.1"],
            3,
            "--set contest.nois=0.1: there is no contest.nois in the scenario; did you mean 'contest.noise'?",
        ),
        (
            ["cite", "contest.nois", "--case", "well"],
            2,
            "zopa: nothing in well is called 'contest.nois'; did you mean 'contest.noise'?",
        ),
        (
            ["cite", "noise", "--case", "well"],
            2,
            "zopa: nothing in well is called 'noise'; did you mean 'contest.noise'?",
        ),
        (
            ["run", "words", "--view", "wide"],
            3,
            "words: there is no scenario of this name; did you mean 'words-only'?",
        ),
        (["cite", "gat", "--case", "well"], 2, "zopa: nothing in well is called 'gat'; did you mean 'gate'?"),
        (
            ["replay", "nowhere", "0"],
            1,
            "nowhere: there is no such folder of results; `zopa run` makes one",
        ),
        (
            ["replay", "well", "0"],
            1,
            "outputs/well: there are no results of 'well'; make some with `zopa run well`",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_slip_gets_one_message(well, monkeypatch, words, code, message):
    monkeypatch.setattr("sim.loading.discovery.list_folders", lambda: (Path.cwd(),))
    assert expect_refusal(code, *words) == message


def test_an_option_that_does_not_exist():
    message = expect_refusal(2, "run", "--lenss", "wide")
    assert message.startswith("zopa: there is no option --lenss; did you mean ")
    assert message.endswith("See `zopa run --help`.")


def test_an_engine_that_is_not_there_says_what_to_install(well, monkeypatch):
    monkeypatch.setattr("sim.engines.compiled_engine.is_installed", lambda: False)
    said = expect_refusal(2, "run", well, *SMALL, "--engine", "compiled")
    assert said == "zopa: the compiled engine needs llvmlite: pip install 'zopa-simulator[compiled]'"
    said = expect_refusal(2, "run", well, *SMALL, "--engine", "nonsense")
    assert said == "zopa: no engine is called 'nonsense'; there are compiled, numpy, mesa"


def test_a_folder_that_cannot_be_written_is_found_before_anything_is_played(well, monkeypatch):
    monkeypatch.setattr("sim.ensemble.simulate.simulate_views", lambda *_: pytest.fail("it was played"))
    Path("file").write_text("", encoding="utf-8")
    assert expect_refusal(1, "run", well, "--out", "file/out") == (
        "file/out: results cannot be written there (Not a directory); choose another folder with `--out`"
    )
    if os.geteuid() != 0:
        Path("closed").mkdir(mode=0o500)
        assert "results cannot be written there" in expect_refusal(1, "run", well, "--out", "closed")


def test_a_view_that_never_matches(well, monkeypatch):
    from sim.ensemble.dispatcher import NoMatchError

    def refuse_all(*_):
        raise NoMatchError("wide: of 10,000 draws only 0 match the reported run-up")

    monkeypatch.setattr("sim.ensemble.simulate.simulate_views", refuse_all)
    assert expect_refusal(1, "run", well) == (
        "wide: of 10,000 draws only 0 match the reported run-up; loosen run_up.never, shorten run_up.weeks, "
        "or look at what the view assumes with `zopa cite`"
    )


def test_a_damaged_results_file(summary):
    folder = Path(summary["outputs"])
    (folder / "runs.npz").write_bytes(b"x" + (folder / "runs.npz").read_bytes()[1:])
    message = expect_refusal(1, "replay", folder, "0")
    assert message.startswith(f"{folder.as_posix()}/runs.npz: has changed since it was written; ")


def test_a_run_that_is_not_there(summary):
    drawn = summary["views"]["wide"]["drawn"]
    message = expect_refusal(2, "replay", summary["outputs"], "100000")
    assert message == f"zopa: run 100000 is not there; wide has the runs 0 to {drawn - 1:,}"
    message = expect_refusal(2, "replay", summary["outputs"], "0", "--view", "wied")
    assert message == "zopa: there is no source view 'wied'; did you mean 'wide'?"


def test_what_nobody_foresaw_is_one_line_and_where_to_report_it(well, monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr("sim.workflows.play.load_case", fail)
    message = expect_refusal(1, "play", well)
    assert message.startswith("zopa: unexpected ZeroDivisionError: division by zero; ZOPA_DEBUG=1 shows where;")
    monkeypatch.setenv("ZOPA_DEBUG", "1")
    assert isinstance(CliRunner().invoke(app, ["play", str(well)]).exception, ZeroDivisionError)


def test_a_file_is_read_once_for_all_the_source_views_it_does_not_have(well, monkeypatch):
    read = []
    monkeypatch.setattr(
        "sim.ensemble.plan.load_case", lambda path, **asked: read.append(asked) or load_case(path, **asked)
    )
    words = [word for number in range(1_000) for word in ("--view", f"x{number}")]
    message = expect_refusal(3, "run", well, *words, "--set", "contest.nois=1")
    assert message.endswith("and 981 more")
    assert len(read) == 1


def test_a_number_alone_is_no_results_to_replay():
    message = expect_refusal(2, "replay", "4711")
    assert message == "zopa: name the results first, as in `zopa replay latest 4711`"
