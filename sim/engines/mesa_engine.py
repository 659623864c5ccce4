"""Negotiation: the Mesa reader - one run on plain numbers, week by week, with everything open to inspection.

It reads the same list of rules as the NumPy reader and starts from the same opening, so run 4711 told here is run 4711
of the ensemble to the last bit.
"""

from collections.abc import Callable, Iterator
from typing import Any

import mesa
import numpy as np

from sim.engines.mesa_agent import NegotiatorAgent
from sim.model import random_streams
from sim.model.argument_binding import ArgumentBinder, RandomRef, VariableRef
from sim.model.layout import Layout
from sim.model.outcome_classifier import OutcomeClassifier
from sim.model.state import RunState, Snapshot
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


class NegotiationModel(mesa.Model):  # type: ignore[misc]
    """One run. `step()` plays one week; `watch` is told of every variable that a rule moves."""

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
        self.step_functions = [self._make_step(entry) for entry in steps]
        self.datacollector = mesa.DataCollector(
            model_reporters={name: (lambda m, n=name: m.table["world"][n][0]) for name in ("week", "balance", "stage")},
            agent_reporters={name: (lambda a, n=name: a[n]) for name in ("reservation", "resilience", "aid")},
        )

    def play(self, week: int) -> None:
        """Play one week."""
        self.table["world"]["week"][0] = float(week)
        self.step()

    def step(self) -> None:
        """Play the week that the world's `week` names, and record it."""
        for step in self.step_functions:
            step()
        self.datacollector.collect(self)

    def read(self, space: str, name: str, row: int) -> float:
        """Value of a variable for one entity."""
        return float(self.table[space][name][row])

    @property
    def snapshot(self) -> Snapshot:
        """The run as it stands, as arrays over one run."""
        state = {
            space: {name: np.array(values, dtype=np.float64)[..., np.newaxis] for name, values in table.items()}
            for space, table in self.table.items()
        }
        return Snapshot(self.layout, self.luck_seed, np.array([self.run]), state)

    def _make_step(self, step: Step) -> StepFunction:
        kinds: dict[type, Callable[[Any], StepFunction]] = {
            Rule: self._make_rule,
            Reduce: self._make_reduction,
            BestPackage: self._make_best_package,
            ProductOverParties: self._make_product,
            Lookup: self._make_lookup,
            ChooseMove: self._make_choice,
            ClassifyOutcome: self._make_classification,
        }
        return kinds[type(step)](step)

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
            self._throw(a, rule.random_keys) if isinstance(a, RandomRef) else self._fetch(a)
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

    def _throw(self, ref: RandomRef, random_keys: tuple[str, ...]) -> Fetch:
        """How luck is thrown at a place."""
        places = [random_streams.stream_key(self.luck_seed, who, f"{ref.kind}_{ref.what}") for who in ref.who]
        begun = [random_streams.hash_run(place, self.run) for place in places]
        world, kind = self.table["world"], random_streams.coin_normal if ref.kind == "shock" else random_streams.uniform

        def throw(place: Place) -> Any:
            h = begun[place[0] if len(begun) > 1 else 0]
            for name in random_keys:
                h = random_streams.hash_next(h, world[name][0])
            return kind(h)

        return throw

    def _make_reduction(self, reduction: Reduce) -> StepFunction:
        space, name = reduction.of.split(".")
        source, target = self.table[space][name], self.table[reduction.space][reduction.sets]
        members = [place[0] for place in self._list_places(space, reduction.group)]
        getters = [place[0] for place in self._list_places(reduction.space, reduction.receivers)]
        link = self.layout.spaces[space].relations[reduction.by].index if reduction.by else None
        shares = {g: [m for m in members if link is None or link[m] == g] for g in getters}

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
        links = self.layout.spaces[lookup.space].relations
        owners = [0] if of_space == "package" else [int(i) for i in links[of_space].index]

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

    def throw_luck(self, keys: list[str], what: str) -> Iterator[float]:
        """This week's luck of several addresses."""
        week = self.table["world"]["week"][0]
        for who in keys:
            h = random_streams.hash_run(random_streams.stream_key(self.luck_seed, who, f"luck_{what}"), self.run)
            yield float(np.float64(random_streams.uniform(random_streams.hash_next(h, week))))

    def choose_among(self, rows: list[int], need_second_key: list[bool], keys: list[str]) -> list[float]:
        """Which of the moves in these rows is made."""
        table, world = self.table["move"], self.table["world"]
        noises = [choice.gumbel_noise(u) for u in self.throw_luck(keys, "choice")]
        lucks = list(self.throw_luck(keys, "second_key"))
        worths, opens = [table["worth"][row] for row in rows], [table["open"][row] for row in rows]
        return choice.choose_move(
            worths, opens, noises, need_second_key, lucks, world["precision"][0], world["second_key"][0]
        )
