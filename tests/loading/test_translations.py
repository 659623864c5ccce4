"""Translations: those that are shipped are whole and exact, problems are said, gaps stay English.

Whoever writes a new text into a scenario writes its German beside it, in texts/de.yaml of the same folder.
"""

import json
import shutil
from pathlib import Path

import pytest

from sim.errors import display_path, format_place
from sim.i18n.messages import FIRST, list_languages
from sim.loading.discovery import find_scenarios
from sim.loading.extends import resolve_extends
from sim.loading.loader import ScenarioError, list_views, load_case
from sim.loading.resolve_questions import CONTRADICTIONS
from sim.loading.schema_lookup import find_type
from sim.loading.strict_yaml import read_yaml
from sim.loading.translations import (
    READ,
    READ_OF_CONTRADICTIONS,
    READ_OF_VIEW,
    find_words,
    list_words,
    load_translation,
    translate_case,
    translate_data,
)
from sim.schema.scenario import Scenario
from sim.schema.source_view import SourceView

WELL = Path(__file__).parent / "cases" / "well"
SHIPPED = [found.path for found in find_scenarios()]
OTHERS = [code for code in list_languages() if code != FIRST]
GERMAN = {
    "title": "Zwei Dörfer und ein Brunnen",
    "actors": {"hill": {"label": "Oberdorf"}},
    "files": {"words-only": {"title": "Nur Worte"}},
    "views": {"wide": {"label": "Weite Spannen"}},
}


@pytest.fixture
def well(tmp_path, monkeypatch):
    """A copy of the small case with a few German texts, in the working folder."""
    monkeypatch.chdir(tmp_path)
    folder = Path(shutil.copytree(WELL, tmp_path / "well")).relative_to(tmp_path)
    (folder / "texts").mkdir()
    write(folder, GERMAN)
    return folder


def write(folder, texts):
    (folder / "texts" / "de.yaml").write_text(json.dumps(texts, indent=1, ensure_ascii=False), encoding="utf-8")


def problems_in(folder, texts, file="base"):
    """What is said of a file of texts that is wrong."""
    write(folder, texts)
    with pytest.raises(ScenarioError) as caught:
        load_translation(folder / f"{file}.yaml", "de")
    return str(caught.value)


# ------------------------------------------------------------------------------------------------- the shipped texts


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_nothing_shipped_lacks_a_text(path, code):
    texts = load_translation(path, code)  # refuses what is too much
    for file in resolve_extends(path):
        lacking = [p for p, words in list_words(file).items() if not texts.translate(p, words)]
        assert not lacking, asked_for(file, code, lacking)
    for name in list_views(path):
        view = read_yaml(next(path.parent.glob(f"views/{name}.yaml")))
        words = find_words(view.data, READ_OF_VIEW)
        lacking = [("views", name, *p) for p, said in words.items() if not texts.translate(p, said, name)]
        assert not lacking, asked_for(view, code, lacking)


@pytest.mark.parametrize("code", OTHERS)
def test_every_question_over_which_sources_differ_has_its_text(code):
    path = next(path for path in SHIPPED if (path.parent / CONTRADICTIONS).exists())
    file, texts = read_yaml(path.parent / CONTRADICTIONS), load_translation(path, code)
    words = find_words(file.data, READ_OF_CONTRADICTIONS)
    lacking = [("contradictions", *place) for place, said in words.items() if (place, said) not in texts.contradictions]
    assert not lacking, asked_for(file, code, lacking)
    assert len([place for place in words if place[-1] == "question"]) == len(file.data)


def asked_for(file, code, places):
    """What to do about places that have no text."""
    beside = file.path.parent if file.path.parent.name != "views" else file.path.parent.parent
    head = "" if "extends" not in file.data else f"files.{file.path.stem}."
    listed = "\n".join(f"  {head}{format_place(place)}" for place in places)
    texts = f"{display_path(beside)}/texts/{code}.yaml"
    return f"{display_path(file.path)} says something that {texts} does not; write there:\n{listed}"


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_shipped_case_can_be_narrated(path, code):
    for view in [None, *list_views(path)]:
        case, lacking = translate_case(load_case(path, view=view), code)
        assert not lacking
        assert case.title != load_case(path).title


KEYED = ("open_questions", "words")
"""Parts in which every entry is a text, whatever its key."""


def test_every_text_for_readers_is_known():
    named = {"label", "asks", "title", "question", "about", "summary", "shows", "name"}
    for path in SHIPPED:
        data = load_case(path).text
        texts = {
            place
            for place in texts_below(data, ())
            if (place[-1] in named or place[0] == "words") and place[0] != "beliefs"
        }
        found = {place for place in texts if (place[0], place[-1]) != ("base_rates", "about")}
        assert found == set(find_words(data, READ)), path
    assert all(find_type(Scenario, tuple(p.split("."))) is str for p in READ if p.split(".")[0] not in KEYED)
    assert all(find_type(SourceView, tuple(p.split("."))) is str for p in READ_OF_VIEW)


def texts_below(data, place):
    if isinstance(data, dict):
        for key, value in data.items():
            yield from texts_below(value, (*place, key))
    elif isinstance(data, str):
        yield place


# ---------------------------------------------------------------------------------------------------- what they do


def test_a_text_takes_the_place_of_the_words(well):
    case, lacking = translate_case(load_case(well / "base.yaml", view="wide"), "de")
    assert (case.title, case.scenario.actors["hill"].label) == ("Zwei Dörfer und ein Brunnen", "Oberdorf")
    assert case.view.label == "Weite Spannen"
    assert case.scenario.actors["dale"].label == "Dale"
    assert {"actors.dale.label", "views.wide.summary"} <= set(lacking)
    assert not {"title", "actors.hill.label", "views.wide.label"} & set(lacking)


def test_a_scenario_file_has_texts_of_its_own(well):
    case, lacking = translate_case(load_case(well / "words-only.yaml"), "de")
    assert (case.title, case.scenario.actors["hill"].label) == ("Nur Worte", "Oberdorf")
    assert case.scenario.in_run_up.title == "Zwei Dörfer und ein Brunnen"
    write(well, {key: value for key, value in GERMAN.items() if key != "files"})
    case, lacking = translate_case(load_case(well / "words-only.yaml"), "de")
    assert case.title == load_case(well / "words-only.yaml").title
    assert "title" in lacking


def test_other_words_than_those_of_the_file_stay(well):
    case = load_case(well / "base.yaml", changes=["actors.hill.label=The hill farm"])
    translated, lacking = translate_case(case, "de")
    assert translated.scenario.actors["hill"].label == "The hill farm"
    assert "actors.hill.label" in lacking


def test_stored_data_can_be_said_too(well):
    stored = json.loads(json.dumps(load_case(well / "base.yaml").text))
    said, lacking = translate_data(stored, load_translation(well / "base.yaml", "de"))
    assert said["actors"]["hill"]["label"] == "Oberdorf"
    assert stored["actors"]["hill"]["label"] == "Hill"
    assert said["actors"]["dale"] == stored["actors"]["dale"]
    assert "actors.dale.label" in lacking


def test_without_texts_all_stays_english(well):
    case = load_case(well / "base.yaml")
    shutil.rmtree(well / "texts")
    translated, lacking = translate_case(case, "de")
    assert translated == case
    assert set(lacking) == {format_place(place) for place in find_words(case.text, READ)}
    shutil.rmtree(well)
    assert translate_case(case, "de") == (translated, lacking)  # as a stored result whose files are gone
    assert translate_case(case, FIRST) == (case, ())


# -------------------------------------------------------------------------------------------------------- problems


def test_a_place_that_does_not_exist(well):
    said = problems_in(well, {"title": "Zwei Dörfer", "actors": {"hil": {"label": "Oberdorf"}}})
    start = "well/texts/de.yaml:5: actors.hil.label: well/base.yaml says nothing to readers there"
    assert said == f"{start}; did you mean 'hill'?"


def test_a_text_that_belongs_to_another_file(well):
    said = problems_in(well, {"files": {"words-only": {"actors": {"hill": {"label": "Oberdorf"}}}}}, "words-only")
    assert "files.words-only.actors.hill.label: well/words-only.yaml says nothing to readers there" in said


def test_what_is_not_for_readers_is_not_translated(well):
    said = problems_in(well, {"actors": {"hill": {"interests": {"conflict_cost": {"assumed": "Lehrwert"}}}}})
    assert "actors.hill.interests.conflict_cost.assumed: well/base.yaml says nothing to readers there" in said
    assert "known: red_lines" in said


@pytest.mark.parametrize("nothing", [None, "", 3, ["a"], True])
def test_something_that_is_no_text(well, nothing):
    assert "title: is no text" in problems_in(well, {"title": nothing})


def test_a_file_or_source_view_that_does_not_exist(well):
    said = problems_in(well, {"files": {"word-only": {}}, "views": {"wid": {}}})
    assert "files.word-only: there is no such file; did you mean 'words-only'?" in said
    assert "views.wid: there is no such file; did you mean 'wide'?" in said


def test_a_text_where_a_mapping_belongs(well):
    said = problems_in(well, {"actors": "Oberdorf", "files": {"base": "Text"}})
    assert "actors: well/base.yaml says nothing to readers there" in said
    assert "files.base: well/base.yaml says nothing to readers there" in said


def test_every_problem_at_once(well):
    said = problems_in(well, {"titel": "Zwei Dörfer", "views": {"wide": {"name": "Weit"}}})
    assert [line.split(": ")[1] for line in said.splitlines()] == ["titel", "views.wide.name"]
