"""Mesa engine: one run after another, actors as Mesa agents, plain numbers, everything open to inspection.

It simulates the same list of rules as the other engines and starts from the same initial state, so run 4711 here
is run 4711 of the ensemble to the last bit.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.engines.step_dispatch import StepDispatch
from sim.model import random_streams
from sim.model.argument_binding import ArgumentBinder, RandomRef, VariableRef
from sim.model.layout import Layout
from sim.model.outcome_classifier import OutcomeClassifier
from sim.model.simulation import Recorded, take_snapshot
from sim.model.state import Array, RunState, Snapshot, State
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

Place = tuple[int, ...]
Fetch = Callable[[Place], Any]
StepFunction = Callable[[], None]
Observer = Callable[[Rule, str, Place, float, float], None]


class NegotiatorAgent(mesa.Agent):  # type: ignore[misc]
    """One actor. `actor["reservation"]` is the present value of a variable."""

    def __init__(self, model: "NegotiationModel", row: int, key: str, label: str) -> None:
        super().__init__(model)
        self.row = row
        self.key = key
        self.label = label
        moves = model.layout.moves
        self.rows = [i for i, move in enumerate(moves) if move.actor == key]
        self.need_second_key = [moves[i].needs_second_key for i in self.rows]
        self.move_keys = [model.layout.spaces["move"].stream_names[i] for i in self.rows]

    def __getitem__(self, name: str) -> float:
        """Present value of one of the actor's variables."""
        return float(self.model.table["actor"][name][self.row])

    def choose(self) -> None:
        """Choose one move among those that are open."""
        table: dict[str, list[Any]] = self.model.table["move"]
        made = self.model.choose_among(self.rows, self.need_second_key, self.move_keys)
        for row, value in zip(self.rows, made, strict=True):
            table["chosen"][row] = value


class NegotiationModel(mesa.Model, StepDispatch[StepFunction]):  # type: ignore[misc]
    """One run. `step()` simulates one week; `observe` is called for every variable that a rule moves."""

    def __init__(self, start: RunState, observe: Observer | None = None, steps: tuple[Step, ...] = WEEK) -> None:
        super().__init__(rng=0)
        self.layout: Layout = start.layout
        self.run = int(start.runs[0])
        self.luck_seed = start.seed
        self.table: dict[str, dict[str, list[Any]]] = {
            space: {name: array[..., 0].tolist() for name, array in variables.items()}
            for space, variables in start.state.items()
        }
        self.classifier = OutcomeClassifier(self.layout)
        self.binder = ArgumentBinder(self.layout, {space: set(table) for space, table in self.table.items()})
        self.observe = observe
        for row, (key, actor) in enumerate(self.layout.scenario.actors.items()):
            NegotiatorAgent(self, row, key, actor.label)
        self.step_functions = [self.make_step(step) for step in steps]

    def play(self, week: int) -> None:
        """Play one week."""
        self.table["world"]["week"][0] = float(week)
        self.step()

    def step(self) -> None:
        """Simulate the week that the world's `week` names."""
        for step in self.step_functions:
            step()

    def read(self, space: str, name: str, row: int) -> float:
        """Value of a variable for one entity."""
        return float(self.table[space][name][row])

    def _list_places(self, space: str, group: str) -> list[Place]:
        """Places of a group in a space: rows, or row and column for packages seen by somebody."""
        found = self.layout.spaces[space]
        rows = [int(i) for i in found.groups[group]] if group else range(found.shape[0])
        if len(found.shape) == 1:
            return [(row,) for row in rows]
        return [(row, column) for row in rows for column in range(found.shape[1])]

    def _make_rule(self, rule: Rule) -> StepFunction:
        places, table = self._list_places(rule.space, rule.group), self.table[rule.space]
        fetches = [
            self._draw_random(a, rule.random_keys) if isinstance(a, RandomRef) else self._fetch(a)
            for a in self.binder.bind(rule)
        ]
        names = (rule.sets,) if isinstance(rule.sets, str) else rule.sets
        single, by = isinstance(rule.sets, str), rule.function

        def apply() -> None:
            made = []
            for place in places:
                value = by(*[fetch(place) for fetch in fetches])
                made.append((value,) if single else value)
            for number, name in enumerate(names):
                for place, values in zip(places, made, strict=True):
                    self._write(rule, table[name], name, place, float(values[number]))

        return apply

    def _write(self, rule: Rule, variable: list[Any], name: str, place: Place, value: float) -> None:
        row = variable if len(place) == 1 else variable[place[0]]
        at = place[-1]
        if self.observe is not None and row[at] != value:
            self.observe(rule, name, place, row[at], value)
        row[at] = value

    def _fetch(self, ref: VariableRef) -> Fetch:
        """How a variable is read as seen from a place."""
        variable = self.table[ref.space][ref.name]
        grid = bool(variable) and isinstance(variable[0], list)
        if ref.rows is None:
            return (lambda place: variable[place[0]][place[1]]) if grid else (lambda place: variable[place[0]])
        rows = [int(row) for row in ref.rows]
        if ref.axis == -1:
            return lambda place: variable[rows[0]]
        if grid and ref.axis == 1:
            return lambda place: variable[place[0]][rows[place[1]]]
        if grid:
            return lambda place: variable[rows[place[0]]][place[1]]
        axis = ref.axis
        return lambda place: variable[rows[place[axis]]]

    def _draw_random(self, ref: RandomRef, random_keys: tuple[str, ...]) -> Fetch:
        """How random numbers are drawn at a place."""
        places = [random_streams.stream_key(self.luck_seed, who, f"{ref.kind}_{ref.what}") for who in ref.who]
        begun = [random_streams.hash_run(place, self.run) for place in places]
        world = self.table["world"]
        compute = random_streams.normal_from_bits if ref.kind == "shock" else random_streams.uniform

        def draw(place: Place) -> Any:
            h = begun[place[0] if len(begun) > 1 else 0]
            for name in random_keys:
                h = random_streams.hash_next(h, world[name][0])
            return compute(h)

        return draw

    def _make_reduction(self, reduction: Reduce) -> StepFunction:
        space, name = reduction.of.split(".")
        source, target = self.table[space][name], self.table[reduction.space][reduction.sets]
        members = [place[0] for place in self._list_places(space, reduction.group)]
        getters = [place[0] for place in self._list_places(reduction.space, reduction.receivers)]
        index = self.layout.spaces[space].relations[reduction.by].index if reduction.by else None
        shares = {g: [m for m in members if index is None or index[m] == g] for g in getters}

        def add() -> None:
            for getter, rows in shares.items():
                value = 1.0 if reduction.product else 0.0
                for row in rows:
                    value = value * source[row] if reduction.product else value + source[row]
                target[getter] = value

        return add

    def _make_best_package(self, best: BestPackage) -> StepFunction:
        offers, actors = self.table["side_package"][best.of], self.table["actor"]
        sides = [int(side) for side in self.layout.spaces["actor"].groups["disputant"]]

        def compare() -> None:
            for row, side in enumerate(sides):
                value = max(offers[row])
                if best.sets:
                    actors[best.sets][side] = value
                if best.at:
                    actors[best.at][side] = float(offers[row].index(value))

        return compare

    def _make_product(self, product: ProductOverParties) -> StepFunction:
        source, target = self.table["party_package"][product.of], self.table["package"][product.sets]
        parties = [int(party) for party in self.layout.spaces["party_package"].groups[product.group]]

        def multiply() -> None:
            for package in range(len(target) - 1):
                value = 1.0
                for party in parties:
                    value = value * source[party][package]
                target[package] = value

        return multiply

    def _make_lookup(self, lookup: Lookup) -> StepFunction:
        of_space, name = lookup.of.split(".")
        places = self._list_places(lookup.space, lookup.group)
        source, target = self.table[of_space][name], self.table[lookup.space][lookup.sets]
        at = self._fetch(self.binder.bind_name(lookup.space, lookup.at))
        relations = self.layout.spaces[lookup.space].relations
        owners = [0] if of_space == "package" else [int(i) for i in relations[of_space].index]

        def pick_all() -> None:
            for place in places:
                number = int(at(place))
                own = source if of_space == "package" else source[owners[place[0]]]
                target[place[0]] = own[number]

        return pick_all

    def _make_choice(self, choose: ChooseMove) -> StepFunction:
        actors = [int(i) for i in self.layout.spaces["actor"].groups[choose.group]]
        names = [self.layout.spaces["actor"].keys[i] for i in actors]

        def act() -> None:
            for name in names:
                self.negotiators[name].choose()

        return act

    @property
    def negotiators(self) -> dict[str, NegotiatorAgent]:
        """Actors by key."""
        return {agent.key: agent for agent in self.agents}

    def _make_classification(self, classify: ClassifyOutcome) -> StepFunction:
        target = self.table["world"][classify.sets]

        def look_up() -> None:
            target[0] = float(self.classifier.classify(self.read))

        return look_up

    def draw_luck(self, keys: list[str], what: str) -> Iterator[float]:
        """This week's luck of several addresses."""
        week = self.table["world"]["week"][0]
        for who in keys:
            h = random_streams.hash_run(random_streams.stream_key(self.luck_seed, who, f"luck_{what}"), self.run)
            yield float(np.float64(random_streams.uniform(random_streams.hash_next(h, week))))

    def choose_among(self, rows: list[int], need_second_key: list[bool], keys: list[str]) -> list[float]:
        """Which of the moves in these rows is made."""
        table, world = self.table["move"], self.table["world"]
        noises = [choice.gumbel_noise(u) for u in self.draw_luck(keys, "choice")]
        lucks = list(self.draw_luck(keys, "second_key"))
        worths, opens = [table["worth"][row] for row in rows], [table["open"][row] for row in rows]
        return choice.choose_move(
            worths, opens, noises, need_second_key, lucks, world["precision"][0], world["second_key"][0]
        )


class MesaEngine:
    """Many runs, one after another; each is a model of its own."""

    def __init__(self, start: RunState, steps: tuple[Step, ...] = WEEK) -> None:
        self.layout = start.layout
        self.seed = start.seed
        self.runs = start.runs
        self.models: list[NegotiationModel] = []
        for place in range(start.runs.size):
            part = slice(place, place + 1)
            state = {space: {n: array[..., part] for n, array in table.items()} for space, table in start.state.items()}
            one = Snapshot(start.layout, start.seed, start.runs[part], state)
            self.models.append(NegotiationModel(one, steps=steps))
        self._shapes = {space: {n: a.shape[:-1] for n, a in table.items()} for space, table in start.state.items()}

    def play_weeks(self, first: int, last: int, recorded: Sequence[Recorded] = ()) -> Array:
        """Simulate weeks, the last one included; what is recorded after each: (weeks, recorded, runs)."""
        record = np.zeros((max(last - first + 1, 0), len(recorded), self.runs.size))
        for run, one in enumerate(self.models):
            for week in range(first, last + 1):
                one.play(week)
                record[week - first, :, run] = [one.read(*variable) for variable in recorded]
        return record

    def write(self, space: str, name: str, row: int, value: float) -> None:
        """Set a variable of one entity in all runs."""
        for one in self.models:
            one.table[space][name][row] = value

    def read(self, space: str, name: str, row: int) -> Array:
        """Values of a variable for one entity, over runs."""
        return np.array([one.read(space, name, row) for one in self.models])

    def read_variable(self, space: str, name: str) -> Array:
        """A variable of all runs."""
        return self._stack(space, name, self.models)

    def read_state(self, places: NDArray[np.int64]) -> State:
        """All variables of some of the runs."""
        models = [self.models[place] for place in places]
        return {space: {n: self._stack(space, n, models) for n in table} for space, table in self._shapes.items()}

    def select_runs(self, places: NDArray[np.int64]) -> "MesaEngine":
        """Some of the runs, as they stand now."""
        return MesaEngine(take_snapshot(self, places))

    def _stack(self, space: str, name: str, models: list[NegotiationModel]) -> Array:
        found = np.array([one.table[space][name] for one in models], dtype=np.float64)
        return np.ascontiguousarray(np.moveaxis(found.reshape(len(models), *self._shapes[space][name]), 0, -1))
