"""Moves, narrated: what every actor did this week, what it was worth, and what else it could have done."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.model.layout import Move
from sim.narrative.levers import helps
from sim.narrative.names import Name, join_names
from sim.narrative.story import Event, format_week
from sim.narrative.week_view import WeekView, Words
from sim.narrative.wording import format_duration, format_rounded, message
from sim.rules.stages import IDLE, MINISTERS
from sim.rules.week import WEEK
from sim.rules.week.moves import WAIT
from sim.rules.week.steps import ChooseMove

ORDER = tuple(step.group for step in WEEK if isinstance(step, ChooseMove))
"""Groups of actors in the order in which they choose."""

ALTERNATIVES = 2
"""Other moves that are named with a move."""

TABLED_PACKAGES = {"offer": "counter", "concede": "concession"}
"""Moves that table a package, and the variable that holds its number."""


@dataclass(frozen=True)
class OpenMove:
    """A move that was open, and what it was worth."""

    row: int
    worth: float


@dataclass(frozen=True)
class Choice:
    """What an actor chose this week."""

    actor: int
    """Row of the actor."""
    chosen: OpenMove
    """The move that it made."""
    others: tuple[OpenMove, ...]
    """Other moves that were open to it, the best first."""


class MoveNarrator:
    """Narrates every move other than waiting; a package that is tabled again is not spelled out again."""

    def __init__(self, groups: tuple[str, ...] = ORDER) -> None:
        self.groups = groups
        self.last_tabled: dict[tuple[str, str], tuple[float, int]] = {}

    def __call__(self, week_view: WeekView) -> Iterator[Event]:
        """The moves of the week."""
        for group in self.groups:
            for row in week_view.layout.spaces["actor"].groups[group]:
                made = _find_choice(week_view, int(row))
                if week_view.layout.moves[made.chosen.row].kind != WAIT.key:
                    yield self._narrate_move(week_view, made)

    def _narrate_move(self, week_view: WeekView, made: Choice) -> Event:
        move = week_view.layout.moves[made.chosen.row]
        words, again = _collect_words(week_view, move), ""
        if move.kind in TABLED_PACKAGES:
            package = week_view.current("actor", TABLED_PACKAGES[move.kind], made.actor)
            again, words = self._describe_tabled_package(week_view, move, package)
        what = f"{move.kind}/{move.lever}" if move.lever else move.kind
        numbers = (made.others[0].worth if made.others else None, made.chosen.worth)
        reasons = tuple(_explain_choice(week_view, made))
        if made.others:
            words["next"] = name_move(week_view, week_view.layout.moves[made.others[0].row])
        key = _choose_sentence(week_view, move) + again
        return week_view.make_event(key, f"moves.{move.kind}", what, numbers, move.actor, reasons, **words)

    def _describe_tabled_package(self, week_view: WeekView, move: Move, package: float) -> tuple[str, Words]:
        """Words about the package; which sentence, if the same one was tabled before."""
        before, first = self.last_tabled.get((move.actor, move.kind), (-1.0, 0))
        if before == package:
            return "-again", {"first": format_week(first)}
        self.last_tabled[move.actor, move.kind] = (package, week_view.week)
        return "", week_view.describe_package(package)


def _find_choice(week_view: WeekView, actor: int) -> Choice:
    """What an actor chose among the moves that were open to it."""
    rows = week_view.list_moves(actor)
    chosen = next((row for row in rows if week_view.current("move", "chosen", row) > 0.0), rows[0])
    opened = [row for row in rows if week_view.current("move", "open", row) > 0.0 and row != chosen]
    others = [OpenMove(row, week_view.current("move", "worth", row)) for row in opened]
    others.sort(key=lambda move: -move.worth)
    return Choice(actor, OpenMove(chosen, week_view.current("move", "worth", chosen)), tuple(others))


def _explain_choice(week_view: WeekView, made: Choice) -> Iterator[str]:
    """What the move was worth, the best other moves, and whether luck decided."""
    worth, others = made.chosen.worth, made.others[:ALTERNATIVES]
    yield message("why-worth", worth=format_rounded(worth))
    if others:
        names = [name_move(week_view, week_view.layout.moves[other.row]) for other in others]
        named = [f"{name} {format_rounded(other.worth)}" for name, other in zip(names, others, strict=True)]
        yield message("why-next", moves=", ".join(named))
        if others[0].worth > worth:
            yield message("why-luck", move=names[0])


def name_move(week_view: WeekView, move: Move) -> str:
    """A move as a noun, such as `a call`."""
    return message(f"name-{move.kind}", case=week_view.things, **_name_target_and_lever(week_view, move))


def _name_target_and_lever(week_view: WeekView, move: Move) -> Words:
    """Target and lever of a move, by label."""
    lever = week_view.scenario.levers[move.lever].label if move.lever else ""
    return {"target": week_view.name_actor(move.target), "lever": lever}


def _choose_sentence(week_view: WeekView, move: Move) -> str:
    """Which sentence narrates the move."""
    stage = week_view.world("stage_before")
    if move.kind == "engage" and stage > IDLE:
        return "engage-contact" if stage < MINISTERS else "engage-summit"
    if move.kind == "offer":
        across = [row for row in week_view.sides if week_view.actors[row] != move.actor]
        return "counter-offer" if any(week_view.previous("actor", "at_table", row) for row in across) else "offer"
    if move.kind == "execute":
        return _choose_execution_sentence(week_view, move)
    return move.kind


def _choose_execution_sentence(week_view: WeekView, move: Move) -> str:
    row = _find_lever_row(week_view, move)
    if week_view.current("lever", "vetoed", row) > 0.0:
        return "vetoed"
    if helps(week_view.scenario.levers[move.lever]):
        return "execute-help"
    return "execute" if week_view.current("lever", "kept_word", row) > 0.0 else "execute-unannounced"


def _collect_words(week_view: WeekView, move: Move) -> Words:
    """Words about a move."""
    words = _name_target_and_lever(week_view, move)
    if move.kind == "threaten":
        words["weeks"] = format_duration(week_view.current("lever", "deadline", _find_lever_row(week_view, move)))
    if move.kind == "execute":
        words["members"] = _name_vetoing_members(week_view, move)
        words["beneficiary"] = week_view.name_actor(week_view.scenario.levers[move.lever].beneficiary)
    return words


def _find_lever_row(week_view: WeekView, move: Move) -> int:
    return week_view.layout.spaces["lever"].keys.index(move.lever)


def _name_vetoing_members(week_view: WeekView, move: Move) -> Name:
    """Members that vetoed an execution."""
    space = week_view.layout.spaces["veto"]
    lever = _find_lever_row(week_view, move)
    rows = [row for row in range(space.shape[0]) if space.relations["lever"].index[row] == lever]
    vetoing = [row for row in rows if week_view.current("veto", "vetoing", row) > 0.0]
    return (
        join_names([week_view.name_row(int(space.relations["member"].index[row])) for row in vetoing])
        if vetoing
        else Name([""])
    )
