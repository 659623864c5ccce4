"""Actor: who takes part, what it wants, and in which roles it acts."""

import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.schema.base import Model
from sim.schema.conditions import TermsCondition
from sim.schema.issue import Side
from sim.schema.labels import Key, Label, Text
from sim.schema.quantity import Weights, WithReason
from sim.schema.ranges import (
    Chance,
    Discount,
    Distance,
    Factor,
    Hazard,
    Payoff,
    Price,
    Share,
    ShareChange,
    WeeklyCost,
    Worth,
    WorthChange,
)


class RedLine(Model):
    """A price paid by an actor when an agreement crosses a line."""

    label: Label
    """Name for readers."""
    when: TermsCondition
    """Agreements that cross it."""
    price: Price
    """What crossing it costs, in worth."""


class AwaitedChange(Model):
    """A date after which an actor's worth of waiting changes: the end of a term, an election, an aid that runs out."""

    label: Label
    """What it waits for."""
    date: datetime.date = Field(ge=datetime.date(1000, 1, 1), le=datetime.date(2999, 12, 31))
    """Day of the change; later than the first day of the scenario."""
    gain: WorthChange
    """Worth that it expects to gain by the change, if no agreement is made before."""


class Ratification(WithReason, TermsCondition):
    """Terms that need one more key at home, with the reason why."""


class Interests(Model):
    """What an actor wants: the worth of agreements and of fighting on."""

    weights: Weights
    """Share of each issue in the worth of an agreement."""
    weekly_discount: Discount
    """Weight of next week relative to this week (δ), below 1."""
    conflict_cost: WeeklyCost | None = None
    """Cost of fighting on per week at the start (c)."""
    conflict_cost_growth: Factor | None = None
    """Growth of that cost per year of fighting, as a share of it; 0 is none."""
    optimism: Distance | None = None
    """How far the actor sees the balance better for its own side than it is (o)."""
    optimism_favours: Side | None = None
    """The side that optimism favours; required with optimism."""
    private_cost: Price | None = None
    """Cost of any peace to the leader in person (st)."""
    trust: Share | None = None
    """Share of a guarantee's strength that it counts on, where it has no belief of the kind `trust`."""
    no_deal: Worth | None = None
    """Fixed worth of no agreement, for actors that do not bear the contest."""
    value_of_any_deal: Share | None = None
    """Share of an agreement's worth that lies in having one at all (glory)."""
    red_lines: dict[Key, RedLine] = Field(default_factory=dict)
    """Lines whose crossing has a price."""
    ratifies: Ratification | None = None
    """Agreements that need one more key at home, such as a change of the constitution."""
    awaits: AwaitedChange | None = None
    """A dated change for which it has a reason to wait."""

    @model_validator(mode="after")
    def validate_reservation(self) -> Self:
        """Either the contest or a fixed number gives the reservation value; optimism has a direction."""
        if (self.conflict_cost is None) == (self.no_deal is None):
            raise ValueError(
                "give `conflict_cost` (the contest gives the reservation value) or `no_deal`, one of the two"
            )
        if (self.optimism is None) != (self.optimism_favours is None):
            raise ValueError("`optimism` goes with `optimism_favours`")
        return self


class Disputant(Model):
    """One of the two sides of the contest; both have the same moves and the same fields."""

    resilience: Share
    """Staying power at the start, from 0 to 1 (z0)."""
    erosion: Share
    """Staying power lost per week of fighting."""
    exhaustion: Factor
    """How far lost staying power raises the weekly cost of the contest."""
    collapse_hazard: Hazard
    """Chance per week of collapse at a staying power of .45 and an even balance (hz)."""
    aid: Share
    """Aid received at the start, from 0 to 1."""
    aid_trend: ShareChange | None = None
    """Change of that aid per year, from week 1 on, whatever levers do; none if not given."""
    prestige: Worth
    """Worth of being called or met by the mediator (prest)."""
    call_price: Price
    """Price of a friendly call."""
    call_advances: Share
    """How far a call brings an agreement nearer, as a share of its chance."""
    symbolic_price: Price
    """Price of a symbolic step such as a partial truce."""
    concession_price: Price
    """Price of tabling a real concession."""
    offer_price: Price
    """Price of tabling a proposal of its own."""
    strike_gain: Payoff
    """Worth of a mass strike to the side that makes it."""
    strike_toll: Share
    """Staying power that a mass strike takes from the other side."""
    strike_backlash: Factor
    """How far a mass strike raises the punishment it expects (ζ)."""
    words_credibility: Share
    """How far friendly words avert the execution of threats (η)."""
    hardens_by_executions: WorthChange
    """Rise of the reservation value for every lever executed against it."""
    hardens_by_lapse: WorthChange
    """Rise of the reservation value when a plan it accepted is not confirmed, or the other side backs out of it."""
    ready_margin: Worth
    """Surplus with which a ready side would sign the package named in protocol.ready_package (ω)."""
    yields_to_leaning: Worth
    """Worth that leaning by the mediator adds to signing (lev)."""


class Mediator(Model):
    """The third party that offers meetings, threatens and executes levers."""

    failed_summit_price: Price
    """Price of a summit without result (F)."""
    failed_summit_growth: Factor
    """Growth of that price with every earlier failure (F_k)."""
    audience_cost: Price
    """Price of backing down from an ultimatum (a)."""
    word_price: Price
    """Price of issuing a threat."""
    engage_price: Price
    """Price of offering a meeting."""
    threat_persuades: Chance
    """Believed chance that a credible threat makes a delaying side ready (ν_T)."""
    execution_persuades: Chance
    """Believed chance that an executed lever makes a delaying side ready (ν_X)."""
    execution_disturbs: Share
    """Share of the prospect of running talks that executing a lever against the partner puts at risk."""
    hope_fades: Share
    """Share of hope that fades per week."""
    ignores_others: Share
    """How far the mediator leaves out of account that others must agree (blind)."""
    envoy_ahead: Chance
    """Chance that the envoy drafts what the partner at the table will sign, without regard to the others."""
    hesitates: Chance
    """Chance that the principal does not confirm a plan its envoy has agreed."""
    lean_price: Price
    """Price of leaning on a party that refuses."""
    leaving: Payoff
    """Worth of leaving the mediation."""
    delivers: TermsCondition | None = None
    """Agreements with a term that only it can deliver: they need its consent even after it has left."""


class VetoPlayer(Model):
    """A third party whose consent some agreements need, and that may lobby the mediator."""

    must_consent: TermsCondition | None = None
    """Agreements that need its consent; without any, it only lobbies."""
    consents: Chance | None = None
    """Chance of consent, for institutions without interests of their own here."""
    lobbies_against: str = ""
    """The disputant against which it lobbies the mediator; empty if it does not lobby."""
    lobby_price: Price | None = None
    """Price of a round of lobbying."""
    lobby_push: Worth | None = None
    """Push that its lobbying gives to the mediator's pressure."""
    minds_bad_deals: Factor | None = None
    """Weight of a feared bad agreement in its decision to lobby (ψ1)."""
    wants_pressure: Worth | None = None
    """Weight of its wish for pressure in its decision to lobby (ψ2)."""


class Complier(Model):
    """A third party whose compliance a lever's effect depends on, or a member whose veto can block it."""

    fear: Price
    """Price it expects to pay if it does not comply."""
    tie: Worth
    """Worth of its tie to the lever's target."""


Role = Literal["disputant", "mediator", "veto_player", "complier", "party"]


class Actor(Model):
    """One actor and the roles it plays; an actor may have several."""

    label: Label
    """Name for readers."""
    name: Label | None = None
    """Name inside a sentence, with its article: `the union`; the label if left out. A language with cases writes
    nominative, accusative and dative with bars between."""
    about: Text
    """Who it is, in one neutral sentence."""
    id: Key | None = None
    """Address of its luck, where it is not its key: with its old key here, an actor with a new key keeps its luck."""
    interests: Interests | None = None
    """What it wants; required of disputants and mediators."""
    disputant: Disputant | None = None
    """Its life as one of the two sides."""
    mediator: Mediator | None = None
    """Its life as the mediator."""
    veto_player: VetoPlayer | None = None
    """Its life as a party whose consent is needed."""
    complier: Complier | None = None
    """Its life as a party that complies with a lever or does not, or as a member that can veto."""

    @model_validator(mode="after")
    def validate_roles(self) -> Self:
        """Roles that decide over agreements need interests."""
        if (self.disputant or self.mediator) and self.interests is None:
            raise ValueError("a disputant or mediator needs `interests`")
        if self.veto_player and (self.interests is None) == (self.veto_player.consents is None):
            raise ValueError("a veto player has `interests` or a chance `consents`, one of the two")
        return self

    @property
    def roles(self) -> frozenset[Role]:
        """The roles it plays; `party` is whoever decides over agreements."""
        named: dict[Role, object] = {
            "disputant": self.disputant,
            "mediator": self.mediator,
            "veto_player": self.veto_player,
            "complier": self.complier,
            "party": self.interests or self.veto_player,
        }
        return frozenset(role for role, held in named.items() if held is not None)
