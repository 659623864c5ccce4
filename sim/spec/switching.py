"""Switching: which answer is taken to a question that a scenario file leaves open, or over which sources differ.

Read aloud
    `--switch buyers=refuse` takes an answer of the scenario file: more of its changes, which hold from week 1.
    `--switch X12=first` takes a side of a contradiction: what it believes, laid on top of the source view.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from sim.spec.chain import Chain, beside, merged, variation_of, variations
from sim.spec.complaint import checked
from sim.spec.draft import Draft, drafted, is_believed
from sim.spec.merge import believed, changed
from sim.spec.mistake import Collector, nearest, stop
from sim.spec.switch import Contradiction, Side, Switch
from sim.spec.yaml_file import YamlFile, read_yaml

CONTRADICTIONS = "contradictions.yaml"


@dataclass(frozen=True)
class Taken:
    """What the answers that were taken come to."""

    answers: tuple[tuple[YamlFile, str, str], ...] = ()
    """Answers of scenario files: the file, the switch and the answer."""
    changes: tuple[str, ...] = ()
    """What sides of contradictions believe, each as path=value."""


def switches_of(chain: Chain) -> dict[str, tuple[YamlFile, Switch]]:
    """Questions that the scenario files of a chain leave open, the topmost file first."""
    found: dict[str, tuple[YamlFile, Switch]] = {}
    for file in variations(chain):
        for name, switch in variation_of(file).switches.items():
            found.setdefault(name, (file, switch))
    return found


def contradictions_of(chain: Chain) -> Mapping[str, Contradiction]:
    """Questions over which sources of the case differ."""
    seen = Collector()
    file = beside(chain, CONTRADICTIONS, seen)
    seen.stop_if_any()
    return {} if file is None else _contradictions(file)


@lru_cache(maxsize=16)
def _contradictions(file: YamlFile) -> Mapping[str, Contradiction]:
    return checked(dict[str, Contradiction], file.data, drafted(file))


def taken(chain: Chain, switches: Sequence[str], lenses: Mapping[str, Any]) -> Taken:
    """What `name=answer` each time comes to; `lenses` are the files of the source views."""
    seen, own, found = Collector(), switches_of(chain), Taken()
    for asked in switches:
        found = seen.attempt(partial(_one_more, found, chain, own, asked, lenses), found)
    seen.stop_if_any()
    return found


def _one_more(
    found: Taken, chain: Chain, own: Mapping[str, tuple[YamlFile, Switch]], asked: str, lenses: Mapping[str, Any]
) -> Taken:
    name, equals, answer = (part.strip() for part in asked.partition("="))
    where = f"--switch {asked}"
    if not equals or not name or not answer:
        raise stop(
            where,
            0,
            "is not of the form name=answer",
            "`zopa check` lists the switches of a file, `zopa cite` shows a contradiction",
        )
    if name in own:
        file, switch = own[name]
        _known(answer, switch.answers, f"{name} has no answer", where)
        return Taken((*found.answers, (file, name, answer)), found.changes)
    sides = contradictions_of(chain)
    moving = [key for key, contradiction in sides.items() if not contradiction.no_difference]
    if name in sides and name not in moving:
        raise stop(where, 0, f"{name} makes no difference in the model", sides[name].no_difference)
    _known(name, [*own, *moving], "there is no switch", where)
    _known(answer, sides[name].sides, f"{name} has no side", where)
    return Taken(found.answers, (*found.changes, *believed_by(sides[name].sides[answer], chain, lenses)))


def _known(asked: str, known: Any, text: str, where: str) -> None:
    if asked not in known:
        remedy = nearest(asked, known) if known else "this scenario has no switches"
        raise stop(where, 0, f"{text} {asked!r}", remedy)


def believed_by(side: Side, chain: Chain, lenses: Mapping[str, Any]) -> Iterator[str]:
    """What a side believes, each as path=value; of a source view, what it says at the places."""
    if side.changes:
        yield from (f"{place}={json.dumps(value)}" for place, value in _values(side.changes, ""))
        return
    draft = merged(chain)
    if side.take_from not in ("", "base"):
        _known(side.take_from, lenses, "contradictions.yaml: there is no source view", "take_from")
        draft = believed(draft, read_yaml(lenses[side.take_from]))
    for place in side.places:
        yield f"{place}={json.dumps(_at(draft, place))}"


def _values(data: Mapping[str, Any], place: str) -> Iterator[tuple[str, Any]]:
    """Every value with its dotted place; quantities and weights are one value."""
    for key, value in data.items():
        inner = f"{place}.{key}" if place else key
        if isinstance(value, Mapping) and not is_believed(value):
            yield from _values(value, inner)
        else:
            yield inner, value


def _at(draft: Draft, place: str) -> Any:
    found: Any = draft.data
    for word in place.split("."):
        if not isinstance(found, Mapping) or word not in found:
            remedy = nearest(word, found) if isinstance(found, Mapping) else "leave it out"
            raise stop(CONTRADICTIONS, 0, f"there is no {place} in the scenario", remedy)
        found = found[word]
    return found


def answered(draft: Draft, found: Taken) -> Draft:
    """The draft with the answers of its scenario files laid over it."""
    for file, name, answer in found.answers:
        under = ("switches", name, "answers", answer, "changes")
        changes = variation_of(file).switches[name].answers[answer].changes
        draft = changed(draft, file, changes, under, only_done=True)
    return draft
