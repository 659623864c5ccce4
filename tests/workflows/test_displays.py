"""Displays: at a prompt, in a notebook, as rows of a data frame."""

import sys

import pytest

import sim
from sim.engines.base import EngineError
from sim.errors import MissingPartError, OptionError, ScenarioError, UsageError
from sim.storage.results_folder import ResultsError
from sim.workflows.display import TableDisplay, TextDisplay
from tests.architecture.tree import ROOT

PIE, TOWNS = "textbook/split-the-pie", "textbook/two-towns"
WELL = ROOT / "tests" / "loading" / "cases" / "well"
TABLE = ROOT / "docs" / "generators" / "other_numbers" / "car-emissions.csv"
SMALL = {"runs": 20, "horizon": 3, "workers": 1}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """One result of every kind that shows itself."""
    out = tmp_path_factory.mktemp("results")
    played = sim.run(PIE, out=out, report=False, sweeps=False, **SMALL)
    views = {"outcome": None, "draws": 20, "horizon": 3, "workers": 1, "report": False, "out": out}
    return {
        "attribute": sim.attribute("wide", "okafor-2030", case=sim.load_scenario(WELL), **views),
        "baselines": sim.baselines(PIE),
        "check": sim.check(PIE),
        "cite": sim.cite("north", PIE),
        "compare": sim.compare([str(WELL), str(WELL / "words-only.yaml")], out=out, **SMALL),
        "coverage": sim.coverage("alaska-budapest"),
        "explain": sim.explain("summit.is_held", TOWNS),
        "export_results": sim.export_results(played.folder, what="weeks"),
        "import_files": sim.import_files("table", TABLE, folder=out),
        "list_scenarios": sim.list_scenarios(),
        "load_results": sim.load_results(played.folder),
        "load_scenario": sim.load_scenario(PIE),
        "play": sim.play(PIE, horizon=3),
        "replay": sim.replay(played.folder, 3),
        "run": played,
        "run_batch": sim.run_batch([str(WELL), str(WELL / "words-only.yaml")], out=out, report=False, **SMALL),
        "new_case": sim.new_case("river-dispute", source="split-the-pie", folder=out),
        "report": sim.report(played.folder, workers=1),
        "solve": sim.solve(TOWNS),
        "zone": sim.zone(PIE, runs=20, horizon=3, workers=1),
        "suggest_menu": sim.suggest_menu(TOWNS, draws=20),
    }


def test_every_result_shows_itself_at_a_prompt_and_in_a_notebook(results):
    for name, result in results.items():
        assert isinstance(result, TableDisplay | TextDisplay), name
        assert repr(result).strip(), name
        assert result._repr_html_().startswith("<"), name


def test_rows_become_a_data_frame(results):
    pandas = pytest.importorskip("pandas")
    for name, result in results.items():
        frame = result.to_frame()
        assert isinstance(frame, pandas.DataFrame), name
        assert len(frame) or name == "check", name
    assert list(results["run"].to_frame()["runs"]) == [row.runs for row in results["run"].build_table()]
    assert len(results["play"].to_frame()) == len(results["play"].story.events)


def test_without_pandas_it_says_what_to_install(results, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingPartError, match="pip install pandas"):
        results["run"].to_frame()


def test_figures_are_drawn(results):
    for name in ("run", "run_batch", "compare", "attribute"):
        assert results[name].figure().data, name


def test_results_are_kept_where_they_are_wanted(results, tmp_path):
    for name, files in {
        "run": {"manifest.json", "runs.npz"},
        "compare": {"difference.html", "difference.csv"},
        "attribute": {"attribution.json"},
    }.items():
        folder = results[name].save(tmp_path / name)
        assert files <= {path.name for path in folder.iterdir()}, name
    kept = results["run_batch"].save(tmp_path / "run_batch")
    for member in results["run_batch"].members:
        again = [sim.load_results(path.parent) for path in kept.rglob("manifest.json")]
        assert member.build_table() in [one.build_table() for one in again]


def test_a_file_that_a_killed_run_never_finished_goes_with_the_next_run(tmp_path):
    how = {"out": tmp_path, "report": False, "sweeps": False, **SMALL}
    folder = sim.run(PIE, **how).folder
    (folder / ".weekly_series.npz.1-1.unfinished").write_bytes(b"PK")
    assert sim.run(PIE, **how).folder == folder
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_nothing_is_kept_where_a_file_stands(results, tmp_path):
    (tmp_path / "taken").touch()
    for name in ("compare", "attribute"):
        with pytest.raises(ResultsError, match="taken"):
            results[name].save(tmp_path / "taken")


def test_a_comparison_is_played_by_any_engine(results, tmp_path):
    files = [str(WELL), str(WELL / "words-only.yaml")]
    found = sim.compare(files, out=tmp_path, engine="numpy", **SMALL)
    assert found.comparison.as_csv() == results["compare"].comparison.as_csv()
    with pytest.raises(EngineError):
        sim.compare(files, out=tmp_path, engine="abacus", **SMALL)


def test_a_batch_in_python_is_the_runs_of_each_of_its_files(results):
    alone = sim.run(WELL / "words-only.yaml", **SMALL)
    (member,) = (one for one in results["run_batch"].members if one.manifest.scenario == alone.manifest.scenario)
    assert member.build_table() == alone.build_table()
    assert results["run_batch"].finished


def test_what_is_saved_and_what_is_not(results):
    assert results["run"].folder.is_dir()
    assert results["run"].page is None
    assert results["run"].finished
    assert sim.run(PIE, **SMALL).folder is None


def test_names_of_arguments_are_those_of_python():
    with pytest.raises(OptionError, match=r"^seed is x; it must be"):
        sim.play(PIE, seed="x")
    with pytest.raises(OptionError, match=r"^lang is fr; it must be one of en, de"):
        sim.play(PIE, lang="fr")
    with pytest.raises(UsageError, match="nothing to make a case from"):
        sim.new_case("river-dispute")
    with pytest.raises(ScenarioError, match="split-the-pie"):
        sim.run("split-the-pies")


def test_problems_are_reported_together_and_raised_on_request():
    found = sim.check("no-such-case")
    assert found.problems
    with pytest.raises(ScenarioError):
        found.raise_problems()
