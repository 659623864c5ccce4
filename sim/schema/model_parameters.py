"""Model parameters: the contest, the habits of choice, the protocol of talks and the fate of agreements."""

from pydantic import Field

from sim.schema.base import Model
from sim.schema.issue import Shift
from sim.schema.labels import Key
from sim.schema.numbers import WeekNumber
from sim.schema.ranges import (
    Chance,
    Distance,
    Duration,
    Factor,
    Hazard,
    Logits,
    OddsFactor,
    Reduction,
    Shape,
    Share,
    Sharpness,
    WeeklyDistance,
    WeeklyLogits,
    Weeks,
)


class Contest(Model):
    """What happens without an agreement: three ends, a balance that drifts and reverts, costs that grow."""

    first: str
    """The side that a positive balance favours."""
    second: str
    """The other side."""
    first_prevails: dict[str, str]
    """Terms that stand for the end in which the first side prevails."""
    stalemate: dict[str, str]
    """Terms that stand for a stalemate."""
    second_prevails: dict[str, str]
    """Terms that stand for the end in which the second side prevails."""
    balance: Logits
    """Balance at the start, in logits, positive for the first side (b0)."""
    drift: WeeklyLogits
    """Weekly drift of the balance (mu)."""
    noise: WeeklyDistance
    """Weekly standard deviation of the balance."""
    reversion: Share
    """Share of the distance to its resting point that the balance loses per week; 0 is none."""
    resting_point: Logits
    """Balance to which it reverts."""
    stalemate_margin: Distance
    """How far the balance must lean before a side is likelier than not to prevail (κ)."""
    aid_moves: WeeklyLogits
    """Weekly shift of the balance for a full loss of aid (k_aid)."""
    aid_heals: Share
    """Weekly gain of staying power for a full rise of aid."""
    aid_speed: Share
    """Share of the gap that aid closes per week."""
    lever_speed: Share
    """Share of the gap that a lever's effect closes per week."""
    foresight: Weeks
    """Weeks over which actors count a weekly push of the balance."""
    duration: Duration
    """Weeks until the contest is decided without an agreement, as actors expect (T); the same for all."""
    clash_hazard: Hazard
    """Chance per week of a direct clash."""
    shifts: dict[Key, Shift] = Field(default_factory=dict)
    """Shifts of the balance that agreements bring if they break."""


class Choice(Model):
    """How actors choose: better moves are likelier, not certain."""

    precision: Sharpness
    """Sharpness of choice (λ), per unit of worth."""
    second_key: Factor
    """Sharpness of the second key, as a factor of the first (κ2)."""
    memory: Share
    """Share of experience kept per week."""


class Protocol(Model):
    """How talks run from a call to a plan."""

    ready_package: str
    """Terms that a ready side would sign in the sequence named next."""
    ready_sequence: str
    """Sequence of the ready package."""
    asks_others: bool = True
    """False if a plan binds without the consent of those who were not at the table; a what-if."""
    needs_confirmation: bool = True
    """False if a plan binds the mediator without confirmation by its principal; a what-if."""
    stage_life: Duration
    """Weeks after which an unused stage lapses."""
    ministers_reveal: Chance
    """Chance that ministers learn whether their counterpart is ready (τ_m)."""
    ministers_good: OddsFactor
    """Factor on the odds of hope after good news from ministers."""
    ministers_bad: OddsFactor
    """Factor on the odds of hope after bad news from ministers."""
    failed_summit: OddsFactor
    """Factor on the odds of hope after a failed summit."""
    lapsed_plan: OddsFactor
    """Factor on the odds of hope after a plan that lapsed."""
    warm_words: Share
    """How strongly believed friendly words raise hope, from 0 to 1."""
    strike_cools: OddsFactor
    """Factor on the odds of hope after a mass strike."""
    lobby_cools: OddsFactor
    """Factor on the odds of hope after lobbying."""


class AgreementDurability(Model):
    """What becomes of agreements."""

    paper_share: Chance
    """Chance that a ceasefire exists on paper only."""
    paper_hazard: Hazard
    """Chance per week that such a ceasefire breaks."""
    slow_scale: Factor
    """Scale of the slow breakdown hazard (Weibull)."""
    slow_shape: Shape
    """Shape of the slow breakdown hazard; below 1 it falls with time."""
    guarantee_bite: Factor
    """How strongly a trusted guarantee cuts the breakdown risk (γ)."""
    imposed_factor: Factor
    """Factor on the breakdown hazard of imposed agreements."""
    settled_factor: Reduction
    """Factor on the breakdown hazard once every issue is settled; 1 or less."""
    unravels: Chance
    """Chance that a signed agreement unravels before it is in force, however long that takes."""
    settling_weeks: Duration
    """Weeks over which the open issues are settled after a ceasefire, if they are."""
    truce_weeks: Duration
    """Length of a partial truce in weeks."""
    truce_breaks: Hazard
    """Chance per week that a partial truce is violated."""


class ScheduledSummit(Model):
    """A summit that is held in a certain week, if no plan is on the table by then."""

    week: WeekNumber
    """Week in which it is held."""
    side: str
    """The side invited."""


class ScheduledPlan(ScheduledSummit):
    """A plan that lies on the table in a certain week, accepted by the side named."""

    terms: str
    """Terms of the plan, one of those named on the menu."""
    sequence: str
    """Sequence of the plan."""
    confirmed: bool = False
    """True if the mediator's principal confirms it, whatever it would choose."""


class Schedule(Model):
    """What the scenario dates, whatever the actors would choose."""

    mediator_leaves_in_week: WeekNumber | None = None
    """Week in which the mediator leaves."""
    summit: ScheduledSummit | None = None
    """A scheduled summit."""
    plan: ScheduledPlan | None = None
    """A scheduled plan."""
