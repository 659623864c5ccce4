"""YAML syntax: what is wrong where a text is no YAML, and the line where it went wrong.

Read aloud
    YAML's parser stops where it can no longer go on, which is often some lines below the mistake: an open quote or
    bracket swallows what follows. The signs are therefore read once more, for what was opened and never closed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from sim.errors import ScenarioError, shorten, stop

_SYNTAX = (
    ("could not find expected ':'", "a key without a colon, or one that is far too long", "write `key: value`"),
    (
        "did not find expected ',' or '}'",
        "a comma or the closing } is missing",
        "a text with : , { or } goes in quotes",
    ),
    (
        "did not find expected ',' or ']'",
        "a comma or the closing ] is missing",
        "a text with : , [ or ] goes in quotes",
    ),
    ("did not find expected key", "this line is not indented as the keys above it", "indent keys of one piece alike"),
    ("cannot start any token", "a text begins with a sign that YAML keeps for itself", "put the text in quotes"),
    ("did not find expected node content", "a value or a closing bracket is missing", "look at the line above, too"),
)
"""What YAML's parser says, and what it means."""
_COLON = re.compile(r"(\s*(?:- )?[^:]+:) (.*:(?: .*)?)$")
ODD_BLANK = re.compile("[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]")
"""A blank that looks like a plain one."""
_ODD_PLACE = re.compile(rf"[ -]*([\w-]+:)?{ODD_BLANK.pattern}")
"""A line that has one where YAML must have a plain blank: before a key, or behind its colon."""
_OPENING = {yaml.FlowSequenceStartToken: "[", yaml.FlowMappingStartToken: "{"}
_CLOSING = {yaml.FlowSequenceEndToken: "]", yaml.FlowMappingEndToken: "}"}
_PAIRS = {"[": "]", "{": "}"}
_QUOTES = ("'", '"')
CLOSE_QUOTE = "close it there, or write a quote inside a text twice"
"""Remedy for a quote that stands open."""


@dataclass(frozen=True)
class Fault:
    """A mistake in the signs of a text."""

    line: int
    """Line where it was made."""
    text: str
    """What is wrong."""
    remedy: str
    """What to do."""


def explain_syntax(name: str, text: str, loader: Any, error: yaml.MarkedYAMLError) -> ScenarioError:
    """What to say of a text that is no YAML.

    Args:
        name: The file as messages name it.
        text: What it says.
        loader: YAML's loader that has read it.
        error: What the loader says of it.
    """
    mark: Any = error.problem_mark or error.context_mark
    line: int = getattr(mark, "line", -1) + 1
    rows = text.splitlines()
    row = rows[line - 1] if 0 < line <= len(rows) else ""
    fault = _find_conflict(rows) or _find_blank(rows[:line], row, line) or _find_open_quote(error)
    fault = (
        fault or find_open_sign(text, rows, loader, line) or _find_colon(error, row, line) or _translate(error, line)
    )
    return stop(name, fault.line, fault.text, fault.remedy)


def find_stray_line(rows: Sequence[str], start: int, end: int) -> int:
    """The first line of a text in quotes or brackets that is not indented further than the line where it begins.

    Args:
        rows: All lines.
        start: Line where it begins, from 1.
        end: Line where it ends.

    Returns:
        The line; 0 if there is none.
    """
    within = _measure_indent(rows[start - 1]) if 0 < start <= len(rows) else 0
    for line in range(start + 1, min(end, len(rows)) + 1):
        said = rows[line - 1].strip()
        if said and said[0] not in "#]}" + "".join(_QUOTES) and _measure_indent(rows[line - 1]) <= within:
            return line
    return 0


def find_open_sign(text: str, rows: Sequence[str], loader: Any, last: int) -> Fault | None:
    """A quote or bracket that is opened and not closed where it should be, or closed without being opened.

    Args:
        text: The text.
        rows: Its lines.
        loader: YAML's loader.
        last: Line where its parser stopped.
    """
    opened, before = list[tuple[str, int]](), None
    for token in _scan(text, loader, last):
        line = int(token.start_mark.line) + 1
        if fault := _judge_quote(token, before, rows):
            return fault
        if sign := _OPENING.get(type(token)):
            opened.append((sign, line))
        elif sign := _CLOSING.get(type(token)):
            if not opened:
                return Fault(line, f"a {sign} closes nothing", f"leave it out; a text with {sign} goes in quotes")
            if _PAIRS[opened[-1][0]] != sign:
                return _tell_open(*opened[-1])
            opened.pop()
        before = token
    stray = (one for one in opened if find_stray_line(rows, one[1], last) or last > len(rows))
    return next((_tell_open(*one) for one in stray), None)


def _scan(text: str, loader: Any, last: int) -> Iterator[Any]:
    """Signs and words of a text, up to a line or to where nothing more can be read."""
    try:
        for token in yaml.scan(text, Loader=loader):
            if token.start_mark.line >= last:
                return
            yield token
    except yaml.YAMLError:
        return


def _judge_quote(token: Any, before: Any, rows: Sequence[str]) -> Fault | None:
    """What is wrong with a text in quotes, or with what follows one."""
    if isinstance(before, yaml.ScalarToken) and isinstance(token, yaml.ScalarToken) and before.style in _QUOTES:
        line = int(before.end_mark.line) + 1
        if line == token.start_mark.line + 1:
            remedy = f"write a {before.style} inside a text twice, or put the whole text in the other quotes"
            return Fault(line, f"text follows a closing {before.style}", remedy)
    if not isinstance(token, yaml.ScalarToken) or token.style not in _QUOTES:
        return None
    start, end = int(token.start_mark.line) + 1, int(token.end_mark.line) + 1
    if not find_stray_line(rows, start, end):
        return None
    return Fault(start, f"a quote is opened here and closed only in line {end}", CLOSE_QUOTE)


def _tell_open(sign: str, line: int) -> Fault:
    close = _PAIRS[sign]
    remedy = f"close it with {close}; a text with : , {sign} or {close} goes in quotes"
    return Fault(line, f"a {sign} is opened here and not closed", remedy)


def _find_conflict(rows: Sequence[str]) -> Fault | None:
    """The marks that Git leaves where two versions do not fit."""
    line = next((number for number, row in enumerate(rows, 1) if row.startswith(("<<<<<<< ", ">>>>>>> "))), 0)
    remedy = "choose one version and take the lines with <<<<<<<, ======= and >>>>>>> out"
    return Fault(line, "Git has left two versions here", remedy) if line else None


def _find_blank(rows: Sequence[str], row: str, line: int) -> Fault | None:
    """A tab or an odd blank where a plain one must stand."""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return Fault(line, "a tab stands at the start of the line", "indent with blanks")
    for at, one in enumerate(rows, 1):
        found = ODD_BLANK.search(one)
        if found and (at == line or _ODD_PLACE.match(one)):
            text = f"a blank that is no plain one (U+{ord(found.group()):04X}) stands in column {found.start() + 1}"
            return Fault(at, text, "write a plain blank")
    return None


def _find_open_quote(error: yaml.MarkedYAMLError) -> Fault | None:
    """A quote that is never closed."""
    mark: Any = error.context_mark
    if "scanning a quoted scalar" not in str(error.context) or mark is None:
        return None
    if not any(word in str(error.problem) for word in ("end of stream", "document")):
        return None
    return Fault(int(mark.line) + 1, "a quote is opened here and never closed", CLOSE_QUOTE)


def _find_colon(error: yaml.MarkedYAMLError, row: str, line: int) -> Fault | None:
    """A colon in a text without quotes."""
    plain = _COLON.match(row)
    if "mapping values are not allowed" not in str(error.problem) or plain is None:
        return None
    said = plain.group(2).strip().replace('"', "'")
    remedy = f'put the text in quotes: {plain.group(1).strip()} "{shorten(said)}"'
    return Fault(line, "a colon stands in plain text", remedy)


def _translate(error: yaml.MarkedYAMLError, line: int) -> Fault:
    """What the parser itself says."""
    problem = " ".join(part for part in (error.context, error.problem) if part)
    for words, text, remedy in _SYNTAX:
        if words in problem:
            return Fault(line, text, remedy)
    if "quoted scalar" in problem:
        return Fault(line, "a text in double quotes holds a \\ that means nothing", "write \\\\, or use single quotes")
    return Fault(line, f"this is not valid YAML: {problem}", "look at this line and the one above")


def _measure_indent(row: str) -> int:
    return len(row) - len(row.lstrip())
