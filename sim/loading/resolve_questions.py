"""Resolve questions: which answer is taken to what a scenario file leaves open, or to what sources differ over.

Read aloud
    `--answer QUESTION=ANSWER` takes an answer of the scenario file: more of its changes, which hold from week 1.
    `--answer X12=first` takes a side of a contradiction: what it believes, laid on top of the source view.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from pydantic import Field

from sim.errors import ErrorCollector, Problem, name_argument, stop, suggest
from sim.loading.extends import Chain, changes_another, find_sibling, merge_chain, validate_scenario_change
from sim.loading.layered_data import LayeredData, is_assumption, layer_from_file
from sim.loading.merge import apply_changes, apply_source_view
from sim.loading.strict_yaml import YamlFile, read_yaml
from sim.loading.validation import validate
from sim.schema.base import Model
from sim.schema.open_question import Contradiction, ContradictionSide, OpenQuestion

CONTRADICTIONS = "contradictions.yaml"
LISTED_BY = " (`zopa check` lists those of a file)"


@dataclass(frozen=True)
class ResolvedAnswers:
    """What the answers that were taken come to."""

    answers: tuple[tuple[YamlFile, str, str], ...] = ()
    """Answers of scenario files: the file, the question and the answer."""
    changes: tuple[str, ...] = ()
    """What sides of contradictions believe, each as path=value."""


def find_open_questions(chain: Chain) -> dict[str, tuple[YamlFile, OpenQuestion]]:
    """Questions that the files of a chain leave open, the topmost file first."""
    found: dict[str, tuple[YamlFile, OpenQuestion]] = {}
    for file in chain:
        for name, question in _read_open_questions(file).items():
            found.setdefault(name, (file, question))
    return found


class _OfBase(Model):
    """What a file that changes no other leaves open."""

    open_questions: dict[str, OpenQuestion] = Field(default_factory=dict)


def _read_open_questions(file: YamlFile) -> dict[str, OpenQuestion]:
    if changes_another(file):
        return validate_scenario_change(file).open_questions
    own = {key: value for key, value in file.data.items() if key == "open_questions"}
    return validate(_OfBase, own, layer_from_file(file)).open_questions


def read_contradictions(chain: Chain) -> Mapping[str, Contradiction]:
    """Questions over which sources of the case differ."""
    seen = ErrorCollector()
    file = find_sibling(chain, CONTRADICTIONS, seen)
    seen.stop_if_any()
    return {} if file is None else _validate_contradictions(file)


@lru_cache(maxsize=16)
def _validate_contradictions(file: YamlFile) -> Mapping[str, Contradiction]:
    return validate(dict[str, Contradiction], file.data, layer_from_file(file))


def resolve_answers(chain: Chain, answers: Sequence[str], views: Mapping[str, Any]) -> ResolvedAnswers:
    """What `name=answer` each time comes to; `views` are the files of the source views."""
    seen, own, found = ErrorCollector(), find_open_questions(chain) if answers else {}, ResolvedAnswers()
    seen.problems += _find_answered_twice(answers)
    for asked in answers:
        found = seen.attempt(partial(_resolve_answer, found, chain, own, asked, views), found)
    seen.stop_if_any()
    return found


def replace_answers(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Answers, each as name=answer, with others in the place of those to the same questions."""
    questions = {one.partition("=")[0].strip() for one in after}
    return (*(one for one in before if one.partition("=")[0].strip() not in questions), *after)


def _find_answered_twice(answers: Sequence[str]) -> Iterator[Problem]:
    """Questions to which two answers are taken at once."""
    taken: dict[str, str] = {}
    for asked in answers:
        name, _, answer = (part.strip() for part in asked.partition("="))
        if taken.setdefault(name, answer) != answer:
            text = f"{name} is answered by {taken[name]!r} already; take one answer to a question"
            yield Problem(name_argument("answers", asked), 0, text)


def _resolve_answer(
    found: ResolvedAnswers,
    chain: Chain,
    own: Mapping[str, tuple[YamlFile, OpenQuestion]],
    asked: str,
    views: Mapping[str, Any],
) -> ResolvedAnswers:
    name, equals, answer = (part.strip() for part in asked.partition("="))
    where = name_argument("answers", asked)
    if not equals or not name or not answer:
        raise stop(
            where,
            0,
            "is not of the form name=answer",
            "`zopa check` lists the open questions of a file, `zopa cite` shows a contradiction",
        )
    if name in own:
        file, question = own[name]
        _require_known(answer, question.answers, f"{name} has no answer", where)
        return ResolvedAnswers((*found.answers, (file, name, answer)), found.changes)
    sides = read_contradictions(chain)
    moving = [key for key, contradiction in sides.items() if not contradiction.no_difference]
    if name in sides and name not in moving:
        raise stop(where, 0, f"{name} makes no difference in the model", sides[name].no_difference)
    _require_known(name, [*own, *moving], "there is no open question", where, LISTED_BY)
    _require_known(answer, sides[name].sides, f"{name} has no side", where)
    return ResolvedAnswers(
        found.answers, (*found.changes, *list_side_overrides(sides[name].sides[answer], chain, views))
    )


def _require_known(asked: str, known: Any, text: str, where: str, more: str = "") -> None:
    if asked not in known:
        remedy = f"{suggest(asked, known)}{more}" if known else "this scenario has no open questions"
        raise stop(where, 0, f"{text} {asked!r}", remedy)


def list_side_overrides(side: ContradictionSide, chain: Chain, views: Mapping[str, Any]) -> Iterator[str]:
    """What a side believes, each as path=value; of a source view, what it says at the places.

    Where a scenario file has taken out what a side speaks of, the side has nothing to say.
    """
    layered, base = merge_chain(chain), merge_chain(chain[-1:])

    def is_removed(place: str) -> bool:
        return _has_value(base, place) and not _has_value(layered, place)

    if side.changes:
        found = ((place, value) for place, value in _list_values(side.changes, "") if not is_removed(place))
        yield from (f"{place}={json.dumps(value)}" for place, value in found)
        return
    if side.take_from not in ("", "base"):
        _require_known(side.take_from, views, "contradictions.yaml: there is no source view", "take_from")
        layered = apply_source_view(layered, read_yaml(views[side.take_from]))
    for place in side.places:
        if not is_removed(place):
            yield f"{place}={json.dumps(_get_value(layered, place))}"


def _has_value(layered: LayeredData, place: str) -> bool:
    """True if something stands at a place."""
    found: Any = layered.data
    for word in place.split("."):
        if not isinstance(found, Mapping) or word not in found:
            return False
        found = found[word]
    return True


def _list_values(data: Mapping[str, Any], place: str) -> Iterator[tuple[str, Any]]:
    """Every value with its dotted place; quantities and weights are one value."""
    for key, value in data.items():
        inner = f"{place}.{key}" if place else key
        if isinstance(value, Mapping) and not is_assumption(value):
            yield from _list_values(value, inner)
        else:
            yield inner, value


def _get_value(layered: LayeredData, place: str) -> Any:
    found: Any = layered.data
    for word in place.split("."):
        if not isinstance(found, Mapping) or word not in found:
            remedy = suggest(word, found) if isinstance(found, Mapping) else "leave it out"
            raise stop(CONTRADICTIONS, 0, f"there is no {place} in the scenario", remedy)
        found = found[word]
    return found


def apply_answers(layered: LayeredData, found: ResolvedAnswers) -> LayeredData:
    """The data with the answers of its scenario files laid over it."""
    for file, name, answer in found.answers:
        under = ("open_questions", name, "answers", answer, "changes")
        changes = _read_open_questions(file)[name].answers[answer].changes
        layered = apply_changes(layered, file, changes, under, only="decisions")
    return layered
