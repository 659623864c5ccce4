"""Loop fusion: rules for every package as somebody sees it - several rules in one loop, several packages side by side.

A rule that looks at what the rule before it has just set for the same package takes it from there. Packages that are
worked on side by side do not wait for each other's long sums, which halves the time of an exponential.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sim.engines.compiler.code_printer import Copy, Leaf
from sim.engines.compiler.function_builder import FunctionBuilder
from sim.engines.compiler.tracer import TraceGraph, collect_results
from sim.model.argument_binding import Argument, VariableRef
from sim.rules.week.steps import Rule, Step

MANY, LONG = 8, 40
"""Packages side by side where the steps of all rules together are many; one at a time where they are few."""

ROW, PLACE, COLUMN = "row", "place", "column"
"""Whether an argument belongs to the row, to the place itself, or to the column."""


@dataclass(frozen=True)
class FusedRule:
    """A rule of a grid, and what it takes: arguments of the grid by their number, what was just set from -1 down."""

    function: Callable[..., Any]
    operands: tuple[int, ...]


@dataclass(frozen=True)
class FusedLoop:
    """Rules of one space, to be applied in one loop."""

    rules: tuple[FusedRule, ...]
    """The rules in their order."""
    arguments: tuple[VariableRef, ...]
    """What all of them look at, each once."""
    sets: tuple[str, ...]
    """What they set, one after the other."""


def list_set_names(rule: Rule) -> tuple[str, ...]:
    """Names of what a rule sets."""
    return (rule.sets,) if isinstance(rule.sets, str) else tuple(rule.sets)


def group_steps(steps: Sequence[Step], is_fusible: Callable[[Step], bool]) -> Iterator[list[Step]]:
    """Entries one by one, but rules of a grid that follow each other and are for the same entities together."""
    found: list[Step] = []
    for step in steps:
        if found and not (is_fusible(step) and is_fusible(found[0]) and _share_entities(step, found[0])):
            yield found
            found = []
        found.append(step)
    if found:
        yield found


def _share_entities(one: Any, other: Any) -> bool:
    return bool(one.space == other.space and one.group == other.group)


def fuse_rules(rules: Sequence[Rule], arguments: Callable[[Rule], tuple[Argument, ...]]) -> Iterator[FusedLoop]:
    """As few loops as will do: a rule that looks at other places where something was just set begins a new one."""
    found: list[Rule] = []
    for rule in rules:
        if found and _must_wait([*found, rule], arguments):
            yield _fuse(found, arguments)
            found = []
        found.append(rule)
    yield _fuse(found, arguments)


def _must_wait(rules: Sequence[Rule], arguments: Callable[[Rule], tuple[Argument, ...]]) -> bool:
    """True if one of the rules looks at another place of something that one of them sets."""
    sets = {name for rule in rules for name in list_set_names(rule)}
    seen = [one for rule in rules for one in arguments(rule) if isinstance(one, VariableRef) and one.rows is not None]
    return any(one.space == rules[0].space and one.name in sets for one in seen)


def _fuse(rules: Sequence[Rule], arguments: Callable[[Rule], tuple[Argument, ...]]) -> FusedLoop:
    space, steps, sets = rules[0].space, list[FusedRule](), list[str]()
    known: dict[Any, int] = {}
    kept: list[VariableRef] = []
    for rule in rules:
        takes = []
        for seen in arguments(rule):
            assert isinstance(seen, VariableRef)
            if seen.rows is None and seen.space == space and seen.name in sets:
                takes.append(-1 - (len(sets) - 1 - sets[::-1].index(seen.name)))
                continue
            key = (seen.space, seen.name, seen.axis, None if seen.rows is None else seen.rows.tobytes())
            if key not in known:
                known[key] = len(kept)
                kept.append(seen)
            takes.append(known[key])
        steps.append(FusedRule(rule.function, tuple(takes)))
        sets += list_set_names(rule)
    return FusedLoop(tuple(steps), tuple(kept), tuple(sets))


@cache
def build_fused_loop(rules: tuple[FusedRule, ...], kinds: tuple[str, ...], sets: int) -> FunctionBuilder:
    """Rules in a space of two dimensions.

    Table: rows; columns; for each column the slots of the column's arguments, from their first on; for each row the
    first slot of every argument and of everything that is set.
    """
    f, grid = FunctionBuilder(), _LoopBody(rules, kinds, sets)
    rows, columns = f.load_integer(0), f.load_integer(1)
    records = f.offset("%t", f.add(f.multiply(columns, kinds.count(COLUMN)), 2))
    many = MANY if len(_trace_rules(rules, [""] * len(kinds))[0].operations) >= LONG else 1
    full = f.assign(f"sdiv i64 {columns}, {many}")
    rest = f.assign(f"srem i64 {columns}, {many}")
    one_more = f.assign(f"sdiv i64 {rest}, {(many + 1) // 2}")
    with f.loop(rows) as row:
        bases = f.load_integers(len(kinds) + sets, f.offset(records, f.multiply(row, len(kinds) + sets)))
        fixed = {at: f.read(bases[at]) for at, kind in enumerate(kinds) if kind == ROW}
        with f.loop(f.add(full, one_more)) as group:
            first = f.multiply(group, many)
            grid.write(f, bases, fixed, [f.select_smaller(f.add(first, n), f.add(columns, -1)) for n in range(many)])
        if many > 1:
            with f.loop(f.multiply(f.assign(f"sub i64 1, {one_more}"), rest)) as single:
                grid.write(f, bases, fixed, [f.add(f.multiply(full, many), single)])
    return f


@dataclass(frozen=True)
class _LoopBody:
    """What is done inside the loop over columns."""

    rules: tuple[FusedRule, ...]
    kinds: tuple[str, ...]
    sets: int

    def write(self, f: FunctionBuilder, bases: list[str], fixed: dict[int, str], columns: list[str]) -> None:
        """Play the rules for some columns side by side."""
        shared, copies, to = self.kinds.count(COLUMN), [], []
        for column in columns:
            further = iter(f.load_integers(shared, f.offset("%t", f.add(f.multiply(column, shared), 2))))
            ahead = [next(further) if kind == COLUMN else column for kind in self.kinds]
            slots = [f.add(base, step) for base, step in zip(bases, ahead, strict=False)]
            copies.append(
                _trace_rules(self.rules, [fixed.get(at) or f.defer_read(slot) for at, slot in enumerate(slots)])
            )
            to.append([f.add(base, column) for base in bases[len(self.kinds) :]])
        for places, values in zip(to, f.print_graphs(copies), strict=True):
            for slot, value in zip(places, values, strict=True):
                f.write(slot, value)


def _trace_rules(rules: Sequence[FusedRule], leaves: Sequence[Leaf]) -> Copy:
    """The steps of all rules for one package."""
    trace = TraceGraph()
    given = [trace.add("argument", float, payload=at) for at in range(len(leaves))]
    made: list[Any] = []
    for step in rules:
        taken = [given[at] if at >= 0 else made[-1 - at] for at in step.operands]
        made += collect_results(step.function(*taken), trace)
    return Copy(trace, leaves, made)
