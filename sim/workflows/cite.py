"""Cite: what stands behind a number, an actor, a lever, a source view, a claim or a text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from analysis.methods.assumptions import format_quantity
from analysis.report.coders import describe_coders_shortly
from sim.errors import UsageError, name_argument, suggest
from sim.evidence.citation import Cited, Number
from sim.evidence.register import EvidenceRegister, read_register
from sim.evidence.source_texts import SourceTexts, TextError
from sim.loading.discovery import find_default_case
from sim.loading.extends import resolve_extends
from sim.loading.layered_data import is_assumption
from sim.loading.loader import list_views, load_case
from sim.loading.merge import list_places
from sim.loading.resolve_questions import read_contradictions
from sim.schema.loaded_case import LoadedCase
from sim.schema.open_question import Contradiction, ContradictionSide
from sim.schema.source import Source
from sim.schema.source_view import SourceView
from sim.workflows.cite_passage import UNUSED, find_passage, find_unused, list_uses
from sim.workflows.display import TextDisplay, make_frame
from sim.workflows.side_sizes import find_side_sizes

GROUPS = ("actors", "levers", "issues", "sequences", "beliefs", "outcomes")
SPEAKING = ("label", "about", "asks", "title", "question", "shows")


@dataclass(frozen=True)
class EvidenceSearch:
    """A case with all its source views."""

    base: LoadedCase
    """The scenario before any view."""
    views: Mapping[str, SourceView] = field(default_factory=dict)
    """Its source views."""
    register: EvidenceRegister | None = None
    """The list of what its texts say, if it keeps one."""
    contradictions: Mapping[str, Contradiction] = field(default_factory=dict)
    """Questions over which its sources differ."""

    @classmethod
    def load(cls, case: str) -> Self:
        """Load a case with all its views."""
        views = {name: load_case(case, view=name).view for name in list_views(case)}
        base = load_case(case)
        source_views = {name: view for name, view in views.items() if view is not None}
        chain = resolve_extends(base.path)
        return cls(base, source_views, read_register(chain), read_contradictions(chain))

    def find(self, what: str) -> list[Cited]:
        """Everything in the case that is called so."""
        found: list[Cited] = []
        if what in self.views:
            found.append(self._describe_view(self.views[what]))
        if what in self.base.sources:
            found.append(self._describe_source(what, self.base.sources[what]))
        if what in self.base.claims:
            found.append(self._describe_claim(what))
        found += self._find_rows(what)
        key, _, side = what.partition("=")
        if key in self.contradictions and (not side or side in self.contradictions[key].sides):
            found += self._describe_contradiction(key, self.contradictions[key], side)
        if what == UNUSED:
            found.append(find_unused(self.base.claims, self._list_uses()))
        if passage := find_passage(what, self.base.sources, self.base.claims, self._list_uses()):
            found.append(passage)
        places: list[tuple[str, ...]] = [(group, what) for group in GROUPS if what in self.base.text.get(group, {})]
        places += [tuple(what.split("."))] if self._find_at(tuple(what.split("."))) is not None else []
        return found + [self._find_place(place) for place in places]

    def list_names(self) -> list[str]:
        """Everything one may ask for by a single word."""
        groups = [key for group in GROUPS for key in self.base.text.get(group, {})]
        rows = [*(self.register.ids if self.register else ()), *self.contradictions]
        return [*groups, *self.views, *self.base.sources, *self.base.claims, *self.base.text, *rows]

    def find_nearby(self, what: str) -> list[str]:
        """The names among which the meant one may be: single words, or places beside it, and those that end alike."""
        key, equals, _ = what.partition("=")
        if equals and key in self.contradictions:
            return [f"{key}={name}" for name in self.contradictions[key].sides]
        last = what.split(".")[-1]
        ending = [".".join(map(str, place)) for place in list_places(self.base.text, ()) if place[-1] == last]
        return [*(self._find_beside(what.split(".")) if "." in what else self.list_names()), *ending]

    def _find_beside(self, words: list[str]) -> list[str]:
        """The places where a dotted path stops leading on."""
        place: tuple[str, ...] = ()
        while (
            place != tuple(words) and isinstance(inner := self._find_at(place), Mapping) and words[len(place)] in inner
        ):
            place = (*place, words[len(place)])
        inner = self._find_at(place)
        return [".".join((*place, str(key))) for key in inner] if isinstance(inner, Mapping) else []

    def _find_at(self, place: tuple[str, ...]) -> Any:
        """What stands at a place of the scenario, or None."""
        found: Any = self.base.text
        for word in place:
            if isinstance(found, list) and word.isdecimal() and int(word) < len(found):
                found = found[int(word)]
            else:
                found = found.get(word) if isinstance(found, Mapping) else None
        return found

    def _find_place(self, place: tuple[str, ...]) -> Cited:
        """A place of the scenario with all numbers inside, in the scenario's words and in every view's."""
        data, title = self._find_at(place), ".".join(place)
        if not isinstance(data, Mapping | list):
            return Cited(f"{title}: {data}", tuple(self._find_reason_above(place)))
        spoken = data if isinstance(data, Mapping) else {}
        facts = tuple(f"{key}: {spoken[key]}" for key in SPEAKING if isinstance(spoken.get(key), str))
        own = list(self._list_numbers(data, place, ""))
        others = [number for view in self.views.values() for number in self._find_inside(view, place)]
        by_place = {number.place: [number] for number in own}
        for number in others:
            by_place.setdefault(number.place, []).append(number)
        return Cited(title, facts, numbers=tuple(number for numbers in by_place.values() for number in numbers))

    def _find_reason_above(self, place: tuple[str, ...]) -> Iterator[str]:
        """The reason given for the piece in which a bare value stands, if there is one."""
        for length in range(len(place) - 1, 0, -1):
            above = self._find_at(place[:length])
            if isinstance(above, Mapping) and ("because" in above or "assumed" in above):
                yield from list(self._make_number(above, place[:length], "").lines())[1:]
                return

    def _find_inside(self, view: SourceView, place: tuple[str, ...]) -> Iterator[Number]:
        """What a view assumes at a place."""
        for part in view.assumes.values():
            found: Any = part
            for word in place:
                found = found.get(word) if isinstance(found, Mapping) else None
            yield from self._list_numbers(found, place, view.view)

    def _list_numbers(self, data: Any, place: tuple[str, ...], view: str) -> Iterator[Number]:
        """Everything inside that gives a reason."""
        if isinstance(data, Mapping):
            if "because" in data or "assumed" in data:
                yield self._make_number(data, place, view)
            if not is_assumption(data):
                for key, inner in data.items():
                    yield from self._list_numbers(inner, (*place, str(key)), view)

    def _make_number(self, data: Mapping[str, Any], place: tuple[str, ...], view: str) -> Number:
        claims = tuple((key, self.base.claims.get(key)) for key in data.get("because") or ())
        says = format_quantity(data) if is_assumption(data) else ""
        says = str(data.get("label", "")) if place[0] == "expected" else says
        return Number(".".join(place), view, says, str(data.get("assumed") or ""), claims)

    def _describe_view(self, view: SourceView) -> Cited:
        facts = [view.summary, *([f"reads: {view.author}"] if view.author else ["a view of ours"])]
        facts += [f"account of the run-up: {view.account}"] if view.account else []
        facts += [f"silent on {theme}: {why}" for theme, why in view.silent.items()]
        numbers = [
            number for theme, part in view.assumes.items() for number in self._list_numbers(part, (), str(theme))
        ]
        return Cited(f"{view.view}: {view.label}", tuple(facts), numbers=tuple(numbers))

    def _describe_source(self, key: str, source: Source) -> Cited:
        facts = [f"{source.author}, {source.title} ({source.published}){source.extent and '; '}{source.extent}"]
        facts += [source.note] if source.note else []
        claims = tuple((name, claim) for name, claim in self.base.claims.items() if claim.source == key)
        return Cited(key, tuple(facts), claims=claims)

    def _describe_claim(self, key: str) -> Cited:
        claim = self.base.claims[key]
        after = [f"entries: {', '.join(claim.entries)}"] if claim.entries else []
        return Cited(key, claims=((key, claim),), resting=(*after, *self._list_uses().get(key, ("nothing uses it",))))

    def _list_uses(self) -> dict[str, tuple[str, ...]]:
        """What uses each claim."""
        numbers = list(self._list_numbers(self.base.text, (), ""))
        for view in self.views.values():
            numbers += [one for part in view.assumes.values() for one in self._list_numbers(part, (), view.view)]
        return list_uses(((one.place, one.view, tuple(dict(one.claims))) for one in numbers), self.register)

    def _find_rows(self, key: str) -> Iterator[Cited]:
        """The row of the list of evidence that has this id, and the contradiction that has it."""
        if self.register is None:
            return
        for kind, rows in self.register.rows.items():
            if entry := rows.get(key):
                facts = [f"{kind}: {entry.gist}"]
                facts += [f"used by {place}" for place in entry.used_by]
                facts += [f"not used: {entry.not_used}"] if entry.not_used else []
                told = self.register.events[key].claims if key in self.register.events else ()
                named = [name for name, claim in self.base.claims.items() if key in claim.entries or name in told]
                below = self._list_claims_of_sides(key)
                claims = tuple((name, self.base.claims[name]) for name in named if name not in below)
                passages = () if named else entry.passages
                facts += [passage.place for passage in entry.passages if named]
                yield Cited(key, tuple(facts), passages, claims)

    def _describe_contradiction(self, key: str, contradiction: Contradiction, asked: str) -> Iterator[Cited]:
        """The question, then each side (or the one that is asked for) with what it changes and its claims."""
        words = [f"{key}={name}" for name, side in contradiction.sides.items() if side.has_effect]
        takes = [name_argument("answers", word) for word in words]
        to_take = (f"take a side: {' or '.join(takes)}",) if takes else ()
        facts = (f"no difference: {contradiction.no_difference}",) if contradiction.no_difference else ()
        yield Cited(f"{key}: {contradiction.question}", facts)
        sizes = find_side_sizes(self.base, contradiction)
        for name, side in contradiction.sides.items():
            if asked not in ("", name):
                continue
            told = (f"{side.says}{_describe_change(side)}", *(f"sets {one}" for one in sizes[name]))
            claims = tuple((claim, self.base.claims.get(claim)) for claim in side.claims)
            yield Cited(f"{key}={name}", told, claims=claims)
        if to_take:
            yield Cited(key, (), resting=to_take)

    def _list_claims_of_sides(self, key: str) -> list[str]:
        """Claims on which the sides of a contradiction rest, each once; none if there is no such contradiction."""
        sides = self.contradictions[key].sides.values() if key in self.contradictions else ()
        return list(dict.fromkeys(claim for side in sides for claim in side.claims))


def _describe_change(side: ContradictionSide) -> str:
    """What a side of a contradiction changes, in brackets; empty if nothing."""
    if side.take_from:
        return f" [{', '.join(side.places)}, as in {side.take_from}]"
    return f" [{', '.join(_list_leaves(side.changes, ()))}]" if side.changes else ""


def _list_leaves(data: object, place: tuple[str, ...]) -> Iterator[str]:
    """Every place of the changes that holds a value; a quantity is one."""
    if isinstance(data, Mapping) and not is_assumption(data):
        for key, inner in data.items():
            yield from _list_leaves(inner, (*place, str(key)))
    else:
        yield ".".join(place)


@dataclass(frozen=True, repr=False)
class Citations(TextDisplay):
    """What something rests on."""

    scenario: str
    """Name of the scenario."""
    what: str
    """What was asked for."""
    found: tuple[Cited, ...]
    """Everything of that name, with its claims and places."""
    texts: SourceTexts | None = None
    """The original texts, if they are at hand."""
    coders: str = ""
    """How many claims of the case were read twice, and by whom; empty where no claim was found."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines.

        Raises:
            UsageError: an original text cannot be read.
        """
        try:
            return {
                "scenario": self.scenario,
                "what": self.what,
                "found": [one.as_json(self.texts) for one in self.found],
                "coders": self.coders,
            }
        except TextError as error:
            raise UsageError(str(error)) from None

    def to_frame(self) -> Any:
        """One row per thing that was found, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(one.as_json() for one in self.found)

    def find_differing_texts(self) -> tuple[str, ...]:
        """Which of the original texts are not the copies that were read, each as a sentence."""
        cited = dict.fromkeys(key for one in self.found for key in one.sources()) if self.texts else {}
        try:
            return tuple(dict.fromkeys(text for key in cited if self.texts and (text := self.texts.check_copy(key))))
        except TextError as error:
            raise UsageError(str(error)) from None

    def __str__(self) -> str:
        try:
            return "\n\n".join("\n".join(one.lines(self.texts)) for one in self.found)
        except TextError as error:
            raise UsageError(str(error)) from None


def cite(what: str, case: str | Path | None = None, *, texts: str | Path | None = None) -> Citations:
    """What a number, an actor, a lever or a source view rests on: claims with their paragraphs, or our assumption.

    Args:
        what: A place such as contest.noise, an actor, a lever, a source view, a claim, a source or a row of evidence; a
            passage such as lund-2032:4 for the claims that rest on it and what uses them; or unused-claims.
        case: Name, file or folder of the scenario; the default case if left out.
        texts: Folder with the original texts, whose cited paragraphs stand under our readings.

    Returns:
        Everything of that name, with its claims and places; `print` shows it as text.

    Raises:
        ScenarioError: something in the scenario does not fit.
        UsageError: nothing is called so; the text says what is nearest.
    """
    evidence = EvidenceSearch.load(str(find_default_case() if case is None else case))
    found = evidence.find(what)
    if not found:
        remedy = suggest(what, evidence.find_nearby(what))
        raise UsageError(f"nothing in {evidence.base.name} is called {what!r}; {remedy}")
    originals = SourceTexts(Path(texts), evidence.base.sources) if texts else None
    claims = evidence.base.claims.values() if any(True for one in found for _ in one.sources()) else ()
    coders = describe_coders_shortly(claims, evidence.base.coders)
    return Citations(evidence.base.name, what, tuple(found), originals, coders)
