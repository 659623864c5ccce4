"""Validation: turns what the models refuse into plain sentences with file, line, place and remedy."""

import json
import re
import unicodedata
from collections.abc import Hashable
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any, TypeVar, cast, get_args

from pydantic import TypeAdapter, ValidationError

from sim.errors import Place, Problem, ScenarioError, format_place, suggest
from sim.loading.layered_data import LayeredData
from sim.loading.schema_lookup import find_meaning, find_type, list_keys, strip_optional

T = TypeVar("T")

_MOST_EXPLAINED = 40
"""Problems of one piece of data whose remedies are looked for."""

_MOST_COMPARED = 1_000
"""Names among which the nearest is looked for."""

_KEPT = 24
"""Pieces of data that are kept once they have been found to fit."""

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
_NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[-+]?[0-9]*,[0-9]+")
_PERCENT = re.compile(r"[-+]?[0-9]+([.,][0-9]+)? ?%")
_FRACTION = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)? ?/ ?0*[1-9][0-9]*")
_OTHER_SIGNS = str.maketrans("−–－·٫．＋", "---...+", "'_")
_SPACES_OF_NUMBERS = {number: "" for number in (0x20, 0xA0, 0x2007, 0x2009, 0x202F)}
_BOUNDS = {
    "greater_than": ("gt", "must be above"),
    "greater_than_equal": ("ge", "must be at least"),
    "less_than": ("lt", "must be below"),
    "less_than_equal": ("le", "must be at most"),
}


def validate(model: type[T], data: object, layered: LayeredData) -> T:
    """The data as a model; JSON's strictness is used, so that text is no number and `1` is not `true`."""
    try:
        return cast(T, _validate_text(cast(Hashable, model), json.dumps(data)))
    except ValidationError as error:
        details = [one for one in error.errors(include_url=False) if not _is_about_refused_entries(one)]
        said = [one for detail in details[:_MOST_EXPLAINED] for one in _list_problems(model, data, detail, layered)]
        raise ScenarioError(
            [*said, *(_make_short_problem(one, layered) for one in details[_MOST_EXPLAINED:])]
        ) from None


def _is_about_refused_entries(detail: Any) -> bool:
    """True if entries are missed only because each of them was refused, which is said of the entries themselves."""
    return bool(detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"])


@lru_cache(maxsize=_KEPT)
def _validate_text(model: Hashable, text: str) -> Any:
    """The data as a frozen model; equal texts give the same one, as a case read again for another value mostly does."""
    return _make_adapter(model).validate_json(text, strict=True)


@cache
def _make_adapter(model: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast(Any, model))


def _make_short_problem(detail: Any, layered: LayeredData) -> Problem:
    """One of too many problems to look for the remedy of each."""
    place: Place = tuple(detail["loc"])
    return _make_problem(layered.locate(place), place, "does not fit here")


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
        text = "has too few entries" if detail["input"] else "is empty"
        return text, f"give at least {context['min_length']}"
    expected = _EXPECTED.get(kind.split("_")[0])
    if expected is None:
        message = str(detail["msg"])
        return message[:1].lower() + message[1:], ""
    if expected.endswith("number") and isinstance(detail["input"], str):
        return _explain_no_number(detail["input"].strip(), f"expected {expected}, found {found}")
    remedy = "put it in quotes" if expected == "text" and isinstance(detail["input"], int | float) else ""
    return f"expected {expected}, found {found}", remedy


def _explain_no_number(text: str, otherwise: str) -> tuple[str, str]:
    """Sentence and remedy for a text that stands where a number should."""
    if text.lstrip("+-.").lower() in ("nan", "inf", "infinity", "na", "n/a"):
        return f"{text} is not a number one can use", "give a finite number"
    plain = text.translate(_SPACES_OF_NUMBERS)
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain).translate(_OTHER_SIGNS)
    if _FRACTION.fullmatch(plain):
        over, under = map(float, plain.split("/"))
        return f"{text} is a fraction", f"write it out: {over / under:.6g}"
    if digits != plain and _NUMBER.fullmatch(digits):
        return f"{text} has signs that no number has here", f"write {digits}"
    if _DECIMAL_COMMA.fullmatch(plain):
        return f"{text} has a decimal comma", f"write a point: {plain.replace(',', '.')}"
    if _PERCENT.fullmatch(plain):
        return f"{text} is a percentage", f"write a share: {float(plain.rstrip('% ').replace(',', '.')) / 100:g}"
    if plain != text and _NUMBER.fullmatch(plain):
        return f"{text} has a blank that is no plain one", f"write {plain}"
    return otherwise, "write it without quotes" if _NUMBER.fullmatch(text) else ""


def _format_number(number: float) -> str:
    """A number as one writes it: whole numbers in full, with commas."""
    return f"{int(number):,}" if float(number).is_integer() and abs(number) < 1e15 else f"{number:g}"


def _make_own_problem(data: object, place: Place, line: str, layered: LayeredData) -> Problem:
    """A problem that our own models describe; a check of consistency names its place itself."""
    if place:
        return _make_problem(layered.locate_unfit(_find_named_key(data, place, line)), place, line)
    for word in re.findall(r"[^.\[\]]+", line.split(":")[0].split(" ")[0]):
        key: Any = int(word) if isinstance(data, list) and word.isdecimal() else word
        if not isinstance(data, dict | list) or key not in (data if isinstance(data, dict) else range(len(data))):
            break
        place, data = (*place, key), cast(Any, data)[key]
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
    beside = layered.get_value(place[:-1])
    others = [
        str(key)
        for key in (beside if len(beside) <= _MOST_COMPARED else ())
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
