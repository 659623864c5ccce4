"""Threats, calls and strikes: does what the texts describe occur on the flagship, and do threats end as believed?

Directions are findings, not targets: where one fails, no number is changed to rescue it. Each source view plays 1,024
draws (28 weeks of run-up; only runs that match it go on, about 500 to 800). A share of such runs has a standard error
of .022 at most, a mean of counts one that is computed. Differences must be at least 2.33 standard errors, so that one
that is not there passes with a chance of 1%.
"""

from functools import cache

import numpy as np
import pytest

from sim.engines.base import make_engine
from sim.loading.loader import list_views, load_case
from sim.model.simulation import Simulation
from sim.rules.stages import SIGNED
from tests.statistical.ensembles import CASE, SEED

ONE_PERCENT = 2.33
WEEKS, HALF_YEAR = 52, 28
DESCRIBES_CALLS = ("observador-2025", "portnikov-2025")
"""Views whose texts count the calls: observador-calls-and-trips, portnikov-eight-or-nine-calls."""
WORLD = ("stage", "failed", "cancelled", "fighting", "truce_left", "threats_now", "threats_believed_now")
SIDES = ("called", "struck")
LEVERS = ("threatened_now", "kept_word")
NO_FEAR = tuple(f"actors.{side}.disputant.strike_backlash=0" for side in ("russia", "ukraine"))
EVEN_MEANS = (
    "contest.aid_heals=0",
    *(f"contest.{name}={{value: 0}}" for name in ("balance", "resting_point", "drift", "aid_moves")),
)
"""Nobody is healed by aid, and the balance leans to nobody, since who breaks first follows the balance."""

pytestmark = pytest.mark.slow


@cache
def weeks_of(view: str, *changes: str, draws: int = 1024, weeks: int = WEEKS):
    """What happened in every week of every matching run: arrays (weeks, runs), those of sides and levers by row."""
    scenario = load_case(CASE, view=view, changes=changes).scenario
    simulation = Simulation.begin(scenario, SEED, np.arange(draws), make_engine)
    simulation.simulate_run_up()
    spaces = simulation.engine.layout.spaces
    sides = spaces["actor"].groups["disputant"]
    levers = [
        i for i, lever in enumerate(scenario.levers.values()) if lever.threatens and _presses_first(scenario, lever)
    ]
    asked = [("world", name, 0) for name in WORLD]
    asked += [("actor", name, int(row)) for name in SIDES for row in sides]
    asked += [("lever", name, row) for name in LEVERS for row in levers]
    asked += [("world", "ended", 0)]
    found = simulation.advance(weeks, asked)
    parts = {name: found[:, at] for at, name in enumerate(WORLD)} | {"ended": found[:, -1]}
    at = len(WORLD)
    for name in SIDES:
        parts[name] = found[:, at : at + 2]
        at += 2
    for name in LEVERS:
        parts[name] = found[:, at : at + len(levers)].sum(axis=1)
        at += len(levers)
    return parts


def _presses_first(scenario, lever):
    return lever.holder == scenario.mediator and lever.target == scenario.contest.first


def collapses(found):
    """1 in the weeks in which a summit fails or is cancelled."""
    return (found["failed"] > 0.0) | (found["cancelled"] > 0.0)


def count_rounds(found, weeks):
    """How often a threat was followed by a call, that by talks that end, and that by a threat, in each run."""
    talks = found["stage"][:weeks]
    before = np.concatenate([np.zeros((1, talks.shape[1])), talks[:-1]])
    over = collapses(found)[:weeks] | ((before > 0.0) & (before < 5.0) & (talks == 0.0))
    threat, call = found["threatened_now"][:weeks] > 0.0, found["called"][:weeks, 0] > 0.0
    at, rounds = np.zeros(talks.shape[1]), np.zeros(talks.shape[1])
    for week in range(weeks):
        rounds += (at == 3) & threat[week]
        at = np.where(((at == 0) | (at == 3)) & threat[week], 1, at)
        at = np.where((at == 1) & call[week], 2, at)
        at = np.where((at == 2) & over[week], 3, at)
    return rounds


def strikes_after(found, side):
    """Weeks that follow a collapsed meeting, and others: strikes of a side where it could strike.

    Weeks after a signature are in neither: no meeting can collapse then, and only waiting is left beside striking.
    """
    runs = found["stage"].shape[1]
    could = np.concatenate([np.ones((1, runs)), (found["fighting"][:-1] > 0.0) & (found["truce_left"][:-1] == 0.0)]) > 0
    could &= np.concatenate([np.zeros((1, runs)), found["stage"][:-1]]) < SIGNED
    after = np.concatenate([np.zeros((1, runs), dtype=bool), collapses(found)[:-1]])
    struck = found["struck"][:, side]
    return struck[could & after], struck[could & ~after]


@pytest.mark.parametrize("view", DESCRIBES_CALLS)
def test_at_least_four_calls_in_half_a_year_without_a_signature_where_the_texts_count_them(view):
    """As in the months that the texts count, in which nothing was signed; error over runs, linearised."""
    found = weeks_of(view)
    stage, calls = found["stage"][:HALF_YEAR], found["called"][:HALF_YEAR, 0]
    talking = np.concatenate([np.zeros((1, stage.shape[1])), stage[:-1]]) < SIGNED
    made, weeks = (calls * talking).sum(axis=0), talking.sum(axis=0)
    rate = made.sum() / weeks.sum()
    error = (made - rate * weeks).std() / weeks.mean() / np.sqrt(weeks.size)
    assert HALF_YEAR * (rate - ONE_PERCENT * error) > 4.0


@pytest.mark.parametrize("view", ["observador-2025", "portnikov-2025"])
def test_at_least_four_calls_in_half_a_year_signed_or_not(view):
    calls = weeks_of(view)["called"][:HALF_YEAR, 0].sum(axis=0)
    assert calls.mean() - ONE_PERCENT * calls.std() / np.sqrt(calls.size) > 4.0


def test_threat_call_collapse_and_threat_again_in_most_runs_of_the_portnikov_view():
    rounds = count_rounds(weeks_of("portnikov-2025"), HALF_YEAR) > 0.0
    assert rounds.mean() - ONE_PERCENT * rounds.std() / np.sqrt(rounds.size) > 0.5


@pytest.mark.parametrize("view", list_views(CASE))
def test_after_learning_threats_are_executed_within_a_factor_of_two_of_what_is_believed(view):
    """Over weeks 1 to 52, with the run-up as the time to learn; 1,800 to 4,500 threats, error of the share .005."""
    found = weeks_of(view)
    made = found["threats_now"].sum()
    believed, executed = (
        found["threats_believed_now"].sum() / made,
        found["kept_word"].sum() / found["threatened_now"].sum(),
    )
    assert 0.5 < believed / executed < 2.0


def rise_after_collapse(view):
    """Standard errors by which the first side strikes more often in weeks that follow a collapsed meeting."""
    after, otherwise = strikes_after(weeks_of(view, draws=2048), 0)
    error = np.sqrt(after.var() / after.size + otherwise.var() / otherwise.size)
    return (after.mean() - otherwise.mean()) / error


def test_the_first_side_strikes_more_often_after_a_collapsed_meeting_where_a_text_says_so():
    """portnikov-attack-as-answer-22oct; other weeks are those with fighting, no truce and no signature."""
    assert rise_after_collapse("portnikov-2025") > ONE_PERCENT


@pytest.mark.parametrize("view", list_views(CASE))
def test_nowhere_does_it_strike_less_often_after_a_collapsed_meeting(view):
    assert rise_after_collapse(view) > -ONE_PERCENT


def test_without_fear_and_at_even_means_both_sides_strike_alike():
    """What each has to fear and to strike with is all that tells them apart: within 3.29 errors of none without."""
    struck = weeks_of("wide", *NO_FEAR, *EVEN_MEANS)["struck"][:17].sum(axis=0)
    apart = struck[0] - struck[1]
    assert abs(apart.mean()) < 3.29 * apart.std() / np.sqrt(apart.size)


@pytest.mark.parametrize("view", list_views(CASE))
def test_at_even_means_neither_side_prevails_more_often(view):
    """178 weeks, 2,048 draws, an even balance; log of the ratio within 2.58 errors of none (1% false alarms)."""
    ended = weeks_of(view, *EVEN_MEANS, draws=2048, weeks=178)["ended"][-1]
    first, second = (ended == 1.0).sum(), (ended == 2.0).sum()
    assert abs(np.log(second / first)) < 2.58 * np.sqrt(1.0 / first + 1.0 / second)
