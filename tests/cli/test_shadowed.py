"""Shadowed: a folder of one's own that has the name of a case that comes with zopa is taken, and that is said."""

import json
import shutil

import pytest

from tests.architecture.tree import ROOT
from tests.cli.test_cli import zopa

TEXTBOOK = ROOT / "scenarios" / "textbook"
QUICK = ("--runs", "2", "--horizon", "2", "--workers", "1", "--no-report")


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A working folder with a scenario that is called like one that comes with zopa."""
    (tmp_path / "scenarios" / "textbook").mkdir(parents=True)
    for name in ("strike.yaml", "defaults.yaml"):
        shutil.copy(TEXTBOOK / name, tmp_path / "scenarios" / "textbook")
    monkeypatch.chdir(tmp_path)
    return "textbook/strike: scenarios/textbook/strike.yaml is taken; it hides "


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("check", "strike"),
        ("run", "strike", *QUICK),
        ("run", "scenarios/textbook/strike.yaml", *QUICK),
        ("compare", "strike", "--with", "choice.precision=*0.5", *QUICK[:-1]),
    ],
)
def test_it_is_said_in_one_line(own, words):
    done = zopa(*words)
    assert done.exit_code == 0, done.output
    assert sum(own in line for line in done.stderr.splitlines()) == 1, done.stderr
    assert own not in done.stdout


@pytest.mark.parametrize(
    "words", [("check", "two-towns"), ("run", "two-towns", *QUICK), ("run", "strike", "-q", *QUICK)]
)
def test_what_hides_nothing_and_what_is_quiet_says_nothing(own, words):
    done = zopa(*words)
    assert done.exit_code == 0, done.output
    assert "it hides" not in done.output


def test_a_case_in_a_folder_here_is_listed_under_the_name_by_which_it_is_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert zopa("new", "mill", "--from", "logrolling").exit_code == 0
    shown = zopa("list", "--json")
    assert [row["scenario"] for row in json.loads(shown.stdout)["scenarios"]].count("mill") == 1
    assert zopa("play", "mill").stdout.startswith("mill: ")
    monkeypatch.chdir(ROOT / "scenarios")
    assert zopa("list").stderr.count("hides") == 0
