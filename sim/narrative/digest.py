"""Digest: what a run told in short is made of beside its events - the cast, the votes, and how near each week came."""

from dataclasses import dataclass

from sim.narrative.names import Name
from sim.narrative.wording import Things


@dataclass(frozen=True)
class Verdict:
    """Yes or no of one whose consent a package needs."""

    name: Name
    """Who."""
    yes: bool
    """True for a yes."""
    surplus: float | None
    """What the package was worth over going on without one; None for an institution, which weighs nothing."""
    margin: float
    """Surplus and threatened harm that ends, less what bargaining on would bring; what a key turns by."""
    by_luck: bool
    """True if the answer is not the one that the margin speaks for."""
    pressed: bool = False
    """True for a yes that was given when the mediator leaned on it."""


@dataclass(frozen=True)
class Ballot:
    """One package put to those whose consent it needs."""

    week: int
    """Week of the answers."""
    package: int
    """Number of the package."""
    seat: Name
    """The side at the table."""
    verdicts: tuple[Verdict, ...]
    """The answers; at a summit that fails there is that of the side at the table only."""
    passed: bool
    """True if it was signed."""
    at_summit: bool = False
    """True if it failed at the summit already."""

    @property
    def margin(self) -> float:
        """The smallest margin among those who said no."""
        return min((verdict.margin for verdict in self.verdicts if not verdict.yes), default=0.0)


@dataclass(frozen=True)
class Nearness:
    """The package of a week that comes nearest to everyone whose consent it needs."""

    week: int
    """The week."""
    package: int
    """Number of the package."""
    surplus: float
    """The smallest surplus among them."""
    name: Name
    """Whose that is."""


@dataclass(frozen=True)
class Start:
    """Who could live with what in the first week."""

    packages: int
    """How many packages there are."""
    accepted: tuple[tuple[Name, int], ...]
    """How many of them are worth more to a disputant than going on without an agreement."""
    shared: int
    """How many are to both disputants."""
    by_all: int
    """How many are to everybody whose consent they need."""


@dataclass(frozen=True)
class Cast:
    """Who takes part."""

    sides: tuple[Name, ...]
    """The two disputants."""
    mediator: Name | None
    """The mediator, if there is one."""
    consenting: tuple[Name, ...]
    """Those whose consent some package needs."""
    complying: tuple[Name, ...]
    """Those who go along with a lever or do not."""
    vetoing: tuple[Name, ...]
    """Those who can veto a lever."""


@dataclass(frozen=True)
class Digest:
    """What a run told in short is made of beside its events."""

    cast: Cast
    """Who takes part."""
    start: Start | None
    """Who could live with what in week 1; None if it was not played."""
    ballots: tuple[Ballot, ...]
    """All votes in order."""
    nearest: tuple[Nearness, ...]
    """Of every week before a signature, the package that came nearest."""
    packages: tuple[str, ...]
    """What is in every package, in words."""
    contents: tuple[tuple[str, ...], ...]
    """The same issue by issue, the sequence last."""
    things: Things
    """What the case calls its contest, its meetings and its moves."""
    inherited: int | None = None
    """Number of the package that is spelled out before week 1 is told; none if there is none."""
