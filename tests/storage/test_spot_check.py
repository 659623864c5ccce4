"""Spot check: results whose scenario, seed or runs were changed afterwards are refused, however well sealed."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sim import export_results, load_results, replay, report, run
from sim.ensemble.fingerprint import recompute_fingerprint
from sim.ensemble.manifest import Manifest
from sim.storage.results_folder import ResultsError, load, save
from tests.architecture.tree import ROOT

WELL = ROOT / "tests" / "loading" / "cases" / "well" / "base.yaml"


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """Runs of two source views, with changes that hold from week 1."""
    folder = run(WELL, runs=40, horizon=8, workers=1, report=False, out=tmp_path_factory.mktemp("out")).folder
    return load(folder)


def change_text(stored, change, **update):
    """The same runs with another scenario, the fingerprint made to fit."""
    data = json.loads(stored.manifest.model_dump_json())
    change(data)
    manifest = Manifest.model_validate(data).model_copy(update=update)
    manifest = manifest.model_copy(update={"fingerprint": recompute_fingerprint(manifest)})
    return replace(stored, manifest=manifest)


def change_column(stored, name, row, value):
    """The same runs, one of them with another number."""
    key, view = next(iter(stored.views.items()))
    columns = {name: np.array(column) for name, column in view.columns.items()}
    columns[name][row] = value
    return replace(stored, views=stored.views | {key: replace(view, columns=columns)})


def set_balance(data):
    data["text"]["contest"]["balance"]["value"] = 3.0


def set_seed(data):
    data["seed"] += 1


READERS = {
    "report": lambda folder: report(folder, workers=1),
    "export": lambda folder: export_results(folder, what="runs"),
    "replay": lambda folder: replay(folder, 0),
    "load": load_results,
}


@pytest.mark.parametrize("reader", READERS)
def test_another_scenario_under_the_same_runs(stored, tmp_path, reader):
    folder = save(change_text(stored, set_balance), tmp_path / "other")
    with pytest.raises(ResultsError) as caught:
        READERS[reader](folder)
    said = str(caught.value)
    assert ", played again, goes otherwise (" in said
    assert (
        "; scenario, seed or runs were changed after they were played; make the results again with `zopa run " in said
    )
    assert "\n" not in said


def test_what_was_not_changed_is_read(stored, tmp_path):
    folder = save(stored, tmp_path / "same")
    assert load_results(folder).manifest == load(folder).manifest


@pytest.mark.parametrize("row", [0, -1])
@pytest.mark.parametrize("name", ["balance", "talks", "week"])
def test_another_number_in_the_first_or_the_last_run(stored, tmp_path, name, row):
    folder = save(change_column(stored, name, row, 7.0), tmp_path / "other")
    with pytest.raises(ResultsError, match=rf"goes otherwise \({name}\)"):
        load_results(folder)


def test_another_seed(stored, tmp_path):
    with pytest.raises(ResultsError, match=r"run \d+ of wide, played again, "):
        load_results(save(change_text(stored, set_seed), tmp_path / "other"))


def test_beliefs_of_other_names(stored, tmp_path):
    key, view = next(iter(stored.views.items()))
    opening = {f"{name}x": found for name, found in view.opening.items()}
    changed = replace(stored, views=stored.views | {key: replace(view, opening=opening)})
    with pytest.raises(ResultsError, match=f"the beliefs at week 0 of {key} are others"):
        load_results(save(changed, tmp_path / "other"))


def test_fewer_runs_in_a_week_than_play_there(stored, tmp_path):
    key, view = next(iter(stored.views.items()))
    by_week = np.array(view.by_week)
    most, least = by_week[0].argmax(), by_week[0].argmin()
    by_week[0, most], by_week[0, least] = by_week[0, least], by_week[0, most]
    changed = replace(stored, views=stored.views | {key: replace(view, by_week=by_week)})
    with pytest.raises(ResultsError, match=f"fewer runs of {key} stand somewhere in a week"):
        load_results(save(changed, tmp_path / "other"))


@pytest.mark.parametrize("code", ["", "0" * 64])
def test_runs_that_other_code_played_are_not_played_again(stored, tmp_path, code):
    folder = save(change_text(stored, set_balance, code=code), tmp_path / "older")
    assert load_results(folder).manifest.code == code


@pytest.mark.parametrize("holds_from", ["week-1", "always"])
def test_changes_that_hold_from_week_1_or_always(tmp_path, holds_from):
    """The run-up is played as it was before the changes, and so is the check."""
    asked = {"changes": "choice.precision=*0.5", "holds_from": holds_from}
    found = run(WELL, runs=6, horizon=8, workers=1, report=False, out=tmp_path, **asked)
    assert load_results(found.folder).manifest.holds_from == holds_from


def test_each_scenario_of_a_batch(tmp_path):
    both = ("alaska-budapest/words-only", "alaska-budapest/treaty-first")
    for one in both:
        found = run(one, runs=3, horizon=2, view="wide", workers=1, report=False, out=tmp_path)
        assert load_results(found.folder).manifest.scenario == one
