"""Dispatch tables: for every step of the week, its function and the table that tells it where things stand."""

from collections.abc import Iterable
from typing import cast

import numpy as np
from numpy.typing import NDArray

from sim.engines.compiler import loop_fusion, step_kernels
from sim.engines.compiler.function_builder import FunctionBuilder
from sim.engines.compiler.memory_layout import WASTE, ZERO, Slots
from sim.engines.step_dispatch import StepDispatch
from sim.model import random_streams
from sim.model.argument_binding import Argument, ArgumentBinder, RandomRef, VariableRef
from sim.model.layout import Index, Layout
from sim.rules.week.steps import (
    BestPackage,
    ChooseMove,
    ClassifyOutcome,
    Lookup,
    ProductOverParties,
    Reduce,
    Rule,
    Step,
)

Part = tuple[FunctionBuilder | None, list[int]]
"""A function and its table; no function for the step that the scenario's own outcome classifier simulates."""

MOVE_LIST_LENGTHS = (4, 8, 16, 24)
"""Lengths of lists of moves for which there are functions; longer lists get functions of their own."""


class NotCompiledError(NotImplementedError):
    """The compiled engine does not know how to simulate a step."""


class DispatchTables(StepDispatch[list[Part]]):
    """Makes the tables of a layout."""

    def __init__(self, layout: Layout, seed: int, slots: Slots) -> None:
        self.layout = layout
        self.seed = seed
        self.slots = slots
        variables: dict[str, set[str]] = {space: set() for space in layout.spaces}
        for space, name in slots.shapes:
            variables[space].add(name)
        self.binder = ArgumentBinder(layout, variables)

    def make_parts(self, steps: Iterable[Step]) -> list[Part]:
        """Functions and tables in the order of the week."""
        found: list[Part] = []
        for stretch in loop_fusion.group_steps(tuple(steps), self._is_fusible):
            if self._is_fusible(stretch[0]):
                found += self._make_fused_loops(cast("list[Rule]", stretch))
            else:
                found += self.make_step(stretch[0])
        return found

    def _is_fusible(self, step: Step) -> bool:
        return isinstance(step, Rule) and len(self.layout.spaces[step.space].shape) == 2

    def _find_group(self, space: str, group: str) -> Index:
        found = self.layout.spaces[space]
        return found.groups[group] if group else np.arange(found.shape[0])

    def _make_rule(self, rule: Rule) -> list[Part]:
        group, arguments = self._find_group(rule.space, rule.group), self.binder.bind(rule)
        sets = loop_fusion.list_set_names(rule)
        self._refuse_crossing(rule, arguments, sets, group)
        table = [group.size, *(self.slots.allocate("world", name) for name in rule.random_keys)]
        for entity in group:
            table += [self._find_slot(argument, int(entity)) for argument in arguments]
            table += [self.slots.allocate(rule.space, name, int(entity)) for name in sets]
        kinds = tuple(_find_kind(argument) for argument in arguments)
        return [(step_kernels.build_rule(rule.function, kinds, len(rule.random_keys), len(sets)), table)]

    def _refuse_crossing(self, rule: Rule, arguments: Iterable[Argument], sets: tuple[str, ...], group: Index) -> None:
        """All of a rule's entities look before any of them sets anything; here that must make no difference."""
        for seen in arguments:
            if (
                not isinstance(seen, VariableRef)
                or seen.space != rule.space
                or seen.name not in sets
                or seen.rows is None
            ):
                continue
            looked_at = seen.rows if seen.axis == -1 else seen.rows[group] if seen.axis == 0 else group
            if seen.axis == 1 or np.isin(looked_at, group).any():
                raise NotCompiledError(f"{rule.function.__module__}: entities look at {seen.name} while others set it")

    def _find_slot(self, argument: Argument, entity: int) -> int:
        """Slot of an argument as an entity sees it, or the address of its random stream."""
        if isinstance(argument, RandomRef):
            who = argument.who[entity if len(argument.who) > 1 else 0]
            return self._make_stream_key(who, f"{argument.kind}_{argument.what}")
        rows = argument.rows
        row = entity if rows is None else int(rows[0 if argument.axis == -1 else entity])
        return self.slots.allocate(argument.space, argument.name, row)

    def _make_stream_key(self, who: str, what: str) -> int:
        place = random_streams.stream_key(self.seed, who, what)
        return place - (1 << 64) if place >= 1 << 63 else place

    def _make_fused_loops(self, rules: list[Rule]) -> list[Part]:
        """One part for each loop over packages, or over what else somebody sees."""
        group, found = self._find_group(rules[0].space, rules[0].group), list[Part]()
        for rule in rules:
            arguments = self.binder.bind(rule)
            self._refuse_crossing(rule, arguments, loop_fusion.list_set_names(rule), group)
            if any(isinstance(argument, RandomRef) for argument in arguments):
                raise NotCompiledError(f"{rule.function.__module__}: random numbers for every package of every party")
        for grid in loop_fusion.fuse_rules(rules, self.binder.bind):
            columns, space = self.layout.spaces[rules[0].space].shape[1], rules[0].space
            kinds = tuple(self._find_kind_in_loop(seen) for seen in grid.arguments)
            further = [
                seen.rows for seen, kind in zip(grid.arguments, kinds, strict=True) if kind == loop_fusion.COLUMN
            ]
            table = [group.size, columns]
            for column in range(columns):
                table += [int(rows[column]) for rows in further if rows is not None]
            for row in group:
                table += [self._find_first_slot(seen, int(row)) for seen in grid.arguments]
                table += [self.slots.allocate(space, name, int(row)) for name in grid.sets]
            found.append((loop_fusion.build_fused_loop(grid.rules, kinds, len(grid.sets)), table))
        return found

    def _is_wide(self, ref: VariableRef) -> bool:
        return len(self.slots.shapes[ref.space, ref.name]) == 2

    def _find_kind_in_loop(self, ref: VariableRef) -> str:
        if ref.axis == 1:
            return loop_fusion.COLUMN
        return loop_fusion.PLACE if self._is_wide(ref) else loop_fusion.ROW

    def _find_first_slot(self, ref: VariableRef, row: int) -> int:
        """Slot of an argument in a row's first column, or before the column's own step."""
        if ref.axis == 1:
            return self.slots.allocate(ref.space, ref.name, row if self._is_wide(ref) else 0)
        return self._find_slot(ref, row)

    def _make_reduction(self, reduction: Reduce) -> list[Part]:
        space, name = reduction.of.split(".")
        members = self._find_group(space, reduction.group)
        index = self.layout.spaces[space].relations[reduction.by].index if reduction.by else None
        getters = self._find_group(reduction.space, reduction.receivers)
        table = [getters.size]
        for getter in getters:
            summed = [int(m) for m in members if index is None or index[m] == getter]
            table += [self.slots.allocate(reduction.space, reduction.sets, int(getter)), len(summed)]
            table += [self.slots.allocate(space, name, member) for member in summed]
        return [(step_kernels.build_reduction(reduction.product), table)]

    def _make_best_package(self, best: BestPackage) -> list[Part]:
        sides = self._find_group("actor", "disputant")
        table = [sides.size]
        for row, side in enumerate(sides):
            sets = [self.slots.allocate("actor", name, int(side)) if name else WASTE for name in (best.sets, best.at)]
            table += [
                self.slots.allocate("side_package", best.of, row),
                self.slots.count_columns("side_package", best.of),
                *sets,
            ]
        return [(step_kernels.build_best_package(), table)]

    def _make_product(self, product: ProductOverParties) -> list[Part]:
        parties = self._find_group("party_package", product.group)
        firsts = [self.slots.allocate("party_package", product.of, int(party)) for party in parties]
        sets = self.slots.allocate("package", product.sets)
        return [
            (
                step_kernels.build_product(),
                [self.slots.count_columns("party_package", product.of), parties.size, sets, *firsts],
            )
        ]

    def _make_lookup(self, lookup: Lookup) -> list[Part]:
        of_space, name = lookup.of.split(".")
        group, at = self._find_group(lookup.space, lookup.group), self.binder.bind_name(lookup.space, lookup.at)
        table = [group.size]
        for entity in group:
            owner = (
                0 if of_space == "package" else int(self.layout.spaces[lookup.space].relations[of_space].index[entity])
            )
            table += [self.slots.allocate(of_space, name, owner), self._find_slot(at, int(entity))]
            table.append(self.slots.allocate(lookup.space, lookup.sets, int(entity)))
        return [(step_kernels.build_lookup(), table)]

    def _make_choice(self, choose: ChooseMove) -> list[Part]:
        """One part for each length of list, so that the kernel is the same for all layouts."""
        keys, tables = self.layout.spaces["actor"].keys, {moves: [0] for moves in MOVE_LIST_LENGTHS}
        for actor in self._find_group("actor", choose.group):
            rows = [row for row, move in enumerate(self.layout.moves) if move.actor == keys[actor]]
            moves = next((size for size in MOVE_LIST_LENGTHS if size >= len(rows)), 1 << (len(rows) - 1).bit_length())
            table = tables.setdefault(moves, [0])
            table[0] += 1
            table += [number for row in rows for number in self._make_move_record(row)]
            table += [ZERO, ZERO, WASTE, 0, 0, 0] * (moves - len(rows))
        world = [self.slots.allocate("world", name) for name in ("precision", "second_key", "week")]
        return [(step_kernels.build_choice(moves), [table[0], *world, *table[1:]]) for moves, table in tables.items()]

    def _make_classification(self, classify: ClassifyOutcome) -> list[Part]:
        """No function of the shared kernel: every scenario brings the code of its own outcomes (module.py)."""
        return [(None, [])]

    def _make_move_record(self, row: int) -> list[int]:
        move, name = self.layout.moves[row], self.layout.spaces["move"].stream_names[row]
        slots = [self.slots.allocate("move", field, row) for field in ("worth", "open", "chosen")]
        places = [self._make_stream_key(name, what) for what in ("luck_choice", "luck_second_key")]
        return [*slots, *places, int(move.needs_second_key)]


def _find_kind(argument: Argument) -> str:
    """Kind of an argument of a rule in a space of one dimension."""
    if isinstance(argument, RandomRef):
        return "shock" if argument.kind == "shock" else "luck"
    return "number"


def concatenate_tables(tables: list[list[int]]) -> tuple[NDArray[np.int64], list[int]]:
    """All tables one after another, and where each begins."""
    starts, place = [], 0
    for table in tables:
        starts.append(place)
        place += len(table)
    return np.array([number for table in tables for number in table] or [0], dtype=np.int64), starts
