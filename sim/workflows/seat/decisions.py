"""Decisions: where in a week an actor decides, what is open then, and how a player's word takes the model's place.

Read aloud
    An actor chooses a move; it signs a plan or does not; the mediator confirms a plan, and leans on those who refuse or
    does not; who is leaned on gives in or holds out. At each of these places the model has decided already, by its
    rules and its luck. What a player says is written over it, at this actor, this week and this place only. All that
    follows reads it as it would read the model's.
"""

from dataclasses import dataclass
from typing import Literal

from sim.engines.paused_engine import PausedEngine
from sim.model.layout import Move
from sim.rules.stages import PLAN, SUMMIT_DUE
from sim.rules.week import WEEK
from sim.rules.week.steps import ChooseMove, Reduce, Rule
from sim.workflows.seat.moves_text import LEAN, LETTERS, MODEL, NO, WAIT, YES, SeatMove

DecisionKind = Literal["move", "sign", "confirm", "yield"]
"""A move; a signature; the mediator's confirmation of a plan; giving in to the mediator."""

CHOOSERS = tuple(step.group for step in WEEK if isinstance(step, ChooseMove))
"""Groups of actors in the order in which they choose."""


@dataclass(frozen=True)
class OpenMove:
    """Something that a player can say now."""

    move: SeatMove
    """How it is said."""
    row: int = -1
    """Row among the moves of the layout; -1 for an answer."""
    takes_package: bool = False
    """True if a package can be named with it."""


@dataclass(frozen=True)
class Pause:
    """A place in a week at which the player is asked."""

    kind: DecisionKind
    """What is decided."""
    week: int
    """The week."""
    open_moves: tuple[OpenMove, ...]
    """What can be said."""
    modelled: SeatMove
    """What the model decides here, with its luck."""


def find_step(sets: str, group: str = "") -> int:
    """Place in the week of the step that sets an actor's or the world's variable.

    Args:
        sets: Name of the variable.
        group: Group for which it is set.
    """
    return next(
        place
        for place, step in enumerate(WEEK)
        if isinstance(step, Rule | Reduce) and step.sets == sets and step.group == group
    )


SIGNED_STEP = find_step("signs_draft", "party") + 1
CONFIRMED_STEP = find_step("confirms", "mediator") + 1
LEANING_STEP = find_step("leaning") + 1
HOLDOUTS_STEP = find_step("holdouts", "consulted")


class ActorState:
    """One run as one actor sees it, in the middle of a week or after it."""

    def __init__(self, engine: PausedEngine, actor: str) -> None:
        self.engine = engine
        self.layout = engine.layout
        self.actor = actor
        self.row = engine.layout.spaces["actor"].keys.index(actor)
        self.moves = [row for row, move in enumerate(engine.layout.moves) if move.actor == actor]
        self.sides = [int(row) for row in engine.layout.spaces["actor"].groups["disputant"]]
        groups = engine.layout.spaces["actor"].groups
        self.group = next((group for group in CHOOSERS if self.row in groups[group]), "")
        self.is_consulted = self.row in groups["consulted"]
        self.is_mediator = actor == engine.layout.scenario.mediator

    def world(self, name: str) -> float:
        """One of the world's variables."""
        return float(self.engine.read("world", name, 0)[0])

    def own(self, name: str) -> float:
        """One of the actor's own variables."""
        return float(self.engine.read("actor", name, self.row)[0])

    def read(self, space: str, name: str, row: int) -> float:
        """A variable of one entity."""
        return float(self.engine.read(space, name, row)[0])

    def write(self, name: str, value: float) -> None:
        """Set one of the actor's own variables."""
        self.engine.write("actor", name, self.row, value)

    def express(self, move: Move) -> SeatMove:
        """A move of the layout as a player says it."""
        scenario = self.layout.scenario
        number = list(scenario.levers).index(move.lever) + 1 if move.lever else 0
        if move.kind == "engage":
            number = scenario.find_by_role("disputant").index(move.target) + 1
        return SeatMove(LETTERS[move.kind], number)


class ChoosesMove:
    """An actor chooses its move of the week."""

    kind: DecisionKind = "move"

    def __init__(self, state: ActorState) -> None:
        self.state = state
        self.step = 1 + next(i for i, s in enumerate(WEEK) if isinstance(s, ChooseMove) and s.group == state.group)

    def find_pause(self, week: int) -> Pause | None:
        """What is open; none if there is nothing but waiting."""
        state, moves = self.state, self.state.layout.moves
        rows = [row for row in state.moves if state.read("move", "open", row) > 0.0]
        if len(rows) < 2:
            return None
        open_moves = tuple(OpenMove(state.express(moves[row]), row, self._takes_package(moves[row])) for row in rows)
        if SignsPlan(state).is_waiting():
            open_moves += _answers(YES, NO)
        chosen = next((row for row in rows if state.read("move", "chosen", row) > 0.0), -1)
        return Pause("move", week, open_moves, state.express(moves[chosen]) if chosen >= 0 else SeatMove(WAIT))

    def _takes_package(self, move: Move) -> bool:
        """True for an offer, and for a summit at which nothing lies on the table yet."""
        if move.kind != "engage":
            return move.kind == "offer"
        side = self.state.sides[self.state.layout.scenario.find_by_role("disputant").index(move.target)]
        return self.state.world("stage") == SUMMIT_DUE and self.state.read("actor", "tabled", side) == 0.0

    def write(self, made: OpenMove, move: SeatMove) -> None:
        """Put the player's move in the place of the model's."""
        state = self.state
        chosen = [state.read("move", "chosen", row) for row in state.moves]
        is_same = chosen[state.moves.index(made.row)] > 0.0 or (move.letter == WAIT and not any(chosen))
        if not is_same:
            for row in state.moves:
                state.engine.write("move", "chosen", row, 1.0 if row == made.row else 0.0)
        if move.package and move.letter == LETTERS["offer"]:
            state.write("counter", move.package - 1.0)
        elif move.package:
            side = state.sides[move.number - 1]
            for name in ("favourite", "envoy_favourite"):
                state.engine.write("actor", name, side, move.package - 1.0)


def _answers(*letters: str) -> tuple[OpenMove, ...]:
    return tuple(OpenMove(SeatMove(letter)) for letter in letters)


class SignsPlan:
    """An actor puts its name to the draft, or does not."""

    kind: DecisionKind = "sign"
    step = SIGNED_STEP

    def __init__(self, state: ActorState) -> None:
        self.state = state

    def find_pause(self, week: int) -> Pause | None:
        """Yes or no, where the actor's answer counts this week."""
        if not (self._is_asked_at_table() or self._is_consulted()):
            return None
        signs = self.state.own("signs_draft") > 0.0
        return Pause("sign", week, _answers(YES, NO), SeatMove(YES if signs else NO))

    def _is_asked_at_table(self) -> bool:
        """True if a summit puts a draft to the actor that it has not tabled this week."""
        state = self.state
        seated = state.row in state.sides and state.own("at_table") > 0.0
        return seated and state.world("summit") > 0.0 and state.own("tabled_now") == 0.0

    def _is_consulted(self) -> bool:
        """True if the plan on the table needs the actor's consent now."""
        return self.state.world("tabled_now") == 0.0 and self.is_waiting()

    def is_waiting(self) -> bool:
        """True if a plan lies on the table that needs the actor's consent."""
        state = self.state
        if state.world("stage") != PLAN:
            return False
        if state.is_mediator:
            return state.world("mediated") == 0.0 and state.own("draft_delivers") > 0.0
        asked = state.world("asks_others") > 0.0 and state.own("draft_needed") > 0.0
        return state.is_consulted and asked and not (state.row in state.sides and state.own("at_table") > 0.0)

    def write(self, made: OpenMove, move: SeatMove) -> None:
        """Put the player's answer in the place of the model's."""
        self.state.write("signs_draft", float(made.move.letter == YES))


class ConfirmsPlan:
    """The mediator confirms a plan or does not; what it says of leaning is written once that has been weighed."""

    kind: DecisionKind = "confirm"
    step = CONFIRMED_STEP

    def __init__(self, state: ActorState) -> None:
        self.state = state
        self.leans: bool | None = None

    def find_pause(self, week: int) -> Pause | None:
        """Yes, yes and lean, or no, where a plan is consulted on."""
        self.leans = None
        state = self.state
        if state.world("stage") != PLAN or state.world("tabled_now") > 0.0 or state.world("mediated") == 0.0:
            return None
        needed, refused = state.world("needs_confirmation") > 0.0, state.world("refusals") > 0.0
        if not needed and not refused:
            return None
        letters = [YES] + [LEAN] * refused + [NO] * needed
        confirms = not needed or state.own("confirms") > 0.0
        return Pause("confirm", week, _answers(*letters), SeatMove(YES if confirms else NO))

    def write(self, made: OpenMove, move: SeatMove) -> None:
        """Put the player's answer in the place of the model's."""
        self.leans = made.move.letter == LEAN
        self.state.write("confirms", float(made.move.letter != NO))


class Leans:
    """The mediator leans on those who refuse, as the player has said with the confirmation."""

    kind: DecisionKind = "confirm"
    step = LEANING_STEP

    def __init__(self, confirmation: ConfirmsPlan) -> None:
        self.confirmation = confirmation

    def find_pause(self, week: int) -> Pause | None:
        """Nothing is asked; the answer is written."""
        state, leans = self.confirmation.state, self.confirmation.leans
        if leans is not None:
            can_lean = state.world("refusals") > 0.0 and state.world("confirmed") > 0.0
            state.engine.write("world", "leaning", 0, float(leans and can_lean))
        return None

    def write(self, made: OpenMove, move: SeatMove) -> None:
        """Nothing is asked here."""


class GivesIn:
    """An actor that has refused gives in to the mediator's pressure, or holds out."""

    kind: DecisionKind = "yield"
    step = LEANING_STEP

    def __init__(self, state: ActorState) -> None:
        self.state = state

    def find_pause(self, week: int) -> Pause | None:
        """Yes or no, where the mediator leans on the actor."""
        state = self.state
        if not state.is_consulted or state.world("leaning") == 0.0 or state.own("refuses") == 0.0:
            return None
        if state.world("stage") != PLAN:
            return None
        return Pause("yield", week, _answers(YES, NO), SeatMove(NO if state.own("holds_out") > 0.0 else YES))

    def write(self, made: OpenMove, move: SeatMove) -> None:
        """Put the player's answer in the place of the model's."""
        self.state.write("holds_out", float(made.move.letter == NO))
        self.state.engine.repeat(HOLDOUTS_STEP)


DecisionPoint = ChoosesMove | SignsPlan | ConfirmsPlan | Leans | GivesIn
"""A place in the week at which an actor decides."""


def list_points(state: ActorState) -> list[DecisionPoint]:
    """Places at which an actor decides, in the order of the week.

    Args:
        state: The run as the actor sees it.
    """
    points: list[DecisionPoint] = [ChoosesMove(state)] if state.group else []
    if state.is_mediator or state.is_consulted:
        points.append(SignsPlan(state))
    if state.is_mediator:
        confirmation = ConfirmsPlan(state)
        points += [confirmation, Leans(confirmation)]
    if state.is_consulted:
        points.append(GivesIn(state))
    return points


def is_open_to(pause: Pause, move: SeatMove) -> OpenMove | None:
    """The open move that a player means; none if it is not open, or names a package where none can be named.

    Args:
        pause: Where the player is asked.
        move: What the player says.
    """
    for one in pause.open_moves:
        if one.move == move.without_package and (one.takes_package or not move.package):
            return one
    return None


def follows_model(move: SeatMove) -> bool:
    """True if the player leaves the decision to the model."""
    return move.letter == MODEL
