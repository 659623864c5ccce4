"""Flagship files: each of the ten loads with every source view, is short, gives its reasons, and does what it says."""

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.engines.numpy_engine import NumpyEngine
from sim.ensemble.block import simulate_block, simulate_to_week_zero
from sim.loading.loader import list_views, load_case
from sim.loading.strict_yaml import read_yaml
from sim.model.build_layout import build_layout
from sim.rules.stages import IN_FORCE, SIGNED
from sim.rules.week import VALUES
from tests.theory.simulate import (
    FLAGSHIP,
    SEED,
    apply_rules,
    differences,
    play_in_mesa,
    play_runs,
    play_weekly,
    scenario,
)

FILES = (
    "words-only",
    "oil-sanctions",
    "secondary-tariffs",
    "tomahawks-delivered",
    "ceasefire-first",
    "treaty-first",
    "alaska-confirmed",
    "budapest-held",
    "us-withdraws",
    "guarantees-and-aid",
)
VIEWS = tuple(list_views(FLAGSHIP))
LINES = 55
WEEKS = 30
DRAWS = 128
NO_CONSENT = "consent=off"
FOLDER = load_case(FLAGSHIP).path.parent
SETTING = re.compile(r"(?<![\w.-])[a-z][\w-]*(?:\.[\w-]+)+=[\w.-]*\w")

every_file = pytest.mark.parametrize("name", FILES)
every_view = pytest.mark.parametrize("view", VIEWS)


def load_changed(name, *answers, view="wide"):
    """A file with some of its questions answered."""
    return scenario(f"{FLAGSHIP}/{name}", view=view, answers=answers)


@cache
def block(name, weeks, *answers, view="wide"):
    """Columns of the first draws after some weeks."""
    return simulate_block(load_changed(name, *answers, view=view), SEED, 0, DRAWS, weeks).columns


def find_file(name) -> Path:
    return FOLDER / f"{name}.yaml"


def settings(name):
    """What the header offers for --set: one list of changes for each line of the comment that names some."""
    lines = find_file(name).read_text(encoding="utf-8").splitlines()
    found = [SETTING.findall(line) for line in lines if line.startswith("#")]
    return [changes for changes in found if changes]


def list_answers(name):
    """Every answer that the file has, as name=answer."""
    found = read_yaml(find_file(name)).data.get("open_questions", {})
    return [f"{question}={answer}" for question, about in found.items() for answer in about["answers"]]


def test_the_folder_holds_these_files_and_no_others():
    beside = {path.stem for path in FOLDER.glob("*.yaml") if "extends: " in path.read_text(encoding="utf-8")}
    assert beside == set(FILES)


@every_view
@every_file
def test_it_loads_with_every_source_view(name, view):
    case = load_case(f"{FLAGSHIP}/{name}", view=view)
    assert case.view is not None


@every_file
def test_it_is_short_and_gives_its_reasons(name):
    text = read_yaml(find_file(name)).data
    base = read_yaml(FOLDER / "base.yaml").data
    assert len(find_file(name).read_text(encoding="utf-8").splitlines()) <= LINES
    assert text["extends"] == "base"
    assert text["because"]
    assert text["title"] != base["title"]
    assert text["question"] != base["question"]
    assert "probability" not in (text["title"] + text["question"]).lower()


@every_file
def test_every_answer_loads_changes_something_and_leaves_the_run_up_alone(name):
    before = load_changed(name)
    assert settings(name) or list_answers(name)
    for answer in list_answers(name):
        assert load_changed(name, answer) != before, answer
        assert load_changed(name, answer).in_run_up == before.in_run_up
    for changes in settings(name):
        assert scenario(f"{FLAGSHIP}/{name}", *changes, view="wide") != before, changes


@every_view
@every_file
def test_its_changes_hold_from_week_1_so_that_the_same_runs_match(name, view):
    base, found = block("base", 1, view=view), block(name, 1, view=view)
    assert np.array_equal(base["run"], found["run"])
    assert scenario(FLAGSHIP, view=view) == load_changed(name, view=view).in_run_up


@every_file
def test_both_engines_play_it_alike(name):
    found = load_changed(name)
    arrays = play_runs(found, 2, WEEKS)
    for run in (0, 1):
        alone = {s: {n: a[..., run] for n, a in table.items()} for s, table in arrays.state.items()}
        assert differences(play_in_mesa(found, run, WEEKS).table, alone) == []


SCHEDULED = {
    "oil-sanctions": 12,
    "secondary-tariffs": 12,
    "alaska-confirmed": 2,
    "budapest-held": 13,
    "us-withdraws": 12,
}


@pytest.mark.parametrize("name", SCHEDULED)
def test_nothing_differs_from_the_base_before_its_date(name):
    before, base = block(name, SCHEDULED[name] - 1), block("base", SCHEDULED[name] - 1)
    assert [column for column in base if not np.array_equal(base[column], before[column])] == []
    after, without = block(name, SCHEDULED[name]), block("base", SCHEDULED[name])
    assert any(not np.array_equal(without[column], after[column]) for column in without)


EXECUTIONS = [
    ("oil-sanctions", "oil-sanctions", 12),
    ("secondary-tariffs", "secondary-tariffs", 12),
    ("tomahawks-delivered", "long-range-missiles", 11),
    ("tomahawks-delivered", "long-range-substitute", 11),
    ("guarantees-and-aid", "aid-package", 3),
]


@pytest.mark.parametrize("view", ["wide", "observador-2025"])
@pytest.mark.parametrize(("name", "lever", "week"), EXECUTIONS)
def test_the_lever_is_executed_in_its_week_in_every_run(name, lever, week, view):
    before, after = (block(name, weeks, view=view) for weeks in (week - 1, week))
    assert after["run"].size > 20
    assert (after[f"executed_{lever}"][after["ended"] == 0.0] == 1.0).all()
    assert before[f"executed_{lever}"].mean() < 1.0


def test_tomahawks_take_effect_in_week_37_and_the_substitute_in_week_13():
    found = load_changed("tomahawks-delivered")
    rows = {lever: list(found.levers).index(lever) for lever in ("long-range-missiles", "long-range-substitute")}
    begins = dict.fromkeys(rows, 0)
    chosen = dict.fromkeys(rows, np.zeros(40, dtype=bool))
    for arrays in play_weekly(found, 40, 37):
        week = int(arrays.state["world"]["week"][0][0])
        for lever, row in rows.items():
            if week == 10:
                chosen[lever] = sum(arrays.state["lever"][name][row] for name in ("executed", "effect_share")) > 0.0
            felt = arrays.state["lever"]["effect_share"][row] > 0.0
            lasts = arrays.state["world"]["ended"][0] == 0.0
            if week > 10 and not begins[lever] and (felt & lasts & ~chosen[lever]).any():
                assert felt[lasts & ~chosen[lever]].all()
                begins[lever] = week
    assert begins == {"long-range-missiles": 37, "long-range-substitute": 13}


def test_without_the_substitute_there_is_none():
    assert block("tomahawks-delivered", WEEKS, "substitute=none")["executed_long-range-substitute"].sum() == 0.0


@pytest.mark.parametrize(("says", "share"), [("refuse", 0.0), ("comply", 1.0)])
@pytest.mark.parametrize("name", ["oil-sanctions", "secondary-tariffs"])
def test_buyers_comply_or_refuse(name, says, share):
    found = load_changed(name, f"india={says}", f"china={says}")
    alone = next(
        iter(apply_rules(found, 1, ()).state["lever"]["share_without_compliers"][list(found.levers).index(name)])
    )
    reach = play_runs(found, 1, 14).state["lever"]["reach"][list(found.levers).index(name)]
    assert reach == pytest.approx(alone + (1.0 - alone) * share, abs=1e-3)


@every_view
def test_words_only_leaves_every_lever_undone(view):
    after = block("words-only", 52, view=view)
    for lever in load_changed("words-only").levers:
        assert after[f"executed_{lever}"].sum() == 0.0
    assert after["executions"].sum() == 0.0
    assert after["threats"].sum() > 0.0
    assert block("base", 52, view=view)["executions"].sum() > 0.0


@pytest.mark.parametrize("path", ["ceasefire-first", "treaty-first"])
@every_view
def test_only_one_sequence_is_on_the_table(path, view):
    found = load_changed(path, view=view)
    assert list(found.sequences) == [path]
    assert found.protocol.ready_sequence == path
    assert len(found.sequences) * 2 == len(scenario(FLAGSHIP, view="wide").sequences)
    after = block(path, 52, view=view)
    drafts = after["draft"][after["plans"] > 0.0]
    assert drafts.size
    assert {build_layout(found).sequences[int(draft) % len(found.sequences)] for draft in drafts} == {path}


def test_a_treaty_is_slower_than_a_ceasefire():
    in_force = [(block(path, 52)["stage"] == IN_FORCE).mean() for path in ("ceasefire-first", "treaty-first")]
    assert in_force[0] > in_force[1]


def find_open_runs(name, week, *changes, below):
    """Runs whose talks had not reached a stage at the end of a week."""
    before = block(name, week, *changes)
    return (before["stage"] < below) & (before["ended"] == 0.0) & (before["mediated"] > 0.0)


@pytest.mark.parametrize("path", ["ceasefire-first", "treaty-first"])
def test_the_plan_is_signed_in_week_2_where_nobody_else_is_asked(path):
    changes = (NO_CONSENT, *(("path=treaty-first",) if path == "treaty-first" else ()))
    waiting = find_open_runs("alaska-confirmed", 1, *changes, below=5.0)
    found, after = load_changed("alaska-confirmed", *changes), block("alaska-confirmed", 2, *changes)
    assert waiting.sum() > 20
    assert (after["agreements"][waiting] == block("alaska-confirmed", 1, *changes)["agreements"][waiting] + 1.0).all()
    names = [content for content, _ in build_layout(found).terms]
    number = names.index("alaska") * len(found.sequences) + list(found.sequences).index(path)
    assert (after["draft"][waiting] == number).all()


def test_where_washington_decides_itself_some_plans_are_not_confirmed():
    changes = (NO_CONSENT, "confirmation=by-choice")
    waiting = find_open_runs("alaska-confirmed", 1, *changes, below=5.0)
    signed = block("alaska-confirmed", 2, *changes)["agreements"][waiting] > 0.0
    assert 0.0 < signed.mean() < 1.0


def test_with_allied_consent_the_plan_is_refused_in_most_runs():
    waiting = find_open_runs("alaska-confirmed", 1, below=5.0)
    before, after = block("alaska-confirmed", 1), block("alaska-confirmed", 2)
    assert (after["plans_refused"] - before["plans_refused"])[waiting].mean() > 0.5


def test_the_summit_is_held_in_week_13_unless_there_is_a_plan():
    waiting = find_open_runs("budapest-held", 12, below=4.0)
    before, after = block("budapest-held", 12), block("budapest-held", 13)
    lasts = after["ended"] == 0.0
    held = after["summits"] - before["summits"]
    assert (waiting & lasts).sum() > 20
    assert (held[waiting & lasts] == 1.0).all()
    assert (held[~waiting] == 0.0).all()


def test_washington_has_left_by_week_12_in_every_run_that_lasts():
    after = block("us-withdraws", 12)
    assert (after["mediated"][after["ended"] == 0.0] == 0.0).all()
    assert block("us-withdraws", 11)["mediated"].mean() > 0.5


def test_europes_aid_rises_or_does_not():
    rises = block("us-withdraws", 12, "europe=rises")
    assert (rises["executed_aid-europe"][rises["ended"] == 0.0] == 1.0).all()
    assert block("us-withdraws", 52, "europe=does-not-rise")["executed_aid-europe"].sum() == 0.0


@every_view
def test_a_binding_guarantee_costs_the_mediator_nothing_extra_and_moscow_what_it_did(view):
    found, base = load_changed("guarantees-and-aid", view=view), load_changed("base", view=view)
    assert "binding-guarantee" in base.actors["united-states"].interests.red_lines
    assert "binding-guarantee" not in found.actors["united-states"].interests.red_lines
    after, before = (apply_rules(one, 20, VALUES) for one in (found, base))
    parties = list(after.layout.spaces["party_package"].relations["party"].index)
    names = [content for content, _ in after.layout.terms]
    at = names.index("freeze-with-article-5") * len(found.sequences)
    for actor, higher in (("united-states", True), ("russia", False)):
        row = parties.index(list(found.actors).index(actor))
        gain = (after.state["party_package"]["surplus"] - before.state["party_package"]["surplus"])[row, at]
        assert (gain > 0.0).all() if higher else (gain == 0.0).all()


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_signed_when_the_scenario_begins(view):
    """No text knows an agreement of before; some of 300 draws of every view had one."""
    stage = NumpyEngine(simulate_to_week_zero(scenario(FLAGSHIP, view=view), SEED, np.arange(300))).state["world"][
        "stage"
    ]
    assert stage.size > 0
    assert not (stage == SIGNED).any()
