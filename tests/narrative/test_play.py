"""Play: `play` and `replay` in another language, and with an answer taken to an open question."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.i18n.messages import load_catalogue
from sim.loading.loader import list_views
from sim.workflows.play import play
from tests.architecture.tree import ROOT

WELL = ROOT / "tests" / "loading" / "cases" / "well"
GERMAN = load_catalogue("de")


@pytest.fixture
def well(tmp_path, monkeypatch):
    """A copy of the small case with one German text, in the working folder."""
    monkeypatch.chdir(tmp_path)
    folder = Path(shutil.copytree(WELL, tmp_path / "well")).relative_to(tmp_path)
    (folder / "texts").mkdir()
    (folder / "texts" / "de.yaml").write_text("actors: {hill: {label: Oberdorf}}", encoding="utf-8")
    return folder


def zopa(*words):
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert "Traceback" not in done.output
    return done


def test_play_narrates_in_german():
    done = zopa("play", "two-towns", "--run", 0, "--lang", "de", "--why")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[1] == GERMAN["stories.caution"][0]
    assert any(line.startswith("Woche 1, 3. März 2031") for line in lines)
    assert any("Oberau" in line for line in lines)
    assert "stay" not in done.stderr
    assert "no text" not in done.stderr


def test_machines_read_the_same_in_every_language():
    told = [zopa("play", "two-towns", "--run", 0, "--json", "--lang", code).stdout for code in ("en", "de")]
    assert told[0] == told[1]


@pytest.mark.parametrize("door", [("play", "two-towns"), ("replay", "latest", "0")])
def test_an_unknown_language_is_refused_with_those_there_are(door):
    done = zopa(*door, "--lang", "fr")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "zopa: --lang is fr; it must be one of en, de\n"


def test_what_has_no_german_stays_english_and_is_noted_in_one_line(well):
    done = zopa("play", well / "base.yaml", "--run", 0, "--lang", "de")
    assert done.exit_code == 0
    assert "Oberdorf" in done.stdout
    assert "Dale" in done.stdout
    (note,) = [line for line in done.stderr.splitlines() if "there is no text in de" in line]
    assert note.startswith("said in English, there is no text in de: title and ")
    assert zopa("play", well / "base.yaml", "--run", 0, "--lang", "de", "--quiet").stderr == ""


def test_a_problem_in_the_texts_is_said(well):
    (well / "texts" / "de.yaml").write_text("actors: {hil: {label: Oberdorf}}", encoding="utf-8")
    done = zopa("play", well / "base.yaml", "--run", 0, "--lang", "de")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "de.yaml:1: actors.hil.label" in done.stderr
    assert zopa("play", well / "base.yaml", "--run", 0).exit_code == 0


def test_replay_narrates_in_german_even_if_the_files_are_gone(well):
    made = zopa("run", well / "base.yaml", "--runs", 5, "--horizon", 4, "--workers", 1, "--no-report", "--json")
    assert made.exit_code == 0, made.stderr
    folder = next(path.parent for path in Path("outputs").rglob("manifest.json"))
    there = zopa("replay", folder, 0, "--lang", "de")
    assert "Oberdorf" in there.stdout
    shutil.rmtree(well)
    gone = zopa("replay", folder, 0, "--lang", "de")
    assert gone.stdout.splitlines()[1] == GERMAN["stories.caution"][0]
    assert "Hill" in gone.stdout
    assert "there is no text in de" in gone.stderr


def test_play_takes_an_answer_to_an_open_question(well):
    def list_execution_weeks(*words):
        done = zopa("play", well / "open-question.yaml", "--run", 0, "--json", *words)
        assert done.exit_code == 0, done.stderr
        return [event["week"] for event in json.loads(done.stdout)["events"] if event["rule"] == "scheduled_events"]

    assert list_execution_weeks() == [4]
    assert list_execution_weeks("--answer", "execution=later") == [9]
    assert list_execution_weeks("--answer", "execution=never") == []


@pytest.mark.parametrize(("lang", "said"), [("en", "changed: noise × 0.5"), ("de", "geändert: Rauschen × 0,5")])
def test_a_story_says_what_was_changed_under_its_title(lang, said, well):
    given = ("--set", "contest.noise=*0.5")
    for how in ((), ("--why",)):
        assert zopa("play", well, "--horizon", 3, *given, "--lang", lang, *how).stdout.splitlines()[1] == said
    assert zopa("run", well, "--runs", 5, "--horizon", 4, "--workers", 1, "--no-report", *given).exit_code == 0
    folder = next(path.parent for path in Path("outputs").rglob("manifest.json"))
    assert zopa("replay", folder, 0, "--lang", lang).stdout.splitlines()[1] == said
    assert zopa("export", folder, "--what", "runs").exit_code == 0
    assert "changed: noise × 0.5" in (folder / "export" / "DICTIONARY.md").read_text(encoding="utf-8")


def test_replay_finds_the_answers_that_were_taken(well):
    given = ("--runs", 5, "--horizon", 4, "--workers", 1, "--no-report", "--answer", "execution=never")
    assert zopa("run", well / "open-question.yaml", *given).exit_code == 0
    folder = next(path.parent for path in Path("outputs").rglob("manifest.json"))
    assert "has changed" not in zopa("replay", folder, 0).stderr


@pytest.mark.parametrize("view", list_views("alaska-budapest"))
def test_a_run_that_nobody_named_is_one_that_counts(view):
    assert play(view=view, horizon=2).story.is_matching


def test_a_story_tells_the_same_events_in_every_language():
    """What fits on the page is measured in one language, so that none leaves out what another one tells."""
    told = {code: zopa("play", "--lang", code, "--quiet").stdout.splitlines() for code in ("en", "de")}
    weeks = {
        code: [line.split(":")[0].split()[-1] for line in lines if line.startswith(("Week", "Woche"))]
        for code, lines in told.items()
    }
    assert weeks["en"] == weeks["de"]
    assert len(weeks["en"]) > 10
