"""Evidence: finds in a case what a word stands for, and gathers what it rests on, for `zopa cite`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from analysis.questions.assumptions import in_words
from sim.commands.cited import Cited, Number
from sim.evidence.source import Source
from sim.spec.case import Case
from sim.spec.chain import chain_of
from sim.spec.draft import is_believed
from sim.spec.lens import Lens
from sim.spec.listed import Listed, read_list
from sim.spec.load import available_lenses, load_case
from sim.spec.merge import places_in
from sim.spec.switch import Side

GROUPS = ("actors", "levers", "issues", "paths", "beliefs", "outcomes")
SPEAKING = ("label", "about", "asks", "title", "question")


@dataclass(frozen=True)
class Evidence:
    """A case with all its source views."""

    base: Case
    """The scenario before any view."""
    lenses: Mapping[str, Lens] = field(default_factory=dict)
    """Its source views."""
    listed: Listed | None = None
    """The list of what its texts say, if it keeps one."""

    @classmethod
    def of(cls, case: str) -> Self:
        """Load a case with all its views."""
        views = {name: load_case(case, lens=name).lens for name in available_lenses(case)}
        base = load_case(case)
        lenses = {name: lens for name, lens in views.items() if lens is not None}
        return cls(base, lenses, read_list(chain_of(base.path)))

    def about(self, what: str) -> list[Cited]:
        """Everything in the case that is called so."""
        found: list[Cited] = []
        if what in self.lenses:
            found.append(self._view(self.lenses[what]))
        if what in self.base.sources:
            found.append(self._source(what, self.base.sources[what]))
        if what in self.base.claims:
            found.append(self._claim(what))
        found += self._rows(what)
        places: list[tuple[str, ...]] = [(group, what) for group in GROUPS if what in self.base.text.get(group, {})]
        places += [tuple(what.split("."))] if self._at(tuple(what.split("."))) is not None else []
        return found + [self._place(place) for place in places]

    def names(self) -> list[str]:
        """Everything one may ask for by a single word."""
        groups = [key for group in GROUPS for key in self.base.text.get(group, {})]
        rows = [*self.listed.ids, *self.listed.sides] if self.listed else []
        return [*groups, *self.lenses, *self.base.sources, *self.base.claims, *self.base.text, *rows]

    def nearby(self, what: str) -> list[str]:
        """The names among which the meant one may be: single words, or places beside it, and those that end alike."""
        last = what.split(".")[-1]
        ending = [".".join(map(str, place)) for place in places_in(self.base.text, ()) if place[-1] == last]
        return [*(self._beside(what.split(".")) if "." in what else self.names()), *ending]

    def _beside(self, words: list[str]) -> list[str]:
        """The places where a dotted path stops leading on."""
        place: tuple[str, ...] = ()
        while place != tuple(words) and isinstance(inner := self._at(place), Mapping) and words[len(place)] in inner:
            place = (*place, words[len(place)])
        inner = self._at(place)
        return [".".join((*place, str(key))) for key in inner] if isinstance(inner, Mapping) else []

    def _at(self, place: tuple[str, ...]) -> Any:
        """What stands at a place of the scenario, or None."""
        found: Any = self.base.text
        for word in place:
            if isinstance(found, list) and word.isdecimal() and int(word) < len(found):
                found = found[int(word)]
            else:
                found = found.get(word) if isinstance(found, Mapping) else None
        return found

    def _place(self, place: tuple[str, ...]) -> Cited:
        """A place of the scenario with all numbers inside, in the scenario's words and in every view's."""
        data, title = self._at(place), ".".join(place)
        if not isinstance(data, Mapping | list):
            return Cited(f"{title}: {data}", tuple(self._reason_above(place)))
        spoken = data if isinstance(data, Mapping) else {}
        facts = tuple(f"{key}: {spoken[key]}" for key in SPEAKING if isinstance(spoken.get(key), str))
        own = list(self._numbers(data, place, ""))
        others = [number for lens in self.lenses.values() for number in self._inside(lens, place)]
        by_place = {number.place: [number] for number in own}
        for number in others:
            by_place.setdefault(number.place, []).append(number)
        return Cited(title, facts, numbers=tuple(number for numbers in by_place.values() for number in numbers))

    def _reason_above(self, place: tuple[str, ...]) -> Iterator[str]:
        """The reason given for the piece in which a bare value stands, if there is one."""
        for length in range(len(place) - 1, 0, -1):
            above = self._at(place[:length])
            if isinstance(above, Mapping) and ("because" in above or "assumed" in above):
                yield from list(self._number(above, place[:length], "").lines())[1:]
                return

    def _inside(self, lens: Lens, place: tuple[str, ...]) -> Iterator[Number]:
        """What a view assumes at a place."""
        for part in lens.assumes.values():
            found: Any = part
            for word in place:
                found = found.get(word) if isinstance(found, Mapping) else None
            yield from self._numbers(found, place, lens.lens)

    def _numbers(self, data: Any, place: tuple[str, ...], view: str) -> Iterator[Number]:
        """Everything inside that gives a reason."""
        if isinstance(data, Mapping):
            if "because" in data or "assumed" in data:
                yield self._number(data, place, view)
            if not is_believed(data):
                for key, inner in data.items():
                    yield from self._numbers(inner, (*place, str(key)), view)

    def _number(self, data: Mapping[str, Any], place: tuple[str, ...], view: str) -> Number:
        claims = tuple((key, self.base.claims.get(key)) for key in data.get("because") or ())
        says = in_words(data) if is_believed(data) else ""
        return Number(".".join(place), view, says, str(data.get("assumed") or ""), claims)

    def _view(self, lens: Lens) -> Cited:
        facts = [lens.in_a_sentence, *([f"reads: {lens.author}"] if lens.author else ["a view of ours"])]
        facts += [f"account of the run-up: {lens.reading}"] if lens.reading else []
        facts += [f"silent on {theme}: {why}" for theme, why in lens.silent.items()]
        numbers = [number for theme, part in lens.assumes.items() for number in self._numbers(part, (), str(theme))]
        return Cited(f"{lens.lens}: {lens.label}", tuple(facts), numbers=tuple(numbers))

    def _source(self, key: str, source: Source) -> Cited:
        facts = [f"{source.author}, {source.title} ({source.published}); {source.paragraphs} paragraphs"]
        facts += [source.note] if source.note else []
        claims = tuple((name, claim) for name, claim in self.base.claims.items() if claim.source == key)
        return Cited(key, tuple(facts), claims=claims)

    def _claim(self, key: str) -> Cited:
        claim = self.base.claims[key]
        resting = [number for number in self._numbers(self.base.text, (), "") if key in dict(number.claims)]
        for lens in self.lenses.values():
            for part in lens.assumes.values():
                resting += [n for n in self._numbers(part, (), lens.lens) if key in dict(n.claims)]
        after = [f"entries: {', '.join(claim.entries)}"] if claim.entries else []
        after += [f"{number.place}{f' [{number.view}]' if number.view else ''} rests on it" for number in resting]
        return Cited(key, claims=((key, claim),), resting=tuple(after))

    def _rows(self, key: str) -> Iterator[Cited]:
        """The row of the list of evidence that has this id, and the contradiction that has it."""
        if self.listed is None:
            return
        for kind, rows in self.listed.rows.items():
            if entry := rows.get(key):
                facts = [f"{kind}: {entry.gist}"]
                facts += [f"used by {place}" for place in entry.used_by]
                facts += [f"not used: {entry.not_used}"] if entry.not_used else []
                told = self.listed.events[key].claims if key in self.listed.events else ()
                named = [name for name, claim in self.base.claims.items() if key in claim.entries or name in told]
                claims = tuple((name, self.base.claims[name]) for name in named)
                passages = () if claims else entry.passages
                facts += [f"{passage.source} ¶{passage.at}" for passage in entry.passages if claims]
                yield Cited(key, tuple(facts), passages, claims)
        if contradiction := self.listed.sides.get(key):
            facts = [f"{name}: {side.says}{_moved(side)}" for name, side in contradiction.sides.items()]
            facts += [f"no difference: {contradiction.no_difference}"] if contradiction.no_difference else []
            names = dict.fromkeys(claim for side in contradiction.sides.values() for claim in side.claims)
            of_sides = tuple((name, self.base.claims.get(name)) for name in names)
            yield Cited(f"{key}: {contradiction.question}", tuple(facts), claims=of_sides)


def _moved(side: Side) -> str:
    """What a side of a contradiction changes, in brackets; empty if nothing."""
    if side.take_from:
        return f" [{', '.join(side.places)}, as in {side.take_from}]"
    return f" [{', '.join(_leaves(side.changes, ()))}]" if side.changes else ""


def _leaves(data: object, place: tuple[str, ...]) -> Iterator[str]:
    """Every place of the changes that holds a value; a quantity is one."""
    if isinstance(data, Mapping) and not is_believed(data):
        for key, inner in data.items():
            yield from _leaves(inner, (*place, str(key)))
    else:
        yield ".".join(place)
