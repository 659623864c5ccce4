"""Packages in NumPy: one run with Mesa agents and plain numbers, but for packages, which are arrays over packages.

This is how a Mesa model of this case would ordinarily be written, and so the baseline of the benchmarks: the same list
of rules in the same order, the same bits as the told run (tests/benchmarks/test_packages_in_numpy.py), one run at a
time. Spaces of two dimensions and those they go through become arrays; everything else stays as the told run has it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.engines.mesa_engine import Fetch, NegotiationModel, StepFunction
from sim.model.argument_binding import RandomRef, VariableRef
from sim.model.layout import Index, Layout
from sim.model.state import RunState
from sim.rules.week import WEEK
from sim.rules.week.steps import BestPackage, Lookup, ProductOverParties, Rule, Step

Look = Callable[[], Any]


def array_spaces(layout: Layout) -> frozenset[str]:
    """Names of the spaces of two dimensions, and of those whose entities are their columns."""
    wide = {name for name, space in layout.spaces.items() if len(space.shape) == 2}
    linked = {link.space for name in wide for link in layout.spaces[name].relations.values() if link.axis == 1}
    return frozenset(wide | linked)


class PackagesInNumpy(NegotiationModel):
    """One run, packages as arrays."""

    def __init__(self, start: RunState, steps: tuple[Step, ...] = WEEK) -> None:
        super().__init__(start, steps=())
        self.arrays = array_spaces(self.layout)
        for space in self.arrays:
            self.table[space] = {name: np.array(values) for name, values in self.table[space].items()}  # type: ignore[misc]
        self.step_functions = [self.make_step(step) for step in steps]

    def _rows(self, space: str, only: str) -> Any:
        """Rows of a group; a slice for the whole space, so that NumPy need not copy."""
        found = self.layout.spaces[space]
        return found.groups[only] if only else slice(0, found.shape[0])

    def _make_rule(self, rule: Rule) -> StepFunction:
        if rule.space not in self.arrays:
            return super()._make_rule(rule)
        rows, table = self._rows(rule.space, rule.group), self.table[rule.space]
        if not isinstance(rows, slice) and not rows.size:
            return lambda: None
        looks = [self._look(rule.space, argument, rows) for argument in self.binder.bind(rule)]
        names = (rule.sets,) if isinstance(rule.sets, str) else rule.sets
        targets: list[Any] = [table[name] for name in names]
        by, single = rule.function, isinstance(rule.sets, str)

        def apply() -> None:
            made = by(*[look() for look in looks])
            for target, values in zip(targets, (made,) if single else made, strict=True):
                target[rows] = values

        return apply

    def _look(self, space: str, seen: VariableRef | RandomRef, rows: Any) -> Look:
        """How a variable is read by all columns of some rows of a space at once."""
        if isinstance(seen, RandomRef):
            raise NotImplementedError("luck for every package")
        variable: Any = self.table[seen.space][seen.name]
        if seen.rows is None:
            return lambda: variable[rows]
        if seen.axis == -1:
            only = int(seen.rows[0])
            return lambda: variable[only]
        linked = seen.rows if seen.axis == 1 else seen.rows[rows]
        if seen.space not in self.arrays:
            return self._of_actors(variable, linked, len(self.layout.spaces[space].shape) == 2)
        if seen.axis == 1:
            return (lambda: variable[rows][:, linked]) if variable.ndim == 2 else (lambda: variable[linked])
        if variable.ndim == 1 and len(self.layout.spaces[space].shape) == 2:
            return lambda: variable[linked][:, np.newaxis]
        return lambda: variable[linked]

    def _of_actors(self, variable: list[float], rows: Index, upright: bool) -> Look:
        """Numbers of actors as an array; as a column where it meets packages."""
        places = [int(row) for row in rows]
        if upright:
            return lambda: np.array([[variable[place]] for place in places])
        return lambda: np.array([variable[place] for place in places])

    def _fetch(self, seen: VariableRef) -> Fetch:
        """How an actor reads a variable; one of a package becomes a plain number."""
        if seen.space not in self.arrays:
            return super()._fetch(seen)
        variable: Any = self.table[seen.space][seen.name]
        rows = None if seen.rows is None else [int(row) for row in seen.rows]
        if rows is None or seen.axis == 1 or variable.ndim == 2:
            raise NotImplementedError(f"{seen.name}: the variable of a package, read by an actor")
        at = seen.axis
        return lambda place: float(variable[rows[0] if at == -1 else rows[place[at]]])

    def _make_best_package(self, best: BestPackage) -> StepFunction:
        offers: Any = self.table["side_package"][best.of]
        actors = self.table["actor"]
        sides = [int(side) for side in self.layout.spaces["actor"].groups["disputant"]]

        def compare() -> None:
            for side, at in zip(sides, offers[: len(sides)].argmax(axis=1).tolist(), strict=True):
                if best.at:
                    actors[best.at][side] = float(at)
            for side, value in zip(sides, offers[: len(sides)].max(axis=1).tolist(), strict=True):
                if best.sets:
                    actors[best.sets][side] = value

        return compare

    def _make_product(self, together: ProductOverParties) -> StepFunction:
        source: Any = self.table["party_package"][together.of]
        target: Any = self.table["package"][together.sets]
        parties = self.layout.spaces["party_package"].groups[together.group]

        def multiply() -> None:
            value: Any = 1.0
            for party in parties:
                value = value * source[party]
            target[:-1] = value

        return multiply

    def _make_lookup(self, pick: Lookup) -> StepFunction:
        of_space, name = pick.of.split(".")
        if of_space not in self.arrays:
            return super()._make_lookup(pick)
        source: Any = self.table[of_space][name]
        target = self.table[pick.space][pick.sets]
        at = self._fetch(self.binder.bind_name(pick.space, pick.at))
        links = self.layout.spaces[pick.space].relations
        places = self._list_places(pick.space, pick.group)
        owners = None if source.ndim == 1 else [int(row) for row in links[of_space].index]

        def pick_all() -> None:
            for place in places:
                own = source if owners is None else source[owners[place[0]]]
                target[place[0]] = float(own[int(at(place))])

        return pick_all
