"""Moves: every kind of move an actor can choose, declared once.

Which moves a scenario has, in which order the week weighs them, which of them need a second key, what is counted of
them, and the order in which they are narrated and drawn follow from this list. A new kind needs a line here, its rule
file in `sim/rules/moves/`, and its sentences in `sim/i18n/`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from sim.rules.moves import (
    call,
    concede,
    drop_threat,
    execute,
    leave_mediation,
    lobby,
    offer,
    offer_meeting,
    strike,
    symbolic_step,
    threaten,
)
from sim.rules.week.steps import Reduce, Rule, Step

Who = Literal["everybody", "mediator", "disputant", "veto_player", "lever_holder"]
"""Whose move it is."""

Aim = Literal["nobody", "disputants", "opponent", "lobbied", "threatening_levers", "executing_levers"]
"""At whom it is aimed, or with which of the actor's levers it is made: one move for each."""


@dataclass(frozen=True)
class MoveKind:
    """A kind of move."""

    key: str
    """Its name; part of the address of its random streams."""
    who: Who
    """Who can make it."""
    aim: Aim = "nobody"
    """At whom."""
    worth: Callable[..., Any] | None = None
    """The rule that says what it is worth; none for waiting, which is worth nothing."""
    is_open: Callable[..., Any] | None = None
    """The rule that says when it is open; none for what always is."""
    needs_second_key: bool = False
    """True for what is more than words."""
    done: str = ""
    """Actor variable that says how often it was made this week: by a disputant, or against the target."""
    tally: str = ""
    """World variable that counts it over the run."""


WAIT = MoveKind("wait", "everybody")
"""Doing nothing, the first move of everybody who can do something."""

MOVE_KINDS = (
    WAIT,
    MoveKind(
        "engage", "mediator", "disputants", offer_meeting.worth, offer_meeting.is_open, False, "engaged", "meetings"
    ),
    MoveKind("call", "disputant", "opponent", call.worth, call.is_open, False, "called", "calls"),
    MoveKind(
        "symbolic", "disputant", "opponent", symbolic_step.worth, symbolic_step.is_open, True, "symbolic", "steps"
    ),
    MoveKind("concede", "disputant", "opponent", concede.worth, offer.is_open, True, "conceded", "concessions"),
    MoveKind("offer", "disputant", "opponent", offer.worth, offer.is_open, True, "offered", "offers"),
    MoveKind("strike", "disputant", "opponent", strike.worth, strike.is_open, True, "struck", "strikes"),
    MoveKind("lobby", "veto_player", "lobbied", lobby.worth, lobby.is_open, False, "lobby_rounds", "lobbying"),
    MoveKind(
        "threaten",
        "lever_holder",
        "threatening_levers",
        threaten.worth,
        threaten.is_open,
        True,
        "threatened",
        "threats",
    ),
    MoveKind(
        "drop",
        "lever_holder",
        "threatening_levers",
        drop_threat.worth,
        drop_threat.is_open,
        True,
        "dropped",
        "threats_dropped",
    ),
    MoveKind("execute", "lever_holder", "executing_levers", execute.worth, execute.is_open, True, "hit", "executions"),
    MoveKind("leave", "mediator", "nobody", leave_mediation.worth, leave_mediation.is_open, True),
)
"""All kinds, in the order in which an actor's moves are listed, narrated and drawn."""

TALLY_ORDER: tuple[Who, ...] = ("disputant", "lever_holder", "mediator", "veto_player")
"""Whose moves are counted first."""

MOVE_TALLIES = {kind.tally: kind.done for who in TALLY_ORDER for kind in MOVE_KINDS if kind.who == who and kind.tally}
"""World tallies of what actors did, and the actor variable that is counted."""


def weigh_moves(*who: Who) -> tuple[Step, ...]:
    """What the moves of some are worth, and whether they are open."""
    found: list[Step] = []
    for kind in MOVE_KINDS:
        if kind.who in who and kind.worth is not None and kind.is_open is not None:
            found += [
                Rule(kind.worth, "move", "worth", group=kind.key),
                Rule(kind.is_open, "move", "open", group=kind.key),
            ]
    return tuple(found)


def weigh_again(*who: Who) -> tuple[Step, ...]:
    """What the moves of some are worth, once others have chosen."""
    kinds = [kind for kind in MOVE_KINDS if kind.who in who]
    return tuple(Rule(kind.worth, "move", "worth", group=kind.key) for kind in kinds if kind.worth is not None)


def count_own_moves(who: Who) -> tuple[Step, ...]:
    """Which moves the actors of some kind have made this week."""
    kinds = [kind for kind in MOVE_KINDS if kind.who == who]
    return tuple(Reduce("actor", kind.done, "move.chosen", by="actor", group=kind.key) for kind in kinds if kind.done)
