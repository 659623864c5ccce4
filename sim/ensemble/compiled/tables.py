"""Tables: for every entry of the week, its function and the table that tells it where things stand on a board."""

from collections.abc import Callable, Iterable
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.compiled import grids, shapes
from sim.ensemble.compiled.function import Function
from sim.ensemble.compiled.slots import WASTE, ZERO, Slots
from sim.play import luck
from sim.play.board import Board, Index
from sim.play.names import Argument, Names, Seen, Thrown
from sim.rules.entry import Best, Choose, Classify, Entry, Pick, Rule, Together, Total

Part = tuple[Function | None, list[int]]
"""A function and its table; no function for the entry that the scenario's own codebook plays."""

MOVES = (4, 8, 16)
"""Lengths of lists of moves for which there are functions; longer lists get functions of their own."""


class NotCompiledError(NotImplementedError):
    """The compiled reader does not know how to play an entry."""


class Tables:
    """Makes the tables of a board."""

    def __init__(self, board: Board, seed: int, slots: Slots) -> None:
        self.board = board
        self.seed = seed
        self.slots = slots
        variables: dict[str, set[str]] = {space: set() for space in board.spaces}
        for space, name in slots.shapes:
            variables[space].add(name)
        self.names = Names(board, variables)

    def parts(self, entries: Iterable[Entry]) -> list[Part]:
        """Functions and tables in playing order."""
        kinds: dict[type, Callable[[Any], list[Part]]] = {
            Rule: self._rule,
            Total: self._total,
            Best: self._best,
            Together: self._together,
            Pick: self._pick,
            Choose: self._choose,
            Classify: lambda _: [(None, [])],
        }
        found: list[Part] = []
        for stretch in grids.stretches(tuple(entries), self._is_grid):
            if self._is_grid(stretch[0]):
                found += self._grids(cast("list[Rule]", stretch))
            else:
                found += kinds[type(stretch[0])](stretch[0])
        return found

    def _is_grid(self, entry: Entry) -> bool:
        return isinstance(entry, Rule) and len(self.board.spaces[entry.space].shape) == 2

    def _group(self, space: str, only: str) -> Index:
        found = self.board.spaces[space]
        return found.groups[only] if only else np.arange(found.shape[0])

    def _rule(self, rule: Rule) -> list[Part]:
        group, arguments = self._group(rule.space, rule.only), self.names.arguments(rule)
        sets = grids.sets_of(rule)
        self._no_crossing(rule, arguments, sets, group)
        table = [group.size, *(self.slots.of("world", name) for name in rule.luck_by)]
        for entity in group:
            table += [self._at(argument, int(entity)) for argument in arguments]
            table += [self.slots.of(rule.space, name, int(entity)) for name in sets]
        kinds = tuple(_kind(argument) for argument in arguments)
        return [(shapes.flat_rule(rule.by, kinds, len(rule.luck_by), len(sets)), table)]

    def _no_crossing(self, rule: Rule, arguments: Iterable[Argument], sets: tuple[str, ...], group: Index) -> None:
        """All of a rule's entities look before any of them sets anything; here that must make no difference."""
        for seen in arguments:
            if not isinstance(seen, Seen) or seen.space != rule.space or seen.name not in sets or seen.rows is None:
                continue
            looked_at = seen.rows if seen.axis == -1 else seen.rows[group] if seen.axis == 0 else group
            if seen.axis == 1 or np.isin(looked_at, group).any():
                raise NotCompiledError(f"{rule.by.__module__}: entities look at {seen.name} while others set it")

    def _at(self, argument: Argument, entity: int) -> int:
        """Slot of an argument as an entity sees it, or the place of its luck."""
        if isinstance(argument, Thrown):
            who = argument.who[entity if len(argument.who) > 1 else 0]
            return self._place(who, f"{argument.kind}_{argument.what}")
        rows = argument.rows
        row = entity if rows is None else int(rows[0 if argument.axis == -1 else entity])
        return self.slots.of(argument.space, argument.name, row)

    def _place(self, who: str, what: str) -> int:
        place = luck.address(self.seed, who, what)
        return place - (1 << 64) if place >= 1 << 63 else place

    def _grids(self, rules: list[Rule]) -> list[Part]:
        """One part for each loop over packages, or over what else somebody sees."""
        group, found = self._group(rules[0].space, rules[0].only), list[Part]()
        for rule in rules:
            arguments = self.names.arguments(rule)
            self._no_crossing(rule, arguments, grids.sets_of(rule), group)
            if any(isinstance(argument, Thrown) for argument in arguments):
                raise NotCompiledError(f"{rule.by.__module__}: luck for every package of every party")
        for grid in grids.grids_of(rules, self.names.arguments):
            columns, space = self.board.spaces[rules[0].space].shape[1], rules[0].space
            kinds = tuple(self._kind_in_grid(seen) for seen in grid.arguments)
            further = [seen.rows for seen, kind in zip(grid.arguments, kinds, strict=True) if kind == grids.COLUMN]
            table = [group.size, columns]
            for column in range(columns):
                table += [int(rows[column]) for rows in further if rows is not None]
            for row in group:
                table += [self._first(seen, int(row)) for seen in grid.arguments]
                table += [self.slots.of(space, name, int(row)) for name in grid.sets]
            found.append((grids.grid_rule(grid.steps, kinds, len(grid.sets)), table))
        return found

    def _wide(self, seen: Seen) -> bool:
        return len(self.slots.shapes[seen.space, seen.name]) == 2

    def _kind_in_grid(self, seen: Seen) -> str:
        if seen.axis == 1:
            return grids.COLUMN
        return grids.PLACE if self._wide(seen) else grids.ROW

    def _first(self, seen: Seen, row: int) -> int:
        """Slot of an argument in a row's first column, or before the column's own step."""
        if seen.axis == 1:
            return self.slots.of(seen.space, seen.name, row if self._wide(seen) else 0)
        return self._at(seen, row)

    def _total(self, total: Total) -> list[Part]:
        space, name = total.of.split(".")
        members = self._group(space, total.only)
        link = self.board.spaces[space].links[total.by].index if total.by else None
        getters = self._group(total.space, total.to)
        table = [getters.size]
        for getter in getters:
            summed = [int(m) for m in members if link is None or link[m] == getter]
            table += [self.slots.of(total.space, total.sets, int(getter)), len(summed)]
            table += [self.slots.of(space, name, member) for member in summed]
        return [(shapes.total(total.product), table)]

    def _best(self, best: Best) -> list[Part]:
        sides = self._group("actor", "belligerent")
        table = [sides.size]
        for row, side in enumerate(sides):
            sets = [self.slots.of("actor", name, int(side)) if name else WASTE for name in (best.sets, best.at)]
            table += [self.slots.of("offer", best.of, row), self.slots.columns("offer", best.of), *sets]
        return [(shapes.best(), table)]

    def _together(self, together: Together) -> list[Part]:
        parties = self._group("stake", together.only)
        firsts = [self.slots.of("stake", together.of, int(party)) for party in parties]
        sets = self.slots.of("package", together.sets)
        return [(shapes.together(), [self.slots.columns("stake", together.of), parties.size, sets, *firsts])]

    def _pick(self, pick: Pick) -> list[Part]:
        of_space, name = pick.of.split(".")
        group, at = self._group(pick.space, pick.only), self.names.one(pick.space, pick.at)
        table = [group.size]
        for entity in group:
            owner = 0 if of_space == "package" else int(self.board.spaces[pick.space].links[of_space].index[entity])
            table += [self.slots.of(of_space, name, owner), self._at(at, int(entity))]
            table.append(self.slots.of(pick.space, pick.sets, int(entity)))
        return [(shapes.pick(), table)]

    def _choose(self, choose: Choose) -> list[Part]:
        """One part for each length of list, so that the kernel is the same for all boards."""
        keys, tables = self.board.spaces["actor"].keys, {moves: [0] for moves in MOVES}
        for actor in self._group("actor", choose.only):
            rows = [row for row, move in enumerate(self.board.moves) if move.actor == keys[actor]]
            moves = next((size for size in MOVES if size >= len(rows)), 1 << (len(rows) - 1).bit_length())
            table = tables.setdefault(moves, [0])
            table[0] += 1
            table += [number for row in rows for number in self._move(row)]
            table += [ZERO, ZERO, WASTE, 0, 0, 0] * (moves - len(rows))
        world = [self.slots.of("world", name) for name in ("precision", "second_key", "week")]
        return [(shapes.choose(moves), [table[0], *world, *table[1:]]) for moves, table in tables.items()]

    def _move(self, row: int) -> list[int]:
        move = self.board.moves[row]
        slots = [self.slots.of("move", name, row) for name in ("worth", "open", "chosen")]
        places = [self._place(move.key, what) for what in ("luck_choice", "luck_second_key")]
        return [*slots, *places, int(move.deed)]


def _kind(argument: Argument) -> str:
    """Kind of an argument of a rule in a space of one dimension."""
    if isinstance(argument, Thrown):
        return "shock" if argument.kind == "shock" else "luck"
    return "number"


def flat(tables: list[list[int]]) -> tuple[NDArray[np.int64], list[int]]:
    """All tables one after another, and where each begins."""
    starts, place = [], 0
    for table in tables:
        starts.append(place)
        place += len(table)
    return np.array([number for table in tables for number in table] or [0], dtype=np.int64), starts
