"""Narrator: a run is narrated the same every time, in whole sentences, by rules that exist, and as it was before.

Every language narrates the same run; its stories have the language before the ending, as in NAME.de.txt.

A changed story is written beside the old one as *.txt.new. To accept it:

    mv tests/golden/NAME.txt.new tests/golden/NAME.txt

To write all of them anew (`all` includes the large case, whose stories are not stored while its numbers move):

    ZOPA_ACCEPT=1 .venv/bin/python -m pytest tests/narrative/test_narrator.py
    ZOPA_ACCEPT=all .venv/bin/python -m pytest tests/narrative/test_narrator.py
"""

import importlib
import json
import os
import re
import string
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from analysis.methods.event_timeline import MOVES
from sim.engines.mesa_engine import MesaEngine
from sim.engines.numpy_engine import NumpyEngine
from sim.ensemble.block import simulate_block
from sim.i18n.messages import FIRST, list_languages, load_catalogue, use_language
from sim.loading.loader import find_scenarios, list_views, load_case
from sim.loading.translations import translate_case
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.narrative.names import join_names
from sim.narrative.narrator import narrate_run
from sim.narrative.short_story import format_short_story
from sim.narrative.story import Event, Story
from sim.narrative.wording import format_duration, format_rounded, format_rule, message, with_article

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
LARGE = "alaska-budapest"
KEEPS = os.environ.get("ZOPA_ACCEPT", "")
BASE = "base"  # name of the view where a case has none


def views() -> list[tuple[str, str]]:
    """Every textbook case and the large case, each in all of its views."""
    names = [found.name for found in find_scenarios() if found.name.startswith("textbook/")]
    return [(name, view) for name in [*names, LARGE] for view in list_views(name) or [BASE]]


def story(name: str, view: str, run: int = 0, code: str = FIRST) -> Story:
    return _story(name, view, run, code)


@cache
def _story(name: str, view: str, run: int, code: str) -> Story:
    case, _ = translate_case(load_case(name, view=None if view == BASE else view), code)
    with use_language(code):
        return narrate_run(case, run)


def variants(key: str) -> tuple[str, ...]:
    return load_catalogue(FIRST)[f"stories.{key}"]


VIEWS = views()
SMALL = [view for view in VIEWS if view[0] != LARGE]
each_view = pytest.mark.parametrize(("name", "view"), VIEWS, ids=[f"{n}.{v}" for n, v in VIEWS])
each_language = pytest.mark.parametrize("code", list_languages())
each_small = pytest.mark.parametrize(("name", "view"), SMALL, ids=[f"{n}.{v}" for n, v in SMALL])


@each_language
@each_view
def test_narrated_as_before(name, view, code):
    language = "" if code == FIRST else f".{code}"
    file = GOLDEN / f"{name.rpartition('/')[2]}.{view}{language}.txt"
    compare_with_golden(file, name, story(name, view, code=code).format_lines())


def compare_with_golden(file, name, lines):
    """Compare with what is stored, or store it where that was asked for."""
    narrated = "\n".join(lines) + "\n"
    if KEEPS == "all" or (KEEPS and name != LARGE):
        file.write_text(narrated, encoding="utf-8")
    if name == LARGE and not file.exists():
        pytest.skip(f"{file.name} is not stored yet; ZOPA_ACCEPT=all writes it")
    if not file.exists() or file.read_text(encoding="utf-8") != narrated:
        new = file.with_suffix(".txt.new")
        new.write_text(narrated, encoding="utf-8")
        pytest.fail(f"the story has changed; compare, and to accept it: mv {new} {file}", pytrace=False)


@each_language
@each_view
def test_told_in_short_as_before(name, view, code):
    language = "" if code == FIRST else f".{code}"
    file = GOLDEN / f"{name.rpartition('/')[2]}.{view}.short{language}.txt"
    compare_with_golden(file, name, format_short_story(story(name, view, code=code)))


@each_small
def test_narrated_twice_alike(name, view):
    assert narrate_run(load_case(name), 0) == story(name, view)


@pytest.mark.parametrize(("name", "view"), [*SMALL, (LARGE, "fazi-2025")])
def test_every_engine_narrates_the_same(name, view):
    assert narrate_run(load_case(name, view=None if view == BASE else view), 0, make_engine=MesaEngine) == story(
        name, view
    )


QUOTED = {"en": "“[^“”]+”", "de": "„[^„“]+“"}
RULE = {"en": r"\. \[(rule|move): [a-z: -]+\]$", "de": r"\. \[(Regel|Zug): [A-Za-zäöüß: -]+\]$"}
LEFT_OVER = {
    "en": r"\b(by|of|to|with) [.,](?!\d)",
    "de": r" [.,:;]|: ?\.|\b(the|of|and|with|executed|rule|move)\b",
}


@each_language
@each_view
def test_sentences_are_whole(name, view, code):
    for event in story(name, view, code=code).events:
        line = event.format_line()
        own = re.sub(QUOTED[code], "X", line)  # labels belong to the case
        assert not re.search(r"[{}„“”\"]|None|\bnan\b|\binf\b|\(\)", own), line
        assert "  " not in line, line
        assert not re.search(LEFT_OVER[code], own), line
        assert re.search(RULE[code], event.sentence), line
        assert event.sentence[0].isupper() or not event.sentence[0].isalpha(), line


@each_view
def test_every_language_narrates_the_same(name, view):
    english = story(name, view)
    for code in list_languages():
        narrated = story(name, view, code=code)
        assert narrated.as_json() == english.as_json()
        assert len(narrated.format_lines()) == len(english.format_lines())


@each_view
def test_json(name, view):
    made = story(name, view).as_json()
    assert list(made) == ["run", "outcome", "week", "events"]
    assert made == json.loads(json.dumps(made, allow_nan=False))
    assert all(list(event) == ["week", "actor", "rule", "what", "before", "after"] for event in made["events"])
    actors = {"", *load_case(name).scenario.actors}
    assert {event["actor"] for event in made["events"]} <= actors


@each_view
def test_rules_exist(name, view):
    for rule in {event.rule for event in story(name, view).events}:
        assert exists(rule), f"{rule} is not a rule"


def exists(rule: str) -> bool:
    """True for a module of the rules, one of its functions, or the outcome classifier and run-up that engines share."""
    if rule in ("outcome_classifier", "run_up"):
        return True
    if rule.startswith("moves."):
        return rule.removeprefix("moves.") in MOVES
    try:
        importlib.import_module(f"sim.rules.{rule}")
    except ModuleNotFoundError:
        module, _, function = rule.rpartition(".")
        return bool(module) and hasattr(importlib.import_module(f"sim.rules.{module}"), function)
    return True


@each_small
@pytest.mark.parametrize("run", [0, 3])
def test_the_ensemble_has_the_same_outcome(name, view, run):
    scenario = load_case(name).scenario
    narrated = story(name, view, run)
    block = simulate_block(scenario, scenario.defaults.seed, run, 1, scenario.calendar.horizon)
    assert narrated.is_matching == (block.columns["run"].size == 1)
    if narrated.is_matching:
        outcome = list(scenario.outcomes)[int(block.columns["outcome"][0])]
        assert (narrated.outcome, narrated.week) == (outcome, int(block.columns["week"][0]))


def test_moves_are_those_that_the_ensemble_makes():
    name, view = SMALL[0]
    scenario, narrated = load_case(name).scenario, story(name, view)
    arrays = NumpyEngine(InitialState(build_layout(scenario), narrated.seed, np.array([0])))
    for week in narrated.weeks[:12]:
        arrays.play(week)
        chosen = np.flatnonzero(arrays.state["move"]["chosen"][:-1, 0])
        made = {(m.actor, m.kind) for i in chosen if (m := arrays.layout.moves[i]).kind != "wait"}
        assert made == {
            (event.actor, event.rule.removeprefix("moves."))
            for event in narrated.events
            if event.week == week and event.rule.startswith("moves.")
        }


def test_every_week_is_narrated_or_folded():
    narrated = story(*SMALL[0])
    if narrated.has_ended:
        pytest.skip("the contest ended early")
    heads = [re.match(r"(?:Run-up, w|W)eeks? (−?\d+)(?:(?:–| to )(−?\d+))?", line) for line in narrated.format_lines()]
    spans = [(int(h[1].replace("−", "-")), int((h[2] or h[1]).replace("−", "-"))) for h in heads if h]
    assert [week for a, b in spans for week in range(a, b + 1)] == list(narrated.weeks)


def test_another_run_is_another_story():
    name, view = SMALL[0]
    assert story(name, view, 1).events != story(name, view, 0).events


def test_a_shorter_horizon_is_the_beginning_of_the_same_story():
    name, view = SMALL[0]
    short = narrate_run(load_case(name), 0, horizon=5)
    narrated = [event for event in story(name, view).events if event.week < 5]
    assert [event for event in short.events if event.week < 5] == narrated


def test_wordings_of_a_key_ask_for_the_same_words():
    for code in list_languages():
        for key, said in load_catalogue(code).items():
            asked = [{field.split(".")[0] for _, field, _, _ in string.Formatter().parse(w) if field} for w in said]
            assert all(fields == asked[0] for fields in asked), f"{code}: {key}"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.0512, 3, ".051"),
        (-0.004, 3, "−.004"),
        (-0.0001, 3, "0"),
        (1.5, 2, "1.5"),
        (100.0, 0, "100"),
        (0.9999, 2, "1"),
    ],
)
def test_numbers(value, digits, text):
    assert format_rounded(value, digits) == text


RARE = {
    "leave": ("three-parties", ["actors.county.mediator.leaving=3"]),
    "collapse": ("two-towns", ["actors.north.disputant.collapse_hazard=0.99"]),
    "prevails": ("two-towns", ["actors.south.disputant.collapse_hazard=0.99"]),
    "signed-at-once": ("two-towns", ["sequences.ceasefire.weeks=1"]),
    "no-settlement": (
        "two-towns",
        ["sequences.ceasefire.settles=0", "sequences.ceasefire.fighting_until_settled=true"],
    ),
}


@pytest.mark.parametrize("key", RARE)
def test_rare_events_are_narrated(key):
    name, changes = RARE[key]
    case = load_case(f"textbook/{name}", changes=changes)
    stories = [narrate_run(case, run, horizon=20) for run in range(5)]
    parts_of = [re.split(r"{[a-z.]+}", wording) for wording in variants(key)]
    said = [event.sentence for narrated in stories for event in narrated.events]
    assert any(all(part in sentence for part in parts) for sentence in said for parts in parts_of)
    assert all(narrated.weeks[-1] == 20 for narrated in stories)


def test_nothing_is_narrated_after_the_end():
    case = load_case("textbook/two-towns", changes=["actors.south.disputant.collapse_hazard=0.99"])
    narrated = next(narrated for run in range(20) if (narrated := narrate_run(case, run)).has_ended)
    ended = next(event.week for event in narrated.events if event.what == "ended")
    assert max(event.week for event in narrated.events) == ended == narrated.week
    assert not any(
        line.startswith(f"Week {ended + 1}") or line.startswith("Weeks") for line in narrated.format_lines()[-4:]
    )


def test_words():
    assert format_duration(1.0) == "one week"
    assert format_duration(2.2) == "3 weeks"
    assert with_article("Free states") == "the Free states"
    assert with_article("the county") == "the county"
    assert format_rule("moves.symbolic") == "move: symbolic step"
    assert format_rule("belief_update.honour") == "rule: belief update: honour"


def test_words_in_german():
    with use_language("de"):
        assert [format_rounded(0.0512), format_rounded(-0.004), format_rounded(0.5, 2), format_rounded(1.5, 2)] == [
            "0,051",
            "−0,004",
            "0,50",
            "1,5",
        ]
        assert [format_duration(1.0), format_duration(2.2)] == ["einer Woche", "3 Wochen"]
        assert with_article("Europäische Union") == "Europäische Union"
        assert join_names(["A", "B", "C"]) == "A, B und C"
        assert format_rule("moves.symbolic") == "Zug: symbolischer Schritt"
        assert format_rule("belief_update.honour") == "Regel: Erfahrung: Vertragstreue"


def test_a_story_stays_in_the_language_in_which_it_was_narrated():
    narrated = story(*SMALL[0], code="de")
    assert narrated.format_lines()[1] == load_catalogue("de")["stories.caution"][0]
    assert any(line.startswith("Woche ") and "2031" in line for line in narrated.format_lines())


def test_the_wording_hangs_on_the_address_alone():
    words = {"actor": "A", "mediator": "M"}
    said = {message("call", str(n), **words) for n in range(20)}
    assert len(said) == len(variants("call"))
    assert message("call", "7", **words) == message("call", "7", **words)


def test_an_event_without_reasons_is_its_sentence():
    event = Event(1, "", "seat", "stage", 0.0, 1.0, "It began. [rule: seat]")
    assert event.format_line() == event.sentence
