"""Seat: a game left to the model is the run itself; the same moves give the same game; what is not open is refused."""

import numpy as np
import pytest

from sim.engines.numpy_engine import NumpyEngine
from sim.errors import UsageError
from sim.loading.loader import list_views, load_case
from sim.model.simulation import Simulation
from sim.workflows.seat import played_run
from sim.workflows.seat.game import find_seat, list_seats, make_move, open_seat
from sim.workflows.seat.moves_text import SeatMove, format_moves, parse_moves
from sim.workflows.seat.played_run import PlayedRun

SEATS = [
    ("textbook/two-towns", "north"),
    ("textbook/three-parties", "county"),
    ("textbook/three-parties", "east"),
    ("textbook/strike", "board"),
    ("alaska-budapest", "europe"),
]


def play_alone(scenario, seed, run):
    """A run that the model plays alone."""
    simulation = Simulation.begin(scenario, seed, np.array([run]), NumpyEngine)
    simulation.advance(0)
    if scenario.in_run_up is not scenario:
        simulation = simulation.transfer(scenario, NumpyEngine)
    simulation.advance(scenario.calendar.horizon)
    return simulation.engine


def play_with(scenario, seed, run, actor, say):
    """A run in which somebody says something at every question."""
    played = PlayedRun(scenario, seed, run, actor)
    played.begin()
    while played.pause:
        played.answer(say(played.pause))
    return played.engine


def list_differences(one, other):
    """Variables in which two runs differ."""
    return [
        f"{space}.{name}"
        for space, table in one.state.items()
        for name, array in table.items()
        if not np.array_equal(array, other.state[space][name], equal_nan=True)
    ]


def load_first_view(case):
    """The scenario through its first source view."""
    return load_case(case, view=next(iter(list_views(case)), None)).scenario


@pytest.mark.parametrize(("case", "actor"), SEATS)
def test_a_game_left_to_the_model_is_the_run_itself(case, actor):
    scenario = load_first_view(case)
    for run in (0, 3):
        alone = play_alone(scenario, 7, run)
        assert not list_differences(play_with(scenario, 7, run, actor, lambda _: SeatMove("a")), alone)


@pytest.mark.parametrize(("case", "actor"), SEATS)
def test_saying_what_the_model_would_do_changes_nothing(case, actor, monkeypatch):
    monkeypatch.setattr(played_run, "QUIET_WEEKS", 0)  # asked every week: no week passes in which the actor just waits
    scenario = load_first_view(case)
    alone = play_alone(scenario, 7, 3)
    assert not list_differences(play_with(scenario, 7, 3, actor, lambda pause: pause.modelled), alone)


def test_a_players_move_changes_the_run():
    scenario = load_first_view("textbook/two-towns")
    alone = play_alone(scenario, 7, 3)
    refusing = play_with(
        scenario, 7, 3, "north", lambda pause: SeatMove("n") if pause.kind == "sign" else SeatMove("w")
    )
    assert list_differences(refusing, alone)
    assert alone.read("world", "outcome", 0)[0] != refusing.read("world", "outcome", 0)[0]


def test_positions_are_the_same_however_one_gets_there():
    begun = open_seat("textbook/two-towns", actor="south")
    step = make_move(make_move(begun, "w"), "w")
    at_once = open_seat("textbook/two-towns", actor="south", moves="w2")
    anew = open_seat("textbook/two-towns", actor="south", moves="w-w", lang="en", hide_worths=False)
    assert step.as_json() == at_once.as_json() == anew.as_json()
    assert make_move(begun, "w-w").as_json() == step.as_json()
    assert begun.question == open_seat("textbook/two-towns", actor="south").question


def test_hidden_worths_are_not_in_the_position():
    shown = open_seat("textbook/two-towns", actor="north")
    hidden = open_seat("textbook/two-towns", actor="north", hide_worths=True)
    assert any(option.worth for option in shown.question.options)
    assert all(option.worth is None for option in hidden.question.options)
    assert all(package.accepted is None for package in hidden.packages)


def test_moves_are_written_and_read_back():
    moves = parse_moves("W3-c op12\ny-a2-t4-m2p5")
    assert format_moves(moves) == "w3-c-op12-y-a2-t4-m2p5"
    assert parse_moves(format_moves(moves)) == moves
    assert parse_moves("") == ()


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ("w-q7", "move 2 is 'q7', which is no move; moves are a letter, a number and a package, joined by '-', "
         "as in w3-c-op2-y"),
        ("w-%%%", "move 2 is '%%%', which is no move; moves are a letter, a number and a package, joined by '-', "
         "as in w3-c-op2-y"),
        ("l", "move 1: 'l' is not open in week 1; open are 'w', 's', 'k', 'o', 'h', or 'a' for what the model "
         "would do"),
        ("y", "move 1: 'y' is not open in week 1; open are 'w', 's', 'k', 'o', 'h', or 'a' for what the model "
         "would do"),
        ("wp2", "move 1: 'wp2' is not open in week 1; open are 'w', 's', 'k', 'o', 'h', or 'a' for what the model "
         "would do"),
        ("op9", "move 1: 'op9' names package 9; there are packages 1 to 4"),
        ("a9-w", "the game is over after move 3, in week 52; 7 more moves have no place in it"),
        ("w2001", "there are more than 2,000 moves; no game is as long"),
    ],
)  # fmt: skip
def test_moves_that_cannot_be_played_are_named(moves, said):
    with pytest.raises(UsageError) as caught:
        open_seat("textbook/two-towns", actor="north", moves=moves)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("case", "actor", "said"),
    [
        ("textbook/two-towns", "nort", "there is no seat 'nort'; did you mean 'north'?"),
        (
            "alaska-budapest",
            "china",
            "'china' has nothing to decide in this scenario; "
            "seats are united-states, russia, ukraine, europe, alliance",
        ),
    ],
)
def test_an_unknown_seat_is_refused_with_the_nearest(case, actor, said):
    with pytest.raises(UsageError) as caught:
        find_seat(load_first_view(case), actor)
    assert str(caught.value) == said


def test_seats_about_real_events_are_opened_by_a_teacher():
    with pytest.raises(UsageError, match="a teacher opens its seats with `teacher=True`"):
        open_seat("alaska-budapest", actor="ukraine")
    assert open_seat("alaska-budapest", actor="ukraine", teacher=True).question


def test_seats_are_those_who_decide():
    seats = [seat.actor for seat in list_seats(load_first_view("textbook/three-parties"))]
    assert seats == ["north", "south", "county", "east"]
    assert find_seat(load_first_view("textbook/two-towns"), "Loweton") == "south"


def test_german_seats_speak_german():
    position = open_seat("textbook/two-towns", actor="north", lang="de")
    assert position.question.text == "Was tun Sie in dieser Woche?"
    assert any("Vorbehaltswert" in line for part in position.sheet.confidential for line in part.lines)
