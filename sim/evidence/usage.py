"""Usage: where in a case a claim stands, and whether a place exists that is said to use a row of the list of evidence.

A claim is used where a `because` or a `claims` names it: in the base, a source view, a scenario file, a
contradiction or the history.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.errors import Place, suggest
from sim.loading.extends import changes_another
from sim.loading.strict_yaml import YamlFile
from sim.schema.open_question import Contradiction

BASE, VIEW, FILE = "base", "source view", "scenario file"
OPEN_QUESTION, WITHOUT_EFFECT, HISTORY = "open question", "contradiction without effect", "history"
OUTCOME, TAG, RULE = "outcome", "tag", "rule"
KINDS = (BASE, VIEW, FILE, OPEN_QUESTION, WITHOUT_EFFECT, HISTORY, OUTCOME, TAG, RULE)
"""What can use a row, in the order in which it is shown."""

_FIRST_WORDS = {"outcomes": OUTCOME, "tags": TAG, "rules": RULE, "scenarios": FILE, "views": VIEW}


@dataclass(frozen=True)
class Citation:
    """One thing that uses a row or a claim."""

    kind: str
    """What kind of thing: one of BY."""
    where: str
    """File and line, or the place as it is called."""
    key: str = ""
    """Place inside the file, such as `X01.sides.north`; empty where `where` says it."""


def list_named_claims(data: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every claim named under a `because` or a `claims`, with its place."""
    entries: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        inner = (*place, key)
        if key in ("because", "claims") and isinstance(value, list):
            yield from (((*inner, n), claim) for n, claim in enumerate(value) if isinstance(claim, str))
        else:
            yield from list_named_claims(value, inner)


def find_citations(files: Sequence[YamlFile], contradictions: Mapping[str, Contradiction]) -> dict[str, list[Citation]]:
    """Where each claim is used, in the order of the files."""
    found: dict[str, list[Citation]] = {}
    for file in files:
        for place, claim in list_named_claims(file.data):
            where, key = f"{file.name}:{file.find_line(place)}", ".".join(map(str, place[:-2]))
            use = Citation(_find_kind(file, place, contradictions), where, key)
            found.setdefault(claim, []).append(use)
    return found


def _find_kind(file: YamlFile, place: Place, contradictions: Mapping[str, Contradiction]) -> str:
    """What kind of thing this place of a file is."""
    if file.path.parent.name == "views":
        return VIEW
    if file.path.stem == "history":
        return HISTORY
    if file.path.stem == "contradictions":
        return classify_contradiction(contradictions[str(place[0])])
    return FILE if changes_another(file) else BASE


def classify_contradiction(contradiction: Contradiction) -> str:
    """A switch, if one of its sides changes something."""
    return WITHOUT_EFFECT if contradiction.no_difference else OPEN_QUESTION


def find_citation(place: str, base: object, known: Mapping[str, Collection[str]]) -> Citation | str:
    """What a place such as `outcomes.clash` or `rules.hope` is; a sentence if there is none."""
    first, _, rest = place.partition(".")
    if first in known:
        return (
            Citation(_FIRST_WORDS[first], place)
            if rest in known[first]
            else _describe_unknown_place(place, first, known[first])
        )
    data: Any = base
    for count, word in enumerate(words := place.split(".")):
        if not isinstance(data, dict) or word not in data:
            inside = data if isinstance(data, dict) else {}
            level = [".".join([*words[:count], key]) for key in inside]
            return f"there is no {place} in the case; {suggest(place, level or known)}"
        data = data[word]
    return Citation(_FIRST_WORDS.get(first, BASE), place)


def _describe_unknown_place(place: str, first: str, names: Collection[str]) -> str:
    return f"there is no {place} in the case; {suggest(place, [f'{first}.{name}' for name in names])}"
