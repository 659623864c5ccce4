"""Omissions: what is wrong in the list of evidence, in the contradictions and in the history of a case?"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sim.evidence.claim import Claim
from sim.evidence.entry import Sourced
from sim.evidence.passage import paragraph_numbers
from sim.spec.crosscheck import unknown
from sim.spec.draft import is_believed
from sim.spec.listed import Listed
from sim.spec.mistake import Mistake, Place, nearest
from sim.spec.switch import Contradiction, Side
from sim.spec.uses import named_claims, use_at
from sim.spec.yaml_file import YamlFile

READING = ("run_up", "reading")


def omissions(listed: Listed, known: Mapping[str, Collection[str]]) -> Iterator[Mistake]:
    """Every name that leads nowhere, every row that stands twice."""
    for kind, file in listed.lists.items():
        yield from _wrong_passages(listed, file, listed.rows[kind])
        yield from _wrong_places(listed, kind, known)
        twice = [key for key in listed.rows[kind] if listed.ids.count(key) > 1]
        yield from (Mistake(file.name, file.line((key,)), f"{key}: stands in two lists", "keep one") for key in twice)
    if listed.claims_file:
        yield from _unlisted(listed, listed.claims_file, listed.claims)
    if listed.sides_file:
        yield from _unlisted(listed, listed.sides_file, listed.sides)
        yield from _nameless(listed, listed.sides_file)
        yield from _wrong_sides(listed, listed.sides_file)
        yield from _without_claim(listed, listed.sides_file)
    if listed.history_file:
        yield from _wrong_passages(listed, listed.history_file, listed.events)
        strange = [key for key in listed.events if key not in listed.ids]
        yield from (_at(listed.history_file, (key,), unknown(key, key, listed.ids, "row")) for key in strange)
        yield from _wrong_names(listed, listed.history_file, known["tags"])
        yield from _without_claim(listed, listed.history_file)


def _at(file: YamlFile, place: Place, text: str) -> Mistake:
    return Mistake(file.name, file.line(place), text)


def _wrong_passages(listed: Listed, file: YamlFile, parts: Mapping[str, Sourced]) -> Iterator[Mistake]:
    """Passages of sources or paragraphs that do not exist."""
    for key, part in parts.items():
        for number, passage in enumerate(part.passages):
            place: Place = (key, "sources", number) if part.sources else (key,)
            if passage.source not in listed.sources:
                yield _at(file, (*place, "source"), unknown(key, passage.source, listed.sources, "source"))
                continue
            count = listed.sources[passage.source].paragraphs
            if outside := [str(n) for n in paragraph_numbers(passage.at) if not 1 <= n <= count]:
                text = f"{key}.at: {passage.source} has the paragraphs 1 to {count}, not {', '.join(outside)}"
                yield _at(file, (*place, "at"), text)


def _wrong_places(listed: Listed, kind: str, known: Mapping[str, Collection[str]]) -> Iterator[Mistake]:
    """Places under `used_by` that do not exist."""
    for key, entry in listed.rows[kind].items():
        for number, place in enumerate(entry.used_by):
            if isinstance(text := use_at(place, listed.base, known), str):
                yield _at(listed.lists[kind], (key, "used_by", number), f"{key}.used_by: {text}")


def _unlisted(
    listed: Listed, file: YamlFile, parts: Mapping[str, Claim] | Mapping[str, Contradiction]
) -> Iterator[Mistake]:
    """Ids that claims or contradictions name and no list holds."""
    ids = set(listed.ids)
    for key, part in parts.items():
        for number, entry in enumerate(part.entries):
            if entry not in ids:
                yield _at(file, (key, "entries", number), unknown(f"{key}.entries", entry, listed.ids, "row"))


def _nameless(listed: Listed, file: YamlFile) -> Iterator[Mistake]:
    """Contradictions that neither are a row nor name one."""
    for key, contradiction in listed.sides.items():
        if key not in listed.ids and not contradiction.entries:
            remedy = "name the rows it rests on under `entries`"
            yield Mistake(file.name, file.line((key,)), f"{key}: is no row of the list", remedy)


def _without_claim(listed: Listed, file: YamlFile) -> Iterator[Mistake]:
    """Claims that are named and do not exist."""
    for place, claim in named_claims(file.data):
        if claim not in listed.claims:
            name = ".".join(str(key) for key in place[:-1])
            yield _at(file, place, unknown(name, claim, listed.claims, "claim"))


def _wrong_names(listed: Listed, file: YamlFile, tags: Collection[str]) -> Iterator[Mistake]:
    """Scenario files that are said to take a date over, and columns of the results, that do not exist."""
    stems = [scenario.path.stem for scenario in listed.scenarios]
    for key, event in listed.events.items():
        names = [("dated_by", n, name, stems, "scenario file") for n, name in enumerate(event.dated_by)]
        names += [("compare_with", n, name, list(tags), "column") for n, name in enumerate(event.compare_with)]
        for field, number, name, there, what in names:
            if name not in there:
                yield _at(file, (key, field, number), unknown(f"{key}.{field}", name, there, what))


def _wrong_sides(listed: Listed, file: YamlFile) -> Iterator[Mistake]:
    """Sides of contradictions that take numbers from nowhere."""
    for key, contradiction in listed.sides.items():
        for name, side in contradiction.sides.items():
            for place, text in _wrong_side(listed, side):
                yield _at(file, (key, "sides", name, *place), f"{key}.sides.{name}: {text}")


def _wrong_side(listed: Listed, side: Side) -> Iterator[tuple[Place, str]]:
    for changed in _leaves(side.changes, ()):
        if changed != READING and not is_believed(_inside(listed.base, changed)):
            text = f"{'.'.join(changed)} is neither a quantity nor weights of the base; a side changes what is believed"
            yield ("changes", *changed), text
    views = {"base": None} | dict(listed.lenses)
    if side.take_from and side.take_from not in views:
        yield ("take_from",), f"there is no source view {side.take_from!r}; {nearest(side.take_from, views)}"
        return
    for number, place in enumerate(side.places):
        words = place.split(".")
        if not is_believed(_inside(listed.base, words)):
            yield ("places", number), f"{place} is neither a quantity nor weights of the base"
        elif side.take_from not in ("", "base"):
            themes = listed.lenses[side.take_from].assumes.values()
            if not any(is_believed(_inside(theme, words)) for theme in themes):
                yield ("places", number), f"{side.take_from} says nothing at {place}; take it from `base`"


def _leaves(data: object, place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every place of the changes that holds a value; a quantity is one."""
    if isinstance(data, Mapping) and not is_believed(data):
        for key, inner in data.items():
            yield from _leaves(inner, (*place, str(key)))
    elif place:
        yield place


def _inside(data: object, words: Sequence[str]) -> Any:
    """What stands at a place; None if nothing does."""
    found: Any = data
    for word in words:
        found = found.get(word) if isinstance(found, Mapping) else None
    return found
