"""Seat: one actor of a scenario, played turn by turn at the terminal."""

import shlex
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import measure_width, print_json, print_note, print_result
from sim.cli.options import AnswersOption, AsJson, CaseName, Changes, Horizon, Lang, Quiet, Seed, ViewName

if TYPE_CHECKING:
    from sim.workflows.seat.game import SeatGame, SeatPosition

As = Annotated[
    str | None, typer.Option("--as", metavar="ACTOR", help="Actor whose seat is taken; left out: the first side.")
]
Against = Annotated[
    list[str] | None,
    typer.Option(
        "--against", metavar="ACTOR", help="Another seat that somebody takes at this terminal, asked in turn."
    ),
]
RunNumber = Annotated[
    int | None, typer.Option("--run", help="Number of the run; the first that matches the reported run-up by default.")
]
Moves = Annotated[
    str | None,
    typer.Option("--moves", metavar="MOVES|FILE", help="Moves made already, such as w3-c-op2-y, or a file of them."),
]
HideWorths = Annotated[
    bool, typer.Option("--hide-worths", help="Hide what the model thinks moves are worth and others would take.")
]
Teacher = Annotated[bool, typer.Option("--teacher", help="Open a seat of a case about real events.")]
Branches = Annotated[int, typer.Option("--branches", help="Continuations from each state of the debrief.")]

WIDEST = 100
"""Columns at which lines end on a wide terminal."""


def seat(
    case: CaseName = None,
    actor: As = None,
    against: Against = None,
    view: ViewName = None,
    seed: Seed = None,
    run: RunNumber = None,
    moves: Moves = None,
    horizon: Horizon = None,
    changes: Changes = None,
    answers: AnswersOption = None,
    hide_worths: HideWorths = False,
    teacher: Teacher = False,
    branches: Branches = 400,
    lang: Lang = "en",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Take a seat: decide for one actor, turn by turn; the model plays the others; ends in a debrief."""
    from sim.workflows.seat.take_seat import seat

    asks = not as_json and (moves is None or sys.stdin.isatty())
    player = _Player(quiet=quiet)
    found = seat(
        case,
        actor=actor,
        against=against or (),
        view=view,
        seed=seed,
        run=run,
        moves=moves,
        horizon=horizon,
        changes=changes or (),
        answers=answers or (),
        hide_worths=hide_worths,
        teacher=teacher,
        branches=branches,
        lang=lang,
        interview=player.ask if asks else None,
    )
    if as_json:
        print_json(found.as_json())
        return
    _show_end(found.position, player)
    if found.debrief is not None or not player.has_shown:
        print_result("\n".join(found.format_lines(_find_width())))
    print_result("\n" + _say_again(found.position.game))


def _show_end(position: "SeatPosition", player: "_Player") -> None:
    """What happened after the last question."""
    from sim.i18n.messages import use_language
    from sim.workflows.seat.text import format_position

    if position.is_over and player.has_shown:
        with use_language(position.game.lang):
            print_result("\n".join(format_position(position, _find_width())))


def _find_width() -> int:
    return min(measure_width(), WIDEST)


def _say_again(game: "SeatGame") -> str:
    """How the same game is played again."""
    from sim.i18n.messages import use_language
    from sim.workflows.seat.wording import say

    words = ["zopa", "seat", game.case.name, "--as", game.actor]
    words += [word for actor in game.against for word in ("--against", actor)]
    words += ["--seed", str(game.seed), "--run", str(game.run)]
    words += ["--view", game.view] if game.view else []
    words += [word for change in game.changes for word in ("--set", change)]
    words += [word for answer in game.answers for word in ("--answer", answer)]
    words += ["--hide-worths"] * game.hide_worths + ["--teacher"] * game.needs_teacher
    words += ["--lang", game.lang] if game.lang != "en" else []
    words += ["--moves", game.moves_text] if game.moves else []
    with use_language(game.lang):
        return say("tty-replay", command=shlex.join(words))


class _Player:
    """Whoever sits at the terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.shown: set[str] = set()

    @property
    def has_shown(self) -> bool:
        """True once somebody was asked."""
        return bool(self.shown)

    def ask(self, position: "SeatPosition", problem: str) -> str | None:
        """Show a position and read an answer; none to stop."""
        from sim.i18n.messages import use_language
        from sim.workflows.seat import text
        from sim.workflows.seat.wording import say

        with use_language(position.game.lang):
            if position.game.against:
                print_result(f"\n{say('tty-turn', actor=position.sheet.name)}")
            if position.game.actor not in self.shown:
                self._show_sheet(position)
            if problem:
                print_note(problem)
            else:
                print_result("\n".join(text.format_position(position, _find_width())))
            return self._read(position)

    def _show_sheet(self, position: "SeatPosition") -> None:
        from sim.workflows.seat.text import format_sheet, wrap_lines
        from sim.workflows.seat.wording import say

        if position.game.needs_teacher and not self.shown:
            print_result("\n".join([*wrap_lines([say("care")], _find_width()), ""]))
        print_result("\n".join(format_sheet(position, _find_width())))
        self.shown.add(position.game.actor)
        print_note("\n".join(wrap_lines([say("tty-help")], _find_width())), quiet=self.quiet)

    def _read(self, position: "SeatPosition") -> str | None:
        """An answer; capitals ask for something to read first."""
        from sim.workflows.seat import text
        from sim.workflows.seat.wording import say

        pages = {"P": text.format_packages, "R": text.format_sheet, "H": text.format_history}
        while True:
            try:
                said = input(f"\n{say('tty-prompt')}").strip()
            except EOFError:
                return None
            if said.upper() == "Q":
                return None
            if said in pages:
                print_result("\n".join(pages[said](position, _find_width())))
            elif said in ("", "?"):
                print_note("\n".join(text.wrap_lines([say("tty-help")], _find_width())))
            else:
                return said
