"""Evidence: finds in a case what a word stands for, and gathers what it rests on, for `zopa cite`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from analysis.questions.assumptions import in_words
from sim.evidence.claim import Claim
from sim.evidence.source import Source
from sim.spec.case import Case
from sim.spec.draft import is_believed
from sim.spec.lens import Lens
from sim.spec.load import available_lenses, load_case
from sim.spec.merge import places_in

NUMBERS_SHOWN = 200
GROUPS = ("actors", "levers", "issues", "paths", "beliefs", "outcomes")
SPEAKING = ("label", "about", "asks", "title", "question")


@dataclass(frozen=True)
class Cited:
    """One thing that was asked for, and what stands behind it."""

    title: str
    """What it is."""
    facts: tuple[str, ...] = ()
    """What is said of it."""
    numbers: tuple["Number", ...] = ()
    """Numbers inside it."""

    def lines(self) -> Iterator[str]:
        """The answer as text."""
        yield self.title
        yield from (f"  {fact}" for fact in self.facts)
        for number in self.numbers[:NUMBERS_SHOWN]:
            yield from (f"  {line}" for line in number.lines())
        if len(self.numbers) > NUMBERS_SHOWN:
            yield f"  … {len(self.numbers) - NUMBERS_SHOWN} more; name a place further inside"

    def as_json(self) -> dict[str, Any]:
        """The answer as plain data."""
        numbers = [number.as_json() for number in self.numbers]
        return {"title": self.title, "facts": list(self.facts), "numbers": numbers}


@dataclass(frozen=True)
class Number:
    """A quantity, or anything else that gives a reason, in the words of one view."""

    place: str
    """Where it stands in the scenario."""
    view: str
    """The source view that says so; empty for the scenario itself."""
    says: str
    """The number with its unit."""
    assumed: str
    """Our own reason, if no source gives one."""
    claims: tuple[tuple[str, Claim | None], ...] = ()
    """The claims it rests on."""

    def lines(self) -> Iterator[str]:
        """The number as text: value, then reasons."""
        yield f"{self.place}{f' [{self.view}]' if self.view else ''}: {self.says}".rstrip(": ")
        if self.assumed:
            yield f"  assumed: {self.assumed}"
        for key, claim in self.claims:
            yield f"  {claim_line(key, claim)}"

    def as_json(self) -> dict[str, Any]:
        """The number as plain data."""
        claims = [{"claim": key, **(claim.model_dump(mode="json") if claim else {})} for key, claim in self.claims]
        return {
            "place": self.place,
            "source_view": self.view,
            "says": self.says,
            "assumed": self.assumed,
            "claims": claims,
        }


def claim_line(key: str, claim: Claim | None) -> str:
    """Source, paragraph, speaker and our reading."""
    if claim is None:
        return f"{key}: no such claim"
    speaker = f", speaker: {claim.speaker}" if claim.speaker else ""
    checked = f", checked by {claim.checked_by}" if claim.checked_by else ", not yet checked by a second coder"
    return f"{claim.place} ({claim.kind}{speaker}; {key}{checked}): {claim.we_read}"


@dataclass(frozen=True)
class Evidence:
    """A case with all its source views."""

    base: Case
    """The scenario before any view."""
    lenses: Mapping[str, Lens] = field(default_factory=dict)
    """Its source views."""

    @classmethod
    def of(cls, case: str) -> Self:
        """Load a case with all its views."""
        views = {name: load_case(case, lens=name).lens for name in available_lenses(case)}
        return cls(load_case(case), {name: lens for name, lens in views.items() if lens is not None})

    def about(self, what: str) -> list[Cited]:
        """Everything in the case that is called so."""
        found: list[Cited] = []
        if what in self.lenses:
            found.append(self._view(self.lenses[what]))
        if what in self.base.sources:
            found.append(self._source(what, self.base.sources[what]))
        if what in self.base.claims:
            found.append(self._claim(what, self.base.claims[what]))
        places: list[tuple[str, ...]] = [(group, what) for group in GROUPS if what in self.base.text.get(group, {})]
        places += [tuple(what.split("."))] if self._at(tuple(what.split("."))) is not None else []
        return found + [self._place(place) for place in places]

    def names(self) -> list[str]:
        """Everything one may ask for by a single word."""
        groups = [key for group in GROUPS for key in self.base.text.get(group, {})]
        return [*groups, *self.lenses, *self.base.sources, *self.base.claims, *self.base.text]

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
        return Cited(title, facts, tuple(number for numbers in by_place.values() for number in numbers))

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
        return Cited(f"{lens.lens}: {lens.label}", tuple(facts), tuple(numbers))

    def _source(self, key: str, source: Source) -> Cited:
        facts = [f"{source.author}, {source.title} ({source.published}); {source.paragraphs} paragraphs"]
        facts += [source.note] if source.note else []
        facts += [claim_line(name, claim) for name, claim in self.base.claims.items() if claim.source == key]
        return Cited(key, tuple(facts))

    def _claim(self, key: str, claim: Claim) -> Cited:
        resting = [number for number in self._numbers(self.base.text, (), "") if key in dict(number.claims)]
        for lens in self.lenses.values():
            for part in lens.assumes.values():
                resting += [n for n in self._numbers(part, (), lens.lens) if key in dict(n.claims)]
        facts = [claim_line(key, claim), *([f"entries: {', '.join(claim.entries)}"] if claim.entries else [])]
        facts += [f"{number.place}{f' [{number.view}]' if number.view else ''} rests on it" for number in resting]
        return Cited(key, tuple(facts))
