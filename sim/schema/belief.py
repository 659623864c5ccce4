"""Belief: what one actor thinks of another, held as a count of good and bad experience."""

from typing import Literal

from sim.schema.base import Model
from sim.schema.ranges import Chance, Count

BeliefKind = Literal["hope", "credibility", "sincerity", "commitment", "honour", "trust"]
"""hope: the other is ready rather than delaying. credibility: its threats are executed. sincerity: its
promises are real. commitment: it stands by a plan. honour: it keeps a truce. trust: its guarantee holds."""


class Belief(Model):
    """A starting belief; experience moves it, and fades."""

    kind: BeliefKind
    """What the belief is about."""
    holder: str
    """Who believes."""
    about: str
    """Of whom."""
    chance: Chance
    """Starting chance."""
    weight: Count | None = None
    """Number of experiences the starting chance is worth; not for hope."""
