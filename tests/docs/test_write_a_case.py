"""How-to: whoever follows the page, word by word, gets what it says."""

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from tests.architecture.tree import ROOT

PAGE = ROOT / "scenarios" / "HOWTO.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)
ANSWERS = [
    (row[0], row[1])
    for line in TEXT.splitlines()
    if line.startswith("| ") and len(row := [cell.strip() for cell in line.strip("|").split("|")]) == 2
][1:]
FEWER = {"--runs 400": "--runs 20 --workers 1"}


@dataclass
class Reader:
    """Somebody who follows the page."""

    shown: tuple[Path, str] = (Path(), "")
    """The piece of a file that the page has shown last."""
    told: str = ""
    """What the last commands told on stderr."""

    def types(self, block: str) -> None:
        """Give every command of a block."""
        self.told = ""
        for line in block.splitlines():
            for more, fewer in FEWER.items():
                line = line.replace(more, fewer)
            words = shlex.split(line)
            assert words[0] == "./zopa"
            words += ["--no-report"] if words[1] == "run" else []
            done = CliRunner().invoke(app, words[1:], input="".join(f"{answer}\n" for _, answer in ANSWERS))
            assert "Traceback" not in done.output
            assert done.exit_code == (3 if "wroth" in self.shown[1] and words[1] == "check" else 0), done.output
            self.told += done.stderr

    def reads(self, block: str) -> None:
        """Compare what was told with what the page says."""
        assert self.told == block

    def writes(self, block: str) -> None:
        """Look at a piece of a file, change it, or make a new file."""
        head, body = block.split("\n", 1)
        name, how = re.fullmatch(r"# (\S+), (as it is|instead of that|a new file)", head).groups()
        path = Path(name)
        if how == "a new file":
            assert not path.exists()
            path.parent.mkdir(exist_ok=True)
            path.write_text(body, encoding="utf-8")
            return
        text = path.read_text(encoding="utf-8")
        old = body if how == "as it is" else self.shown[1]
        assert text.count(old) == 1
        path.write_text(text.replace(old, body), encoding="utf-8")
        self.shown = (path, body)


@pytest.fixture
def followed(tmp_path, monkeypatch):
    """The folder of somebody who has followed the page to its end."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZOPA_DEBUG", raising=False)
    engine = Reader()
    does = {"sh": engine.types, "yaml": engine.writes, "text": engine.reads}
    for kind, block in BLOCKS:
        does[kind](block)
    return tmp_path


def shares(*words):
    """Share of runs with an agreement, in whole percent, by source view."""
    done = CliRunner().invoke(app, ["run", *words, "--runs", "400", "--workers", "1", "--no-report", "--json", "-q"])
    found = json.loads(done.stdout)["views"]
    return [round(100 * view["outcomes"]["agreement"]["share"]) for view in found.values()]


def test_the_page_can_be_followed_and_its_numbers_are_ours(followed):
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
    files = {path.stem for path in (PAGE.parent / "textbook").glob("*.yaml")} - {"defaults"}
    assert set(re.findall(r"`([a-z-]+)`", named)) == files


def test_minutes_add_up():
    words = {"three": 3, "five": 5}
    spent = [words[word] for word in re.findall(r"^## \d.*\((\w+) minutes\)$", TEXT, flags=re.MULTILINE)]
    assert (len(spent), sum(spent) <= 20) == (5, True)
