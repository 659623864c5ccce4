"""Validation: turns what the models refuse into plain sentences with file, line, place and remedy."""

import json
from collections.abc import Hashable
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar, cast, get_args

from pydantic import TypeAdapter, ValidationError

from sim.errors import Place, Problem, ScenarioError, format_place, suggest
from sim.loading.layered_data import LayeredData
from sim.loading.schema_lookup import find_meaning, find_type, list_keys, strip_optional

T = TypeVar("T")

_EXPECTED = {
    "string": "text",
    "float": "a number",
    "int": "a whole number",
    "bool": "true or false",
    "dict": "a mapping (`key: value` lines)",
    "model": "a mapping (`key: value` lines)",
    "tuple": "a list",
    "list": "a list",
    "date": "a date such as 2031-03-01",
}
_BOUNDS = {
    "greater_than": ("gt", "must be above"),
    "greater_than_equal": ("ge", "must be at least"),
    "less_than": ("lt", "must be below"),
    "less_than_equal": ("le", "must be at most"),
}


def validate(model: type[T], data: object, layered: LayeredData) -> T:
    """The data as a model; JSON's strictness is used, so that text is no number and `1` is not `true`."""
    adapter: TypeAdapter[T] = _make_adapter(cast(Hashable, model))
    try:
        return adapter.validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise ScenarioError(
            [said for detail in details for said in _list_problems(model, data, detail, layered)]
        ) from None


@cache
def _make_adapter(model: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast(Any, model))


def _list_problems(model: Any, data: object, detail: Any, layered: LayeredData) -> list[Problem]:
    """The problems in one of pydantic's errors."""
    of_key = bool(detail["loc"]) and detail["loc"][-1] == "[key]"
    place: Place = tuple(detail["loc"][:-1] if of_key else detail["loc"])
    kind, context = str(detail["type"]), detail.get("ctx", {})
    if kind == "value_error":
        return [_make_own_problem(data, place, line, layered) for line in str(context["error"]).splitlines()]
    if kind == "missing":
        remedy = _format_missing_remedy(model, place) + _suggest_misspelling(layered, place[:-1])
        return [_make_problem(layered.locate_missing(place), place, "is missing", remedy)]
    if kind == "extra_forbidden":
        parent, key = place[:-1], str(place[-1])
        remedy = suggest(key, list_keys(model, parent))
        return [_make_problem(layered.locate(place), parent, f"no key {key!r} here", remedy)]
    if kind == "literal_error":
        words = _list_key_words(model, place) if of_key else _list_words(find_type(model, place))
        text = f"{_describe_value(detail['input'])} is not one of the words known here"
        return [_make_problem(layered.locate(place), place, text, suggest(str(detail["input"]), words))]
    text, remedy = _explain_refusal(kind, context, detail)
    where = layered.locate_unfit(place) if kind == "too_long" else layered.locate(place)
    return [_make_problem(where, place, text, remedy)]


def _explain_refusal(kind: str, context: Any, detail: Any) -> tuple[str, str]:
    """Sentence and remedy for a value of the wrong type or size."""
    found = _describe_value(detail["input"])
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        limit = context[key]
        remedy = "write 15% as 0.15" if limit == 1 and key == "le" else ""
        return f"{words} {limit if isinstance(limit, str) else _format_number(limit)}, and is {found}", remedy
    if kind == "too_long":
        return "has too many entries", f"give at most {context['max_length']:,}"
    if kind == "too_short":
        return "is empty", f"give at least {context['min_length']}"
    expected = _EXPECTED.get(kind.split("_")[0])
    if expected is None:
        message = str(detail["msg"])
        return message[:1].lower() + message[1:], ""
    remedy = "put it in quotes" if expected == "text" and isinstance(detail["input"], int | float) else ""
    return f"expected {expected}, found {found}", remedy


def _format_number(number: float) -> str:
    """A number as one writes it: whole numbers in full, with commas."""
    return f"{int(number):,}" if float(number).is_integer() and abs(number) < 1e15 else f"{number:g}"


def _make_own_problem(data: object, place: Place, line: str, layered: LayeredData) -> Problem:
    """A problem that our own models describe; a check of consistency names its place itself."""
    if place:
        return _make_problem(layered.locate_unfit(_find_named_key(data, place, line)), place, line)
    head = line.split(":")[0].split(" ")[0].split(".")
    for key in head:
        if not isinstance(data, dict) or key not in data:
            break
        place, data = (*place, key), data[key]
    return _make_problem(layered.locate_unfit(place), (), line)


def _find_named_key(data: object, place: Place, line: str) -> Place:
    """The place of the key with which a sentence about a piece begins, if the piece has it; else that of the piece."""
    for key in place:
        known = isinstance(data, list) or (isinstance(data, dict) and key in data)
        data = cast(Any, data)[key] if known else None
    named = line[1:].partition("`")[0]
    return (*place, named) if line.startswith("`") and isinstance(data, dict) and named in data else place


def _list_key_words(model: Any, place: Place) -> list[str]:
    """The words that may be keys of the mapping above a place."""
    return _list_words(next(iter(get_args(find_type(model, place[:-1]))), None))


def _list_words(annotation: Any) -> list[str]:
    """The words that a type allows."""
    return [str(word) for word in get_args(strip_optional(annotation))]


def _format_missing_remedy(model: Any, place: Place) -> str:
    meaning = find_meaning(model, place).rstrip(".")
    return f"give `{place[-1]}`: {meaning[:1].lower()}{meaning[1:]}" if meaning else f"give `{place[-1]}`"


def _suggest_misspelling(layered: LayeredData, place: Place) -> str:
    """For a piece that a change added, perhaps by misspelling its name: the nearest name that was there."""
    if not place or not layered.is_added(place):
        return ""
    others = [
        str(key)
        for key in layered.get_value(place[:-1])
        if key != place[-1] and not layered.is_added((*place[:-1], key))
    ]
    near = get_close_matches(str(place[-1]), others, n=1, cutoff=0.7)
    return f"; or did you mean {near[0]!r} where you wrote {place[-1]!r}?" if near else ""


def _make_problem(where: tuple[str, int], place: Place, text: str, remedy: str = "") -> Problem:
    start = f"{format_place(place)}: " if place else ""
    return Problem(where[0], where[1], start + text, remedy)


def _describe_value(value: object) -> str:
    """The value as one names it to a reader."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    if isinstance(value, str):
        return f"the text {value if len(value) <= 40 else value[:39] + '…'!r}"
    return str(value)
