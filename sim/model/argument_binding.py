"""Argument binding: what an argument of a rule stands for - looked up once, when a week is made ready for a layout.

Order of look-up: the entity's own variable; that of the relation through whose eyes the rule is seen; a random stream;
a related entity's variable, written `relation_variable`; for packages seen by somebody, the somebody's and the
package's own variables; the world's variables and relations. A name that is found nowhere is an error.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from sim.model.layout import Index, Layout, Relation
from sim.rules.week.steps import BestPackage, ChooseMove, Lookup, ProductOverParties, Reduce, Rule, Step

RANDOM_PREFIXES = ("luck_", "shock_", "noise_")


@dataclass(frozen=True)
class VariableRef:
    """A variable as seen from a space: where it lives, and through which rows on which axis."""

    space: str
    name: str
    rows: Index | None = None
    axis: int = 0
    route: tuple[str, ...] = ()
    """Relations that lead there, from the space of the rule on; `world` for what is the same for everybody."""


@dataclass(frozen=True)
class RandomRef:
    """A random number: whose, what, and of which kind (luck, shock)."""

    kind: str
    what: str
    who: tuple[str, ...]


Argument = VariableRef | RandomRef


@cache
def list_argument_names(function: Callable[..., Any]) -> tuple[str, ...]:
    """Argument names of a rule."""
    return tuple(inspect.signature(function).parameters)


class UnknownNameError(LookupError):
    """A rule asks for something that the layout does not know."""


class ArgumentBinder:
    """Looks names up in a layout."""

    def __init__(self, layout: Layout, variables: dict[str, set[str]]) -> None:
        self.layout = layout
        self.variables = variables

    def bind(self, rule: Rule) -> tuple[Argument, ...]:
        """What each argument of the rule stands for."""
        found = []
        for argument in list_argument_names(rule.function):
            name = rule.argument_names.get(argument, argument)
            seen = self._find(rule.space, name, rule.via)
            if seen is None:
                raise UnknownNameError(
                    f"{rule.function.__module__}.{rule.function.__name__}: nothing called {name!r} in {rule.space}"
                )
            found.append(seen)
        return tuple(found)

    def bind_name(self, space: str, name: str) -> VariableRef:
        """What a single name stands for, which must not be a random number."""
        seen = self._find(space, name, "")
        if not isinstance(seen, VariableRef):
            raise UnknownNameError(f"nothing called {name!r} in {space}")
        return seen

    def _find(self, space: str, name: str, via: str) -> Argument | None:
        if name in self.variables[space]:
            return VariableRef(space, name)
        if via and (found := self._find_through(via, self.layout.spaces[space].relations[via], name)):
            return found
        if name.startswith(RANDOM_PREFIXES):
            kind, what = name.split("_", 1)
            return RandomRef(kind, what, self.layout.spaces[space].stream_names)
        relations = self.layout.spaces[space].relations
        for key in sorted(relations, key=len, reverse=True):
            if name.startswith(f"{key}_") and (found := self._find_through(key, relations[key], name[len(key) + 1 :])):
                return found
        for key, relation in relations.items():
            if relation.default and (found := self._find_through(key, relation, name)):
                return found
        if space != "world":
            return self._find_in_world(name)
        return None

    def _find_in_world(self, name: str) -> Argument | None:
        """The world's own variable, or one of the two sides' or the mediator's."""
        found = self._find("world", name, "")
        if isinstance(found, VariableRef) and found.space == "world":
            return VariableRef("world", name, np.array([0]), axis=-1, route=("world",))
        if isinstance(found, VariableRef) and found.rows is not None:
            return VariableRef(found.space, found.name, found.rows, axis=-1, route=("world", *found.route))
        return None

    def _find_through(self, by: str, relation: Relation, name: str) -> Argument | None:
        """The variable of whoever a relation names; relations of relations are followed."""
        if name in self.variables[relation.space]:
            return VariableRef(relation.space, name, relation.index, relation.axis, (by,))
        other = self.layout.spaces[relation.space]
        if name.startswith(RANDOM_PREFIXES):
            kind, what = name.split("_", 1)
            return RandomRef(kind, what, tuple((*other.stream_names, "nobody")[i] for i in relation.index))
        for key in sorted(other.relations, key=len, reverse=True):
            if name.startswith(f"{key}_") and other.relations[key].axis == 0:
                found = self._find_through(key, other.relations[key], name[len(key) + 1 :])
                if isinstance(found, VariableRef) and found.rows is not None:
                    nobody = np.append(found.rows, self.layout.spaces[found.space].shape[0])
                    route = (by, *found.route)
                    return VariableRef(found.space, found.name, nobody[relation.index], relation.axis, route)
        return None


CHOICE_READS = (("move", "worth"), ("move", "open"), ("world", "precision"), ("world", "second_key"))
"""What a choice among moves looks at."""


def list_read_variables(step: Step, binder: ArgumentBinder) -> Iterator[tuple[str, str]]:
    """Space and name of every variable that a step of the week looks at."""
    if isinstance(step, Rule):
        yield from ((seen.space, seen.name) for seen in binder.bind(step) if isinstance(seen, VariableRef))
    elif isinstance(step, BestPackage | ProductOverParties):
        yield ("side_package" if isinstance(step, BestPackage) else "party_package"), step.of
    elif isinstance(step, Reduce | Lookup):
        space, name = step.of.split(".")
        yield space, name
        if isinstance(step, Lookup):
            at = binder.bind_name(step.space, step.at)
            yield at.space, at.name
    elif isinstance(step, ChooseMove):
        yield from CHOICE_READS
