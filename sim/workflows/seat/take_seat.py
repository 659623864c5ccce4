"""Take a seat: play one actor of a scenario, turn by turn, and look back on the game."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sim.errors import UsageError
from sim.i18n.messages import use_language
from sim.workflows.arguments import OneOrMany, check_range
from sim.workflows.display import TextDisplay, make_frame
from sim.workflows.load_scenario import Case
from sim.workflows.seat.debrief import BRANCHES, MOST_BRANCHES, SeatDebrief, debrief_seat
from sim.workflows.seat.game import SeatPosition, make_move, open_seat, see_from
from sim.workflows.seat.moves_text import read_moves
from sim.workflows.seat.text import format_debrief, format_position

Interview = Callable[[SeatPosition, str], str | None]
"""Shows a position and says what the player answers; none to stop. The text is what was wrong with the last answer."""

WIDTH = 80
"""Columns of a line at a prompt."""

COLUMNS = ("week", "kind", "move", "label", "modelled", "same", "agreement", "agreement_modelled")
"""Columns of a frame of decisions."""


@dataclass(frozen=True, repr=False)
class SeatResult(TextDisplay):
    """A game: where it stands, and the debrief once it is over."""

    position: SeatPosition
    """Where the player stands."""
    debrief: SeatDebrief | None
    """What is said after the game; none while it goes on."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return self.debrief.as_json() if self.debrief else self.position.as_json()

    def to_frame(self) -> Any:
        """One row per decision of a finished game, as a pandas data frame; `pip install pandas` first.

        Raises:
            MissingPartError: pandas is not installed.
        """
        turns = self.debrief.turns if self.debrief else ()
        return make_frame(({name: getattr(turn, name) for name in COLUMNS} for turn in turns), COLUMNS)

    def format_lines(self, width: int = WIDTH) -> list[str]:
        """The debrief, or the position while the game goes on, wrapped.

        Args:
            width: Columns of a line.
        """
        with use_language(self.position.game.lang):
            if self.debrief is not None:
                return format_debrief(self.debrief, width)
            return format_position(self.position, width)

    def __str__(self) -> str:
        return "\n".join(self.format_lines())


def seat(
    case: Case = None,
    *,
    actor: str | None = None,
    against: OneOrMany = (),
    view: str | None = None,
    seed: int | str | None = None,
    run: int | None = None,
    moves: str | None = None,
    horizon: int | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    hide_worths: bool = False,
    teacher: bool = False,
    branches: int = BRANCHES,
    lang: str = "en",
    interview: Interview | None = None,
) -> SeatResult:
    """Take the seat of one actor; the others are played by the model, and a finished game ends in a debrief.

    Args:
        case: Name, file, folder or loaded scenario; the default case if left out.
        actor: Key or name of the actor; the first side if left out.
        against: Other actors whose seats are taken by players at the same place; each is asked in turn.
        view: Source view; that of a loaded scenario, or the first of the scenario, if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        run: Number of the run, from 0; if left out, the first that matches the reported run-up and has a zone of
            agreement of the two sides in week 1, or the first that matches.
        moves: Moves made so far, such as `w3-c-op2-y`, or a file that holds them.
        horizon: Weeks to play, 1 to 520; the scenario's if left out.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        hide_worths: True to hide what the model thinks moves are worth and others would take.
        teacher: True for a teacher, who alone opens the seats of a case about real events.
        branches: Continuations from each state of the debrief, 1 to 10,000.
        lang: Language of the game, such as en or de.
        interview: Asks the player; without one, only the moves given are played.

    Returns:
        The game as it stands, with its debrief if it is over.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: there is no such actor, an argument is out of its bounds, or a move is not open where it stands.
    """
    check_range("branches", branches, 1, MOST_BRANCHES)
    position = open_seat(
        case, actor=actor, against=against, view=view, seed=seed, run=run, moves=read_moves(moves or ""),
        horizon=horizon, changes=changes, answers=answers, hide_worths=hide_worths, teacher=teacher, lang=lang,
    )  # fmt: skip
    if interview is not None:
        position = _play(position, interview)
    is_done = position.is_over and bool(position.game.moves)
    return SeatResult(position, debrief_seat(position, branches=branches) if is_done else None)


def _play(position: SeatPosition, interview: Interview) -> SeatPosition:
    """Ask until the game is over or somebody stops; an answer that does not fit is asked for again."""
    problem, actor = "", position.game.actor
    while not position.is_over:
        position = see_from(position, position.asked)
        said = interview(position, problem)
        if said is None:
            break
        try:
            position, problem = make_move(position, said), ""
        except UsageError as error:
            problem = str(error)
    return see_from(position, actor)
