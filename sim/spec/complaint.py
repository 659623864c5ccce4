"""Complaint: turns what the models refuse into plain sentences with file, line, place and remedy."""

import json
from collections.abc import Hashable
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar, cast, get_args

from pydantic import TypeAdapter, ValidationError

from sim.spec.draft import Draft
from sim.spec.mistake import Mistake, Place, ScenarioError, nearest, spelled
from sim.spec.shape import bare, keys_of, meaning_of, type_at

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


def checked(model: type[T], data: object, draft: Draft) -> T:
    """The data as a model; JSON's strictness is used, so that text is no number and `1` is not `true`."""
    adapter: TypeAdapter[T] = _adapter(cast(Hashable, model))
    try:
        return adapter.validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise ScenarioError([said for detail in details for said in _said(model, data, detail, draft)]) from None


@cache
def _adapter(model: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast(Any, model))


def _said(model: Any, data: object, detail: Any, draft: Draft) -> list[Mistake]:
    """The mistakes in one of pydantic's errors."""
    of_key = bool(detail["loc"]) and detail["loc"][-1] == "[key]"
    place: Place = tuple(detail["loc"][:-1] if of_key else detail["loc"])
    kind, context = str(detail["type"]), detail.get("ctx", {})
    if kind == "value_error":
        return [_own(data, place, line, draft) for line in str(context["error"]).splitlines()]
    if kind == "missing":
        remedy = _give(model, place) + _or(draft, place[:-1])
        return [_mistake(draft.where_missing(place), place, "is missing", remedy)]
    if kind == "extra_forbidden":
        parent, key = place[:-1], str(place[-1])
        remedy = nearest(key, keys_of(model, parent))
        return [_mistake(draft.where(place), parent, f"no key {key!r} here", remedy)]
    if kind == "literal_error":
        words = _key_words(model, place) if of_key else _words(type_at(model, place))
        text = f"{_found(detail['input'])} is not one of the words known here"
        return [_mistake(draft.where(place), place, text, nearest(str(detail["input"]), words))]
    text, remedy = _refused(kind, context, detail)
    return [_mistake(draft.where(place), place, text, remedy)]


def _refused(kind: str, context: Any, detail: Any) -> tuple[str, str]:
    """Sentence and remedy for a value of the wrong type or size."""
    found = _found(detail["input"])
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        return f"{words} {context[key]}, and is {found}", ""
    if kind == "too_short":
        return "is empty", f"give at least {context['min_length']}"
    expected = _EXPECTED.get(kind.split("_")[0])
    if expected is None:
        message = str(detail["msg"])
        return message[:1].lower() + message[1:], ""
    remedy = "put it in quotes" if expected == "text" and isinstance(detail["input"], int | float) else ""
    return f"expected {expected}, found {found}", remedy


def _own(data: object, place: Place, line: str, draft: Draft) -> Mistake:
    """A mistake that our own models describe; a cross-check names its place itself."""
    if place:
        return _mistake(draft.where_unfit(place), place, line)
    head = line.split(":")[0].split(" ")[0].split(".")
    for key in head:
        if not isinstance(data, dict) or key not in data:
            break
        place, data = (*place, key), data[key]
    return _mistake(draft.where_unfit(place), (), line)


def _key_words(model: Any, place: Place) -> list[str]:
    """The words that may be keys of the mapping above a place."""
    return _words(next(iter(get_args(type_at(model, place[:-1]))), None))


def _words(annotation: Any) -> list[str]:
    """The words that a type allows."""
    return [str(word) for word in get_args(bare(annotation))]


def _give(model: Any, place: Place) -> str:
    meaning = meaning_of(model, place).rstrip(".")
    return f"give `{place[-1]}`: {meaning[:1].lower()}{meaning[1:]}" if meaning else f"give `{place[-1]}`"


def _or(draft: Draft, place: Place) -> str:
    """For a piece that a change added, perhaps by misspelling its name: the nearest name that was there."""
    if not place or not draft.is_added(place):
        return ""
    others = [str(key) for key in draft.at(place[:-1]) if key != place[-1] and not draft.is_added((*place[:-1], key))]
    near = get_close_matches(str(place[-1]), others, n=1, cutoff=0.7)
    return f"; or did you mean {near[0]!r} where you wrote {place[-1]!r}?" if near else ""


def _mistake(where: tuple[str, int], place: Place, text: str, remedy: str = "") -> Mistake:
    start = f"{spelled(place)}: " if place else ""
    return Mistake(where[0], where[1], start + text, remedy)


def _found(value: object) -> str:
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
