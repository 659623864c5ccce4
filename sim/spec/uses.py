"""Uses: where in a case a claim stands, and whether a place exists that is said to use a row of the list of evidence.

A claim is used where a `because` or a `claims` names it: in the base, a source view, a scenario file, a
contradiction or the history.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.spec.chain import is_variation
from sim.spec.mistake import Place, nearest
from sim.spec.switch import Contradiction
from sim.spec.yaml_file import YamlFile

BASE, VIEW, FILE = "base", "source view", "scenario file"
SWITCH, TOLD, HISTORY = "switch", "contradiction without effect", "history"
OUTCOME, TAG, RULE = "outcome", "tag", "rule"
BY = (BASE, VIEW, FILE, SWITCH, TOLD, HISTORY, OUTCOME, TAG, RULE)
"""What can use a row, in the order in which it is shown."""

_FIRST_WORDS = {"outcomes": OUTCOME, "tags": TAG, "rules": RULE, "scenarios": FILE, "lenses": VIEW}


@dataclass(frozen=True)
class Use:
    """One thing that uses a row or a claim."""

    by: str
    """What kind of thing: one of BY."""
    where: str
    """File and line, or the place as it is called."""


def named_claims(data: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every claim named under a `because` or a `claims`, with its place."""
    entries: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        inner = (*place, key)
        if key in ("because", "claims") and isinstance(value, list):
            yield from (((*inner, n), claim) for n, claim in enumerate(value) if isinstance(claim, str))
        else:
            yield from named_claims(value, inner)


def uses_of_claims(files: Sequence[YamlFile], sides: Mapping[str, Contradiction]) -> dict[str, list[Use]]:
    """Where each claim is used, in the order of the files."""
    found: dict[str, list[Use]] = {}
    for file in files:
        for place, claim in named_claims(file.data):
            use = Use(_kind_of(file, place, sides), f"{file.name}:{file.line(place)}")
            found.setdefault(claim, []).append(use)
    return found


def _kind_of(file: YamlFile, place: Place, sides: Mapping[str, Contradiction]) -> str:
    """What kind of thing this place of a file is."""
    if file.path.parent.name == "lenses":
        return VIEW
    if file.path.stem == "history":
        return HISTORY
    if file.path.stem == "contradictions":
        return kind_of_contradiction(sides[str(place[0])])
    return FILE if is_variation(file) else BASE


def kind_of_contradiction(contradiction: Contradiction) -> str:
    """A switch, if one of its sides changes something."""
    return TOLD if contradiction.no_difference else SWITCH


def use_at(place: str, base: object, known: Mapping[str, Collection[str]]) -> Use | str:
    """What a place such as `outcomes.clash` or `rules.hope` is; a sentence if there is none."""
    first, _, rest = place.partition(".")
    if first in known:
        return Use(_FIRST_WORDS[first], place) if rest in known[first] else _nowhere(place, first, known[first])
    data: Any = base
    for count, word in enumerate(words := place.split(".")):
        if not isinstance(data, dict) or word not in data:
            inside = data if isinstance(data, dict) else {}
            level = [".".join([*words[:count], key]) for key in inside]
            return f"there is no {place} in the case; {nearest(place, level or known)}"
        data = data[word]
    return Use(_FIRST_WORDS.get(first, BASE), place)


def _nowhere(place: str, first: str, names: Collection[str]) -> str:
    return f"there is no {place} in the case; {nearest(place, [f'{first}.{name}' for name in names])}"
