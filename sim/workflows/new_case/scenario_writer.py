"""Scenario writer: writes a scenario as YAML in the house's form, each key explained where it first stands.

What a first author changes comes first, what can wait comes after a line that says so. A number stays on one line
with its unit and reason where it fits.
"""

import json
import re
from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

from pydantic import BaseModel

from sim.errors import Place
from sim.loading.layered_data import is_assumption
from sim.loading.schema_lookup import find_meaning, find_type, list_keys
from sim.schema.scenario import Scenario

WIDTH = 120
FIRST = (
    *("format", "title", "question", "calendar", "defaults"),
    *("issues", "actors", "menu", "levers", "contest", "outcomes", "tracked_terms"),
)
"""Keys of a scenario that come first, in this order."""

DIVIDER = "# " + "-" * 40 + " what follows can stay as it is at first " + "-" * 36

_IN_FLOW = re.compile(r"[A-Za-z]([\w ()./'’+-]*[\w().’])?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IN_BLOCK = re.compile(r"[A-Za-z]([\w ()./'’+,;?!-]*[\w().’?!])?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ON_ONE_LINE = ("calendar", "defaults")
_WORDS = {"true", "false", "null"}


def format_scenario(data: Mapping[str, Any], head: str) -> str:
    """A whole scenario file: the head as a comment, then the scenario."""
    said = {key: value for key, value in data.items() if value not in ({}, [])}
    first = {key: said[key] for key in FIRST if key in said}
    later = {key: value for key, value in said.items() if key not in FIRST}
    writer = _Writer()
    lines = [*_format_comment(head, 0), *writer.format_block(first, ()), "", DIVIDER, *writer.format_block(later, ())]
    return "\n".join(lines) + "\n"


class _Writer:
    """Writes mappings; remembers what has been explained already."""

    def __init__(self) -> None:
        self._explained: set[str] = set()

    def format_block(self, data: Mapping[str, Any], place: Place) -> Iterator[str]:
        """The keys of a mapping, one below the other."""
        for number, (key, value) in enumerate(_order(data, place)):
            here = (*place, key)
            big = isinstance(value, Mapping) and not _fits(here, value)
            if big and not place:
                yield ""
            if big or is_assumption(value):
                yield from self._explains(here, first=number == 0)
            if big and not is_assumption(value):
                yield f"{_indent(here)}{format_scalar(key)}:"
                yield from self.format_block(value, here)
            else:
                yield from _format_entry(here, value)

    def _explains(self, place: Place, *, first: bool) -> Iterator[str]:
        """What the format says about a place, where it stands for the first time."""
        model = find_type(Scenario, place)
        words = find_meaning(Scenario, place)
        if not words and first and isinstance(model, type) and issubclass(model, BaseModel):
            words = (model.__doc__ or "").strip()
        if words and words not in self._explained:
            self._explained.add(words)
            yield from _format_comment(words, len(_indent(place)))


def _order(data: Mapping[str, Any], place: Place) -> list[tuple[str, Any]]:
    """The entries of an actor as the format lists them; all others as they come."""
    known = list_keys(Scenario, place) if place[:1] == ("actors",) else []
    return sorted(data.items(), key=lambda entry: known.index(entry[0]) if entry[0] in known else 0)


def _format_entry(place: Place, value: Any) -> Iterator[str]:
    """A key with a value that is written in flow style, over several lines if need be, its reason on one of its own."""
    start = f"{_indent(place)}{format_scalar(place[-1])}: "
    whole = start + (format_scalar(value, _IN_BLOCK) if isinstance(value, str) else format_flow(value))
    if len(whole) <= WIDTH:
        yield whole
        return
    if not is_assumption(value):
        more = f"{_indent(place)}  "
        yield from wrap(whole, WIDTH, subsequent_indent=more, break_long_words=False, break_on_hyphens=False)
        return
    reason = "because" if "because" in value else "assumed"
    rest = {key: inner for key, inner in value.items() if key != reason}
    yield f"{start}{format_flow(rest)[:-1]},"
    yield f"{_indent(place)}  {reason}: {format_flow(value[reason])}}}"


def _fits(place: Place, value: Mapping[str, Any]) -> bool:
    """True for a mapping that stands on one line: short, without numbers that need a reason inside."""
    short = len(f"{_indent(place)}{place[-1]}: {format_flow(value)}") <= WIDTH
    may = len(place) > 1 or place[0] in _ON_ONE_LINE
    return is_assumption(value) or (short and may and not _holds_reasons(value))


def _holds_reasons(value: Any) -> bool:
    """True for a mapping that gives a reason, or holds one that does."""
    if not isinstance(value, Mapping):
        return False
    return bool({"assumed", "because"} & set(value)) or any(_holds_reasons(inner) for inner in value.values())


def format_flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{format_scalar(key)}: {format_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(format_flow, value)) + "]"
    return format_scalar(value)


def format_scalar(value: Any, plain: re.Pattern[str] = _IN_FLOW) -> str:
    """A text, a number or a truth value; text in quotation marks where it could be taken for something else."""
    if isinstance(value, str) and plain.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def _format_comment(text: str, indent: int) -> Iterator[str]:
    """A text as comment lines; its own line breaks stay."""
    for line in text.splitlines():
        yield from (f"{' ' * indent}# {part}".rstrip() for part in wrap(line, WIDTH - indent - 2) or [""])


def _indent(place: Place) -> str:
    return "  " * (len(place) - 1)
