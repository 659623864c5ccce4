"""The schema page: what every key of a scenario file means, made from the models' own docstrings."""

import json
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.loading.schema_lookup import list_fields, strip_optional
from sim.schema.claim import Claim
from sim.schema.coder import Coder
from sim.schema.doubt import Doubt
from sim.schema.evidence_row import EvidenceRow as Row
from sim.schema.evidence_row import HistoricalEvent
from sim.schema.loaded_case import ScenarioChange
from sim.schema.open_question import Contradiction
from sim.schema.quantity import Quantity, Unit, Weights
from sim.schema.ranges import Range
from sim.schema.scenario import Scenario
from sim.schema.scored_event import ScoredEvent
from sim.schema.source import Source
from sim.schema.source_view import SourceView, Theme

_FILES: tuple[tuple[str, type[BaseModel], str], ...] = (
    ("A scenario file (`base.yaml`, or one file of a textbook case)", Scenario, ""),
    ("A scenario file that changes another one", ScenarioChange, ""),
    ("A source view (`views/<author-year>.yaml`)", SourceView, ""),
    ("`sources.yaml`", Source, "<source>"),
    ("`claims.yaml`", Claim, "<claim>"),
    ("`coders.yaml`", Coder, "<coder>"),
    ("`doubts.yaml`, what decides much and rests on us", Doubt, "<doubt>"),
    ("`contradictions.yaml`", Contradiction, "<question>"),
    ("`entries/<list>.yaml`, what the texts say, row by row", Row, "<id>"),
    ("`history.yaml`, which no run reads", HistoricalEvent, "<event>"),
    ("`history.yaml`, what is scored: `scored`", ScoredEvent, "scored.<event>"),
)
_EVERYWHERE: tuple[type[BaseModel], ...] = (Quantity, Weights)
_PLAIN = {str: "text", float: "number", int: "whole number", bool: "true or false", Any: "anything"}
_LIMITS = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below"} | {
    "min_length": "entries at least",
    "max_length": "entries at most",
}
_INTRODUCTION = """\
# Scenario files: every key

Made by `python -m docs.generators.build` from the docstrings in `sim/schema`; a test compares. Do not edit.

Keys in angle brackets are yours to choose. Every quantity and all weights say where they come from: `because`
names claims of `claims.yaml`, `assumed` says why we set the number ourselves; one of the two, never both.

Files are YAML 1.2: `no` and `on` are text, `010` is ten, dates stay text until they are needed. Keys that
stand twice, anchors, aliases, tags, infinite numbers and files over 2 MB are refused.

A quantity has the unit and the range of its field, which stand with its type below; 99.9% of the draws of a spread lie
in the range. Keys are letters, digits, `-` and `_`. A key is part of the address of luck: who renames an actor, a lever
or a sequence draws anew, and a better name for readers belongs into `label`. An actor with `id: old-key` keeps its luck
under a new key.

What is laid over what: the base, then the scenario file that extends it, then one source view, then `--answer`, then
`--set`. What a scenario file changes holds from week 1; what a source view, a side of a contradiction or `--set`
changes holds in the run-up too. `--answer name=answer` takes an answer to a question of the scenario file or a side
of a contradiction. Mappings are merged key by key; texts, numbers, lists, quantities and weights are replaced as a
whole, and a quantity keeps its unit. A scenario file may add and, with `key: null`, remove. A file with `extends` but
without `changes` holds its keys at the top, as a textbook case on common defaults does. A source view may replace
quantities and weights that exist and choose the account of the run-up, nothing else; two themes never change the same
quantity.

`--set path=value` sets one value: `--set calendar.horizon=17`. A quantity set to a bare number keeps its unit
and is marked `assumed: set for this run`. `--set path=*0.5` multiplies every number of a quantity
(value, low, high, mean, sd); of a log-normal quantity only the median, since its spread is a factor.

`texts/<language>.yaml` beside the files says in another language what readers see; it has the nesting of the scenario.
"""


def schema_markdown() -> str:
    """Markdown with every key of every file: its type, what stands if it is left out, its meaning."""
    parts = [
        _INTRODUCTION,
        "## Words\n",
        f"Units: {_format_words(Unit)}.\n",
        f"Themes of a source view: {_format_words(Theme)}.\n",
    ]
    done: set[type[BaseModel]] = set()
    for title, model, place in _FILES:
        parts.append(f"## {title}\n")
        parts += _format_sections(model, place, done)
        if model is Scenario:
            parts.append("## Numbers with a reason\n")
            parts += [_format_section(one, "wherever the type says so") for one in _EVERYWHERE]
    return "\n".join(parts)


def _format_sections(model: type[BaseModel], place: str, done: set[type[BaseModel]]) -> Iterator[str]:
    """The table of a model, then those of the models inside it, each once."""
    if model in done or model in _EVERYWHERE:
        return
    done.add(model)
    yield _format_section(model, f"at `{place}`" if place else "at the top of the file")
    for key, field in list_fields(model).items():
        for inner, ending in _find_models(field.annotation):
            yield from _format_sections(inner, ".".join(part for part in (place, key) if part) + ending, done)


def _format_section(model: type[BaseModel], place: str) -> str:
    rows = [_format_row(key, field) for key, field in list_fields(model).items()]
    head = "| key | type | if left out | meaning |\n|---|---|---|---|"
    about = (model.__doc__ or "").strip()
    return f"### {model.__name__}, {place}\n\n{about}\n\n{head}\n" + "\n".join(rows) + "\n"


def _format_row(key: str, field: FieldInfo) -> str:
    said = list(dict.fromkeys(_list_limits((field.annotation, *field.metadata))))
    bounds = f" ({', '.join(said)})" if said else ""
    if field.is_required():
        default = "required"
    elif field.default_factory is not None or field.default in (None, "", ()):
        default = "none"
    else:
        value = field.default
        default = "its own defaults" if isinstance(value, BaseModel) else f"`{json.dumps(value)}`"
    meaning = " ".join((field.description or "").split())
    return f"| `{key}` | {_format_type(field.annotation)}{bounds} | {default} | {meaning} |"


def _list_limits(annotation: Any) -> Iterator[str]:
    """What a type says about what it allows, in words: unit, lowest and highest number, how many entries."""
    if isinstance(annotation, Range):
        yield f"{annotation.unit}, {annotation.words}"
    for name, words in _LIMITS.items():
        if (limit := getattr(annotation, name, None)) is not None:
            yield f"{words} {limit:,}" if isinstance(limit, int) else f"{words} {limit}"
    parts = annotation if isinstance(annotation, tuple) else getattr(annotation, "metadata", get_args(annotation))
    for part in parts if isinstance(parts, tuple | list) else ():
        yield from _list_limits(part)


def _format_type(annotation: Any) -> str:
    """The type in words."""
    found = strip_optional(annotation)
    if get_origin(found) is dict:
        keys = " (by theme)" if get_args(found)[0] == Theme else ""
        return f"mapping{keys} of {_format_type(get_args(found)[1])}"
    if get_origin(found) is tuple:
        return f"list of {_format_type(get_args(found)[0])}"
    if found == Unit:
        return "unit"
    if words := _format_words(found):
        return f"one of {words}"
    if found in _PLAIN:
        return _PLAIN[found]
    return f"[{found.__name__}](#{_format_anchor(found)})" if found in _EVERYWHERE else str(found.__name__)


def _format_anchor(model: type[BaseModel]) -> str:
    return f"{model.__name__.lower()}-wherever-the-type-says-so"


def _format_words(annotation: Any) -> str:
    words = get_args(annotation)
    return ", ".join(f"`{word}`" for word in words) if words and all(isinstance(word, str) for word in words) else ""


def _find_models(annotation: Any) -> Iterator[tuple[type[BaseModel], str]]:
    """The model that a type holds, and how its place is written after the key."""
    found = strip_optional(annotation)
    if isinstance(found, type) and issubclass(found, BaseModel):
        yield found, ""
    elif get_origin(found) is dict:
        for inner, ending in _find_models(get_args(found)[1]):
            yield inner, f".<key>{ending}"
    elif get_origin(found) is tuple:
        for inner, ending in _find_models(get_args(found)[0]):
            yield inner, f"[n]{ending}"
