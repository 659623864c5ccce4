"""Assume: a scenario file may hold an assumption as well as a decision, and every result says which it is."""

import shutil
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.loading.loader import load_case
from sim.storage.rebuild import load_checked, rebuild_view

FLAGSHIP = sim.load_scenario("alaska-budapest").case.path.parent
PRICE = 'price: {value: 0.005, unit: worth, assumed: "cheap"}'
NUMBERS = {"view": "fazi-2025", "runs": 40, "horizon": 20, "workers": 1}


@pytest.fixture
def case(tmp_path, monkeypatch):
    """A copy of the flagship with files that assume."""
    monkeypatch.chdir(tmp_path)
    folder = Path(shutil.copytree(FLAGSHIP, tmp_path / "mine"))

    def write(name, more):
        text = f"extends: base\ntitle: {name}\nassumed: to see what it does\n{more}"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return folder / f"{name}.yaml"

    write("cheap", f"assume:\n  levers:\n    oil-sanctions:\n      {PRICE}\n")
    write("barred", "changes: {levers: {oil-sanctions: {executes: false}}}\n")
    write("both", f"changes: {{calendar: {{horizon: 30}}}}\nassume: {{levers: {{oil-sanctions: {{{PRICE}}}}}}}\n")
    return folder


def price(found):
    return found.levers["oil-sanctions"].price.value


def test_what_a_file_assumes_holds_under_every_view_from_week_1(case):
    for view in ("wide", "fazi-2025", None):
        scenario = load_case(case / "cheap.yaml", view=view).scenario
        assert price(scenario) == 0.005
        assert price(scenario.in_run_up) == price(load_case(case / "base.yaml", view=view).scenario)


def test_it_is_the_same_as_setting_it(case):
    assumed = sim.run(case / "cheap.yaml", report=False, **NUMBERS)
    set_ = sim.run(case / "base.yaml", changes="levers.oil-sanctions.price=0.005", report=False, **NUMBERS)
    for name in ("run", "outcome", "week"):
        assert np.array_equal(assumed.views["fazi-2025"].columns[name], set_.views["fazi-2025"].columns[name])
    assert assumed.change.views == set_.change.views
    assert "changed: price of Primary oil sanctions = 0.005 worth" in str(assumed)


@pytest.mark.parametrize(
    ("name", "kinds"), [("cheap", ("assumption",)), ("barred", ("decision",)), ("both", ("decision", "assumption"))]
)
def test_every_comparison_says_which_it_is(case, name, kinds):
    found = sim.compare([str(case / "base.yaml"), str(case / f"{name}.yaml")], **{**NUMBERS, "runs": 8, "horizon": 3})
    (one,) = found.comparison.scenarios.values()
    assert one.kinds == kinds
    assert one.views["fazi-2025"].n_jointly_matching == one.views["fazi-2025"].n_matching


def test_stored_results_are_built_again_as_they_were_played(case, tmp_path):
    found = sim.run(case / "cheap.yaml", out=tmp_path / "outputs", report=False, **NUMBERS)
    kept = load_checked(found.folder).manifest
    again = rebuild_view(kept, "fazi-2025").scenario
    now = load_case(case / "cheap.yaml", view="fazi-2025").scenario
    assert (again, again.in_run_up) == (now, now.in_run_up)
    unchanged = rebuild_view(kept, "fazi-2025", unchanged=True).scenario
    assert price(unchanged) == price(load_case(case / "base.yaml", view="fazi-2025").scenario)
