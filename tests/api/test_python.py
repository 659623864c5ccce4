"""zopa from Python: results and scenarios show themselves, and slips are told in plain words."""

import json
import os
import shlex
import subprocess
import sys

import pytest

import sim
from sim import load_results, load_scenario, run
from sim.errors import ScenarioError, display_path
from sim.i18n.messages import use_language
from tests.architecture.tree import ROOT
from tests.cli.test_cli import zopa

WELL = ROOT / "tests" / "loading" / "cases" / "well"
PIE = "textbook/split-the-pie"
SCRIPT = """from sim import run
made = run("textbook/split-the-pie", runs=600, horizon=2, workers={workers})
print(made.views["as-written"].n_matching)
"""


@pytest.fixture(scope="module")
def ensemble():
    return run(PIE, runs=40, horizon=6, workers=1)


def test_a_result_says_first_what_it_is_not(ensemble):
    for said in (repr(ensemble), ensemble._repr_html_()):
        places = [said.index(words) for words in ("Not a forecast", "Split the pie", "outcome", "the pie is split")]
        assert places == sorted(places)
        assert "λ" in said
        assert "Wilson" in said


def test_results_and_scenarios_speak_both_languages(ensemble):
    with use_language("de") as lacking:
        result, scenario = ensemble._repr_html_(), repr(load_scenario(PIE))
    assert not {key for key in lacking if key.startswith("api.")}
    assert "Keine Vorhersage" in result
    assert "the pie is split" not in result + scenario
    assert "Den Kuchen teilen" in result
    assert "Akteure" in scenario


def test_html_is_escaped():
    made = load_scenario(PIE, changes='title="<b>pie</b>"')
    assert "<b>pie" not in made._repr_html_()
    assert "&lt;b&gt;pie" in made._repr_html_()


def test_rows_add_up_and_fit_the_shares(ensemble):
    rows = ensemble.build_table()
    assert sum(row.runs for row in rows) == rows[0].of == 40
    for row in rows:
        found = ensemble.shares.views[row.view].outcomes[row.outcome]
        assert (row.share, row.low, row.high, row.kind) == (found.share, found.low, found.high, found.kind)
        assert row.share == row.runs / row.of


def test_a_scenario_keeps_what_was_asked():
    case = load_scenario(WELL, view="okafor-2030", changes="contest.noise=0.1")
    played = run(case, runs=5, horizon=2, changes=["choice.precision=50"], workers=1)
    assert list(played.views) == ["okafor-2030"]
    assert played.manifest.changes == ("contest.noise=0.1", "choice.precision=50")
    assert played.manifest.command == (
        f"zopa run {display_path(WELL / 'base.yaml')} --view okafor-2030 --set contest.noise=0.1 "
        "--set choice.precision=50 --runs 5 --horizon 2"
    )
    assert list(run(case, view="wide", runs=5, horizon=2, workers=1).views) == ["wide"]


def test_the_command_in_the_manifest_gives_the_same_numbers(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    played = run(PIE, view=(), runs=30, horizon=3, seed=7, changes="contest.noise=0.2", workers=1)
    done = zopa(*shlex.split(played.manifest.command)[1:], "--workers", "1", "--no-report", "--json")
    told = json.loads(done.stdout)["views"]["as-written"]["outcomes"]
    assert {key: found["share"] for key, found in told.items()} == {
        row.outcome: row.share for row in played.build_table()
    }


def test_results_come_back_to_the_bit(ensemble, tmp_path):
    again = load_results(ensemble.save(tmp_path / "results"))
    for name, column in ensemble.views["as-written"].columns.items():
        assert column.tobytes() == again.views["as-written"].columns[name].tobytes()
    assert again.build_table() == ensemble.build_table()


@pytest.mark.parametrize(("name", "number"), [("runs", 0), ("horizon", -1), ("workers", 0), ("seed", -1)])
def test_numbers_out_of_bounds(name, number):
    with pytest.raises(ValueError, match=rf"{name} is {number}; it must be "):
        run(PIE, **{name: number})


def test_a_name_that_does_not_exist():
    with pytest.raises(ScenarioError, match="split-the-pie"):
        load_scenario("split-the-pies")
    with pytest.raises(AttributeError, match="has no attribute 'runn'"):
        sim.runn  # noqa: B018


def script(tmp_path, text, *, piped=False):
    """What a program says on both streams, started as a file or through a pipe."""
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    words = [sys.executable, *(["-"] if piped else ["mine.py"])]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        words, cwd=tmp_path, env=surroundings, input=text, capture_output=True, text=True, check=False, timeout=120
    )
    return done.returncode, done.stdout, done.stderr


def test_a_script_without_a_guard_is_told_what_to_do(tmp_path):
    code, out, err = script(tmp_path, SCRIPT.format(workers=2))
    assert (code, out) == (1, "")
    last = err.rstrip().splitlines()[-1]
    assert last.startswith("sim.workflows.workers.WorkersError: the processes that play the runs ended early")
    assert '`if __name__ == "__main__":`' in last
    assert "workers=1" in last


@pytest.mark.parametrize(
    "call", ["run(runs=1500, horizon=4, workers=2)", "attribute('wide', 'fazi-2025', draws=20, workers=2)"]
)
def test_nor_does_a_script_with_a_large_case_wait_for_processes_that_are_gone(tmp_path, call):
    """What a process gets to begin with is little, or its starter would wait until it has read all of it."""
    code, out, err = script(tmp_path, f"import sim\nsim.{call}\n")
    assert (code, out) == (1, "")
    assert err.rstrip().splitlines()[-1].startswith("sim.workflows.workers.WorkersError: the processes that play")
    assert err.count("Traceback") == 2, "ours, and what broke; none of the processes'"
    assert "leaked" not in err


def test_one_worker_needs_no_guard_and_a_pipe_plays_with_one(tmp_path):
    assert script(tmp_path, SCRIPT.format(workers=1))[:2] == (0, "600\n")
    assert script(tmp_path, SCRIPT.format(workers=None), piped=True)[:2] == (0, "600\n")


def test_importing_sim_loads_nothing_heavy():
    heavy = "numpy mesa pandas plotly pydantic yaml scipy typer rich".split()
    code = f"import sys, sim; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
