"""Consoles: what one command writes on consoles of many code pages and widths, and how it ends.

`python -m docs.generators.consoles_page` carries the commands out and writes the page; it needs a minute, so that it is
not made with the others. A test carries the same commands out and compares what does not change with the version.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PAGE = Path(__file__).parents[1] / "model" / "consoles.md"
ROOT = PAGE.parents[2]

ENCODINGS = ("utf-8", "cp850", "cp437", "cp1252", "latin-1", "ascii")
WIDTHS = (30, 80, 200)
PLAYED = "run textbook/two-towns --runs 40 --horizon 4 --seed 7 --workers 1 --no-report"
MISTAKE = "check textbook/two-twons"
ASKED = 1
"""Question marks that the words themselves have."""
SHOWN = (("cp850", 80), ("ascii", 80), ("ascii", 30))
"""Consoles whose transcripts are shown: one with many signs, one with none, and a narrow one."""

HEAD = f"""\
# Consoles

What a console shows whose code page has no –, “”, × or lines of a table, which is narrow, or which understands no
colours (`TERM=dumb`). Two commands are carried out on each: `zopa {PLAYED}` and, for a mistake, `zopa {MISTAKE}`.
`python -m docs.generators.consoles_page` writes this page anew; `tests/docs/test_consoles_page.py` carries the commands
out on two consoles and compares. All were made on Linux with `PYTHONIOENCODING`; no console of Windows
or macOS has been tried.

*Signs lost* are question marks in place of signs, *longest line* is counted in characters (a line of plain text is not
cut where a console would break it), *raw signs* are control characters other than the ends of lines.
"""


@dataclass(frozen=True)
class Transcript:
    """What a command wrote on one console."""

    encoding: str
    """Code page."""
    width: int
    """Columns."""
    code: int
    """Exit code."""
    output: str
    """Result, as the console reads it."""
    notes: str
    """Notes and mistakes, as the console reads them."""


@cache
def transcribe(line: str, encoding: str, width: int) -> Transcript:
    """Carry a command out on a console.

    Args:
        line: Words after `zopa`.
        encoding: Code page of the console.
        width: Its columns.
    """
    around = os.environ | {"PYTHONIOENCODING": encoding, "COLUMNS": str(width), "TERM": "dumb", "NO_COLOR": "1"}
    around |= {"PYTHONPATH": str(ROOT)}
    start = [sys.executable, "-c", "from sim.cli.start import main; main()"]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([*start, *line.split()], cwd=folder, env=around, capture_output=True, check=False)
    output, notes = (_drop_results(text.decode(encoding)) for text in (done.stdout, done.stderr))
    return Transcript(encoding, width, done.returncode, output, notes)


def format_row(encoding: str, width: int) -> str:
    """A row of the table: how both commands ended on one console."""
    played, mistaken = transcribe(PLAYED, encoding, width), transcribe(MISTAKE, encoding, width)
    said = played.output + played.notes + mistaken.output + mistaken.notes
    longest = max(map(len, played.output.splitlines()))
    raw = sum(not sign.isprintable() and sign != "\n" for sign in said)
    cells = (encoding, width, played.code, mistaken.code, said.count("?") - ASKED, longest, raw)
    return f"| {' | '.join(map(str, cells))} |"


def make_rows() -> Iterator[str]:
    """The table: every code page at 80 columns, and the plainest one at every width."""
    yield "| code page | columns | exit code | of the mistake | signs lost | longest line | raw signs |"
    yield "|---|---|---|---|---|---|---|"
    yield from (format_row(encoding, 80) for encoding in ENCODINGS)
    yield from (format_row("ascii", width) for width in WIDTHS if width != 80)


def make_transcript(encoding: str, width: int) -> str:
    """What one console shows of both commands."""
    found = [transcribe(line, encoding, width) for line in (PLAYED, MISTAKE)]
    parts = (part.strip("\n") for one in found for part in (one.output, one.notes) if part.strip())
    text = "\n".join(row.rstrip() for row in "\n".join(parts).splitlines())
    return f"## {encoding}, {width} columns\n\n```\n{text}\n```\n"


def consoles_markdown() -> str:
    """The page."""
    return "\n".join([HEAD, *make_rows(), "", *(make_transcript(*one) for one in SHOWN)]).rstrip("\n") + "\n"


def _drop_results(text: str) -> str:
    """Without the place of results, whose name begins with the day."""
    return "".join(line for line in text.replace("\r\n", "\n").splitlines(True) if not line.startswith("Results: "))


if __name__ == "__main__":
    PAGE.write_text(consoles_markdown(), encoding="utf-8", newline="\n")
