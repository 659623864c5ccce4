"""Strict YAML: reads scenario files as plain data with line numbers, without YAML's traps.

The words of YAML 1.2 (core schema) are used: only `true` and `false` are truth values; `no` and `on` are
text; 010 is ten; 1e-3 is a number; 12:30 and 2025-08-04 are text. Keys are always text. Two equal keys,
anchors, aliases, tags, infinite numbers, large files and deep nesting are refused.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from sim.errors import Place, Problem, ScenarioError, display_path, format_place, stop, suggest
from sim.loading.other_formats import REMEDIES, find_other_format
from sim.loading.yaml_syntax import CLOSE_QUOTE, ODD_BLANK, explain_syntax, find_stray_line

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MOST_NOTED = 100
"""Hidden characters of one kind that are looked at; what is printed is cut far earlier."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, object] = {word: None for word in ("", "~", "null", "Null", "NULL")} | {
    "true": True,
    "false": False,
}
_WHOLE = re.compile(r"[-+]?[0-9]{1,40}")
_OTHER_BASE = re.compile(r"0o[0-7]{1,40}|0x[0-9a-fA-F]{1,40}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that no text needs: they steer terminals, turn the direction of reading, or are none at all."""
_HIDDEN = re.compile(
    "[\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164\uffa0\ufff0-\ufffd"
    "\U0001fffe\U0001ffff\U000e0000-\U000e0fff]"
)
"""Characters that show nothing and yet part words, turn the direction of reading or make two words look like one."""
_BREAK = re.compile(r"[\x85\u2028\u2029]|(?<![\n\r])\r(?![\n\r])")
"""Ends of lines for YAML, but not for every editor: what follows in the same line of a comment would be read."""
_HEAP = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20f0]{5,}")
"""More marks on one letter than any language writes."""
_ABOVE_NOTHING = re.compile(r"[-+]?[0.]*[1-9]")
"""A number with a digit other than 0 before its exponent."""
_INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


@dataclass(frozen=True, eq=False)
class YamlFile:
    """What a file says, and at which line it says it."""

    name: str
    """The path as printed in messages."""
    data: Any
    """Plain dictionaries, lists, text, numbers and truth values."""
    lines: dict[Place, int]
    """Line of every key and list entry."""
    path: Path = Path()
    """Where the file is; empty for text that is not from a file."""

    def find_line(self, place: Place) -> int:
        """Line of the place, or of the nearest place above it."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_yaml(path: Path) -> YamlFile:
    """Read a file; a file that has not changed since is not read again."""
    path = path.absolute()
    try:
        known = path.stat()
    except OSError as error:
        raise _explain_missing(path) from error
    if not path.is_file():
        kind = "a folder" if path.is_dir() else "a device, a pipe or a socket"
        raise stop(display_path(path), 0, f"is {kind}, not a file")
    if known.st_size > MAX_BYTES:
        size = f"{known.st_size / 1e6:.1f}".removesuffix(".0")
        raise stop(display_path(path), 0, f"is {size} MB; scenario files are at most {MAX_BYTES // 1_000_000} MB")
    return _read(path, display_path(path), known.st_mtime_ns, known.st_size)


def parse_yaml(text: str, name: str) -> YamlFile:
    """Read text as YAML, under the name that messages give it."""
    builder = _Builder(name, text)
    data = builder.build_document()
    if builder.problems:
        raise ScenarioError(builder.problems)
    return YamlFile(name, data, builder.lines)


@lru_cache(maxsize=128)
def _read(path: Path, name: str, changed: int, size: int) -> YamlFile:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise stop(name, 0, f"cannot be read: {error.strerror}") from error
    if kind := find_other_format(raw):
        remedy = REMEDIES.get(kind, "a scenario is YAML: `zopa new` starts one")
        raise stop(name, 1, f"this is {kind}, not a scenario", remedy)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise stop(name, line, "this is not UTF-8 text", "save the file in the encoding UTF-8") from error
    parsed = parse_yaml(text, name)
    if parsed.data is None:
        raise stop(name, 0, "is empty")
    if not isinstance(parsed.data, dict):
        raise stop(name, 1, "the file must consist of `key: value` lines")
    return YamlFile(name, parsed.data, parsed.lines, path)


def _explain_missing(path: Path) -> ScenarioError:
    folder = path.parent
    if not folder.is_dir():
        return stop(display_path(path), 0, "there is no such file", f"there is no folder {display_path(folder)} either")
    names = sorted(entry.name for entry in folder.iterdir() if entry.is_dir() or entry.suffix == ".yaml")
    return stop(display_path(path), 0, "there is no such file", suggest(path.name, names))


@dataclass
class _Builder:
    """Builds plain data from YAML's events, and notes lines and problems on the way."""

    name: str
    text: str
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    events: Iterator[Any] = field(default_factory=lambda: iter(()))
    rows: list[str] = field(default_factory=list)

    def build_document(self) -> object:
        """The one document of the text; None if it is empty."""
        self.events, self.rows = iter(yaml.parse(self.text, Loader=_LOADER)), self.text.splitlines()
        try:
            next(self.events)
            if isinstance(next(self.events), yaml.StreamEndEvent):
                return None
            data = self._build_node(next(self.events), ())
            next(self.events)
            after = next(self.events)
        except yaml.MarkedYAMLError as error:
            raise explain_syntax(self.name, self.text, _LOADER, error) from None
        except yaml.YAMLError as error:
            raise stop(self.name, 0, f"this is not text: {getattr(error, 'reason', error)}") from None
        self._check_signs()
        if not isinstance(after, yaml.StreamEndEvent):
            self._note(after, (), "a second document starts here", "one file holds one document")
        return data

    def _build_node(self, event: Any, place: Place) -> object:
        self.lines.setdefault(place, _get_line(event))
        if len(place) > MAX_DEPTH:
            raise stop(self.name, _get_line(event), f"nested more than {MAX_DEPTH} deep") from None
        if isinstance(event, yaml.AliasEvent):
            self._note(event, place, f"alias *{event.anchor} is not allowed", "write the value out")
            return None
        if event.anchor is not None:
            self._note(event, place, f"anchor &{event.anchor} is not allowed", "write the value out where it is used")
        if event.tag is not None:
            self._note(event, place, f"tag {_format_tag(event.tag)} is not allowed", "leave it out")
        if isinstance(event, yaml.MappingStartEvent):
            return self._build_mapping(place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._build_list(place)
        self._check_characters(event, place)
        self._check_quotes(event, place)
        return self._build_scalar(event, place) if event.implicit[0] else event.value

    def _check_signs(self) -> None:
        """Note hidden characters and ends of lines outside texts and keys: in comments and between the pieces."""
        told = {problem.line for problem in self.problems}
        breaks = _BREAK if "\n" in self.text else re.compile(r"[\x85\u2028\u2029]")
        for kind in (breaks, _CONTROL, _HIDDEN):
            for found in islice(kind.finditer(self.text), MOST_NOTED):
                line = self.text.count("\n", 0, found.start()) + 1
                if line not in told and (found.group() != "\r" or kind is _BREAK):
                    self.problems.append(Problem(self.name, line, _name_sign(found.group()), "leave it out"))
                    told.add(line)

    def _check_characters(self, event: Any, place: Place) -> None:
        """Note the first character of a text or a key that no text needs; a key needs no odd blank either."""
        if found := _CONTROL.search(event.value):
            text = f"holds the control character U+{ord(found.group()):04X}"
            self._note(event, place, text, "leave it out, and write a line break as a line break")
        elif found := _HIDDEN.search(event.value):
            self._note(event, place, _name_sign(found.group()), "leave it out")
        elif found := _HEAP.search(event.value):
            self._note(event, place, f"holds {len(found.group())} marks on one letter", "leave them out")

    def _check_quotes(self, event: Any, place: Place) -> None:
        """Note a quote that is closed by that of another text, so that the keys between are part of its text."""
        end = int(event.end_mark.line) + 1
        if event.style in ("'", '"') and find_stray_line(self.rows, _get_line(event), end):
            self._note(event, place, f"a quote is opened here and closed only in line {end}", CLOSE_QUOTE)

    def _build_mapping(self, place: Place) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or (event.value == "<<" and event.implicit[0]):
                self._note(event, place, "a key must be text; `<<` and `?` are not allowed", "write the keys out")
                self._skip(event, place)
                continue
            key, line = event.value, _get_line(event)
            self._check_characters(event, place)
            self._check_key(event, place)
            if event.anchor is not None or event.tag is not None:
                self._note(event, place, f"key {key!r} has an anchor or a tag", "leave it out")
            if key in found:
                earlier = self.lines[(*place, key)]
                self._note(event, (*place, key), f"this key stands twice, in lines {earlier} and {line}", "keep one")
                self._skip(None, place)
                continue
            self.lines[(*place, key)] = line
            found[key] = self._build_node(next(self.events), (*place, key))
            self._check_comma(event, place, found)
        return found

    def _skip(self, key: Any, place: Place) -> None:
        """Read over a key that cannot be used, and over its value."""
        lines, self.lines = self.lines, {}
        if key is not None:
            self._build_node(key, (*place, "?"))
        self._build_node(next(self.events), (*place, "?"))
        self.lines = lines

    def _build_list(self, place: Place) -> list[object]:
        found: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self._build_node(event, (*place, len(found))))
        return found

    def _check_key(self, event: Any, place: Place) -> None:
        """Note a key that names nothing, or has a blank that only looks like one."""
        if not event.value.strip():
            self._note(event, place, "a key is empty", "give it a name, or leave it out")
        if found := ODD_BLANK.search(event.value):
            column = event.start_mark.column + found.start() + 1
            text = f"a blank that is no plain one (U+{ord(found.group()):04X}) stands in column {column}"
            self._note(event, place, text, "write a plain blank")

    def _check_comma(self, event: Any, place: Place, found: dict[str, object]) -> None:
        """Note what is left of a number with a decimal comma: a key of digits without a value, after a whole number."""
        key, last = event.value, next(islice(reversed(found), 1, 2), "")
        if key.isdecimal() and event.implicit[0] and found[key] is None and isinstance(found.get(last), int):
            number = f"{found[last]},{key}"
            self._note(
                event, (*place, last), f"{number} has a decimal comma", f"write a point: {number.replace(',', '.')}"
            )

    def _build_scalar(self, event: Any, place: Place) -> object:
        text: str = event.value
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in "-+.0123456789":
            return text
        if _WHOLE.fullmatch(text):
            return int(text)
        if _OTHER_BASE.fullmatch(text):
            return int(text, 0)
        number = float(text) if _DECIMAL.fullmatch(text) else math.inf if _INFINITE.fullmatch(text) else None
        if number is None:
            return text
        if number == 0 and _ABOVE_NOTHING.match(text):
            self._note(event, place, f"{text} is so small that it cannot be meant", "write 0")
        if math.isinf(number):
            self._note(event, place, f"{text} is not a number one can use", "give a finite number")
        return number

    def _note(self, event: Any, place: Place, text: str, remedy: str) -> None:
        """Keep a problem."""
        start = f"{format_place(place)}: " if place else ""
        self.problems.append(Problem(self.name, _get_line(event), start + text, remedy))


def _name_sign(sign: str) -> str:
    """What is said of a character that nobody sees."""
    return f"holds the hidden character U+{ord(sign):04X}"


def _format_tag(name: str) -> str:
    """The tag as one writes it."""
    return f"!!{name.rsplit(':', 1)[1]}" if name.startswith("tag:yaml.org,2002:") else name


def _get_line(event: Any) -> int:
    return int(event.start_mark.line) + 1
