"""Week view: one week of a run as narrators see it - the state now, the little of last week's that matters, names."""

from typing import Any

from sim.model.simulation import Engine
from sim.narrative.names import Name, join_names, parse_name
from sim.narrative.story import Event
from sim.narrative.wording import begin, format_rule, message, name_things, with_article

Words = dict[str, Any]
"""Words that a sentence uses, by their place in it."""

STRIKE = "strike"
"""Key of the sentence for which a case may have its own clause."""

REMEMBERED_VARIABLES = (
    ("actor", "at_table"),
    ("actor", "tabled"),
    ("world", "deal_weeks"),
    ("lever", "weeks_on"),
    ("lever", "threat_left"),
    ("lever", "executed"),
    ("compliance", "complies"),
    ("belief", "chance"),
    ("world", "truce_left"),
)
"""Variables whose values of last week are remembered."""


class WeekView:
    """What can be seen of a run, the only one of its engine, in the week that was just simulated."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.layout = engine.layout
        self.scenario = engine.layout.scenario
        self.week = 0
        self.actors = engine.layout.spaces["actor"].keys
        self.sides = [int(row) for row in engine.layout.spaces["actor"].groups["disputant"]]
        self.mediator = self.scenario.mediator
        self.things = name_things(self.scenario.words)
        self._packages = engine.layout.packages
        self._previous: dict[tuple[str, str], list[float]] = {}
        self.remember()

    def remember(self) -> None:
        """Remember what the next week will be compared with."""
        self._previous = {place: self.engine.read_variable(*place)[:, 0].tolist() for place in REMEMBERED_VARIABLES}

    def current(self, space: str, name: str, row: int = 0) -> float:
        """Value after this week."""
        return float(self.engine.read(space, name, row)[0])

    def previous(self, space: str, name: str, row: int = 0) -> float:
        """Value after the week before."""
        return self._previous[space, name][row]

    def world(self, name: str) -> float:
        """Value of one of the world's variables after this week."""
        return self.current("world", name)

    @property
    def seat(self) -> int:
        """Row of the side at the table, or of the one that sat there before the week; -1 for none."""
        for look in (self.current, self.previous):
            for row in self.sides:
                if look("actor", "at_table", row) > 0.0:
                    return row
        return -1

    def list_moves(self, actor: int) -> list[int]:
        """Rows of the moves of an actor."""
        return [row for row, move in enumerate(self.layout.moves) if move.actor == self.actors[actor]]

    def name_actor(self, key: str) -> Name:
        """An actor as it stands in a sentence."""
        actor = self.scenario.actors.get(key)
        return parse_name(actor.name or with_article(actor.label)) if actor else Name([""])

    def name_row(self, row: int) -> Name:
        """The actor in a row, as it stands in a sentence."""
        return self.name_actor(self.actors[row])

    def find_members(self, name: str, variable: str) -> list[int]:
        """Rows of those in a group of actors for whom a variable is set."""
        rows = [int(row) for row in self.layout.spaces["actor"].groups[name]]
        return [row for row in rows if self.current("actor", variable, row) > 0.0]

    def name_rows(self, rows: list[int]) -> Name:
        """Several actors in words."""
        return join_names([self.name_row(row) for row in rows])

    def describe_package(self, at: float) -> Words:
        """Labels of the terms and the sequence of a package, by its number."""
        terms, sequence = self._packages[int(at)]
        return {"terms": self._describe_terms(terms), "sequence": self.scenario.sequences[sequence].label}

    def _describe_terms(self, name: str) -> str:
        named = self.scenario.menu.named.get(name)
        if named is not None:
            return named.label
        return "; ".join(self._list_terms(name))

    def _list_terms(self, name: str) -> list[str]:
        """What is agreed on every issue."""
        options, issues = dict(self.layout.terms)[name], self.scenario.issues
        return [f"{issues[i].label}: {issues[i].options[o].label}" for i, o in options.items()]

    def list_contents(self, at: int) -> tuple[str, ...]:
        """A package issue by issue, the sequence last, by its number."""
        terms, sequence = self._packages[at]
        return (*self._list_terms(terms), self.scenario.sequences[sequence].label)

    def describe_shortly(self, at: int) -> str:
        """A package in one phrase, by its number; the sequence is named where there are several."""
        terms, sequence = self._packages[at]
        text, sequences = self._describe_terms(terms), self.scenario.sequences
        return f"{text} – {sequences[sequence].label}" if len(sequences) > 1 else text

    def make_event(
        self,
        key: str,
        rule: str,
        what: str,
        numbers: tuple[float | None, float | None],
        actor: str = "",
        reasons: tuple[str, ...] = (),
        **words: Any,
    ) -> Event:
        """An event of this week, put into words."""
        if actor:
            words.setdefault("actor", self.name_actor(actor))
        if self.mediator:
            words.setdefault("mediator", self.name_actor(self.mediator))
        words["case"] = self.things
        words.setdefault("often", "")
        address = f"{self.engine.seed}/{self.engine.runs[0]}/{self.week}/{actor}/{what}"
        plain = self._say(key, address, words)
        sentence = message("rule", sentence=plain, rule=format_rule(rule))
        return Event(self.week, actor, rule, what, *numbers, sentence, reasons, key, words, plain)

    def _say(self, key: str, address: str, words: Words) -> str:
        """The sentence for a key; the case may have its own clause for a strike."""
        if key == STRIKE:
            return begin(f"{self.things.strike.format_map(words)}.")
        return message(key, address, **words)
