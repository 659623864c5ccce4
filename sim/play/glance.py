"""Glance: one week of a run as its teller sees it - the state now, the little of last week's that matters, names."""

from typing import Any

from sim.play.negotiation import Negotiation
from sim.play.phrases import listed, named, rule_words, say
from sim.play.story import Event

Words = dict[str, Any]
"""Words that a sentence uses, by their place in it."""

REMEMBERED = (
    ("actor", "at_table"),
    ("actor", "tabled"),
    ("world", "deal_weeks"),
    ("lever", "weeks_on"),
    ("lever", "threat_left"),
    ("lever", "executed"),
    ("purchase", "complies"),
    ("dyad", "chance"),
    ("world", "truce_left"),
)
"""Variables whose values of last week are kept."""


class Glance:
    """What can be seen of a negotiation in the week that was just played."""

    def __init__(self, negotiation: Negotiation) -> None:
        self.model = negotiation
        self.board = negotiation.board
        self.scenario = negotiation.board.scenario
        self.week = 0
        self.actors = negotiation.board.spaces["actor"].keys
        self.sides = [int(row) for row in negotiation.board.spaces["actor"].groups["belligerent"]]
        self.mediator = self.scenario.mediator
        self._packages = negotiation.board.packages
        self._before: dict[tuple[str, str], list[float]] = {}
        self.remember()

    def remember(self) -> None:
        """Keep what the next week will be compared with."""
        self._before = {(space, name): list(self.model.table[space][name]) for space, name in REMEMBERED}

    def now(self, space: str, name: str, row: int = 0) -> float:
        """Value after this week."""
        return float(self.model.table[space][name][row])

    def before(self, space: str, name: str, row: int = 0) -> float:
        """Value after the week before."""
        return self._before[space, name][row]

    def world(self, name: str) -> float:
        """Value of one of the world's variables after this week."""
        return float(self.model.table["world"][name][0])

    @property
    def seat(self) -> int:
        """Row of the side at the table, or of the one that sat there before the week; -1 for none."""
        for look in (self.now, self.before):
            for row in self.sides:
                if look("actor", "at_table", row) > 0.0:
                    return row
        return -1

    def name(self, key: str) -> str:
        """An actor as it stands in a sentence."""
        return named(self.scenario.actors[key].label) if key in self.scenario.actors else ""

    def at(self, row: int) -> str:
        """The actor in a row, as it stands in a sentence."""
        return self.name(self.actors[row])

    def group(self, name: str, variable: str) -> list[int]:
        """Rows of those in a group of actors for whom a variable is set."""
        rows = [int(row) for row in self.board.spaces["actor"].groups[name]]
        return [row for row in rows if self.now("actor", variable, row) > 0.0]

    def names(self, rows: list[int]) -> str:
        """Several actors in words."""
        return listed([self.at(row) for row in rows])

    def package(self, at: float) -> Words:
        """Labels of the content and path of a package, by its number."""
        content, path = self._packages[int(at)]
        return {"content": self._content(content), "path": self.scenario.paths[path].label}

    def _content(self, name: str) -> str:
        focal = self.scenario.menu.focal.get(name)
        if focal is not None:
            return focal.label
        options = dict(self.board.contents)[name]
        issues = self.scenario.issues
        return "; ".join(f"{issues[i].label}: {issues[i].options[o].label}" for i, o in options.items())

    def event(
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
            words.setdefault("actor", self.name(actor))
        if self.mediator:
            words.setdefault("mediator", self.name(self.mediator))
        address = f"{self.model.luck_seed}/{self.model.run}/{self.week}/{actor}/{what}"
        sentence = say("rule", sentence=say(key, address, **words), rule=rule_words(rule))
        return Event(self.week, actor, rule, what, *numbers, sentence, reasons)
