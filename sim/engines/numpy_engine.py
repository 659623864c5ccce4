"""NumPy engine: all runs at once - the week's list of rules on arrays over runs.

Every variable of a one-dimensional space is an array (entities + nobody, runs); packages as parties or sides see them
are arrays (parties, packages, runs). Sums run entity by entity in file order, so that a run has the same bits in any
chunk, alone, and in the Mesa engine.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engines.step_dispatch import StepDispatch
from sim.model import random_streams
from sim.model.argument_binding import ArgumentBinder, RandomRef, VariableRef
from sim.model.layout import Index
from sim.model.outcome_classifier import OutcomeClassifier
from sim.model.simulation import Recorded, take_snapshot
from sim.model.state import Array, RunState, State
from sim.rules import choice
from sim.rules.week import WEEK
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

Fetch = Callable[[], Any]
StepFunction = Callable[[], None]


def _slice_rows(index: Index) -> Any:
    """A slice where rows follow one another, so that NumPy need not copy."""
    rows = index.tolist()
    return slice(rows[0], rows[0] + len(rows)) if rows and rows == [*range(rows[0], rows[0] + len(rows))] else index


def _make_writeable(table: dict[str, Array]) -> dict[str, Array]:
    """The same arrays, and own ones in place of those that cannot be written."""
    return {name: array if array.flags.writeable else array.copy() for name, array in table.items()}


class NumpyEngine(StepDispatch[StepFunction]):
    """State of many runs, and one function for each step of the week, which works on all of them."""

    def __init__(self, start: RunState, steps: tuple[Step, ...] = WEEK) -> None:
        self.layout = start.layout
        self.seed = start.seed
        self.runs = start.runs
        self.state: State = {space: _make_writeable(table) for space, table in start.state.items()}
        self.classifier = OutcomeClassifier(self.layout)
        self.binder = ArgumentBinder(self.layout, {space: set(table) for space, table in self.state.items()})
        self.step_functions: list[StepFunction] = [self.make_step(step) for step in steps]

    def play(self, week: int) -> None:
        """Play one week."""
        self.state["world"]["week"][0] = float(week)
        for step in self.step_functions:
            step()

    def play_weeks(self, first: int, last: int, recorded: Sequence[Recorded] = ()) -> Array:
        """Simulate weeks, the last one included; what is recorded after each: (weeks, recorded, runs)."""
        record = np.zeros((max(last - first + 1, 0), len(recorded), self.runs.size))
        for week in range(first, last + 1):
            self.play(week)
            for at, variable in enumerate(recorded):
                record[week - first, at] = self.read(*variable)
        return record

    def write(self, space: str, name: str, row: int, value: float) -> None:
        """Set a variable of one entity in all runs."""
        self.state[space][name][row] = value

    def read(self, space: str, name: str, row: int) -> Array:
        """Values of a variable for one entity, over runs."""
        values: Array = self.state[space][name][row]
        return values

    def read_variable(self, space: str, name: str) -> Array:
        """A variable of all runs."""
        return self.state[space][name]

    def read_state(self, places: NDArray[np.int64]) -> State:
        """All variables of some of the runs."""
        return {
            space: {name: np.ascontiguousarray(array[..., places]) for name, array in table.items()}
            for space, table in self.state.items()
        }

    def select_runs(self, places: NDArray[np.int64]) -> "NumpyEngine":
        """Some of the runs, as they stand now."""
        return NumpyEngine(take_snapshot(self, places))

    def _find_group(self, space: str, group: str) -> Index:
        """Rows of a group, or of the whole space."""
        found = self.layout.spaces[space]
        return found.groups[group] if group else np.arange(found.shape[0])

    def _make_rule(self, rule: Rule) -> StepFunction:
        group = self._find_group(rule.space, rule.group)
        if not group.size:
            return lambda: None
        arguments = self.binder.bind(rule)
        fetches = [
            self._draw_random(a, group, rule.random_keys)
            if isinstance(a, RandomRef)
            else self._fetch(rule.space, a, group)
            for a in arguments
        ]
        rows, table, by = _slice_rows(group), self.state[rule.space], rule.function
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

    def _fetch(self, space: str, ref: VariableRef, group: Index) -> Fetch:
        """How a variable is read as seen from a group of a space."""
        array = self.state[ref.space][ref.name]
        flat = len(self.layout.spaces[space].shape) == 1
        if ref.rows is None:
            own = _slice_rows(group)
            return lambda: array[own]
        if ref.axis == -1:
            row = int(ref.rows[0])
            return lambda: array[row]
        if ref.axis == 1:
            rows = _slice_rows(ref.rows)
            if array.ndim == 3:
                whole = _slice_rows(group)
                return lambda: array[whole][:, rows]
            return lambda: array[rows][np.newaxis]
        rows = _slice_rows(ref.rows[group])
        if flat or array.ndim == 3:
            return lambda: array[rows]
        return lambda: array[rows][:, np.newaxis]

    def _draw_random(self, ref: RandomRef, group: Index, random_keys: tuple[str, ...]) -> Fetch:
        """How random numbers are drawn for a group."""
        who = [ref.who[i] if len(ref.who) > 1 else ref.who[0] for i in group]
        places = [random_streams.stream_key(self.seed, name, f"{ref.kind}_{ref.what}") for name in who]
        begun = random_streams.hash_run(np.array(places, dtype=np.uint64)[:, np.newaxis], self.runs[np.newaxis])
        world = self.state["world"]
        compute = random_streams.normal_from_bits if ref.kind == "shock" else random_streams.uniform

        def draw() -> Any:
            h = begun
            for name in random_keys:
                h = random_streams.hash_next(h, world[name][0])
            return compute(h)

        return draw

    def _make_reduction(self, reduction: Reduce) -> StepFunction:
        space, name = reduction.of.split(".")
        source, members = self.state[space][name], self._find_group(space, reduction.group)
        target = self.state[reduction.space][reduction.sets]
        getters = self._find_group(reduction.space, reduction.receivers)
        index = self.layout.spaces[space].relations[reduction.by].index if reduction.by else None
        shares = {int(g): [int(m) for m in members if index is None or index[m] == g] for g in getters}
        start = 1.0 if reduction.product else 0.0

        def add() -> None:
            for getter, rows in shares.items():
                value: Any = start
                for row in rows:
                    value = value * source[row] if reduction.product else value + source[row]
                target[getter] = value

        return add

    def _make_best_package(self, best: BestPackage) -> StepFunction:
        offers, actors = self.state["side_package"][best.of], self.state["actor"]
        sides = self.layout.spaces["actor"].groups["disputant"]

        def compare() -> None:
            for row, side in enumerate(sides):
                if best.sets:
                    actors[best.sets][side] = offers[row].max(axis=0)
                if best.at:
                    actors[best.at][side] = offers[row].argmax(axis=0)

        return compare

    def _make_product(self, product: ProductOverParties) -> StepFunction:
        source, target = self.state["party_package"][product.of], self.state["package"][product.sets]
        parties = self.layout.spaces["party_package"].groups[product.group]

        def multiply() -> None:
            value: Any = 1.0
            for party in parties:
                value = value * source[party]
            target[:-1] = value

        return multiply

    def _make_lookup(self, lookup: Lookup) -> StepFunction:
        of_space, name = lookup.of.split(".")
        group = self._find_group(lookup.space, lookup.group)
        if not group.size:
            return lambda: None
        source, target = self.state[of_space][name], self.state[lookup.space][lookup.sets]
        at = self._fetch(lookup.space, self.binder.bind_name(lookup.space, lookup.at), group)
        columns, rows = np.arange(self.runs.size), _slice_rows(group)
        if of_space == "package":

            def pick_one() -> None:
                target[rows] = source[at().astype(np.int64), columns]

            return pick_one
        owners = self.layout.spaces[lookup.space].relations[of_space].index[group][:, np.newaxis]

        def pick_own() -> None:
            target[rows] = source[owners, at().astype(np.int64), columns]

        return pick_own

    def _make_choice(self, choose: ChooseMove) -> StepFunction:
        moves, table, world = self.layout.moves, self.state["move"], self.state["world"]
        parts = []
        for actor in self.layout.spaces["actor"].groups[choose.group]:
            name = self.layout.spaces["actor"].keys[actor]
            rows = [i for i, move in enumerate(moves) if move.actor == name]
            who = tuple(self.layout.spaces["move"].stream_names[i] for i in rows)
            every = np.arange(len(rows))
            noise = self._draw_random(RandomRef("luck", "choice", who), every, ("week",))
            second = self._draw_random(RandomRef("luck", "second_key", who), every, ("week",))
            parts.append((rows, [moves[i].needs_second_key for i in rows], noise, second))

        def act() -> None:
            precision, second_key = world["precision"][0], world["second_key"][0]
            for rows, needs_second_key, noise, second in parts:
                worths, opens = list(table["worth"][rows]), list(table["open"][rows])
                noises, lucks = list(choice.gumbel_noise(noise())), list(second())
                made = choice.choose_move(worths, opens, noises, needs_second_key, lucks, precision, second_key)
                for row, value in zip(rows, made, strict=True):
                    table["chosen"][row] = value

        return act

    def _make_classification(self, classify: ClassifyOutcome) -> StepFunction:
        target = self.state["world"][classify.sets]

        def look_up() -> None:
            target[0] = self.classifier.classify(self.read)

        return look_up
