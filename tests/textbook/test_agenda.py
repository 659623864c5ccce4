"""Agenda: what a scenario dates takes place in its week; shown on three parties, with and without the veto."""

import numpy as np
import pytest

from sim.loading.loader import ScenarioError, load_case
from tests.theory.simulate import differences, load_edited, play_in_mesa, play_runs, play_weekly, scenario, world

CASE = "textbook/three-parties"
RUNS = 200
NO_VETO = "actors.east.veto_player.must_consent=null"
DEAR = "levers.fine.price=9"
SUMMIT = "schedule={summit: {week: 3, side: north}}"


def case(*changes):
    return scenario(CASE, *changes)


def plan(*, confirmed, side="north", week=2):
    words = f"week: {week}, side: {side}, terms: halves, sequence: ceasefire, confirmed: {str(confirmed).lower()}"
    return f"schedule={{plan: {{{words}}}}}"


def record_weeks(found, last, *names):
    """Variables of the world after each week, the week before the first included: name -> (week, run)."""
    kept = {name: [np.zeros(RUNS)] for name in names}
    for arrays in play_weekly(found, RUNS, last):
        for name in names:
            kept[name].append(world(arrays, name).copy())
    return {name: np.array(rows) for name, rows in kept.items()}


def find_fined(found, last):
    """Whether the fine was imposed, after each week."""
    row = list(found.levers).index("fine")
    return [arrays.state["lever"]["ever"][row].copy() for arrays in play_weekly(found, RUNS, last)]


def test_a_scheduled_lever_is_executed_in_its_week_and_not_before():
    """Exact: the price is far above any gain, so that nobody would choose it."""
    weeks = find_fined(case(DEAR, "levers.fine.scheduled_week=5"), 6)
    assert [week.mean() for week in weeks] == [0.0, 0.0, 0.0, 0.0, 1.0, 1.0]
    assert sum(week.sum() for week in find_fined(case(DEAR), 6)) == 0.0


def test_a_scheduled_execution_is_one_execution_and_takes_its_delay():
    """Exact: two weeks after the execution, and not before, Upton feels it."""
    found = case(DEAR, "levers.fine.scheduled_week=5")
    felt = [arrays.state["actor"]["stress"].sum(axis=0) for arrays in play_weekly(found, RUNS, 9)]
    assert [bool((week > 0.0).all()) for week in felt] == [False] * 6 + [True] * 3
    assert not np.any(felt[:6])
    assert (world(play_runs(found, RUNS, 9), "executions") == 1.0).all()


def add_veto(text):
    """Sedge can veto the fine, and would."""
    prices = {"fear": 0.0, "tie": 1.0}
    text["actors"]["east"]["complier"] = {
        name: {"value": value, "unit": "worth", "assumed": "test"} for name, value in prices.items()
    }
    text["levers"]["fine"]["vetoed_by"] = ["east"]
    text["levers"]["fine"]["price"] = {"value": 0.0, "unit": "worth", "assumed": "test"}


def test_a_veto_stops_a_chosen_execution_and_not_a_scheduled_one():
    def schedule_fine(text):
        add_veto(text)
        text["levers"]["fine"]["scheduled_week"] = 5

    assert sum(week.sum() for week in find_fined(load_edited(CASE, add_veto), 6)) == 0.0
    assert [week.mean() for week in find_fined(load_edited(CASE, schedule_fine), 6)] == [0.0, 0.0, 0.0, 0.0, 1.0, 1.0]


def test_a_scheduled_summit_is_held_in_its_week_unless_a_plan_is_on_the_table():
    found = record_weeks(case(SUMMIT), 3, "summit", "stage", "talks", "summits")
    free = found["stage"][2] < 4.0
    assert 0.5 < free.mean() < 1.0
    assert (found["summit"][3][free] == 1.0).all()
    assert (found["summit"][3][~free] == 0.0).all()
    assert (found["talks"][3][free] > found["talks"][2][free]).all()
    without = record_weeks(case(), 3, "summit")["summit"][3]
    assert without.mean() < 0.5


@pytest.mark.parametrize(("guest", "other"), [("north", "south"), ("south", "north")])
def test_the_guest_of_a_scheduled_summit_is_met(guest, other):
    found = case(SUMMIT.replace("north", guest))
    stages, met = [], {}
    for arrays in play_weekly(found, RUNS, 3):
        stages.append(world(arrays, "stage").copy())
        keys = list(arrays.layout.spaces["actor"].keys)
        met = {side: arrays.state["actor"]["engaged"][keys.index(side)] for side in (guest, other)}
    free = stages[1] < 4.0
    assert (met[guest][free] == 1.0).all()
    assert (met[other][free] == 0.0).all()


def test_a_scheduled_plan_that_is_confirmed_binds_where_nobody_vetoes():
    found = record_weeks(
        case(NO_VETO, "protocol.asks_others=false", plan(confirmed=True)), 2, "stage", "signed_now", "draft"
    )
    waiting = found["stage"][1] < 5.0
    assert waiting.mean() > 0.5
    assert (found["signed_now"][2][waiting] == 1.0).all()
    assert set(found["draft"][2][waiting]) == {1.0}


@pytest.mark.parametrize("hesitates", [0, 1])
def test_without_confirmation_by_the_scenario_the_principal_decides(hesitates):
    """Exact for a principal who never confirms; one who always does still signs only what it likes."""
    settings = (NO_VETO, "protocol.asks_others=false", f"actors.county.mediator.hesitates={hesitates}")
    left = record_weeks(case(*settings, plan(confirmed=False)), 2, "stage", "signed_now")
    sure = record_weeks(case(*settings, plan(confirmed=True)), 2, "stage", "signed_now")
    waiting = left["stage"][1] < 5.0
    assert (sure["signed_now"][2][waiting] == 1.0).all()
    signed = left["signed_now"][2][waiting].mean()
    assert signed == 0.0 if hesitates else signed > 0.5


def test_a_scheduled_plan_still_needs_those_who_must_consent():
    """The veto of Sedge has a chance of failing below 1e-6 per signature."""
    found = record_weeks(case(plan(confirmed=True)), 2, "stage", "signed_now", "plans_refused")
    assert found["signed_now"][2].sum() == 0.0
    assert (found["plans_refused"][2] == found["plans_refused"][1] + 1.0).mean() > 0.9


def test_a_scheduled_plan_is_not_asked_of_the_side_that_has_accepted_it():
    """At such a price of any peace Upton would never sign; it is not asked again where it has accepted."""
    worse = "actors.north.interests.private_cost={value: 5, unit: worth, assumed: test}"
    for side, signs in (("north", True), ("south", False)):
        found = record_weeks(case(NO_VETO, worse, plan(confirmed=True, side=side, week=1)), 1, "signed_now")
        assert (found["signed_now"][1].sum() > 0.0) == signs


def test_the_mediator_leaves_in_its_week_and_stays_away():
    settings = ("actors.county.mediator.leaving=-9", "schedule={mediator_leaves_in_week: 4}")
    found = record_weeks(case(*settings), 8, "mediated", "leavings", "meetings")
    assert [week.mean() for week in found["mediated"][1:]] == [1.0] * 3 + [0.0] * 5
    assert (found["leavings"][-1] == 1.0).all()
    assert np.array_equal(found["meetings"][4], found["meetings"][8])
    assert record_weeks(case(settings[0]), 8, "leavings")["leavings"][-1].sum() == 0.0


ALL = (
    "levers.fine.scheduled_week=2",
    "schedule={mediator_leaves_in_week: 6, summit: {week: 3, side: south}, "
    "plan: {week: 5, side: north, terms: thirds, sequence: ceasefire, confirmed: true}}",
)


def test_both_engines_keep_the_schedule_alike():
    found = case(NO_VETO, *ALL)
    arrays = play_runs(found, 3, 8)
    for run in range(3):
        alone = {s: {n: a[..., run] for n, a in table.items()} for s, table in arrays.state.items()}
        assert differences(play_in_mesa(found, run, 8).table, alone) == []


def test_what_comes_later_does_not_reach_back():
    before, after = (list(play_weekly(case(*changes), 40, 1))[-1].state for changes in ((), ALL))
    named = {"actor.plan_guest", "actor.summit_guest", "lever.scheduled_week"}
    named |= {f"world.{name}" for name in ("leaving_week", "plan_week", "summit_week", "plan_number", "plan_confirmed")}
    assert set(differences(before, after)) <= named


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("schedule={summit: {week: 3, side: nort}}", "north"),
        ("schedule={plan: {week: 3, side: north, terms: third, sequence: ceasefire}}", "thirds"),
        ("schedule={plan: {week: 3, side: north, terms: thirds, sequence: ceasefires}}", "ceasefire"),
        ("schedule={mediator_leaves_in_week: 0}", "1"),
        ("schedule={summit: {week: 3}}", "side"),
    ],
)
def test_a_mistake_in_the_schedule_is_named(change, says):
    with pytest.raises(ScenarioError, match=says):
        load_case(CASE, changes=[change])


def test_a_schedule_needs_a_mediator():
    with pytest.raises(ScenarioError, match="there is no mediator"):
        load_case("textbook/two-towns", changes=[SUMMIT])
