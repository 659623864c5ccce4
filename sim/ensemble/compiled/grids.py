"""Grids: rules for every package as somebody sees it - several rules in one loop, several packages side by side.

A rule that looks at what the rule before it has just set for the same package takes it from there. Packages that are
worked on side by side do not wait for each other's long sums, which halves the time of an exponential.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sim.ensemble.compiled.function import Function
from sim.ensemble.compiled.lines import Copy, Leaf
from sim.ensemble.compiled.traced import Trace, results
from sim.play.names import Argument, Seen
from sim.rules.entry import Entry, Rule

MANY, LONG = 8, 40
"""Packages side by side where the steps of all rules together are many; one at a time where they are few."""

ROW, PLACE, COLUMN = "row", "place", "column"
"""Whether an argument belongs to the row, to the place itself, or to the column."""


@dataclass(frozen=True)
class Step:
    """A rule of a grid, and what it takes: arguments of the grid by their number, what was just set from -1 down."""

    by: Callable[..., Any]
    takes: tuple[int, ...]


@dataclass(frozen=True)
class Grid:
    """Rules of one space, to be played in one loop."""

    steps: tuple[Step, ...]
    """The rules in their order."""
    arguments: tuple[Seen, ...]
    """What all of them look at, each once."""
    sets: tuple[str, ...]
    """What they set, one after the other."""


def sets_of(rule: Rule) -> tuple[str, ...]:
    """Names of what a rule sets."""
    return (rule.sets,) if isinstance(rule.sets, str) else tuple(rule.sets)


def stretches(entries: Sequence[Entry], is_grid: Callable[[Entry], bool]) -> Iterator[list[Entry]]:
    """Entries one by one, but rules of a grid that follow each other and are for the same entities together."""
    found: list[Entry] = []
    for entry in entries:
        if found and not (is_grid(entry) and is_grid(found[0]) and _alike(entry, found[0])):
            yield found
            found = []
        found.append(entry)
    if found:
        yield found


def _alike(one: Any, other: Any) -> bool:
    return bool(one.space == other.space and one.only == other.only)


def grids_of(rules: Sequence[Rule], arguments: Callable[[Rule], tuple[Argument, ...]]) -> Iterator[Grid]:
    """As few loops as will do: a rule that looks at other places where something was just set begins a new one."""
    found: list[Rule] = []
    for rule in rules:
        if found and _must_wait([*found, rule], arguments):
            yield _grid(found, arguments)
            found = []
        found.append(rule)
    yield _grid(found, arguments)


def _must_wait(rules: Sequence[Rule], arguments: Callable[[Rule], tuple[Argument, ...]]) -> bool:
    """True if one of the rules looks at another place of something that one of them sets."""
    sets = {name for rule in rules for name in sets_of(rule)}
    seen = [one for rule in rules for one in arguments(rule) if isinstance(one, Seen) and one.rows is not None]
    return any(one.space == rules[0].space and one.name in sets for one in seen)


def _grid(rules: Sequence[Rule], arguments: Callable[[Rule], tuple[Argument, ...]]) -> Grid:
    space, steps, sets = rules[0].space, list[Step](), list[str]()
    known: dict[Any, int] = {}
    kept: list[Seen] = []
    for rule in rules:
        takes = []
        for seen in arguments(rule):
            assert isinstance(seen, Seen)
            if seen.rows is None and seen.space == space and seen.name in sets:
                takes.append(-1 - (len(sets) - 1 - sets[::-1].index(seen.name)))
                continue
            key = (seen.space, seen.name, seen.axis, None if seen.rows is None else seen.rows.tobytes())
            if key not in known:
                known[key] = len(kept)
                kept.append(seen)
            takes.append(known[key])
        steps.append(Step(rule.by, tuple(takes)))
        sets += sets_of(rule)
    return Grid(tuple(steps), tuple(kept), tuple(sets))


@cache
def grid_rule(steps: tuple[Step, ...], kinds: tuple[str, ...], sets: int) -> Function:
    """Rules in a space of two dimensions.

    Table: rows; columns; for each column the slots of the column's arguments, from their first on; for each row the
    first slot of every argument and of everything that is set.
    """
    f, grid = Function(), _Loop(steps, kinds, sets)
    rows, columns = f.entry(0), f.entry(1)
    records = f.beyond("%t", f.plus(f.times(columns, kinds.count(COLUMN)), 2))
    many = MANY if len(_copy(steps, [""] * len(kinds))[0].steps) >= LONG else 1
    full = f.new(f"sdiv i64 {columns}, {many}")
    rest = f.new(f"srem i64 {columns}, {many}")
    one_more = f.new(f"sdiv i64 {rest}, {(many + 1) // 2}")
    with f.loop(rows) as row:
        bases = f.entries(len(kinds) + sets, f.beyond(records, f.times(row, len(kinds) + sets)))
        fixed = {at: f.read(bases[at]) for at, kind in enumerate(kinds) if kind == ROW}
        with f.loop(f.plus(full, one_more)) as group:
            first = f.times(group, many)
            grid.write(f, bases, fixed, [f.least(f.plus(first, n), f.plus(columns, -1)) for n in range(many)])
        if many > 1:
            with f.loop(f.times(f.new(f"sub i64 1, {one_more}"), rest)) as single:
                grid.write(f, bases, fixed, [f.plus(f.times(full, many), single)])
    return f


@dataclass(frozen=True)
class _Loop:
    """What is done inside the loop over columns."""

    steps: tuple[Step, ...]
    kinds: tuple[str, ...]
    sets: int

    def write(self, f: Function, bases: list[str], fixed: dict[int, str], columns: list[str]) -> None:
        """Play the rules for some columns side by side."""
        shared, copies, to = self.kinds.count(COLUMN), [], []
        for column in columns:
            further = iter(f.entries(shared, f.beyond("%t", f.plus(f.times(column, shared), 2))))
            ahead = [next(further) if kind == COLUMN else column for kind in self.kinds]
            slots = [f.plus(base, step) for base, step in zip(bases, ahead, strict=False)]
            copies.append(_copy(self.steps, [fixed.get(at) or f.later(slot) for at, slot in enumerate(slots)]))
            to.append([f.plus(base, column) for base in bases[len(self.kinds) :]])
        for places, values in zip(to, f.traces(copies), strict=True):
            for slot, value in zip(places, values, strict=True):
                f.write(slot, value)


def _copy(steps: Sequence[Step], leaves: Sequence[Leaf]) -> Copy:
    """The steps of all rules for one package."""
    trace = Trace()
    given = [trace.add("argument", float, with_=at) for at in range(len(leaves))]
    made: list[Any] = []
    for step in steps:
        taken = [given[at] if at >= 0 else made[-1 - at] for at in step.takes]
        made += results(step.by(*taken), trace)
    return Copy(trace, leaves, made)
