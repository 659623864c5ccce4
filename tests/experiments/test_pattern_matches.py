"""Patterns in runs: records made by hand whose matches are known, and what a played run shows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engines.numpy_engine import NumpyEngine
from sim.ensemble.block import simulate_block
from sim.experiments.pattern_events import (
    BEGIN,
    END,
    MOMENTS,
    OTHERS,
    SIDES,
    TALKS,
    EventRecord,
    list_observations,
    record_events,
)
from sim.experiments.pattern_matches import NEVER, find_pattern_matches, match_pattern
from sim.loading.loader import load_case
from sim.model.build_layout import build_layout
from sim.rules.week.moves import MOVE_KINDS, WAIT
from sim.schema.pattern import EventName, Pattern, PatternEvent, list_events

WEEKS = 12


def pattern(*steps, within=WEEKS, **more):
    """A pattern of these steps."""
    data = {"label": "a", "summary": "b", "assumed": "for a test", "within_weeks": within, "steps": steps, **more}
    return Pattern.model_validate(data)


def record(**runs):
    """Runs by hand: `call="3s 5t"` is one run in which a call happens in week 3 (sides) and in week 5 (talks)."""
    moments = {"b": BEGIN, "o": OTHERS, "s": SIDES, "t": TALKS, "e": END}
    count = max(len(found) for found in runs.values())
    happened = {}
    for name, found in runs.items():
        one = np.zeros((WEEKS * MOMENTS, count), dtype=bool)
        for run, text in enumerate(found):
            for word in text.split():
                one[(int(word[:-1]) - 1) * MOMENTS + moments[word[-1]], run] = True
        happened[PatternEvent(event=name.replace("_", "-"))] = one
    return EventRecord(np.arange(count), happened)


THREAT_CALL_LAPSE = ({"event": "threaten"}, {"event": "call"}, {"event": "lapsed"})


def test_steps_come_one_after_the_other():
    made = record(
        threaten=["2o", "2o", "5o", "2o", ""],
        call=["4s", "4s", "4s", "", "4s"],
        lapsed=["6b", "3b", "6b", "6b", "6b"],
    )
    assert match_pattern(pattern(*THREAT_CALL_LAPSE), made).tolist() == [6, NEVER, NEVER, NEVER, NEVER]


def test_within_a_week_the_order_of_the_week_counts():
    made = record(threaten=["3o", "3o"], call=["3s", "3s"], lapsed=["3b", "4b"])
    assert match_pattern(pattern(*THREAT_CALL_LAPSE), made).tolist() == [NEVER, 4]
    assert match_pattern(pattern({"event": "call"}, {"event": "threaten"}), made).tolist() == [NEVER, NEVER]


@pytest.mark.parametrize(("weeks", "seen"), [(2, False), (3, True)])
def test_a_step_comes_soon_enough_after_the_one_before(weeks, seen):
    made = record(threaten=["1o 2o"], call=["5s"])
    steps = ({"event": "threaten"}, {"event": "call", "within_weeks": weeks})
    assert (match_pattern(pattern(*steps), made) != NEVER).tolist() == [seen]
    assert (match_pattern(pattern(*steps[:1], {"event": "call"}, within=weeks), made) != NEVER).tolist() == [seen]


def test_a_later_first_step_may_save_a_pattern_that_would_take_too_long():
    made = record(threaten=["1o 6o"], call=["3s 7s"], lapsed=["9b"])
    assert match_pattern(pattern(*THREAT_CALL_LAPSE, within=4), made).tolist() == [9]
    assert match_pattern(pattern(*THREAT_CALL_LAPSE, within=2), made).tolist() == [NEVER]


def test_what_a_step_is_without_must_not_happen_strictly_in_between():
    made = record(
        threaten=["2o", "2o", "2o", "2o 5o", "2o"],
        call=["6s", "6s", "6s", "6s", "6s"],
        execute=["4o", "2o", "6e", "4o", "6s"],
    )
    steps = ({"event": "threaten"}, {"event": "call", "without": [{"event": "execute"}]})
    assert match_pattern(pattern(*steps), made).tolist() == [NEVER, 6, 6, 6, 6]


def test_a_step_may_have_to_happen_several_times():
    made = record(threaten=["2o 4o 9o", "2o"], call=["10s", "10s"])
    often = ({"event": "threaten", "at_least": 3, "within_weeks": 5}, {"event": "call"})
    assert match_pattern(pattern(*often), made).tolist() == [10, NEVER]
    seldom = ({"event": "threaten", "at_least": 3, "within_weeks": 4}, {"event": "call"})
    assert match_pattern(pattern(*seldom), made).tolist() == [NEVER, NEVER]


def test_one_event_is_no_two_steps():
    made = record(call=["3s", "3s 4s"])
    assert match_pattern(pattern({"event": "call"}, {"event": "call"}), made).tolist() == [NEVER, 4]


def test_steps_about_the_same_lever():
    gates, boats = (np.zeros((WEEKS * MOMENTS, 2), dtype=bool) for _ in range(2))
    over = np.zeros_like(gates)
    gates[0], over[MOMENTS] = True, [True, False]
    boats[0] = True
    events = {
        ("threaten", "gates"): gates,
        ("threaten", "boats"): np.zeros_like(boats),
        ("threat-over", "gates"): over,
        ("threat-over", "boats"): np.roll(over, 1, axis=1),
    }
    made = EventRecord(
        np.arange(2), {PatternEvent(event=event, lever=lever): found for (event, lever), found in events.items()}
    )
    same = pattern({"event": "threaten"}, {"event": "threat-over"}, same_lever=True)
    assert match_pattern(same, made, ("gates", "boats")).tolist() == [2, NEVER]


MARKS = st.lists(st.integers(0, WEEKS * MOMENTS - 1), max_size=12)


@given(MARKS, MARKS, MARKS, st.integers(0, WEEKS), st.sampled_from([None, 0, 1, 4]), st.integers(1, 3))
def test_a_stricter_pattern_is_never_seen_in_more_runs(threats, calls, barred, within, soon, times):
    happened = {}
    for name, marks in (("threaten", threats), ("call", calls), ("execute", barred)):
        one = np.zeros((WEEKS * MOMENTS, 1), dtype=bool)
        one[marks] = True
        happened[PatternEvent(event=name)] = one
    made = EventRecord(np.arange(1), happened)

    def seen(threat, call, within=WEEKS):
        return bool(match_pattern(pattern(threat, call, within=within), made)[0] != NEVER)

    threat, call = {"event": "threaten"}, {"event": "call"}
    loosest = seen(threat, call)
    assert loosest == any(early < late for early in threats for late in calls)
    for stricter in (
        seen(threat, call | {"without": [{"event": "execute"}]}),
        seen(threat, call | {"within_weeks": soon}),
        seen(threat, call | {"at_least": times}),
        seen(threat | {"at_least": times}, call),
        seen(threat, call, within),
    ):
        assert stricter <= loosest
    bounded = seen(threat, call | {"within_weeks": soon}, within)
    assert seen(threat, call | {"within_weeks": soon, "without": [{"event": "execute"}]}, within) <= bounded


def test_every_move_is_an_event():
    moves = {kind.key for kind in MOVE_KINDS if kind is not WAIT}
    known = set(EventName.__args__)
    assert moves <= known, (
        "a new kind of move is an event too: add it to MoveEvent or LeverEvent in sim/schema/pattern.py"
    )
    levers = {kind.key for kind in MOVE_KINDS if kind.aim.endswith("levers")}
    assert levers <= set(list_events("lever"))
    assert not (moves - levers) & set(list_events("lever"))


@pytest.mark.parametrize("name", EventName.__args__)
def test_every_event_can_be_observed(name):
    case = load_case("alaska-budapest", view="wide").scenario
    sequence = {"sequence": next(iter(case.sequences))} if name in list_events("sequence") else {}
    found = list_observations(build_layout(case), PatternEvent(event=name, **sequence))
    assert found
    assert {one.moment for one in found} <= set(range(MOMENTS))


def test_a_played_record_agrees_with_the_counts_of_the_runs():
    case, runs, weeks = load_case("textbook/strike").scenario, np.arange(40), 26
    counted = {
        "summit": "summits",
        "summit-failed": "failures",
        "offer": "offers",
        "strike": "strikes",
        "call": "calls",
    }
    played = record_events(case, 3, runs, weeks, [PatternEvent(event=name) for name in counted])
    block = simulate_block(case, 3, 0, runs.size, weeks)
    assert played.runs.tolist() == block.columns["run"].tolist()
    for name, column in counted.items():
        happened = played.happened[PatternEvent(event=name)]
        assert ((happened.any(axis=0)) == (block.columns[column] > 0)).all(), name


def test_side_and_actor_narrow_an_event():
    case, runs = load_case("alaska-budapest", view="wide").scenario, np.arange(60)
    sides = case.find_by_role("disputant")
    events = [PatternEvent(event="offer"), *(PatternEvent(event="offer", by=side) for side in sides)]
    found = record_events(case, 3, runs, 26, events).happened
    either = np.logical_or(*(found[event] for event in events[1:]))
    assert (found[events[0]] == either).all()
    assert either.any()


def test_the_less_likely_an_offer_is_accepted_the_rarer_it_is():
    case, runs = load_case("alaska-budapest", view="wide").scenario, np.arange(60)
    chances = (0.0, 0.1, 0.5, 1.0)
    events = [PatternEvent(event="offer", acceptance_at_most=chance) for chance in chances]
    found = record_events(case, 3, runs, 26, [*events, PatternEvent(event="offer")]).happened
    counts = [int(found[event].sum()) for event in events]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
    assert counts[-1] <= int(found[PatternEvent(event="offer")].sum())


def test_neither_chunks_nor_the_engine_change_what_is_found(monkeypatch):
    case, runs = load_case("alaska-budapest", view="portnikov-2025").scenario, np.arange(60)
    whole = find_pattern_matches(case, 20250804, runs, 17)
    monkeypatch.setattr("sim.experiments.pattern_events.CHUNK", 17)
    monkeypatch.setattr("sim.experiments.pattern_events.make_engine", NumpyEngine)
    parts = find_pattern_matches(case, 20250804, runs, 17)
    assert whole.runs.tolist() == parts.runs.tolist()
    for key, weeks in whole.weeks.items():
        assert weeks.tolist() == parts.weeks[key].tolist()
        assert weeks.max() <= 17
    assert set(whole.weeks) == set(case.patterns)


def test_a_threat_that_is_over_lapsed_was_dropped_or_was_met_by_a_concession_or_a_signature():
    case, runs = load_case("alaska-budapest", view="portnikov-2025").scenario, np.arange(60)
    events = [PatternEvent(event=name) for name in ("threat-over", "lapsed", "drop", "concede", "signed")]
    found = record_events(case, 20250804, runs, 26, events)
    weeks = [found.happened[event].reshape(26, MOMENTS, -1).any(axis=1) for event in events]
    assert (weeks[0] <= weeks[1] | weeks[2] | weeks[3] | weeks[4]).all()
    assert (weeks[1] <= weeks[0]).all()
    assert (weeks[0] & weeks[2]).any()
    moments = [found.happened[event].reshape(26, MOMENTS, -1) for event in events]
    assert (moments[2] <= moments[0]).all(), "a dropped threat is over at the moment at which it is dropped"
    assert (moments[0][:, SIDES] <= moments[3][:, SIDES] | weeks[4]).all(), "else a concession or a signature"


def test_without_runs_there_is_nothing_to_look_at():
    with pytest.raises(ValueError, match="there are no runs to look at"):
        record_events(load_case("textbook/strike").scenario, 3, np.arange(0), 4, [PatternEvent(event="call")])
