"""Seat: a game left to the model is the run itself; the same moves give the same game; what is not open is refused."""

import numpy as np
import pytest

from sim.engines.numpy_engine import NumpyEngine
from sim.errors import UsageError
from sim.experiments.branches import play_branches
from sim.loading.loader import list_views, load_case
from sim.model import random_streams
from sim.model.simulation import Simulation
from sim.workflows.list_scenarios import list_scenarios
from sim.workflows.seat import played_run
from sim.workflows.seat.debrief import debrief_seat
from sim.workflows.seat.game import make_move, open_seat, replay_game, see_from
from sim.workflows.seat.moves_text import SeatMove, format_moves, parse_moves
from sim.workflows.seat.played_run import SharedRun
from sim.workflows.seat.seats import find_seat, list_seats
from sim.workflows.seat.text import list_zone

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
    shared = SharedRun(scenario, seed, run, [actor])
    shared.begin()
    while shared.pause:
        shared.answer(say(shared.pause))
    return shared.engine


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
    assert any("Reservationswert" in line for part in position.sheet.confidential for line in part.lines)


def play_to_the_end(case, actor, moves, rest="a", answer="a", **options):
    """A game in which some moves are said, and then one and the same move and one and the same answer."""
    position = open_seat(case, actor=actor, moves=moves, **options)
    while not position.is_over:
        position = make_move(position, rest if position.question.kind == "move" else answer)
    return position


def test_a_debrief_of_a_game_left_to_the_model_has_no_difference():
    position = play_to_the_end("textbook/two-towns", "north", "")
    debrief = debrief_seat(position, branches=60)
    assert all(turn.same and turn.agreement == turn.agreement_modelled for turn in debrief.turns)
    assert debrief.start.same
    assert debrief.start.outcome == debrief.outcomes[debrief.outcome]
    assert sum(debrief.start.shares.values()) == pytest.approx(1.0)


def test_a_debrief_tells_a_players_decision_from_the_models():
    scenario = load_first_view("textbook/two-towns")
    position = play_to_the_end("textbook/two-towns", "north", "w-n", "w", "n")
    debrief = debrief_seat(position, branches=60)
    refused = next(turn for turn in debrief.turns if turn.kind == "sign")
    assert (refused.move, refused.modelled, refused.same) == ("n", "Yes, sign", False)
    assert refused.gain_modelled != refused.gain
    assert debrief.zone.week <= scenario.calendar.horizon
    assert [point.terms for point in debrief.zone.points] == [name for name, _ in scenario.list_terms()]
    assert any("you refused a package with a gain of" in question for question in debrief.questions)


def test_an_agreement_stands_on_the_map_of_packages():
    debrief = debrief_seat(play_to_the_end("textbook/two-towns", "south", "w-y"), branches=20)
    assert debrief.agreed is not None
    point = debrief.zone.points[debrief.agreed.number - 1]
    assert point.agreed == 1
    assert debrief.agreed.gain == pytest.approx(debrief.agreed.gains[1])
    assert debrief.agreed.gain_in_week_1 < debrief.agreed.gain
    assert debrief.zone.nash is None or debrief.zone.points[debrief.zone.nash].in_zone


def test_a_consent_that_lacks_is_said_and_asked_about():
    position = play_to_the_end("textbook/three-parties", "north", "", "w", "n")
    (consents,) = (part.lines for part in position.sheet.public if part.title == "Whose consent is needed")
    assert consents == (
        "To every package: Upton, Loweton and the county.",
        "Besides, each of the 3 packages on the menu needs the consent of Sedge.",
    )
    debrief = debrief_seat(position, branches=2)
    assert [point.lacking for point in debrief.zone.points] == [("Sedge",)] * 3
    assert any("lack a consent that they need, that of Sedge" in line for line in list_zone(debrief))
    assert any("a consent that others had to give (Sedge)" in question for question in debrief.questions)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Besides, 1 of the 3 packages on the menu needs the consent of Sedge (with Water: one half)."),
        ("de", "Außerdem braucht 1 der 3 Pakete im Menü (mit Wasser: die Hälfte) eine weitere Zustimmung: Seggen."),
    ],
)
def test_a_consent_that_some_packages_need_is_told_by_their_terms(lang, said):
    asked = "actors.east.veto_player.must_consent={issue: flow, at_least: half}"
    sheet = open_seat("textbook/three-parties", actor="north", run=0, changes=[asked], lang=lang).sheet
    assert said in [line for part in sheet.public for line in part.lines]


def test_a_game_that_has_not_begun_has_no_debrief():
    with pytest.raises(UsageError, match="nothing has been decided yet"):
        debrief_seat(open_seat("textbook/two-towns"))


def test_branches_from_the_same_state_are_the_same_and_end_in_known_outcomes():
    played = SharedRun(load_first_view("textbook/three-parties"), 7, 3, ["county"])
    played.keeps_snapshots = True
    played.begin()
    first, again = (play_branches(played.snapshots[0], 0, 20, 30) for _ in range(2))
    assert (first.outcomes == again.outcomes).all()
    assert first.outcomes.max() < len(played.week_view.scenario.outcomes)
    assert len(set(first.signed.tolist())) > 1 or (first.signed == 21).all()


def choose_randomly(seed, place, options):
    """One of the options, by addressed luck."""
    luck = random_streams.uniform(random_streams.hash_run(random_streams.stream_key(seed, "bot", "move"), place))
    return options[int(luck * len(options))]


def play_as_bot(case, actor, seed):
    """A game of random moves that are open, and its moves; some offers name a package."""
    position = open_seat(case, actor=actor, seed=seed, run=seed, teacher=True)
    place = 0
    while not position.is_over:
        place += 1
        option = choose_randomly(seed, place, position.question.options)
        said = option.move
        if option.takes_package and place % 2:
            said += f"p{choose_randomly(seed, -place, position.packages).number}"
        position = make_move(position, said)
        assert place < 200, "a game has an end"
    return position


SHIPPED = [row.scenario for row in list_scenarios().rows if "/" not in row.scenario or "textbook" in row.scenario]
VARIANTS = [row.scenario for row in list_scenarios().rows if row.scenario not in SHIPPED]


def play_bots(case, seed):
    """Bots play every seat of a scenario to its end; the games."""
    for seat in list_seats(load_first_view(case)):
        ended = play_as_bot(case, seat.actor, seed)
        assert ended.standing.week >= 1
        assert ended.standing.outcome
        assert parse_moves(ended.game.moves_text) == ended.game.moves
        yield ended.game


@pytest.mark.parametrize("case", SHIPPED)
def test_bots_play_every_seat_to_the_end(case):
    for game in play_bots(case, 1):
        one, again = replay_game(game), replay_game(game)
        assert one.is_over
        assert one.outcomes == again.outcomes
        assert not list_differences(one.engine, again.engine)


@pytest.mark.slow
@pytest.mark.parametrize("case", VARIANTS)
def test_bots_play_every_seat_of_a_variant_to_the_end(case):
    assert list(play_bots(case, 2))


def test_two_seats_left_to_the_model_are_the_run_itself():
    scenario = load_first_view("textbook/two-towns")
    shared = SharedRun(scenario, 7, 3, ["north", "south"])
    shared.begin()
    asked = []
    while shared.pause:
        asked.append(shared.asked.state.actor)
        shared.answer(SeatMove("a"))
    assert {*asked} == {"north", "south"}
    assert not list_differences(shared.engine, play_alone(scenario, 7, 3))


def test_two_players_see_the_same_game_and_not_each_others_papers():
    north = open_seat("textbook/two-towns", actor="north", against="south")
    south = see_from(north, "south")
    assert (north.asked, south.asked) == ("north", "north")
    assert north.question
    assert south.question is None
    assert north.sheet.confidential != south.sheet.confidential
    assert north.sheet.public == south.sheet.public
    offered = make_move(north, "op1")
    assert offered.asked == "south"
    assert "op1" not in str(see_from(offered, "south").news)
    assert not see_from(offered, "south").offers, "both choose at the same time"
    both = make_move(offered, "w")
    assert both.standing.week == 2
    answered = make_move(both, "w-y" if both.asked == "north" else "y")
    assert answered.as_json()["moves"] == "op1-w2-y"
    same = open_seat("textbook/two-towns", actor="south", against="north", moves=answered.game.moves_text)
    assert same.as_json() == see_from(answered, "south").as_json()
    with pytest.raises(UsageError, match="there is no seat in this game 'county'"):
        see_from(north, "county")
