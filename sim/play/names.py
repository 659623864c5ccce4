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

from sim.play.board import Board, Index, Link
from sim.rules.entry import Rule

LUCK = ("luck_", "shock_", "noise_")


@dataclass(frozen=True)
class Seen:
    """A variable as seen from a space: where it lives, and through which rows on which axis."""

    space: str
    name: str
    rows: Index | None = None
    axis: int = 0


@dataclass(frozen=True)
class Thrown:
    """A throw of luck: whose, what, and of which kind (luck, shock)."""

    kind: str
    what: str
    who: tuple[str, ...]


Argument = Seen | Thrown


@cache
def argument_names(by: Callable[..., Any]) -> tuple[str, ...]:
    """Argument names of a rule."""
    return tuple(inspect.signature(by).parameters)


class UnknownNameError(LookupError):
    """A rule asks for something that the board does not know."""


class Names:
    """Looks names up on a board."""

    def __init__(self, board: Board, variables: dict[str, set[str]]) -> None:
        self.board = board
        self.variables = variables

    def arguments(self, rule: Rule) -> tuple[Argument, ...]:
        """What each argument of the rule stands for."""
        found = []
        for argument in argument_names(rule.by):
            name = rule.given.get(argument, argument)
            seen = self._find(rule.space, name, rule.seen_by)
            if seen is None:
                raise UnknownNameError(
                    f"{rule.by.__module__}.{rule.by.__name__}: nothing called {name!r} in {rule.space}"
                )
            found.append(seen)
        return tuple(found)

    def one(self, space: str, name: str) -> Seen:
        """What a single name stands for, which must not be luck."""
        seen = self._find(space, name, "")
        if not isinstance(seen, Seen):
            raise UnknownNameError(f"nothing called {name!r} in {space}")
        return seen

    def _find(self, space: str, name: str, seen_by: str) -> Argument | None:
        if name in self.variables[space]:
            return Seen(space, name)
        if seen_by and (found := self._through(self.board.spaces[space].links[seen_by], name)):
            return found
        if name.startswith(LUCK):
            kind, what = name.split("_", 1)
            return Thrown(kind, what, self.board.spaces[space].keys)
        links = self.board.spaces[space].links
        for key in sorted(links, key=len, reverse=True):
            if name.startswith(f"{key}_") and (found := self._through(links[key], name[len(key) + 1 :])):
                return found
        for link in links.values():
            if link.default and (found := self._through(link, name)):
                return found
        if space != "world":
            return self._of_world(name)
        return None

    def _of_world(self, name: str) -> Argument | None:
        """The world's own variable, or one of the two sides' or the mediator's."""
        found = self._find("world", name, "")
        if isinstance(found, Seen) and found.space == "world":
            return Seen("world", name, np.array([0]), axis=-1)
        if isinstance(found, Seen) and found.rows is not None:
            return Seen(found.space, found.name, found.rows, axis=-1)
        return None

    def _through(self, link: Link, name: str) -> Argument | None:
        """The variable of whoever the link names; links of links are followed."""
        if name in self.variables[link.space]:
            return Seen(link.space, name, link.index, link.axis)
        other = self.board.spaces[link.space]
        if name.startswith(LUCK):
            kind, what = name.split("_", 1)
            return Thrown(kind, what, tuple((*other.keys, "nobody")[i] for i in link.index))
        for key in sorted(other.links, key=len, reverse=True):
            if name.startswith(f"{key}_") and other.links[key].axis == 0:
                found = self._through(other.links[key], name[len(key) + 1 :])
                if isinstance(found, Seen) and found.rows is not None:
                    nobody = np.append(found.rows, self.board.spaces[found.space].shape[0])
                    return Seen(found.space, found.name, nobody[link.index], link.axis)
        return None
