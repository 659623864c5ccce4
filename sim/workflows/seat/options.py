"""Options: what a player can do at a question - what it does, what it costs, and what the model thinks it is worth."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.narrative.moves import TABLED_PACKAGES, name_move
from sim.workflows.seat.costs import POINTS, MoveCost, list_answer_costs, list_costs
from sim.workflows.seat.decisions import ActorState, OpenMove, Pause
from sim.workflows.seat.moves_text import MODEL, NO, WAIT
from sim.workflows.seat.played_run import PlayedRun
from sim.workflows.seat.wording import begin, format_gain, say


@dataclass(frozen=True)
class SeatOption:
    """Something that a player can do now."""

    move: str
    """How it is written in a line of moves, such as `c`."""
    label: str
    """What it is."""
    costs: tuple[MoveCost, ...]
    """What it costs."""
    worth: float | None
    """What the model thinks it is worth, in points, costs taken off; none for what is hidden or not weighed."""
    package: int | None
    """Number of the package that comes on the table with it, unless another is named; none for what is hidden."""
    takes_package: bool
    """True if `p` and the number of a package can be added, as in `op2`."""
    does: str = ""
    """What it does, in a line; empty where the question says it."""


@dataclass(frozen=True)
class PackageWorth:
    """A package as the player's actor sees it now."""

    number: int
    """Its number, counted from 1, as it stands in moves."""
    label: str
    """Its terms in one phrase."""
    contents: tuple[str, ...]
    """What is agreed issue by issue, and the sequence."""
    worth: float | None
    """Worth in points; none for an actor without interests."""
    gain: float | None
    """Worth less that of no agreement."""
    accepted: float | None
    """Chance, as the actor sees it, that all others would take it; none for what is hidden or not weighed."""


def list_options(played: PlayedRun, pause: Pause, draft: PackageWorth, *, hide_worths: bool) -> tuple[SeatOption, ...]:
    """What can be done at a question: answers to a plan first, and last what the model would do, unless that is hidden.

    Args:
        played: The run.
        pause: Where it stands still.
        draft: The package that is asked about, if it is one.
        hide_worths: True to leave out what the model thinks moves are worth and what it would choose.
    """
    moves = sorted(pause.open_moves, key=lambda one: one.row >= 0)
    return tuple(_list_options(played, pause, draft, moves, hide_worths=hide_worths))


def _list_options(
    played: PlayedRun, pause: Pause, draft: PackageWorth, moves: list[OpenMove], *, hide_worths: bool
) -> Iterator[SeatOption]:
    for one in moves:
        if one.row >= 0:
            yield _describe_move(played, one, hide_worths=hide_worths)
        elif pause.kind == "move":
            label = say(f"answer-move-{one.move}", number=draft.number)
            does = "" if draft.gain is None else say(f"does-{one.move}", gain=format_gain(draft.gain))
            yield SeatOption(str(one.move), label, (), None, None, takes_package=False, does=does)
        else:
            weighs = draft.gain is not None and not hide_worths
            worth = _weigh_answer(played.state, pause, one) if weighs else None
            label, costs = say(f"answer-{pause.kind}-{one.move}"), tuple(list_answer_costs(played.state, one))
            yield SeatOption(str(one.move), label, costs, worth, None, takes_package=False)
    if not hide_worths:
        yield SeatOption(MODEL, say("option-model"), (), None, None, takes_package=False)


def _describe_move(played: PlayedRun, one: OpenMove, *, hide_worths: bool) -> SeatOption:
    view, state = played.week_view, played.state
    worth = None if hide_worths else POINTS * state.read("move", "worth", one.row)
    label = say("option-wait") if one.move.letter == WAIT else begin(name_move(view, view.layout.moves[one.row]))
    package = None if hide_worths and one.takes_package else _find_package(state, one)
    costs, does = tuple(list_costs(state, one.row)), _say_what_it_does(played, one)
    return SeatOption(str(one.move), label, costs, worth, package, one.takes_package, does)


def _say_what_it_does(played: PlayedRun, one: OpenMove) -> str:
    """A move in a line, in the words of the case and of its stories."""
    view = played.week_view
    move = view.layout.moves[one.row]
    about = view.scenario.levers[move.lever].about if move.lever else ""
    across = next((view.name_row(row) for row in view.sides if row != played.state.row), view.name_actor(""))
    target = view.name_actor(move.target) if move.target else across
    mediator = view.name_actor(view.mediator)
    return say(f"does-{move.kind}", case=view.things, target=target, mediator=mediator, about=about)


def _find_package(state: ActorState, one: OpenMove) -> int | None:
    """Number of the package that comes on the table with a move, unless another is named."""
    kind = state.layout.moves[one.row].kind
    if kind in TABLED_PACKAGES:
        return int(state.own(TABLED_PACKAGES[kind])) + 1
    if one.takes_package:
        return int(state.read("actor", "favourite", state.sides[one.move.number - 1])) + 1
    return None


def _weigh_answer(state: ActorState, pause: Pause, one: OpenMove) -> float | None:
    """What a yes is worth: the gain and what is threatened, less what bargaining on would bring; a no is nothing."""
    if pause.kind == "confirm":
        return None
    if one.move.letter == NO:
        return 0.0
    margin = state.own("draft_surplus") + state.own("threatened_harm") - state.own("continuation")
    return POINTS * (margin + (state.own("yields_to_leaning") if pause.kind == "yield" else 0.0))
