"""Examples: every command and every line of Python in the pages works as it stands."""

import io
import re
from contextlib import redirect_stdout

import pytest

from tests.architecture.tree import ROOT
from tests.docs.follow import BLOCK, Reader, shorten

OWN_TEST = ("write_a_case.md", "add_a_source.md", "python.md")
PAGES = [
    ROOT / "README.md",
    *(path for path in sorted((ROOT / "docs").rglob("*.md")) if path.name not in (*OWN_TEST, "schema.md", "claims.md")),
]
FOLLOWED = [path for path in PAGES if BLOCK.search(path.read_text(encoding="utf-8"))]
PYTHON = ROOT / "docs" / "tutorial" / "python.md"
PRINTED = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", flags=re.DOTALL)
NOT_FOLLOWED = ("README.md", "CONTRIBUTING.md")


@pytest.mark.parametrize(
    "path", [path for path in FOLLOWED if path.name not in NOT_FOLLOWED], ids=lambda path: path.stem
)
def test_a_page_can_be_followed(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZOPA_DEBUG", raising=False)
    Reader().follow(path.read_text(encoding="utf-8"))


def test_what_prints_is_compared_on_the_python_page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__"}

    def make_page(block):
        with redirect_stdout(io.StringIO()) as printed:
            exec(block[1], names)
        said = printed.getvalue()
        return f"```python\n{block[1]}```\n" + (f"\n```text\n{said}```\n" if said else "")

    page = PYTHON.read_text(encoding="utf-8")
    new = PRINTED.sub(make_page, page)
    if new != page:
        PYTHON.with_suffix(".md.new").write_text(new, encoding="utf-8", newline="\n")
    assert new == page, "python.md prints something else now: see python.md.new"


def test_the_python_of_the_readme(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len([line for line in block.splitlines() if line]) <= 5
    reader = Reader()
    reader.execute(block.replace("runs=200", "runs=6"))
    assert "Not a forecast" in reader.said


def test_every_block_says_what_it_is():
    known = {"sh", "sh fails", "shell", "yaml", "text", "python", "py", ""}
    for path in (*PAGES, *(next((ROOT / "docs").rglob(name)) for name in OWN_TEST)):
        found = set(re.findall(r"^```(.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE))
        assert found <= known, path.name


def test_numbers_of_runs_that_a_precision_needs():
    from analysis.methods.stopping_rule import precise_enough

    text = (ROOT / "docs" / "how_to" / "precision.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| ([\d.]+)% \| ([\d,]+) \| ([\d,]+) \|$", text, flags=re.MULTILINE)
    assert len(found) == 3
    for width, *runs in found:
        enough = precise_enough(float(width) / 100)
        for share, number in zip((0.5, 0.1), (int(one.replace(",", "")) for one in runs), strict=True):
            for factor, expected in ((1.03, True), (0.93, False)):
                count = round(share * number * factor)
                assert enough([count, round(number * factor) - count]) is expected


def test_commands_are_made_quick():
    assert shorten(["run", "x", "--runs", "400"])[:4] == ["run", "x", "--runs", "10"]
    assert shorten(["run"])[-2:] == ["--runs", "10"]
    assert shorten(["play", "x"]) == ["play", "x"]
