"""After a signature: it is told as that, and the war with its words and levers goes on until it is in force.

Wide spreads of the flagship, 28 weeks of run-up, 52 weeks; runs in which an agreement that was signed waits for weeks.
Weeks that follow a signature are compared with none: before, not one word was said and no lever was moved in them, so
that a single event shows the rule; rates are bounded from below so that one run cannot do it alone.
"""

from functools import cache

import numpy as np
import pytest

from sim.engines.base import make_engine
from sim.loading.loader import load_case
from sim.model.simulation import Simulation
from sim.rules.stages import IN_FORCE, SIGNED
from tests.statistical.ensembles import CASE, SEED
from tests.theory.simulate import SEED as OTHER_SEED
from tests.theory.simulate import play_weekly, scenario, world

DRAWS = 1024
WEEKS = 52
WORLD = ("stage", "outcome", "ended", "broken", "calls_now", "threats_now", "executions_now", "lobbying_now")
WORLD += ("steps_now", "repudiations", "signed_now")
GOES_ON = ("calls_now", "threats_now", "executions_now", "lobbying_now", "steps_now")

pytestmark = pytest.mark.slow


@cache
def weeks_of(view):
    """World variables of every week of the matching runs."""
    simulation = Simulation.begin(load_case(CASE, view=view).scenario, SEED, np.arange(DRAWS), make_engine)
    simulation.simulate_run_up()
    found = simulation.advance(WEEKS, [("world", name, 0) for name in WORLD])
    return {name: found[:, at] for at, name in enumerate(WORLD)}


def find_waiting(found):
    """Weeks that begin and end with an agreement that is signed and not in force."""
    signed = found["stage"] == SIGNED
    return signed & np.concatenate([np.zeros((1, signed.shape[1]), dtype=bool), signed[:-1]])


@pytest.mark.parametrize("view", ["wide", "fazi-2025"])
def test_a_run_that_ends_signed_and_not_in_force_is_told_as_that(view):
    found = weeks_of(view)
    named = list(load_case(CASE, view=view).scenario.outcomes)
    at_end = {name: row[-1] for name, row in found.items()}
    waits = (at_end["stage"] == SIGNED) & (at_end["ended"] == 0.0)
    assert waits.sum() >= 10
    told = {named[int(number)] for number in at_end["outcome"][waits]}
    assert told <= {"war-agreement-signed", "agreement-broken"}
    assert (at_end["broken"][waits & (at_end["outcome"] == named.index("agreement-broken"))] > 0.0).all()
    assert not (at_end["outcome"] == named.index("war-agreement-signed"))[~waits].any()


@pytest.mark.parametrize("what", GOES_ON)
def test_words_levers_and_lobbying_go_on_while_an_agreement_waits(what):
    """At least three in a thousand waiting weeks; before, none."""
    found = weeks_of("wide")
    waiting = find_waiting(found)
    assert waiting.sum() > 500
    assert (found[what] > 0.0)[waiting].mean() > 0.003


def test_some_signatures_are_taken_back_and_most_are_not():
    found = weeks_of("wide")
    back, signed = found["repudiations"].sum(), found["signed_now"].sum()
    assert 0.01 < back / signed < 0.5


def test_a_signature_that_is_as_good_as_it_was_is_not_taken_back():
    """Nothing moves in two towns that are told to wait a year: asking again does not change a mind."""
    still = ("contest.noise=0", "contest.drift=0", "sequences.ceasefire.weeks=30")
    still += tuple(f"actors.{side}.interests.conflict_cost_growth=0" for side in ("north", "south"))
    still += tuple(
        f"actors.{side}.disputant.{name}=0" for side in ("north", "south") for name in ("erosion", "strike_toll")
    )
    found = scenario("textbook/two-towns", *still)
    *_, engine = play_weekly(found, 200, 30, seed=OTHER_SEED)
    assert world(engine, "agreements").sum() > 100
    assert world(engine, "signatures_repudiated").sum() == 0


@pytest.mark.parametrize("precision", [80, 1000])
def test_with_complete_information_and_nothing_new_no_signature_is_taken_back(precision):
    """Whose turn it is to propose was known at the signature and is no news (Fearon 1998)."""
    found = scenario(
        "textbook/split-the-pie", f"choice.precision={{value: {precision}}}", "sequences.ceasefire.weeks={value: 6}"
    )
    *_, engine = play_weekly(found, 200, 26, seed=OTHER_SEED)
    assert world(engine, "agreements").sum() > 100
    assert world(engine, "signatures_repudiated").sum() == 0


@pytest.mark.parametrize("precision", [80, 2000])
def test_a_drift_that_both_foresee_takes_hardly_a_signature_back(precision):
    """What signing and bargaining on bring shrinks alike: who was just content to sign stays so (Rubinstein 1982)."""
    found = scenario(
        "textbook/split-the-pie", f"choice.precision={{value: {precision}}}", "contest.drift={value: 0.02}"
    )
    *_, engine = play_weekly(found, 200, 26, seed=OTHER_SEED)
    assert (world(engine, "stage") == IN_FORCE).mean() > 0.98
    assert world(engine, "signatures_repudiated").sum() < 0.02 * world(engine, "agreements").sum()


def test_a_signature_is_taken_back_when_fighting_on_becomes_better():
    """The same two towns, and a contest whose luck turns; what is foreseen is in the signature already."""
    turning = ("contest.noise=0.3", "sequences.ceasefire.weeks=30")
    turning += tuple(f"actors.{side}.interests.conflict_cost=*0.3" for side in ("north", "south"))
    *_, engine = play_weekly(scenario("textbook/two-towns", *turning), 200, 30, seed=OTHER_SEED)
    assert world(engine, "signatures_repudiated").sum() > 20
    assert (world(engine, "stage")[world(engine, "repudiations") > 0] != SIGNED).all()


def test_a_signature_ends_the_ultimatums():
    stood, ended = None, 0
    for engine in play_weekly(scenario(CASE, view="wide"), 200, WEEKS):
        now, left = world(engine, "signed_now") > 0.0, engine.state["lever"]["threat_left"][:-1]
        assert not (left[:, now] > 0.0).any()
        ended += 0 if stood is None else int((stood[:, now] > 1.0).any(axis=0).sum())
        stood = left.copy()
    assert ended > 20
