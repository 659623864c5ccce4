"""Negotiation: the Mesa reader - one run on plain numbers, week by week, with everything open to inspection.

It reads the same list of rules as the NumPy reader and starts from the same opening, so run 4711 told here is run 4711
of the ensemble to the last bit.
"""

from collections.abc import Callable, Iterator
from typing import Any

import mesa
import numpy as np

from sim.play import luck
from sim.play.board import Board
from sim.play.codebook import Codebook
from sim.play.names import Names, Seen, Thrown
from sim.play.negotiator import Negotiator
from sim.play.state import Position, Start
from sim.rules import choice
from sim.rules.entry import Best, Choose, Classify, Entry, Pick, Rule, Together, Total
from sim.rules.week import WEEK

Place = tuple[int, ...]
Fetch = Callable[[Place], Any]
Step = Callable[[], None]
Watch = Callable[[Rule, str, Place, float, float], None]


class Negotiation(mesa.Model):  # type: ignore[misc]
    """One run. `step()` plays one week; `watch` is told of every variable that a rule moves."""

    def __init__(self, opening: Start, watch: Watch | None = None, entries: tuple[Entry, ...] = WEEK) -> None:
        super().__init__(rng=0)
        self.board: Board = opening.board
        self.run = int(opening.runs[0])
        self.luck_seed = opening.seed
        self.table: dict[str, dict[str, list[Any]]] = {
            space: {name: array[..., 0].tolist() for name, array in variables.items()}
            for space, variables in opening.state.items()
        }
        self.codebook = Codebook(self.board)
        self.names = Names(self.board, {space: set(table) for space, table in self.table.items()})
        self.watch = watch
        for row, (key, actor) in enumerate(self.board.scenario.actors.items()):
            Negotiator(self, row, key, actor.label)
        self.week_steps = [self._step(entry) for entry in entries]
        self.datacollector = mesa.DataCollector(
            model_reporters={name: (lambda m, n=name: m.table["world"][n][0]) for name in ("week", "balance", "stage")},
            agent_reporters={name: (lambda a, n=name: a[n]) for name in ("walk_away", "resilience", "aid")},
        )

    def play(self, week: int) -> None:
        """Play one week."""
        self.table["world"]["week"][0] = float(week)
        self.step()

    def step(self) -> None:
        """Play the week that the world's `week` names, and record it."""
        for step in self.week_steps:
            step()
        self.datacollector.collect(self)

    def look(self, space: str, name: str, row: int) -> float:
        """Value of a variable for one entity."""
        return float(self.table[space][name][row])

    @property
    def position(self) -> Position:
        """The run as it stands, as arrays over one run."""
        state = {
            space: {name: np.array(values, dtype=np.float64)[..., np.newaxis] for name, values in table.items()}
            for space, table in self.table.items()
        }
        return Position(self.board, self.luck_seed, np.array([self.run]), state)

    def _step(self, entry: Entry) -> Step:
        kinds: dict[type, Callable[[Any], Step]] = {
            Rule: self._rule,
            Total: self._total,
            Best: self._best,
            Together: self._together,
            Pick: self._pick,
            Choose: self._choose,
            Classify: self._classify,
        }
        return kinds[type(entry)](entry)

    def _places(self, space: str, only: str) -> list[Place]:
        """Places of a group in a space: rows, or row and column for packages seen by somebody."""
        found = self.board.spaces[space]
        rows = [int(i) for i in found.groups[only]] if only else range(found.shape[0])
        if len(found.shape) == 1:
            return [(row,) for row in rows]
        return [(row, column) for row in rows for column in range(found.shape[1])]

    def _rule(self, rule: Rule) -> Step:
        places, table = self._places(rule.space, rule.only), self.table[rule.space]
        fetches = [
            self._throw(a, rule.luck_by) if isinstance(a, Thrown) else self._fetch(a)
            for a in self.names.arguments(rule)
        ]
        names = (rule.sets,) if isinstance(rule.sets, str) else rule.sets
        single, by = isinstance(rule.sets, str), rule.by

        def apply() -> None:
            made = []
            for place in places:
                value = by(*[fetch(place) for fetch in fetches])
                made.append((value,) if single else value)
            for number, name in enumerate(names):
                for place, values in zip(places, made, strict=True):
                    self._put(rule, table[name], name, place, float(values[number]))

        return apply

    def _put(self, rule: Rule, variable: list[Any], name: str, place: Place, value: float) -> None:
        row = variable if len(place) == 1 else variable[place[0]]
        at = place[-1]
        if self.watch is not None and row[at] != value:
            self.watch(rule, name, place, row[at], value)
        row[at] = value

    def _fetch(self, seen: Seen) -> Fetch:
        """How a variable is read as seen from a place."""
        variable = self.table[seen.space][seen.name]
        grid = bool(variable) and isinstance(variable[0], list)
        if seen.rows is None:
            return (lambda place: variable[place[0]][place[1]]) if grid else (lambda place: variable[place[0]])
        rows = [int(row) for row in seen.rows]
        if seen.axis == -1:
            return lambda place: variable[rows[0]]
        if grid and seen.axis == 1:
            return lambda place: variable[place[0]][rows[place[1]]]
        if grid:
            return lambda place: variable[rows[place[0]]][place[1]]
        axis = seen.axis
        return lambda place: variable[rows[place[axis]]]

    def _throw(self, thrown: Thrown, luck_by: tuple[str, ...]) -> Fetch:
        """How luck is thrown at a place."""
        places = [luck.address(self.luck_seed, who, f"{thrown.kind}_{thrown.what}") for who in thrown.who]
        begun = [luck.started(place, self.run) for place in places]
        world, kind = self.table["world"], luck.normal if thrown.kind == "shock" else luck.uniform

        def throw(place: Place) -> Any:
            h = begun[place[0] if len(begun) > 1 else 0]
            for name in luck_by:
                h = luck.continued(h, world[name][0])
            return kind(h)

        return throw

    def _total(self, total: Total) -> Step:
        space, name = total.of.split(".")
        source, target = self.table[space][name], self.table[total.space][total.sets]
        members = [place[0] for place in self._places(space, total.only)]
        getters = [place[0] for place in self._places(total.space, total.to)]
        link = self.board.spaces[space].links[total.by].index if total.by else None
        shares = {g: [m for m in members if link is None or link[m] == g] for g in getters}

        def add() -> None:
            for getter, rows in shares.items():
                value = 1.0 if total.product else 0.0
                for row in rows:
                    value = value * source[row] if total.product else value + source[row]
                target[getter] = value

        return add

    def _best(self, best: Best) -> Step:
        offers, actors = self.table["offer"][best.of], self.table["actor"]
        sides = [int(side) for side in self.board.spaces["actor"].groups["belligerent"]]

        def compare() -> None:
            for row, side in enumerate(sides):
                value = max(offers[row])
                if best.sets:
                    actors[best.sets][side] = value
                if best.at:
                    actors[best.at][side] = float(offers[row].index(value))

        return compare

    def _together(self, together: Together) -> Step:
        source, target = self.table["stake"][together.of], self.table["package"][together.sets]
        parties = [int(party) for party in self.board.spaces["stake"].groups[together.only]]

        def multiply() -> None:
            for package in range(len(target) - 1):
                value = 1.0
                for party in parties:
                    value = value * source[party][package]
                target[package] = value

        return multiply

    def _pick(self, pick: Pick) -> Step:
        of_space, name = pick.of.split(".")
        places = self._places(pick.space, pick.only)
        source, target = self.table[of_space][name], self.table[pick.space][pick.sets]
        at = self._fetch(self.names.one(pick.space, pick.at))
        links = self.board.spaces[pick.space].links
        owners = [0] if of_space == "package" else [int(i) for i in links[of_space].index]

        def pick_all() -> None:
            for place in places:
                number = int(at(place))
                own = source if of_space == "package" else source[owners[place[0]]]
                target[place[0]] = own[number]

        return pick_all

    def _choose(self, choose: Choose) -> Step:
        actors = [int(i) for i in self.board.spaces["actor"].groups[choose.only]]
        names = [self.board.spaces["actor"].keys[i] for i in actors]

        def act() -> None:
            for name in names:
                self.negotiators[name].choose()

        return act

    @property
    def negotiators(self) -> dict[str, Negotiator]:
        """Actors by key."""
        return {agent.key: agent for agent in self.agents}

    def _classify(self, classify: Classify) -> Step:
        target = self.table["world"][classify.sets]

        def look_up() -> None:
            target[0] = float(self.codebook.outcome(self.look))

        return look_up

    def throws(self, whos: list[str], what: str) -> Iterator[float]:
        """This week's luck of several addresses."""
        week = self.table["world"]["week"][0]
        for who in whos:
            h = luck.started(luck.address(self.luck_seed, who, f"luck_{what}"), self.run)
            yield float(np.float64(luck.uniform(luck.continued(h, week))))

    def choice_of(self, rows: list[int], deeds: list[bool], whos: list[str]) -> list[float]:
        """Which of the moves in these rows is made."""
        table, world = self.table["move"], self.table["world"]
        noises = [choice.gumbel(u) for u in self.throws(whos, "choice")]
        lucks = list(self.throws(whos, "second_key"))
        worths, opens = [table["worth"][row] for row in rows], [table["open"][row] for row in rows]
        return choice.chosen(worths, opens, noises, deeds, lucks, world["precision"][0], world["second_key"][0])
