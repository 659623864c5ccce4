"""Step kernels: for every kind of step of the week, the function that simulates it on any layout.

A function knows the arithmetic of its step and nothing of a layout; how many there are, and where their numbers
stand, it reads from its table (dispatch_tables.py). So one kernel serves every scenario.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from sim.engines.compiler.code_printer import NUMBER, format_constant
from sim.engines.compiler.function_builder import FunctionBuilder
from sim.engines.compiler.tracer import TraceGraph, Tracer, collect_results
from sim.model import random_streams
from sim.rules import choice

FLOAT = np.dtype(np.float64)
ONE, NOTHING = format_constant(1.0, FLOAT), format_constant(0.0, FLOAT)
GENERATORS: dict[str, Callable[[Any], Any]] = {"luck": random_streams.uniform, "shock": random_streams.normal_from_bits}
RANDOM_KINDS = frozenset(GENERATORS)
"""Kinds of argument that are random numbers; all others are numbers that stand in a slot."""


class Leaves:
    """Arguments of a trace, with the names their values have in the function."""

    def __init__(self) -> None:
        self.graph = TraceGraph()
        self.names: list[str] = []

    def add_number(self, name: str, kind: Any = np.float64) -> Tracer:
        """One more argument."""
        self.names.append(name)
        return self.graph.add("argument", kind, payload=len(self.names) - 1)


def draw_random(place: Tracer, run: Tracer, by: list[Tracer], kind: str) -> Any:
    """Random number at an address; `hash_run` is also how one more number joins it."""
    h = random_streams.hash_run(place, run)
    for number in by:
        h = random_streams.hash_run(h, number.astype(np.int64) + 1)
    return GENERATORS[kind](h)


@cache
def build_rule(function: Callable[..., Any], kinds: tuple[str, ...], n_random_keys: int, sets: int) -> FunctionBuilder:
    """A rule in a space of one dimension.

    Table: how many; slots that address random numbers; for each entity the slots (or streams) of the arguments and
    the slots that are set.
    """
    f, leaves = FunctionBuilder(), Leaves()
    run = leaves.add_number(f.load_run_numbers(), np.int64) if RANDOM_KINDS & set(kinds) else None
    numbers = (
        [leaves.add_number(f.read(f.load_integer(1 + at))) for at in range(n_random_keys)] if run is not None else []
    )
    records = f.offset("%t", 1 + n_random_keys)
    with f.loop(f.load_integer(0)) as entity:
        found = f.load_integers(len(kinds) + sets, f.offset(records, f.multiply(entity, len(kinds) + sets)))
        arguments = []
        for kind, at in zip(kinds, found, strict=False):
            if run is not None and kind in RANDOM_KINDS:
                arguments.append(draw_random(leaves.add_number(f.broadcast(at), np.uint64), run, numbers, kind))
            else:
                arguments.append(leaves.add_number(f.read(at)))
        _store_results(f, leaves, function(*arguments), found[len(kinds) :])
    return f


def _store_results(f: FunctionBuilder, leaves: Leaves, made: Any, slots: list[str]) -> None:
    wanted = collect_results(made, leaves.graph)
    for slot, value in zip(slots, f.print_graph(leaves.graph, leaves.names, wanted), strict=True):
        f.write(slot, value)


@cache
def build_reduction(product: bool) -> FunctionBuilder:
    """A sum or product. Table: how many get one; for each its slot, how many are summed, and their slots."""
    f = FunctionBuilder()
    value, at = f.allocate(), f.assign("alloca i64")
    f.emit(f"store i64 1, ptr {at}")
    with f.loop(f.load_integer(0)):
        here = f.assign(f"load i64, ptr {at}")
        slot, count = f.load_integers(2, f.offset("%t", here))
        members = f.offset("%t", f.add(here, 2))
        f.store_cell(value, ONE if product else NOTHING)
        with f.loop(count) as member:
            more = f.read(f.load_integer(member, members))
            f.store_cell(value, f.assign(f"{'fmul' if product else 'fadd'} {NUMBER} {f.load_cell(value)}, {more}"))
        f.write(slot, f.load_cell(value))
        f.emit(f"store i64 {f.add(f.add(here, 2), count)}, ptr {at}")
    return f


STRETCHES = 4
"""Stretches of packages that are searched for the best one at the same time."""


@cache
def build_best_package() -> FunctionBuilder:
    """The best package of each side, the first of equals.

    Table: how many sides; for each the first slot, how many packages, slots of value and number.
    """
    f = FunctionBuilder()
    values, places = ([f.allocate() for _ in range(STRETCHES)] for _ in range(2))
    with f.loop(f.load_integer(0)) as side:
        first, count, sets, sets_at = f.load_integers(4, f.offset("%t", f.add(f.multiply(side, 4), 1)))
        length = f.assign(f"sdiv i64 {f.add(count, STRETCHES - 1)}, {STRETCHES}")
        begins = [f.select_smaller(f.multiply(length, n), f.add(count, -1)) for n in range(STRETCHES)]
        for value, at, begin in zip(values, places, begins, strict=True):
            f.store_cell(value, f.read(f.add(first, begin)))
            f.store_cell(at, _broadcast_number(f, begin))
        with f.loop(length) as step:
            here = [f.select_smaller(f.add(begin, step), f.add(count, -1)) for begin in begins]
            for value, at, package in zip(values, places, here, strict=True):
                _store_better(f, value, at, f.read(f.add(first, package)), _broadcast_number(f, package))
        for value, at in zip(values[1:], places[1:], strict=True):
            _store_better(f, values[0], places[0], f.load_cell(value), f.load_cell(at))
        f.write(sets, f.load_cell(values[0]))
        f.write(sets_at, f.load_cell(places[0]))
    return f


def _broadcast_number(f: FunctionBuilder, package: str) -> str:
    """The number of a package, for eight runs."""
    return f.broadcast(f.assign(f"uitofp i64 {package} to double"), "double")


def _store_better(f: FunctionBuilder, value: str, at: str, other: str, number: str) -> None:
    """Keep another package in place of the one kept so far where it is better."""
    holds = f.compare_greater(other, f.load_cell(value))
    f.store_cell(at, f.select(holds, number, f.load_cell(at)))
    f.store_cell(value, f.select(holds, other, f.load_cell(value)))


@cache
def build_product() -> FunctionBuilder:
    """Product over parties. Table: packages; parties; first slot set; first slot of each party."""
    f = FunctionBuilder()
    value = f.allocate()
    packages, parties, sets = f.load_integers(3, "%t")
    firsts = f.offset("%t", 3)
    with f.loop(packages) as package:
        f.store_cell(value, ONE)
        with f.loop(parties) as party:
            more = f.read(f.add(f.load_integer(party, firsts), package))
            f.store_cell(value, f.assign(f"fmul {NUMBER} {f.load_cell(value)}, {more}"))
        f.write(f.add(sets, package), f.load_cell(value))
    return f


@cache
def build_lookup() -> FunctionBuilder:
    """The value of one package. Table: how many; for each the first slot, the slot of the number, the slot set."""
    f = FunctionBuilder()
    with f.loop(f.load_integer(0)) as entity:
        first, at, sets = f.load_integers(3, f.offset("%t", f.add(f.multiply(entity, 3), 1)))
        f.write(sets, f.gather_slots(first, f.read(at)))
    return f


MOVE_SIZE = 6
"""Whole numbers that the table of `choose` has for each move."""


@cache
def build_choice(moves: int) -> FunctionBuilder:
    """A choice among so many moves, of which some may be there only to fill the list: closed, and set nowhere.

    Table: how many actors; slots of precision, second key and week; for each move of each actor the slots of worth,
    of open and of what is set, the streams of its luck and of its second key, and 1 if it needs the second key.
    Without one its second random number is below every chance, so that the key turns.
    """
    f, leaves = FunctionBuilder(), Leaves()
    run = leaves.add_number(f.load_run_numbers(), np.int64)
    precision, second_key, week = (leaves.add_number(f.read(slot)) for slot in f.load_integers(3, f.offset("%t", 1)))
    records = f.offset("%t", 4)
    with f.loop(f.load_integer(0)) as actor:
        record = f.offset(records, f.multiply(actor, moves * MOVE_SIZE))
        worths, opens, noises, lucks, slots = [], [], [], [], []
        for move in range(moves):
            worth, is_open, sets, own, second, needs_second_key = f.load_integers(
                MOVE_SIZE, f.offset(record, move * MOVE_SIZE)
            )
            worths.append(leaves.add_number(f.read(worth)))
            opens.append(leaves.add_number(f.read(is_open)))
            places = [leaves.add_number(f.broadcast(place), np.uint64) for place in (own, second)]
            noise, key = (draw_random(place, run, [week], "luck") for place in places)
            noises.append(choice.gumbel_noise(noise))
            lucks.append(np.where(leaves.add_number(f.broadcast_flag(needs_second_key), np.bool_), key, -1.0))
            slots.append(sets)
        made = choice.choose_move(worths, opens, noises, [True] * moves, lucks, precision, second_key)
        _store_results(f, leaves, made, slots)
    return f
