"""Foreign files: every command that takes a case or results says what a file of another kind is, and writes nothing."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
import typer

from docs.generators.commands_page import list_commands
from sim.cli.app import app
from tests.cli.test_cli import expect_refusal
from tests.cli.test_import import ISSUES, write_xml

ROWS = [("Actor", "Power", "Position", "Salience"), ("Ann", 1, 0, 0.5), ("Bob", 2, 100, 1), ("Cid", 1, 40, 0.2)]
SAID = {
    "ann.xml": "this is a file of GENIUS (XML), not",
    "ktab.csv": "this is a table (CSV), not",
    "book.xlsx": "this is a ZIP archive",
    "history.yaml": "is not a scenario file; name a scenario file or its folder",
    "wide.yaml": "this is a source view, not a scenario; name its case, and the view with --view wide",
    "results.zip": "this is a ZIP archive",
}
"""What is said of a file wherever a case is asked for."""

ASKED = {
    "replay": ["1"],
    "vary": ["--vary", "contest.noise=*2"],
    "attribute": ["wide", "fazi"],
    "forecast register": ["--to", "forecast.json"],
    "forecast score": ["forecast.json"],
    "contradictions rank": ["wide"],
    "coding agreement": ["ktab.csv"],
    "cite": ["contest"],
    "explain": ["summit.is_held"],
    "view new": ["mine"],
    "view from-text": ["ktab.csv"],
}
"""What else a command needs."""

ELSEWHERE = {"serve", "rooms", "results", "forecast score", "explain", "view from-text", "import", "new"}
"""Commands that open no case, or look at something else before it."""

OF_RESULTS = ("report", "export", "images", "replay")


def list_takers():
    """Commands that take a case or results, with how it is given."""
    for name, command in list_commands(typer.main.get_command(app)):
        for one in command.params:
            if one.name in ("case", "scenarios", "folder") and name not in ELSEWHERE:
                yield name, one.param_type_name == "option"


TAKERS = dict(list_takers())


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """One file of each kind."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "ann.xml").write_text(write_xml(ISSUES), encoding="utf-8")
    (folder / "ktab.csv").write_text("".join(",".join(map(str, row)) + ",\n" for row in ROWS), encoding="utf-8")
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(folder / "book.xlsx")
    (folder / "history.yaml").write_text("EVT001:\n  week: 1\n  what: Something.\n", encoding="utf-8")
    (folder / "wide.yaml").write_text("view: wide\nlabel: Wide\nsummary: All spreads.\n", encoding="utf-8")
    with zipfile.ZipFile(folder / "results.zip", "w") as archive:
        archive.writestr("manifest.json", "{}")
    return folder


def list_files(folder):
    return {path: path.stat().st_mtime_ns for path in Path(folder).rglob("*")}


@pytest.mark.parametrize("command", sorted(TAKERS))
def test_every_command_recognises_a_file_of_genius(command, files, monkeypatch):
    refuse(command, "ann.xml", files, monkeypatch)


@pytest.mark.parametrize("name", SAID)
def test_every_kind_of_file_is_recognised(name, files, monkeypatch):
    refuse("compare scenarios", name, files, monkeypatch)
    if not name.endswith(".yaml"):
        refuse("export", name, files, monkeypatch)


def refuse(command, name, files, monkeypatch):
    """A command gets a file, and says what it is; nothing is written."""
    monkeypatch.chdir(files)
    monkeypatch.delenv("ZOPA_DEBUG", raising=False)
    before, more = list_files(files), ASKED.get(command, [])
    asked = [*more, "--case", name] if TAKERS[command] else [name, *more]
    assert SAID[name] in expect_refusal(1 if command in OF_RESULTS else 3, *command.split(), *asked)
    assert list_files(files) == before


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("genius", "ktab.csv"), "ktab.csv: this is a table (CSV), not a file of GENIUS; if it holds positions, use"),
        (
            ("genius", "results.zip"),
            "results.zip: this is a ZIP archive, as spreadsheets and text documents are, not a",
        ),
        (("table", "ann.xml"), "ann.xml: this is a file of GENIUS (XML), not a table; use `zopa import genius`"),
    ],
)
def test_what_another_import_opens_is_named(words, expected, files, monkeypatch):
    monkeypatch.chdir(files)
    assert expect_refusal(3, "import", *words).startswith(expected)


def test_a_lone_case_is_still_not_compared_with_itself():
    assert "would be compared with itself" in expect_refusal(2, "compare", "textbook/logrolling")
