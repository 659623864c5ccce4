"""Answers: what somebody said about a quarrel, before any of it is a scenario."""

from dataclasses import dataclass
from datetime import date

STEPS = 10
"""Highest answer to a question such as "how dear, from 0 to 10"."""


@dataclass(frozen=True)
class Side:
    """One of the two sides."""

    label: str
    """Its name."""
    points: tuple[float, ...]
    """How much it cares about each issue, in any measure."""
    cost: int
    """What the quarrel costs it, from 0 to 10."""


@dataclass(frozen=True)
class Question:
    """Something they quarrel about."""

    label: str
    """Its name."""
    options: tuple[str, ...]
    """Its answers, from best for the second side to best for the first."""
    today: int
    """Which of them holds while nothing is agreed, counted from 0."""


@dataclass(frozen=True)
class Threat:
    """Something one party can threaten and then do."""

    label: str
    """What it is."""
    holder: int
    """Who can do it: 0 and 1 for the sides, 2 for the mediator."""
    target: int
    """Whom it is to move: 0 or 1."""
    effect: int
    """How hard it hits, from 0 to 10."""
    price: int
    """How dear it is to whoever does it, from 0 to 10."""


@dataclass(frozen=True)
class Answers:
    """A quarrel in its author's words."""

    title: str
    """What it is about."""
    issues: tuple[Question, ...]
    """What is negotiated about."""
    sides: tuple[Side, Side]
    """The two sides, the first one first."""
    mediator: str
    """Name of the mediator, or empty."""
    threat: Threat | None
    """The lever, if there is one."""
    weeks: int
    """How many weeks are played."""
    starts: date
    """First day of week 1."""
