"""Board moves: how often a class did what can be done in a game, beside the model's runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analysis.methods.event_shares import STRIKES
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message
from sim.narrative.wording import name_hostile_act
from sim.schema.scenario import Scenario
from sim.storage.room_record import Game, Room
from sim.web.charts import draw_beside
from sim.web.lesson_chart import list_ticks, round_up
from sim.web.lesson_files import Measure, Words
from sim.web.lesson_measure import Measured, measure_runs
from sim.workflows.seat.class_room import find_position
from sim.workflows.seat.position import MOVES_COUNTED


@dataclass(frozen=True)
class MoveRow:
    """A kind of move, in the games of a class and in the model's runs."""

    label: str
    """Its name."""
    mean: float
    """How often a game of the class has it, all seats together."""
    model: Measured
    """The same of the model's runs."""
    top: float
    """End of the axis."""

    @property
    def said_games(self) -> str:
        """The mean of the class in words."""
        return format_number(self.mean, 1)

    @property
    def said_model(self) -> str:
        """The mean of the model's runs in words, with its interval."""
        low, high = (format_number(one, 1) for one in (self.model.low, self.model.high))
        span = message("figures.to", low=low, high=high)
        return message("classroom.mean-with-span", mean=format_number(self.model.value, 1), span=span)

    def draw(self) -> Markup:
        """The chart of the row."""
        model = (one / self.top for one in (self.model.value, self.model.low, self.model.high))
        return draw_beside(self.mean / self.top, *model)


@dataclass(frozen=True)
class BoardMoves:
    """Moves of a class beside those of the model."""

    rows: tuple[MoveRow, ...]
    """One for every kind that occurs."""
    ticks: tuple[str, ...]
    """Numbers below the axis."""


def name_move(kind: str, scenario: Scenario) -> str:
    """What a kind of move is called; a strike as in the seats, where each case has its own word for it.

    Args:
        kind: Column of results.
        scenario: The scenario in the language of the page.
    """
    if kind == STRIKES:
        return name_hostile_act(scenario.words.hostile_act)
    return message("classroom.moves-steps" if kind == "steps" else f"report.event-{kind}")


def count_moves(room: Room, games: Sequence[Game], results: Results, scenario: Scenario) -> BoardMoves:
    """Moves of games that are over, beside those of the model.

    Args:
        room: The room.
        games: The games.
        results: The model's runs.
        scenario: The scenario in the language of the page.
    """
    tallies = [find_position(room, game, game.players[0], room.lang).moves_made for game in games if game.players]
    found = []
    for kind in MOVES_COUNTED:
        mean = sum(one[kind] for one in tallies) / max(len(tallies), 1)
        model = measure_runs(results, Measure(label=Words(en=kind, de=kind), count=kind))
        if mean >= 0.05 or model.value >= 0.05:
            found.append((name_move(kind, scenario), mean, model))
    top = round_up(max([1.0, *(max(mean, model.high) for _, mean, model in found)]))
    return BoardMoves(tuple(MoveRow(*one, top) for one in found), list_ticks(top, shares=False))
