"""Everyday: results are listed and found by their case, every command has an example, and mistakes get a question."""

import json
import os
import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
import typer

import sim
from analysis.figures import outcome_shares
from sim.cli.app import app
from sim.cli.examples import EXAMPLES
from sim.loading.discovery import SHIPPED
from tests.cli.test_cli import expect_refusal, zopa

CASE, NUMBERS = "textbook/strike", ["--runs", "20", "--workers", "1", "--no-report", "--no-sweeps"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_results_are_listed_the_newest_first_with_what_was_changed():
    assert zopa("results").stdout == ""
    assert zopa("run", CASE, *NUMBERS).exit_code == 0
    assert zopa("run", "textbook/logrolling", *NUMBERS, "--set", "contest.noise=*0.5").exit_code == 0
    rows = json.loads(zopa("results", "--json").stdout)["results"]
    assert [(row["scenario"], row["changed"], row["runs"]) for row in rows] == [
        ("textbook/logrolling", "noise × 0.5", 20),
        (CASE, "", 20),
    ] or rows[0]["made"] == rows[1]["made"]
    shown = zopa("results", "strike").stdout
    assert rows[-1]["folder"] in shown or rows[0]["folder"] in shown
    assert "logrolling" not in shown


def test_every_share_is_written_alike_on_the_terminal_and_on_the_page(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    done = zopa("run", CASE, *NUMBERS)
    assert "each source" not in done.stdout
    table = outcome_shares.build_table(sim.load_results(next(Path("outputs").rglob("manifest.json")).parent).shares)
    lines = [[cell.strip() for cell in line.strip("│\n").split("│")] for line in done.stdout.splitlines()]
    rows = {cells[0]: (cells[1:], below[1:]) for cells, below in pairwise(lines) if cells[0]}
    for label, *cells in table.rows:
        shown, below = rows[label if label in rows else "an agreement in force"]
        assert [f"{share} ({interval})" for share, interval in zip(shown, below, strict=True)] == cells, label
    assert {"0% (under 14%)", "100% (over 86%)"} <= {cell for _, *cells in table.rows for cell in cells}


def test_damaged_results_are_named_and_the_others_are_listed(tmp_path):
    assert zopa("run", CASE, *NUMBERS).exit_code == 0
    (damaged := tmp_path / "outputs" / "other").mkdir()
    (damaged / "manifest.json").write_text("{", encoding="utf-8")
    found = sim.list_results()
    assert len(found.rows) == 1
    assert "outputs/other/manifest.json" in found.mistakes[0]


def test_the_newest_twenty_results_are_shown_and_all_on_request(tmp_path):
    assert zopa("run", CASE, *NUMBERS).exit_code == 0
    (one,) = (tmp_path / "outputs").glob("*/*/*/manifest.json")
    for number in range(21):
        shutil.copytree(one.parent, one.parent.parent / f"copy-{number}")
    short, whole = zopa("results"), zopa("results", "--all")
    assert "and 2 more; `zopa results --all` shows them" in short.stdout
    assert (short.stdout.count("copy-") < 21, whole.stdout.count("copy-")) == (True, 21)
    assert len(json.loads(zopa("results", "--json").stdout)["results"]) == 22


def test_only_files_are_read_as_scenarios(tmp_path):
    (tmp_path / "scenarios").mkdir()
    os.mkfifo(tmp_path / "scenarios" / "pipe.yaml")
    assert "textbook/strike" in zopa("list").stdout
    said = expect_refusal(3, "check", "scenarios/pipe.yaml")
    assert said == "scenarios/pipe.yaml: is a device, a pipe or a socket, not a file"
    (tmp_path / "scenarios" / "DEFAULT").write_bytes(b"\xff\xfe")
    said = expect_refusal(3, "run")
    assert said == "scenarios/DEFAULT: is not text in UTF-8; write the name of a case into it"


def test_a_signature_expected_after_the_last_week_is_noted(tmp_path):
    text = (SHIPPED / "textbook" / "strike.yaml").read_text(encoding="utf-8")
    path = tmp_path / "late.yaml"
    text = re.sub(r"signed_from_week: \d+", "signed_from_week: 500", text)
    path.write_text(text.replace("extends: ", f"extends: {SHIPPED}/textbook/"), encoding="utf-8")
    done = zopa("check", str(path))
    assert done.exit_code == 0
    assert "signed_from_week: week 500 never comes at a horizon of" in done.stderr + done.stdout


def test_report_export_and_replay_find_the_newest_results_of_a_case():
    assert zopa("run", CASE, *NUMBERS).exit_code == 0
    assert zopa("export", "strike", "--what", "runs").exit_code == 0
    assert zopa("replay", CASE, "1").exit_code == 0
    assert "there is no such folder of results" in expect_refusal(1, "report", "nowhere")
    assert "there are no results of 'textbook/no-zone'" in expect_refusal(1, "report", "textbook/no-zone")


def test_a_contradiction_ends_with_the_sides_to_type():
    last = zopa("cite", "X12").stdout.rstrip().splitlines()[-1]
    assert last.strip().startswith("take a side: --answer X12=")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("0.5", "is 0.5, which is 50 points to either side; write 0.5% for 0.5 of a point, or 50% if you mean it"),
        ("5", "it must be a share above 0 and below 1"),
    ],
)
def test_a_precision_that_was_meant_as_percent(given, said):
    assert said in expect_refusal(2, "run", CASE, "--precision", given)


def test_every_command_has_an_example_that_can_be_typed():
    group = typer.main.get_command(app)
    every = dict(group.commands)
    for name, found in group.commands.items():
        every |= {f"{name} {inner}": command for inner, command in getattr(found, "commands", {}).items()}
    assert set(EXAMPLES) == set(every)
    for name, example in EXAMPLES.items():
        program, *words = shlex.split(example)
        assert program == "zopa"
        assert name == "compare scenarios" or words[: len(name.split())] == name.split()
        found = every[name]
        commands = [found, *getattr(found, "commands", {}).values()]
        known = {word for each in commands for one in each.params for word in (*one.opts, *one.secondary_opts)}
        assert {word for word in words if word.startswith("--")} <= known, name
        shown = zopa(*name.split(), "--help").stdout
        assert "For example: zopa" in shown
        assert "<bool>" not in shown
        assert "[[" not in shown


def test_an_answer_and_a_batch_are_paired_with_the_unchanged_case():
    one = sim.run("alaska-budapest/oil-sanctions", view="wide", answers="india=refuse", runs=20, horizon=14, workers=1)
    assert one.change.views["wide"].is_same_selection
    assert one.change.views["wide"].n_both == 20
    batch = sim.run_batch(["textbook/strike"], changes="contest.noise=*0.5", runs=20, workers=1, report=False)
    alone = sim.run("textbook/strike", changes="contest.noise=*0.5", runs=20, workers=1)
    assert batch.members[0].change.views == alone.change.views
    shown = zopa("run", "textbook/strike", "textbook/strike", *NUMBERS, "--set", "contest.noise=*0.5").stdout
    assert "unchanged" in shown
