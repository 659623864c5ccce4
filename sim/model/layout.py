"""Layout: the spaces of a scenario - who is there, how they are related, and which groups they form.

The layout knows no numbers that vary; those come with the initial state. Every one-dimensional space has one more row
of zeros at its end, which stands for nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.model.packages import TermsTable, build_terms_table
from sim.model.parameters import SamplingPlan, make_sampling_plan
from sim.rules.week.moves import MOVE_KINDS
from sim.schema.scenario import Scenario

Index = NDArray[np.int64]


@dataclass(frozen=True)
class Relation:
    """From each entity of a space to one of another: along which axis, and to which."""

    space: str
    index: Index
    axis: int = 0
    default: bool = False
    """True if unprefixed names are looked up through it."""


@dataclass(frozen=True)
class EntitySet:
    """One space: its shape, the names of its entities, its relations and groups."""

    name: str
    keys: tuple[str, ...]
    shape: tuple[int, ...]
    relations: dict[str, Relation] = field(default_factory=dict)
    groups: dict[str, Index] = field(default_factory=dict)
    addresses: tuple[str, ...] = ()
    """Addresses of the luck of the entities, where they are not the names."""

    @property
    def stream_names(self) -> tuple[str, ...]:
        """Name of each entity in the addresses of its random streams."""
        return self.addresses or self.keys


_SECOND_KEY_MOVES = frozenset(kind.key for kind in MOVE_KINDS if kind.needs_second_key)


@dataclass(frozen=True)
class Move:
    """One thing one actor can do."""

    actor: str
    kind: str
    lever: str = ""
    target: str = ""

    @property
    def key(self) -> str:
        """Its name."""
        return self.name_by({})

    def name_by(self, ids: Mapping[str, str]) -> str:
        """Its name with the actors under other names, such as those by which luck is addressed."""
        target = self.lever or ids.get(self.target, self.target)
        return "/".join((ids.get(self.actor, self.actor), self.kind, target))

    @property
    def needs_second_key(self) -> bool:
        """True if it needs a second key."""
        return self.kind in _SECOND_KEY_MOVES


@dataclass(frozen=True)
class Layout:
    """All spaces of a scenario, and its fixed lists."""

    scenario: Scenario
    spaces: dict[str, EntitySet]
    moves: tuple[Move, ...]
    terms: tuple[tuple[str, dict[str, str]], ...]
    sequences: tuple[str, ...]
    parties: tuple[str, ...]

    @cached_property
    def terms_table(self) -> TermsTable:
        """What holds of the terms whatever the draws."""
        return build_terms_table(self.scenario, [options for _, options in self.terms], self.parties)

    @cached_property
    def sampling_plan(self) -> SamplingPlan:
        """What is drawn for every run."""
        return make_sampling_plan(self.scenario)

    @cached_property
    def _rows_by_terms(self) -> dict[frozenset[tuple[str, str]], int]:
        return {frozenset(options.items()): place for place, (_, options) in reversed([*enumerate(self.terms)])}

    def find_terms(self, options: dict[str, str]) -> int:
        """Number of the first terms with these options."""
        return self._rows_by_terms[frozenset(options.items())]

    @property
    def packages(self) -> list[tuple[str, str]]:
        """Terms and sequence of every package, in order of their numbers."""
        return [(name, sequence) for name, _ in self.terms for sequence in self.sequences]
