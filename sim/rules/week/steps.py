"""Steps: the few kinds of step of which the week is made, and the spaces they speak about.

Spaces
    world            one of a kind
    actor            everybody who takes part
    belief           what one actor thinks of another
    lever            threats and executions
    move             what an actor can do this week
    sequence         an order of steps
    package          terms by a sequence
    party_package    a package as a party sees it
    party_sequence   a sequence as a party sees it
    side_package     a package as a side at the table sees it
    party_terms      terms as a party sees them
    breakdown_class  what is alike of packages if they break
    party_breakdown  a breakdown class as a party sees it
    compliance       a complier of a lever
    veto             a member who can veto a lever
    deterrence       lever against lever
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Rule:
    """One rule applied to everybody in a space; its argument names say what it looks at."""

    function: Callable[..., Any]
    """The rule."""
    space: str
    """Where it applies."""
    sets: str | tuple[str, ...]
    """What it sets."""
    group: str = ""
    """Group within the space; empty for all."""
    argument_names: Mapping[str, str] = field(default_factory=dict)
    """Arguments that are read from another name."""
    via: str = ""
    """Relation through whose eyes names are looked up first."""
    random_keys: tuple[str, ...] = ("week",)
    """World variables that address its random numbers, besides seed, run, who and what."""


@dataclass(frozen=True)
class Reduce:
    """Sum over a space, for the world or for whoever a relation names."""

    space: str
    """Who gets the sum."""
    sets: str
    """What it sets."""
    of: str
    """Space and variable that are summed."""
    by: str = ""
    """Relation from what is summed to who gets it; empty for the world."""
    group: str = ""
    """Group of what is summed."""
    product: bool = False
    """True for the product instead of the sum."""
    receivers: str = ""
    """Group of those who get the sum; the others keep what they had."""


@dataclass(frozen=True)
class BestPackage:
    """Best package for each side: its value and its number."""

    sets: str
    """Actor variable for the value; empty if not needed."""
    at: str
    """Actor variable for the number of the package; empty if not needed."""
    of: str
    """Variable of the space `side_package` that is compared."""


@dataclass(frozen=True)
class ProductOverParties:
    """Product over parties, for each package."""

    sets: str
    """Package variable that is set."""
    of: str
    """Variable of the space `party_package`."""
    group: str
    """Group of parties."""


@dataclass(frozen=True)
class Lookup:
    """The value of one package, at a number held elsewhere."""

    space: str
    """Who gets it."""
    sets: str
    """What it sets."""
    of: str
    """Space (package, party_package or side_package) and variable."""
    at: str
    """Name that holds the number of the package."""
    group: str = ""
    """Group within the space; empty for all."""


@dataclass(frozen=True)
class ChooseMove:
    """Everybody in a group chooses one move: the best by worth and luck; some need a second key."""

    group: str
    """Group of actors that choose now."""


@dataclass(frozen=True)
class ClassifyOutcome:
    """The run's present state is classified as an outcome."""

    sets: str
    """World variable that holds the number of the outcome."""


Step = Rule | Reduce | BestPackage | ProductOverParties | Lookup | ChooseMove | ClassifyOutcome
"""One line of the week."""
