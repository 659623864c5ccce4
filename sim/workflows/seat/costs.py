"""Costs: what a player pays for a move or an answer - at once, and if it goes wrong.

Read aloud
    Prices are those that the rules take off when they weigh a move, in points of the actor's own scale. What an actor
    pays only if something happens later, such as an ultimatum that it lets lapse, is named apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.rules.moves.drop_threat import EXCUSED
from sim.workflows.seat.decisions import ActorState, OpenMove
from sim.workflows.seat.moves_text import LEAN
from sim.workflows.seat.wording import say

POINTS = 100.0
"""Points of the whole scale of worth."""

NOTABLE = 0.05
"""Points that are more than nothing when one decimal is shown."""


@dataclass(frozen=True)
class MoveCost:
    """Something that a move costs."""

    label: str
    """What it is paid for."""
    points: float
    """How much, in points."""


PRICES = {
    "call": "call_price",
    "symbolic": "symbolic_price",
    "concede": "concession_price",
    "offer": "offer_price",
    "engage": "engage_price",
    "lobby": "lobby_price",
    "threaten": "word_price",
    "drop": "word_price",
}
"""Variable that holds the price of a kind of move."""


def list_costs(state: ActorState, row: int) -> Iterator[MoveCost]:
    """What a move costs: what is paid at once, then what is paid if it goes wrong; nothing for what is free.

    Args:
        state: The run as the actor sees it.
        row: Row of the move.
    """
    found = [MoveCost(say(f"cost-{key}"), POINTS * cost) for key, cost in _find_costs(state, row)]
    yield from (cost for cost in found if abs(cost.points) >= NOTABLE)


def _find_costs(state: ActorState, row: int) -> Iterator[tuple[str, float]]:
    move = state.layout.moves[row]
    lever = list(state.layout.scenario.levers).index(move.lever) if move.lever else -1
    if move.kind in PRICES:
        yield "price", state.own(PRICES[move.kind])
    if move.kind == "engage":
        growth = 1.0 + state.own("failed_summit_growth") * state.world("failures")
        yield "failed-summit", state.own("failed_summit_price") * growth
    elif move.kind == "threaten":
        yield "audience", state.own("audience_cost")
    elif move.kind == "drop":
        yield "withdrawn", EXCUSED * state.own("audience_cost")
    elif move.kind == "execute":
        yield "price", state.read("lever", "price", lever) + state.read("lever", "raised_price", lever)
    elif move.kind == "strike":
        feared = state.own("threatened_harm") + state.own("help_at_stake")
        yield "reply", state.own("strike_backlash") * feared
        yield "prestige", state.own("prestige") * state.own("at_table")
    elif move.kind == "leave":
        yield "prospect", max(0.0, *(state.read("actor", "prospect", side) for side in state.sides))


def list_answer_costs(state: ActorState, one: OpenMove) -> Iterator[MoveCost]:
    """What an answer costs.

    Args:
        state: The run as the actor sees it.
        one: The answer.
    """
    if one.move.letter == LEAN:
        yield MoveCost(say("cost-lean"), POINTS * state.own("lean_price"))
