"""Write a case: whoever follows the page, word by word, gets what it says."""

import json
import re

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from tests.architecture.tree import ROOT
from tests.docs.follow import Reader

PAGE = ROOT / "docs" / "tutorial" / "write_a_case.md"
TEXT = PAGE.read_text(encoding="utf-8")
ANSWERS = [
    (row[0], row[1])
    for line in TEXT.splitlines()
    if line.startswith("| ") and len(row := [cell.strip() for cell in line.strip("|").split("|")]) == 2
][1:]


@pytest.fixture
def case_folder(tmp_path, monkeypatch):
    """The folder of somebody who has followed the page to its end."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZOPA_DEBUG", raising=False)
    Reader(ANSWERS).follow(TEXT)
    return tmp_path


def shares(*words):
    """Share of runs with an agreement, in whole percent, by source view."""
    done = CliRunner().invoke(app, ["run", *words, "--runs", "400", "--workers", "1", "--no-report", "--json", "-q"])
    found = json.loads(done.stdout)["views"]
    return [round(100 * view["outcomes"]["agreement"]["share"]) for view in found.values()]


def test_the_page_can_be_followed_and_its_numbers_are_ours(case_folder):
    quoted = re.findall(r"^\| (the base|words only) \| (\d+)% \| (\d+)% \|$", TEXT, flags=re.MULTILINE)
    assert [name for name, *_ in quoted] == ["the base", "words only"]
    for (_, *numbers), case in zip(quoted, ("harbour", "harbour/words-only.yaml"), strict=True):
        assert [int(number) for number in numbers] == shares(case)


def test_the_page_asks_what_the_command_asks(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["new", "harbour"], input="".join(f"{answer}\n" for _, answer in ANSWERS))
    asked = re.findall(r"^(.*) \([^()]*\): .*$|^(.* \(.*\)) \([^()]*\): .*$", done.stderr, flags=re.MULTILINE)
    assert ["".join(pair) for pair in asked] == [question for question, _ in ANSWERS]


def test_what_the_page_names_is_there():
    links = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert links
    assert all((PAGE.parent / link).exists() for link in links)
    named = re.search(r"There are\s+(.*?);", TEXT, flags=re.DOTALL).group(1)
    files = {path.stem for path in (ROOT / "scenarios" / "textbook").glob("*.yaml")} - {"defaults"}
    assert set(re.findall(r"`([a-z-]+)`", named)) == files


def test_minutes_add_up():
    words = {"three": 3, "five": 5}
    spent = [words[word] for word in re.findall(r"^## \d.*\((\w+) minutes\)$", TEXT, flags=re.MULTILINE)]
    assert (len(spent), sum(spent) <= 20) == (5, True)
