"""New: a case from answers or from a textbook case; right at once, whole or not there, every slip in one sentence."""

import os
import pty
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sim.cli.app import app
from sim.loading.loader import ScenarioError, load_case
from sim.loading.strict_yaml import parse_yaml
from sim.schema.quantity import find_quantities
from sim.schema.scenario import Scenario
from sim.workflows.new_case.answers import Answers, Question, Side, Threat
from sim.workflows.new_case.case_folder import list_templates, render_answers, write_case
from sim.workflows.new_case.scenario_writer import WIDTH, format_scalar, format_scenario
from sim.workflows.new_case.starter_scenario import build_starter
from tests.architecture.tree import ROOT

RUN = ["--runs", "50", "--workers", "1", "--no-report", "-q"]
ENTER = "\n" * 40
WATER = """\
The river
Upton
Loweton
Water
nothing, half, all of it
1
Power line
full price; "reduced: #1"; free [of charge]
2
Gauges
Loweton's; no; true
no
no more
70 % / 20 % / 10 %
6
1,1,1
2
nobody
shutting the gate
1
8
0
26
"""
COUNCIL = "\n" * 16 + "The Council\n2\n" + "\n" * 3
ALONE = "\n" * 14 + "nobody\nnothing\n\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZOPA_DEBUG", raising=False)
    return tmp_path


def zopa(*words, answers=""):
    done = CliRunner().invoke(app, [str(word) for word in words], input=answers)
    assert "Traceback" not in done.output
    return done


def expect_refusal(*words, answers=""):
    """The message of a command that must be refused, and leave nothing behind."""
    before = sorted(Path().rglob("*"))
    done = zopa(*words, answers=answers)
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert sorted(Path().rglob("*")) == before
    return done.stderr.rstrip("\n").rsplit("\n", 1)[-1]


@pytest.mark.parametrize("answers", [ENTER, WATER, COUNCIL, ALONE], ids=["enter", "water", "council", "alone"])
def test_a_case_from_answers_passes_the_check_and_runs_at_once(answers):
    done = zopa("new", "river-dispute", answers=answers)
    assert (done.exit_code, done.stdout) == (0, "Written: river-dispute/base.yaml\n"), done.output
    assert [path.name for path in Path().iterdir()] == ["river-dispute"]
    assert zopa("check", "river-dispute").stdout == "river-dispute: fine, without source views\n"
    assert zopa("run", "river-dispute", *RUN).exit_code == 0
    assert zopa("play", "river-dispute", "-q").exit_code == 0


def test_what_was_answered_is_what_is_written():
    assert zopa("new", "river-dispute", answers=WATER).exit_code == 0
    found = load_case("river-dispute").scenario
    assert (found.title, found.calendar.horizon, found.mediator) == ("The river", 26, "")
    assert [actor.label for actor in found.actors.values()] == ["Upton", "Loweton"]
    assert list(found.issues) == ["water", "power-line", "gauges"]
    assert [o.label for o in found.issues["power-line"].options.values()] == [
        "full price", '"reduced: #1"', "free [of charge]",
    ]  # fmt: skip
    assert list(found.issues["gauges"].options) == ["loweton-s", "no", "true"]
    upton, loweton = (found.actors[key].interests for key in ("upton", "loweton"))
    assert upton.weights.shares == {"water": 0.7, "power-line": 0.2, "gauges": 0.1}
    assert sum(loweton.weights.shares.values()) == pytest.approx(1)
    assert upton.conflict_cost.low == pytest.approx(3 * loweton.conflict_cost.low)
    lever = found.levers["shutting-the-gate"]
    assert (lever.holder, lever.target, lever.price.value) == ("upton", "loweton", 0)


def test_what_holds_today_is_asked_for_and_the_calendar_starts_this_year():
    assert zopa("new", "river-dispute", answers=WATER).exit_code == 0
    found = load_case("river-dispute").scenario
    assert [found.issues[name].unresolved for name in ("water", "power-line", "gauges")] == [
        "nothing",
        "reduced-1",
        "no",
    ]
    assert found.calendar.starts.year == date.today().year
    assert found.calendar.starts.weekday() == 0
    assert found.calendar.starts.day <= 7


def test_one_can_go_back_and_is_told_that_points_are_shares():
    back = WATER.replace("6\n1,1,1\n", "6\n1,1,2\n4\n<\n<\n1,1,1\n")
    assert back != WATER
    done = zopa("new", "river-dispute", answers=back)
    assert done.exit_code == 0, done.output
    assert "These are 4 points and not 100; each counts as its part of them: 25; 25; 50." in done.stderr
    assert done.stderr.count("A case in about twenty short answers") == 1
    shares = load_case("river-dispute").scenario.actors["loweton"].interests.weights.shares
    assert sum(shares.values()) == pytest.approx(1)
    assert max(shares.values()) < 0.34


def test_the_mediator_moves_the_side_that_was_named():
    assert zopa("new", "river-dispute", answers=COUNCIL).exit_code == 0
    lever = load_case("river-dispute").scenario.levers["stopping-a-grant"]
    assert (lever.holder, lever.target) == ("council", "southfield")


def test_every_number_says_whose_it_is():
    zopa("new", "river-dispute", answers=ENTER)
    reasons = [quantity.assumed for _, quantity in find_quantities(load_case("river-dispute").scenario)]
    assert len(reasons) > 80
    assert all(re.match(r"(starting value|your answer): .{10}", reason) for reason in reasons)


@pytest.mark.parametrize("source", list_templates())
def test_a_copy_of_a_textbook_case_is_the_same_case_in_one_file(source):
    done = zopa("new", "mine", "--from", source)
    assert done.exit_code == 0, done.output
    assert "extends" not in parse_yaml(Path("mine/base.yaml").read_text(), "mine").data
    assert load_case("mine").scenario == load_case(f"textbook/{source}").scenario
    assert zopa("check", "mine").exit_code == 0


def test_there_are_nine_to_copy():
    assert len(list_templates()) == 9


@pytest.mark.parametrize("words", [[], ["--from", "three-parties"]], ids=["answers", "copy"])
def test_the_house_form(words):
    zopa("new", "mine", *words, answers=ENTER)
    lines = Path("mine/base.yaml").read_text(encoding="utf-8").splitlines()
    assert all(len(line) <= WIDTH and line == line.rstrip() for line in lines)
    comments = [line.strip() for line in lines if line.lstrip().startswith("# ")]
    assert len(comments) > 60
    assert lines[0].startswith("# ")
    assert "# What is negotiated about." in comments


def test_another_folder():
    done = zopa("new", "mine", "--from", "strike", "--folder", "of/ours", "-q")
    assert (done.stdout, done.stderr) == ("Written: of/ours/mine/base.yaml\n", "")
    assert zopa("check", "of/ours/mine").exit_code == 0


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("My Case", "such as my-case"),
        ("../up", "such as up"),
        ("7", "such as river-dispute"),
        ("", "such as river-dispute"),
        ("Ärger", "such as rger"),
        ("a" * 41, "at most 40"),
        ("claims", "has another use"),
        ("views", "has another use"),
        ("two-towns", "there is a case of this name already, textbook/two-towns"),
    ],
)
def test_a_bad_name(name, says):
    assert says in expect_refusal("new", name, "--from", "strike")


def test_what_is_there_is_left_as_it_is():
    Path("mine").mkdir()
    assert expect_refusal("new", "mine", answers=ENTER).startswith("zopa: mine is there already and is left as it is")
    Path("file").touch()
    assert "is a file" in expect_refusal("new", "mine", "--from", "strike", "--folder", "file")


def test_an_unknown_textbook_case():
    assert expect_refusal("new", "mine", "--from", "logroling") == (
        "zopa: there is no textbook case 'logroling'; did you mean 'logrolling'?"
    )


LINES = WATER.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("row", "answer", "says"),
    [
        (2, "upton", "is in use already"),
        (0, "x" * 61, "is 61 signs long; at most 60 fit"),
        (0, "…", "has no letter in it"),
        (1, "a; b", "holds a semicolon"),
        (1, "a\tb\x07c", "cannot be printed"),
        (4, "all", "must have two to 9 parts"),
        (4, "all; All", "says the same twice"),
        (13, "50; 50", "must have 3 numbers, with ; between them, and has 2"),
        (13, "a; b; c", "is not made of whole numbers"),
        (13, "0; 0; 0", "gives nothing to any issue"),
        (14, "11", "is not a whole number from 0 to 10"),
        (19, "3", "is none of them; give a number from 1 to 2"),
        (20, "x", "is not a whole number from 0 to 10"),
        (22, "0", "is not a whole number from 1 to 520"),
    ],
)
def test_an_answer_that_cannot_be_used_ends_a_pipe(row, answer, says):
    answers = "".join([*LINES[:row], f"{answer}\n", *LINES[row + 1 :]])
    message = expect_refusal("new", "mine", answers=answers)
    assert says in message
    assert message.endswith("; nothing was written")


@pytest.mark.parametrize("given", range(len(LINES)))
def test_answers_that_end_too_soon(given):
    message = expect_refusal("new", "mine", answers="".join(LINES[:given]))
    assert "the answers ended at the question" in message


def test_nothing_is_left_of_a_case_that_fails_the_check():
    with pytest.raises(ScenarioError):
        write_case(Path("mine"), "format: 1\n")
    assert list(Path().iterdir()) == []


def test_on_a_screen_one_is_asked_again():
    """A real terminal: a bad answer, then Enter to the end."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1", "TERM": "dumb"}
    words = [sys.executable, "-m", "sim.cli.app", "new", "mine"]
    process = subprocess.Popen(words, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    os.write(ours, b"\n\nNorthfield\n" + b"\n" * 30)
    said, told = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert said.decode().strip() == "Written: mine/base.yaml"
    assert "'Northfield' is in use already. Please answer again." in told.decode()


TEXTS = ["no", "true", "Null", "a: b", "#", "- x", "10", "1e3", "", " a", "a, b", "«é»", '"', "a  b"]


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_read_back_as_it_was(text):
    data = {"title": text, "issues": {text or "x": {"label": text, "n": {"list": [text]}}}}
    for read in (
        parse_yaml(format_scenario(data, "head"), "x").data,
        parse_yaml(f"a: {{b: {format_scalar(text)}}}", "x").data,
    ):
        assert text in (read.get("title"), read.get("a", {}).get("b"))
    assert parse_yaml(format_scenario(data, "head"), "x").data == data


SIGN = st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" :#'\"[]{},&*!|>%@`-?.~")
LABEL = st.tuples(st.text(SIGN, max_size=8), st.characters(categories=["L", "N"]), st.text(SIGN, max_size=8)).map(
    lambda parts: "".join(parts).strip()
)
STEPS = st.integers(0, 10)


def labels(least, most):
    """So many different labels."""
    return st.lists(LABEL, min_size=least, max_size=most, unique_by=str.casefold).map(tuple)


@st.composite
def quarrels(draw):
    """Whatever somebody may answer."""
    *issues, first, second, mediator = draw(labels(5, 8))
    points = st.lists(st.integers(0, 100).map(float), min_size=len(issues), max_size=len(issues)).filter(sum)
    sides = tuple(Side(label, tuple(draw(points)), draw(STEPS)) for label in (first, second))
    mediator = draw(st.sampled_from(["", mediator]))
    holder = draw(st.integers(0, 2 if mediator else 1))
    target = 1 - holder if holder < 2 else draw(st.integers(0, 1))
    threat = draw(st.none() | st.builds(Threat, LABEL, st.just(holder), st.just(target), STEPS, STEPS))
    questions = tuple(
        Question(label, answers, draw(st.integers(0, len(answers) - 1)))
        for label in issues
        for answers in (draw(labels(2, 5)),)
    )
    return Answers(draw(LABEL), questions, sides, mediator, threat, draw(st.integers(1, 520)), date(2026, 1, 5))


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(quarrels())
def test_whatever_is_answered_makes_a_case(said):
    text = parse_yaml(render_answers(build_starter(said), "x"), "x").data
    found = Scenario.model_validate(text)
    assert found.title == said.title
    assert [issue.label for issue in found.issues.values()] == [issue.label for issue in said.issues]
    assert [actor.label for actor in found.actors.values()][:2] == [side.label for side in said.sides]
    assert bool(found.levers) == (said.threat is not None)
