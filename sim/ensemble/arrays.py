"""Arrays: the NumPy reader - the week's list of rules played on arrays over runs.

Every variable of a one-dimensional space is an array (entities + nobody, runs); packages as parties or sides see them
are arrays (parties, packages, runs). Sums run entity by entity in file order, so that a run has the same bits in any
chunk, alone, and in the plain reader.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.play import luck
from sim.play.board import Index
from sim.play.codebook import Codebook
from sim.play.names import Names, Seen, Thrown
from sim.play.state import Array, Start, State
from sim.rules import choice
from sim.rules.entry import Best, Choose, Classify, Entry, Pick, Rule, Together, Total
from sim.rules.week import WEEK

Fetch = Callable[[], Any]
Step = Callable[[], None]


def _rows(index: Index) -> Any:
    """A slice where rows follow one another, so that NumPy need not copy."""
    if index.size and np.array_equal(index, np.arange(index[0], index[0] + index.size)):
        return slice(int(index[0]), int(index[0]) + index.size)
    return index


def _own(table: dict[str, Array]) -> dict[str, Array]:
    """The same arrays, and own ones in place of those that cannot be written."""
    return {name: array if array.flags.writeable else array.copy() for name, array in table.items()}


class Arrays:
    """State of many runs, and the week made ready for them."""

    def __init__(self, opening: Start, entries: tuple[Entry, ...] = WEEK) -> None:
        self.board = opening.board
        self.seed = opening.seed
        self.runs = opening.runs
        self.state: State = {space: _own(table) for space, table in opening.state.items()}
        self.codebook = Codebook(self.board)
        self.names = Names(self.board, {space: set(table) for space, table in self.state.items()})
        self.steps: list[Step] = [self._step(entry) for entry in entries]

    def play(self, week: int) -> None:
        """Play one week."""
        self.state["world"]["week"][0] = float(week)
        for step in self.steps:
            step()

    def look(self, space: str, name: str, row: int) -> Array:
        """Values of a variable for one entity, over runs."""
        values: Array = self.state[space][name][row]
        return values

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

    def _group(self, space: str, only: str) -> Index:
        """Rows of a group, or of the whole space."""
        found = self.board.spaces[space]
        return found.groups[only] if only else np.arange(found.shape[0])

    def _rule(self, rule: Rule) -> Step:
        group = self._group(rule.space, rule.only)
        if not group.size:
            return lambda: None
        arguments = self.names.arguments(rule)
        fetches = [
            self._throw(a, group, rule.luck_by) if isinstance(a, Thrown) else self._fetch(rule.space, a, group)
            for a in arguments
        ]
        rows, table, by = _rows(group), self.state[rule.space], rule.by
        if isinstance(rule.sets, str):
            single = table[rule.sets]

            def set_one() -> None:
                single[rows] = by(*[fetch() for fetch in fetches])

            return set_one
        several = [table[name] for name in rule.sets]

        def set_several() -> None:
            for target, value in zip(several, by(*[fetch() for fetch in fetches]), strict=True):
                target[rows] = value

        return set_several

    def _fetch(self, space: str, seen: Seen, group: Index) -> Fetch:
        """How a variable is read as seen from a group of a space."""
        array = self.state[seen.space][seen.name]
        flat = len(self.board.spaces[space].shape) == 1
        if seen.rows is None:
            own = _rows(group)
            return lambda: array[own]
        if seen.axis == -1:
            row = int(seen.rows[0])
            return lambda: array[row]
        if seen.axis == 1:
            rows = _rows(seen.rows)
            if array.ndim == 3:
                whole = _rows(group)
                return lambda: array[whole][:, rows]
            return lambda: array[rows][np.newaxis]
        rows = _rows(seen.rows[group])
        if flat or array.ndim == 3:
            return lambda: array[rows]
        return lambda: array[rows][:, np.newaxis]

    def _throw(self, thrown: Thrown, group: Index, luck_by: tuple[str, ...]) -> Fetch:
        """How luck is thrown for a group."""
        who = [thrown.who[i] if len(thrown.who) > 1 else thrown.who[0] for i in group]
        places = [luck.address(self.seed, name, f"{thrown.kind}_{thrown.what}") for name in who]
        begun = luck.started(np.array(places, dtype=np.uint64)[:, np.newaxis], self.runs[np.newaxis])
        world, kind = self.state["world"], luck.normal if thrown.kind == "shock" else luck.uniform

        def throw() -> Any:
            h = begun
            for name in luck_by:
                h = luck.continued(h, world[name][0])
            return kind(h)

        return throw

    def _total(self, total: Total) -> Step:
        space, name = total.of.split(".")
        source, members = self.state[space][name], self._group(space, total.only)
        target = self.state[total.space][total.sets]
        getters = self._group(total.space, total.to)
        link = self.board.spaces[space].links[total.by].index if total.by else None
        shares = {int(g): [int(m) for m in members if link is None or link[m] == g] for g in getters}
        start = 1.0 if total.product else 0.0

        def add() -> None:
            for getter, rows in shares.items():
                value: Any = start
                for row in rows:
                    value = value * source[row] if total.product else value + source[row]
                target[getter] = value

        return add

    def _best(self, best: Best) -> Step:
        offers, actors = self.state["offer"][best.of], self.state["actor"]
        sides = self.board.spaces["actor"].groups["belligerent"]

        def compare() -> None:
            for row, side in enumerate(sides):
                if best.sets:
                    actors[best.sets][side] = offers[row].max(axis=0)
                if best.at:
                    actors[best.at][side] = offers[row].argmax(axis=0)

        return compare

    def _together(self, together: Together) -> Step:
        source, target = self.state["stake"][together.of], self.state["package"][together.sets]
        parties = self.board.spaces["stake"].groups[together.only]

        def multiply() -> None:
            value: Any = 1.0
            for party in parties:
                value = value * source[party]
            target[:-1] = value

        return multiply

    def _pick(self, pick: Pick) -> Step:
        of_space, name = pick.of.split(".")
        group = self._group(pick.space, pick.only)
        if not group.size:
            return lambda: None
        source, target = self.state[of_space][name], self.state[pick.space][pick.sets]
        at = self._fetch(pick.space, self.names.one(pick.space, pick.at), group)
        columns, rows = np.arange(self.runs.size), _rows(group)
        if of_space == "package":

            def pick_one() -> None:
                target[rows] = source[at().astype(np.int64), columns]

            return pick_one
        owners = self.board.spaces[pick.space].links[of_space].index[group][:, np.newaxis]

        def pick_own() -> None:
            target[rows] = source[owners, at().astype(np.int64), columns]

        return pick_own

    def _choose(self, choose: Choose) -> Step:
        moves, table, world = self.board.moves, self.state["move"], self.state["world"]
        parts = []
        for actor in self.board.spaces["actor"].groups[choose.only]:
            name = self.board.spaces["actor"].keys[actor]
            rows = [i for i, move in enumerate(moves) if move.actor == name]
            who = tuple(moves[i].key for i in rows)
            every = np.arange(len(rows))
            noise = self._throw(Thrown("luck", "choice", who), every, ("week",))
            second = self._throw(Thrown("luck", "second_key", who), every, ("week",))
            parts.append((rows, [moves[i].deed for i in rows], noise, second))

        def act() -> None:
            precision, second_key = world["precision"][0], world["second_key"][0]
            for rows, deeds, noise, second in parts:
                worths, opens = list(table["worth"][rows]), list(table["open"][rows])
                noises, lucks = list(choice.gumbel(noise())), list(second())
                made = choice.chosen(worths, opens, noises, deeds, lucks, precision, second_key)
                for row, value in zip(rows, made, strict=True):
                    table["chosen"][row] = value

        return act

    def _classify(self, classify: Classify) -> Step:
        target = self.state["world"][classify.sets]

        def look_up() -> None:
            target[0] = self.codebook.outcome(self.look)

        return look_up
