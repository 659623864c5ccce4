"""Names: what an argument of a rule stands for - looked up once, when a week is made ready for a board.

Order of look-up: the link through whose eyes the rule is seen; the entity's own variable; luck; a linked entity's
variable, written `link_variable`; for packages seen by somebody, the somebody's and the package's own variables;
the world's variables and links. A name that is found nowhere is an error.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from sim.model.layout import Index, Layout, Relation
from sim.rules.week.steps import Rule

RANDOM_PREFIXES = ("luck_", "shock_", "noise_")


@dataclass(frozen=True)
class VariableRef:
    """A variable as seen from a space: where it lives, and through which rows on which axis."""

    space: str
    name: str
    rows: Index | None = None
    axis: int = 0


@dataclass(frozen=True)
class RandomRef:
    """A throw of luck: whose, what, and of which kind (luck, shock)."""

    kind: str
    what: str
    who: tuple[str, ...]


Argument = VariableRef | RandomRef


@cache
def list_argument_names(function: Callable[..., Any]) -> tuple[str, ...]:
    """Argument names of a rule."""
    return tuple(inspect.signature(function).parameters)


class UnknownNameError(LookupError):
    """A rule asks for something that the board does not know."""


class ArgumentBinder:
    """Looks names up on a board."""

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
        """What a single name stands for, which must not be luck."""
        seen = self._find(space, name, "")
        if not isinstance(seen, VariableRef):
            raise UnknownNameError(f"nothing called {name!r} in {space}")
        return seen

    def _find(self, space: str, name: str, via: str) -> Argument | None:
        if name in self.variables[space]:
            return VariableRef(space, name)
        if via and (found := self._find_through(self.layout.spaces[space].relations[via], name)):
            return found
        if name.startswith(RANDOM_PREFIXES):
            kind, what = name.split("_", 1)
            return RandomRef(kind, what, self.layout.spaces[space].keys)
        links = self.layout.spaces[space].relations
        for key in sorted(links, key=len, reverse=True):
            if name.startswith(f"{key}_") and (found := self._find_through(links[key], name[len(key) + 1 :])):
                return found
        for link in links.values():
            if link.default and (found := self._find_through(link, name)):
                return found
        if space != "world":
            return self._find_in_world(name)
        return None

    def _find_in_world(self, name: str) -> Argument | None:
        """The world's own variable, or one of the two sides' or the mediator's."""
        found = self._find("world", name, "")
        if isinstance(found, VariableRef) and found.space == "world":
            return VariableRef("world", name, np.array([0]), axis=-1)
        if isinstance(found, VariableRef) and found.rows is not None:
            return VariableRef(found.space, found.name, found.rows, axis=-1)
        return None

    def _find_through(self, relation: Relation, name: str) -> Argument | None:
        """The variable of whoever the link names; links of links are followed."""
        if name in self.variables[relation.space]:
            return VariableRef(relation.space, name, relation.index, relation.axis)
        other = self.layout.spaces[relation.space]
        if name.startswith(RANDOM_PREFIXES):
            kind, what = name.split("_", 1)
            return RandomRef(kind, what, tuple((*other.keys, "nobody")[i] for i in relation.index))
        for key in sorted(other.relations, key=len, reverse=True):
            if name.startswith(f"{key}_") and other.relations[key].axis == 0:
                found = self._find_through(other.relations[key], name[len(key) + 1 :])
                if isinstance(found, VariableRef) and found.rows is not None:
                    nobody = np.append(found.rows, self.layout.spaces[found.space].shape[0])
                    return VariableRef(found.space, found.name, nobody[relation.index], relation.axis)
        return None
