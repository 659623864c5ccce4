"""Register checks: what is wrong in the list of evidence, in the contradictions and in the history of a case?"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sim.errors import Place, Problem, suggest
from sim.evidence.register import EvidenceRegister
from sim.evidence.usage import find_citation, list_named_claims
from sim.loading.layered_data import is_assumption
from sim.loading.strict_yaml import YamlFile
from sim.schema.claim import Claim
from sim.schema.consistency import describe_unknown
from sim.schema.evidence_row import WithPassages
from sim.schema.open_question import Contradiction, ContradictionSide

ACCOUNT = ("run_up", "account")


def check_register(register: EvidenceRegister, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Every name that leads nowhere, every row that stands twice."""
    for kind, file in register.lists.items():
        yield from _check_passages(register, file, register.rows[kind])
        yield from _check_places(register, kind, known)
        twice = [key for key in register.rows[kind] if register.ids.count(key) > 1]
        yield from (
            Problem(file.name, file.find_line((key,)), f"{key}: stands in two lists", "keep one") for key in twice
        )
    if register.claims_file:
        yield from _check_ids(register, register.claims_file, register.claims)
    if register.contradictions_file:
        yield from _check_ids(register, register.contradictions_file, register.contradictions)
        yield from _check_contradictions(register, register.contradictions_file)
        yield from _check_sides(register, register.contradictions_file)
        yield from _check_claims(register, register.contradictions_file)
    if register.history_file:
        yield from _check_passages(register, register.history_file, register.events)
        strange = [key for key in register.events if key not in register.ids]
        yield from (
            _make_problem(register.history_file, (key,), describe_unknown(key, key, register.ids, "row"))
            for key in strange
        )
        yield from _check_names(register, register.history_file, known["tags"])
        yield from _check_claims(register, register.history_file)


def _make_problem(file: YamlFile, place: Place, text: str) -> Problem:
    return Problem(file.name, file.find_line(place), text)


def _check_passages(register: EvidenceRegister, file: YamlFile, parts: Mapping[str, WithPassages]) -> Iterator[Problem]:
    """Passages of sources or places that do not exist."""
    for key, part in parts.items():
        for number, passage in enumerate(part.passages):
            place: Place = (key, "sources", number) if part.sources else (key,)
            if passage.source not in register.sources:
                yield _make_problem(
                    file, (*place, "source"), describe_unknown(key, passage.source, register.sources, "source")
                )
                continue
            if wrong := register.sources[passage.source].find_outside(passage.at):
                yield _make_problem(file, (*place, "at"), f"{key}.at: {passage.source} {wrong}")


def _check_places(register: EvidenceRegister, kind: str, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Places under `used_by` that do not exist."""
    for key, entry in register.rows[kind].items():
        for number, place in enumerate(entry.used_by):
            if isinstance(text := find_citation(place, register.base, known), str):
                yield _make_problem(register.lists[kind], (key, "used_by", number), f"{key}.used_by: {text}")


def _check_ids(
    register: EvidenceRegister, file: YamlFile, parts: Mapping[str, Claim] | Mapping[str, Contradiction]
) -> Iterator[Problem]:
    """Ids that claims or contradictions name and no list holds."""
    ids = set(register.ids)
    for key, part in parts.items():
        for number, entry in enumerate(part.entries):
            if entry not in ids:
                yield _make_problem(
                    file, (key, "entries", number), describe_unknown(f"{key}.entries", entry, register.ids, "row")
                )


def _check_contradictions(register: EvidenceRegister, file: YamlFile) -> Iterator[Problem]:
    """Contradictions that neither are a row nor name one."""
    for key, contradiction in register.contradictions.items():
        if key not in register.ids and not contradiction.entries:
            remedy = "name the rows it rests on under `entries`"
            yield Problem(file.name, file.find_line((key,)), f"{key}: is no row of the list", remedy)


def _check_claims(register: EvidenceRegister, file: YamlFile) -> Iterator[Problem]:
    """Claims that are named and do not exist."""
    for place, claim in list_named_claims(file.data):
        if claim not in register.claims:
            name = ".".join(str(key) for key in place[:-1])
            yield _make_problem(file, place, describe_unknown(name, claim, register.claims, "claim"))


def _check_names(register: EvidenceRegister, file: YamlFile, tags: Collection[str]) -> Iterator[Problem]:
    """Scenario files that are said to take a date over, and columns of the results, that do not exist."""
    stems = [scenario.path.stem for scenario in register.scenarios]
    for key, event in register.events.items():
        names = [("dated_by", n, name, stems, "scenario file") for n, name in enumerate(event.dated_by)]
        names += [("compare_with", n, name, list(tags), "column") for n, name in enumerate(event.compare_with)]
        for field, number, name, there, what in names:
            if name not in there:
                yield _make_problem(file, (key, field, number), describe_unknown(f"{key}.{field}", name, there, what))


def _check_sides(register: EvidenceRegister, file: YamlFile) -> Iterator[Problem]:
    """Sides of contradictions that take numbers from nowhere."""
    for key, contradiction in register.contradictions.items():
        for name, side in contradiction.sides.items():
            for place, text in _check_side(register, side):
                yield _make_problem(file, (key, "sides", name, *place), f"{key}.sides.{name}: {text}")


def _check_side(register: EvidenceRegister, side: ContradictionSide) -> Iterator[tuple[Place, str]]:
    for changed in _list_leaves(side.changes, ()):
        if changed != ACCOUNT and not is_assumption(_get_value(register.base, changed)):
            text = f"{'.'.join(changed)} is neither a quantity nor weights of the base; a side changes what is believed"
            yield ("changes", *changed), text
    views = {"base": None} | dict(register.views)
    if side.take_from and side.take_from not in views:
        yield ("take_from",), f"there is no source view {side.take_from!r}; {suggest(side.take_from, views)}"
        return
    for number, place in enumerate(side.places):
        words = place.split(".")
        if not is_assumption(_get_value(register.base, words)):
            yield ("places", number), f"{place} is neither a quantity nor weights of the base"
        elif side.take_from not in ("", "base"):
            themes = register.views[side.take_from].assumes.values()
            if not any(is_assumption(_get_value(theme, words)) for theme in themes):
                yield ("places", number), f"{side.take_from} says nothing at {place}; take it from `base`"


def _list_leaves(data: object, place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every place of the changes that holds a value; a quantity is one."""
    if isinstance(data, Mapping) and not is_assumption(data):
        for key, inner in data.items():
            yield from _list_leaves(inner, (*place, str(key)))
    elif place:
        yield place


def _get_value(data: object, words: Sequence[str]) -> Any:
    """What stands at a place; None if nothing does."""
    found: Any = data
    for word in words:
        found = found.get(word) if isinstance(found, Mapping) else None
    return found
