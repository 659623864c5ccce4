"""Follow a page as its reader would: type its commands, write its files, run its Python, compare what is shown."""

import io
import re
import shlex
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path

from typer.testing import CliRunner

from sim.cli.app import app

BLOCK = re.compile(r"^```(sh|sh fails|yaml|text|python)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
FEW = {"--runs": "10", "--draws": "16", "--precision": "20%"}
"""Numbers that make a page's commands quick; what they print is not compared."""


def shorten(words):
    """The words of a command with few runs, in this process, without pages."""
    short = [FEW.get(before, word) for before, word in zip(["", *words], words, strict=False)]
    if words[0] == "run":
        short += ["--workers", "1", "--no-report", *([] if {"--runs", "--precision"} & {*words} else ["--runs", "10"])]
    elif words[0] in ("attribute", "attribute-pairs", "compare") or words[:2] == ["contradictions", "rank"]:
        short += ["--workers", "1", "--horizon", "6"] if len(words) > 1 else ["views", "--runs", "10", "--horizon", "6"]
    return short


@dataclass
class Reader:
    """Somebody who follows a page, in a folder of their own."""

    answers: list[tuple[str, str]] = field(default_factory=list)
    """What is answered to questions, after each question."""
    shown: tuple[Path, str] = (Path(), "")
    """The piece of a file that the page has shown last."""
    said: str = ""
    """What the last commands said on stderr, or the last Python printed."""
    names: dict[str, object] = field(default_factory=lambda: {"__name__": "__main__"})
    """What the Python of the page knows so far."""

    def follow(self, text):
        """Do everything that a page says, from top to bottom."""
        for kind, block in BLOCK.findall(text):
            match kind:
                case "sh" | "sh fails":
                    self.type(block, fails=kind != "sh")
                case "yaml":
                    self.write(block)
                case "python":
                    self.execute(block)
                case "text":
                    assert self.said == block

    def type(self, block, *, fails=False):
        """Give every command of a block."""
        self.said = ""
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            assert words[0] == "./zopa"
            words = shorten(
                [found for word in words[1:] for found in (glob(word) if "*" in word and "/" in word else [word])]
            )
            done = CliRunner().invoke(app, words, input="".join(f"{answer}\n" for _, answer in self.answers))
            assert "Traceback" not in done.output
            wrong = fails or ("wroth" in self.shown[1] and words[0] == "check")
            assert done.exit_code == (3 if wrong else 0), done.output
            self.said += done.stderr

    def write(self, block):
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

    def execute(self, block):
        """Run a block of Python in the one session of the page."""
        with redirect_stdout(io.StringIO()) as printed:
            exec(block, self.names)
        self.said = printed.getvalue()
