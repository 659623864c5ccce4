"""Board: the spaces of a scenario - who is there, how they are linked, and which groups they form.

The board knows no numbers that vary; those come with the opening. Every one-dimensional space has one more row of
zeros at its end, which stands for nobody.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.play.draws import Sheet, sheet_of
from sim.play.packages import Contents, contents_of
from sim.rules.entry import DEEDS
from sim.spec.scenario import Scenario

Index = NDArray[np.int64]


@dataclass(frozen=True)
class Link:
    """From each entity of a space to one of another: along which axis, and to which."""

    space: str
    index: Index
    axis: int = 0
    default: bool = False
    """True if unprefixed names are looked up through it."""


@dataclass(frozen=True)
class Space:
    """One space: its shape, the names of its entities, its links and groups."""

    name: str
    keys: tuple[str, ...]
    shape: tuple[int, ...]
    links: dict[str, Link] = field(default_factory=dict)
    groups: dict[str, Index] = field(default_factory=dict)


@dataclass(frozen=True)
class Move:
    """One thing one actor can do."""

    actor: str
    kind: str
    lever: str = ""
    target: str = ""

    @property
    def key(self) -> str:
        """Address of its luck."""
        return "/".join((self.actor, self.kind, self.lever or self.target))

    @property
    def deed(self) -> bool:
        """True if it needs a second key."""
        return self.kind in DEEDS


@dataclass(frozen=True)
class Board:
    """All spaces of a scenario, and its fixed lists."""

    scenario: Scenario
    spaces: dict[str, Space]
    moves: tuple[Move, ...]
    contents: tuple[tuple[str, dict[str, str]], ...]
    paths: tuple[str, ...]
    parties: tuple[str, ...]

    @cached_property
    def table(self) -> Contents:
        """What holds of the contents whatever the draws."""
        return contents_of(self)

    @cached_property
    def sheet(self) -> Sheet:
        """What is drawn for every run."""
        return sheet_of(self.scenario)

    @cached_property
    def _places(self) -> dict[frozenset[tuple[str, str]], int]:
        return {frozenset(options.items()): place for place, (_, options) in reversed([*enumerate(self.contents)])}

    def place_of(self, options: dict[str, str]) -> int:
        """Place of the first content with these options."""
        return self._places[frozenset(options.items())]

    @property
    def packages(self) -> list[tuple[str, str]]:
        """Content and path of every package, in order of their numbers."""
        return [(name, path) for name, _ in self.contents for path in self.paths]
