"""Shapes: for every kind of entry of the week, the function that plays it on any board.

A function knows the arithmetic of its entry and nothing of a board; how many there are, and where their numbers
stand, it reads from its table (tables.py). So one kernel serves every scenario.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from sim.ensemble.compiled.function import Function
from sim.ensemble.compiled.lines import NUMBER, constant
from sim.ensemble.compiled.traced import Trace, Traced, results
from sim.play import luck
from sim.rules import choice

FLOAT = np.dtype(np.float64)
ONE, NOTHING = constant(1.0, FLOAT), constant(0.0, FLOAT)
KINDS: dict[str, Callable[[Any], Any]] = {"luck": luck.uniform, "shock": luck.normal}
THROWS = frozenset(KINDS)
"""Kinds of argument that are luck; all others are numbers that stand in a slot."""


class Leaves:
    """Arguments of a trace, with the names their values have in the function."""

    def __init__(self) -> None:
        self.trace = Trace()
        self.names: list[str] = []

    def number(self, name: str, kind: Any = np.float64) -> Traced:
        """One more argument."""
        self.names.append(name)
        return self.trace.add("argument", kind, with_=len(self.names) - 1)


def thrown(place: Traced, run: Traced, by: list[Traced], kind: str) -> Any:
    """Luck at a place; `started` is also how one more number joins an address."""
    h = luck.started(place, run)
    for number in by:
        h = luck.started(h, number.astype(np.int64) + 1)
    return KINDS[kind](h)


@cache
def flat_rule(by: Callable[..., Any], kinds: tuple[str, ...], luck_by: int, sets: int) -> Function:
    """A rule in a space of one dimension.

    Table: how many; slots that address the luck; for each entity the slots (or places of luck) of the arguments and
    the slots that are set.
    """
    f, leaves = Function(), Leaves()
    run = leaves.number(f.run_numbers(), np.int64) if THROWS & set(kinds) else None
    numbers = [leaves.number(f.read(f.entry(1 + at))) for at in range(luck_by)] if run is not None else []
    records = f.beyond("%t", 1 + luck_by)
    with f.loop(f.entry(0)) as entity:
        found = f.entries(len(kinds) + sets, f.beyond(records, f.times(entity, len(kinds) + sets)))
        arguments = []
        for kind, at in zip(kinds, found, strict=False):
            if run is not None and kind in THROWS:
                arguments.append(thrown(leaves.number(f.every(at), np.uint64), run, numbers, kind))
            else:
                arguments.append(leaves.number(f.read(at)))
        _set(f, leaves, by(*arguments), found[len(kinds) :])
    return f


def _set(f: Function, leaves: Leaves, made: Any, slots: list[str]) -> None:
    wanted = results(made, leaves.trace)
    for slot, value in zip(slots, f.trace(leaves.trace, leaves.names, wanted), strict=True):
        f.write(slot, value)


@cache
def total(product: bool) -> Function:
    """A sum or product. Table: how many get one; for each its slot, how many are summed, and their slots."""
    f = Function()
    value, at = f.cell(), f.new("alloca i64")
    f.do(f"store i64 1, ptr {at}")
    with f.loop(f.entry(0)):
        here = f.new(f"load i64, ptr {at}")
        slot, count = f.entries(2, f.beyond("%t", here))
        members = f.beyond("%t", f.plus(here, 2))
        f.keep(value, ONE if product else NOTHING)
        with f.loop(count) as member:
            more = f.read(f.entry(member, members))
            f.keep(value, f.new(f"{'fmul' if product else 'fadd'} {NUMBER} {f.kept(value)}, {more}"))
        f.write(slot, f.kept(value))
        f.do(f"store i64 {f.plus(f.plus(here, 2), count)}, ptr {at}")
    return f


STRETCHES = 4
"""Stretches of packages that are searched for the best one at the same time."""


@cache
def best() -> Function:
    """The best package of each side, the first of equals.

    Table: how many sides; for each the first slot, how many packages, slots of value and number.
    """
    f = Function()
    values, places = ([f.cell() for _ in range(STRETCHES)] for _ in range(2))
    with f.loop(f.entry(0)) as side:
        first, count, sets, sets_at = f.entries(4, f.beyond("%t", f.plus(f.times(side, 4), 1)))
        length = f.new(f"sdiv i64 {f.plus(count, STRETCHES - 1)}, {STRETCHES}")
        begins = [f.least(f.times(length, n), f.plus(count, -1)) for n in range(STRETCHES)]
        for value, at, begin in zip(values, places, begins, strict=True):
            f.keep(value, f.read(f.plus(first, begin)))
            f.keep(at, _number(f, begin))
        with f.loop(length) as step:
            here = [f.least(f.plus(begin, step), f.plus(count, -1)) for begin in begins]
            for value, at, package in zip(values, places, here, strict=True):
                _keep_better(f, value, at, f.read(f.plus(first, package)), _number(f, package))
        for value, at in zip(values[1:], places[1:], strict=True):
            _keep_better(f, values[0], places[0], f.kept(value), f.kept(at))
        f.write(sets, f.kept(values[0]))
        f.write(sets_at, f.kept(places[0]))
    return f


def _number(f: Function, package: str) -> str:
    """The number of a package, for eight runs."""
    return f.every(f.new(f"uitofp i64 {package} to double"), "double")


def _keep_better(f: Function, value: str, at: str, other: str, number: str) -> None:
    """Keep another package in place of the one kept so far where it is better."""
    holds = f.better(other, f.kept(value))
    f.keep(at, f.either(holds, number, f.kept(at)))
    f.keep(value, f.either(holds, other, f.kept(value)))


@cache
def together() -> Function:
    """Product over parties. Table: packages; parties; first slot set; first slot of each party."""
    f = Function()
    value = f.cell()
    packages, parties, sets = f.entries(3, "%t")
    firsts = f.beyond("%t", 3)
    with f.loop(packages) as package:
        f.keep(value, ONE)
        with f.loop(parties) as party:
            more = f.read(f.plus(f.entry(party, firsts), package))
            f.keep(value, f.new(f"fmul {NUMBER} {f.kept(value)}, {more}"))
        f.write(f.plus(sets, package), f.kept(value))
    return f


@cache
def pick() -> Function:
    """The value of one package. Table: how many; for each the first slot, the slot of the number, the slot set."""
    f = Function()
    with f.loop(f.entry(0)) as entity:
        first, at, sets = f.entries(3, f.beyond("%t", f.plus(f.times(entity, 3), 1)))
        f.write(sets, f.looked_up(first, f.read(at)))
    return f


MOVE = 6
"""Whole numbers that the table of `choose` has for each move."""


@cache
def choose(moves: int) -> Function:
    """A choice among so many moves, of which some may be there only to fill the list: closed, and set nowhere.

    Table: how many actors; slots of precision, second key and week; for each move of each actor the slots of worth,
    of open and of what is set, the places of its luck and of its second key's, and 1 if it needs the second key.
    Without one its second throw is below every chance, so that the key turns.
    """
    f, leaves = Function(), Leaves()
    run = leaves.number(f.run_numbers(), np.int64)
    precision, second_key, week = (leaves.number(f.read(slot)) for slot in f.entries(3, f.beyond("%t", 1)))
    records = f.beyond("%t", 4)
    with f.loop(f.entry(0)) as actor:
        record = f.beyond(records, f.times(actor, moves * MOVE))
        worths, opens, noises, lucks, slots = [], [], [], [], []
        for move in range(moves):
            worth, is_open, sets, own, second, deed = f.entries(MOVE, f.beyond(record, move * MOVE))
            worths.append(leaves.number(f.read(worth)))
            opens.append(leaves.number(f.read(is_open)))
            places = [leaves.number(f.every(place), np.uint64) for place in (own, second)]
            noise, key = (thrown(place, run, [week], "luck") for place in places)
            noises.append(choice.gumbel(noise))
            lucks.append(np.where(leaves.number(f.whether(deed), np.bool_), key, -1.0))
            slots.append(sets)
        made = choice.chosen(worths, opens, noises, [True] * moves, lucks, precision, second_key)
        _set(f, leaves, made, slots)
    return f
