"""Loader: a small case is loaded, and every wrong file gives exactly the message beside it.

A file under problems/ says in its first lines as which file of the small case it is written (`# file:`) and
what is then loaded (`# load:`). A changed message is written to <name>.txt.new; accepting it is one `mv`.
"""

import copy
import json
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.loading import case_evidence, strict_yaml, validation
from sim.loading import loader as load_module
from sim.loading.discovery import find_scenario, find_scenarios
from sim.loading.loader import ScenarioError, list_views, load_case
from sim.loading.strict_yaml import parse_yaml, read_yaml
from tests.architecture.tree import ROOT

HERE = Path(__file__).parent
WELL = HERE / "cases" / "well"
PROBLEMS = sorted((HERE / "problems").glob("*.yaml"))


@pytest.fixture
def well(tmp_path, monkeypatch):
    """A copy of the small case, in the working folder."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(WELL, tmp_path / "well")).relative_to(tmp_path)


def directives(text):
    """What the first lines of a wrong file say: where it belongs, what to load, how large to make it."""
    lines = (line[2:].split(": ", 1) for line in text.splitlines() if line.startswith("# "))
    return {key: value for key, value in lines}


def load(well, words):
    """Load what a `# load:` line asks for."""
    file, *options = words.split(" ")
    pairs = [option.split("=", 1) for option in options]
    view = next((value for key, value in pairs if key == "view"), None)
    changes, answers = ([value for key, value in pairs if key == name] for name in ("set", "answer"))
    return load_case(well / file, view=view, changes=changes, answers=answers)


@pytest.mark.parametrize("wrong", PROBLEMS, ids=lambda path: path.stem)
def test_problem(wrong, well):
    said = directives(text := wrong.read_text(encoding="utf-8"))
    body = "" if wrong.stem == "empty" else text + "#" * int(said.get("fill", 0))
    (well / said["file"]).write_text(body, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(well, said["load"])
    message = f"{caught.value}\n"
    expected = wrong.with_suffix(".txt")
    if not expected.exists() or expected.read_text(encoding="utf-8") != message:
        wrong.with_suffix(".txt.new").write_text(message, encoding="utf-8")
    assert expected.read_text(encoding="utf-8") == message


def test_every_message_has_its_file_and_none_speaks_like_a_library():
    messages = sorted((HERE / "problems").glob("*.txt"))
    assert [path.stem for path in messages] == [path.stem for path in PROBLEMS]
    for path in messages:
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in ("[type=", "pydantic", "Traceback", "Value error", "Input should"))


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            "question: ",
            "qestion: ",
            "base.yaml:2: question: is missing; give `question`: the question it asks",
        ),
        ("question: ", "qestion: ", "base.yaml:4: no key 'qestion' here; did you mean 'question'?"),
        (
            "target: dale",
            "target: well",
            "base.yaml:132: levers.gate.target: no disputant 'well'; known: dale, hill",
        ),
        ("first: dale", "first: dael", "base.yaml:102: contest.first: no actor 'dael'; did you mean 'dale'?"),
        ("[half hill]", "[half]", "base.yaml:125: menu.nash: 'half' does not name one option for each of"),
        (
            "tracked_terms: halves",
            "tracked_terms: halfs",
            "base.yaml:177: tracked_terms: no terms 'halfs'; did you mean 'halves'?",
        ),
        (
            "tracked_terms: halves",
            "open_questions: {way: {label: Which way?, answers: {none: {label: None, assumed: why}}}}",
            "base.yaml:177: open_questions.way.answers.none.changes: is missing",
        ),
        (
            "    label: truce first",
            "    proposed: false\n    label: truce first",
            "base.yaml:150: protocol.ready_sequence: no sequence 'truce-first'",
        ),
        ("format: 1", "format: 2", "base.yaml:2: format: must be at most 1, and is 2"),
    ],
)
def test_a_wrong_base(well, right, wrong, message):
    text = (well / "base.yaml").read_text(encoding="utf-8")
    (well / "base.yaml").write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_case(well)
    assert f"well/{message}" in str(caught.value)


def test_a_case_has_its_evidence_and_its_name():
    case = load_case(WELL)
    assert case.title == "Two villages and a well"
    assert (case.path.name, case.view, case.changes) == ("base.yaml", None, ())
    assert set(case.claims) == {"hill-carries-water", "dale-is-patient"}
    assert case.claims["hill-carries-water"].place == "okafor-2030 ¶4"
    assert case.sources["okafor-2030"].published == "2030"
    assert [path.name for path in case.files] == ["base.yaml", "sources.yaml", "claims.yaml"]
    assert case.text["title"] == case.title


def test_a_source_view_changes_what_is_believed():
    base, seen = load_case(WELL), load_case(WELL, view="okafor-2030")
    assert seen.view is not None
    assert seen.view.view == "okafor-2030"
    cost = seen.scenario.actors["hill"].interests.conflict_cost
    assert (cost.form, cost.numbers) == ("lognormal", (0.02, 1.3))
    assert seen.scenario.actors["dale"] == base.scenario.actors["dale"]
    assert (base.scenario.run_up_account.executed, seen.scenario.run_up_account.executed) == ((), ("gate",))


def test_wide_comes_first():
    assert list_views(WELL) == ["wide", "okafor-2030"]
    assert list_views(WELL / "words-only.yaml") == ["wide", "okafor-2030"]


def test_a_scenario_file_brings_the_evidence_and_views_of_its_base(well):
    away = well.parent / "away"
    away.mkdir()
    text = "extends: ../well/base\ntitle: Away\nassumed: a test\nchanges: {calendar: {horizon: 13}}\n"
    (away / "far.yaml").write_text(text, encoding="utf-8")
    case = load_case(away / "far.yaml", view="wide")
    assert (case.title, case.scenario.calendar.horizon, len(case.claims)) == ("Away", 13, 2)


def test_a_textbook_case_may_lie_on_common_defaults(well):
    whole = (well / "base.yaml").read_text(encoding="utf-8")
    top, rest = whole.split("\nactors:", 1)
    (well / "defaults.yaml").write_text("actors:" + rest, encoding="utf-8")
    (well / "small.yaml").write_text(f"extends: defaults\n{top}\n", encoding="utf-8")
    assert load_case(well / "small.yaml").scenario == load_case(well / "base.yaml").scenario


def test_names_are_found(well):
    root = well.parent
    found = find_scenarios(root)
    assert [one.name for one in found] == ["well", "well/open-question", "well/words-only"]
    assert found[2].title == "Two villages, words only"
    assert find_scenario("well", root) == root / "well" / "base.yaml"
    assert find_scenario("words-only", root).name == "words-only.yaml"
    with pytest.raises(ScenarioError, match="did you mean 'words-only'"):
        find_scenario("word-only", root)
    with pytest.raises(ScenarioError, match="is a folder without"):
        find_scenario(well / "views")


def test_history_is_never_opened(well, monkeypatch):
    (well / "history.yaml").write_text("format: 1\n", encoding="utf-8")
    opened = []
    read = Path.read_text
    monkeypatch.setattr(Path, "read_text", lambda self, **how: opened.append(self.name) or read(self, **how))
    find_scenarios(well.parent)
    assert opened
    assert "history.yaml" not in opened
    with pytest.raises(ScenarioError, match="not a scenario file"):
        load_case(well / "history.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("~", None),
        ("'1'", "1"),
        ("010", 10),
        ("0x1F", 31),
        ("1e-3", 0.001),
        (".5", 0.5),
        ("-2.", -2.0),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("2025-08-04", "2025-08-04"),
        ("7,10-12", "7,10-12"),
        ("nan", "nan"),
    ],
)
def test_words_of_yaml_1_2(text, value):
    read = parse_yaml(f"key: {text}", "test").data["key"]
    assert (read, type(read)) == (value, type(value))


def test_keys_are_text_and_lines_are_known():
    file = parse_yaml("no: 1\n1:\n  - a\n  - {b: c}\n", "test")
    assert file.data == {"no": 1, "1": ["a", {"b": "c"}]}
    assert (file.find_line(("no",)), file.find_line(("1", 1, "b")), file.find_line(("1", 1, "b", "c"))) == (1, 4, 4)


def test_bytes_that_are_not_utf8(well):
    (well / "wrong.yaml").write_bytes(b"format: 1\ntitle: caf\xe9\n")
    with pytest.raises(ScenarioError, match=r"well/wrong.yaml:2: this is not UTF-8 text; save the file"):
        load_case(well / "wrong.yaml")


def test_numbers_survive_to_the_last_bit():
    case = load_case(WELL, changes=["contest.noise=0.1234567890123456789", "contest.drift=1.2345678901234567e-12"])
    assert case.scenario.contest.noise.value == 0.1234567890123456789
    assert case.scenario.contest.drift.value == 1.2345678901234567e-12


def test_a_file_is_parsed_once_and_again_when_it_changes(well):
    first = read_yaml(well / "base.yaml")
    assert read_yaml(well / "base.yaml") is first
    (well / "base.yaml").write_text("title: changed\n", encoding="utf-8")
    assert read_yaml(well / "base.yaml").data == {"title": "changed"}


def test_the_door_opens_quickly():
    """The largest case takes at most 0.3 s from cold; measured 0.02 s (750 lines, 1,850 lines of claims)."""
    path = max((found.path for found in find_scenarios()), key=lambda path: path.stat().st_size, default=WELL)
    for known in (
        strict_yaml._read,
        load_module._validate_view,
        case_evidence._read_sources,
        case_evidence._read_claims,
        validation._validate_text,
    ):
        known.cache_clear()
    start = time.perf_counter()
    load_case(path)
    assert time.perf_counter() - start < 0.3


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_whatever_is_broken_there_is_a_message_and_no_traceback(data, tmp_path_factory):
    folder = Path(shutil.copytree(WELL, tmp_path_factory.mktemp("broken") / "well"))
    names = ["base.yaml", "words-only.yaml", "claims.yaml", "sources.yaml", "views/wide.yaml"]
    broken = folder / data.draw(st.sampled_from(names))
    content = copy.deepcopy(read_yaml(broken).data)
    place = data.draw(st.sampled_from(list(read_yaml(broken).lines)[1:]))
    holder = content
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = data.draw(st.sampled_from([None, 5, 0.5, "x", True, [], {}, [1], {"a": 1}, {"unit": "worth"}]))
    broken.write_text(json.dumps(content), encoding="utf-8")
    with suppress(ScenarioError):
        load_case(folder / "words-only.yaml", view="wide", changes=["contest.noise=*2", "levers.gate.price.value=1"])


def test_loading_needs_no_numbers_agents_or_figures():
    script = "import sys, sim.loading.loader; print([m for m in ('numpy', 'mesa', 'plotly') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
