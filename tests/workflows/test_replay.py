"""Replay: a run that is no longer the one stored says so, however alike it ends."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sim import replay, run
from sim.ensemble.fingerprint import recompute_fingerprint
from sim.storage.results_folder import load, save
from tests.architecture.tree import ROOT

WELL = ROOT / "tests" / "loading" / "cases" / "well" / "base.yaml"


@pytest.fixture
def folder(tmp_path):
    return run(WELL, runs=6, horizon=8, view="wide", workers=1, report=False, out=tmp_path).folder


def test_the_run_that_is_stored_differs_in_nothing(folder):
    assert {replay(folder, number).differs for number in range(3)} == {""}


@pytest.mark.parametrize("name", ["outcome", "balance"])
def test_another_stored_number_is_told(folder, name, tmp_path):
    """As if the rules had changed since: everything fits but the run itself."""
    found = load(folder)
    found = replace(found, manifest=found.manifest.model_copy(update={"code": "another"}))
    view = found.views["wide"]
    columns = {key: np.array(column) for key, column in view.columns.items()}
    row = list(columns["run"]).index(0)
    columns[name][row] = (columns[name][row] + 1) % len(found.outcomes) if name == "outcome" else 0.123
    by_week = np.array(view.by_week)
    if name == "outcome":
        last = np.bincount(columns["outcome"].astype(int), minlength=len(found.outcomes))
        by_week[-1] = last
    changed = replace(found, views={"wide": replace(view, columns=columns, by_week=by_week)})
    told = replay(save(changed, tmp_path / "other"), 0).differs
    how = "ended otherwise (" if name == "outcome" else "went otherwise (balance)"
    assert told.startswith(f"the stored run {how}")


def test_a_text_that_plays_another_run_is_told(folder, tmp_path):
    found = load(folder)
    data = json.loads(found.manifest.model_dump_json())
    data["text"]["contest"]["balance"]["value"] = 3.0
    manifest = type(found.manifest).model_validate(data)
    update = {"fingerprint": recompute_fingerprint(manifest), "code": "another"}
    manifest = manifest.model_copy(update=update)
    told = replay(save(replace(found, manifest=manifest), tmp_path / "other"), 0)
    assert "the rules or the scenario have changed since" in told.differs
    assert told.differs in str(told)
