"""Threats and calls: laws that hold in every week of every run."""

import numpy as np
import pytest

from sim.rules.stages import IDLE, SIGNED
from tests.theory.simulate import flagship, list_changes, play_weekly, scenario, world

THREE = "textbook/three-parties"
CASES = [flagship(), scenario("alaska-budapest", view="portnikov-2025"), scenario(THREE)]
NAMES = ["flagship", "portnikov", "three-parties"]
RUNS, WEEKS = 150, 40


def weeks_of(found):
    """Every week with the state before it."""
    before = None
    for arrays in play_weekly(found, RUNS, WEEKS):
        now = {space: {name: array.copy() for name, array in table.items()} for space, table in arrays.state.items()}
        if before is not None:
            yield arrays.layout, before, now
        before = now


def sides(layout):
    return layout.spaces["actor"].groups["disputant"]


@pytest.mark.parametrize("found", CASES, ids=NAMES)
def test_a_call_leaves_talks_that_run_and_their_seat_as_they_are(found):
    """Unless something else happens in the same week: a proposal, or talks that end."""
    seen = 0
    for layout, before, now in weeks_of(found):
        runs = (before["world"]["stage"][0] > IDLE) & (before["world"]["stage"][0] < SIGNED)
        tabled = sum(now["actor"][name][sides(layout)].sum(axis=0) for name in ("offered", "conceded"))
        called = now["actor"]["called"][sides(layout)].sum(axis=0) > 0.0
        quiet = runs & called & (tabled == 0.0) & (now["world"]["stage"][0] > IDLE)
        quiet &= now["world"]["talks"][0] == before["world"]["talks"][0]
        seen += quiet.sum()
        assert (now["world"]["stage"][0] >= before["world"]["stage"][0])[quiet].all()
        for row in sides(layout):
            assert (now["actor"]["at_table"][row] == before["actor"]["at_table"][row])[quiet].all()
    assert seen > 100


@pytest.mark.parametrize("found", CASES[:2], ids=NAMES[:2])
def test_a_threat_is_withdrawn_only_while_it_stands_and_its_target_talks(found):
    seen = 0
    for layout, before, now in weeks_of(found):
        withdrawn = now["lever"]["withdrawn_word"][:-1] > 0.0
        seen += withdrawn.sum()
        target = layout.spaces["lever"].relations["target"].index
        assert (before["lever"]["threat_left"][:-1] > 1.0)[withdrawn].all()
        assert (before["actor"]["at_table"][target] > 0.0)[withdrawn].all()
        for name in ("threat_left", "lapsed_word", "kept_word"):
            assert not now["lever"][name][:-1][withdrawn].any()
    assert seen > 20


@pytest.mark.parametrize("found", CASES, ids=NAMES)
def test_quiet_weeks_restore_no_credit(found):
    """The belief in threats rises only where a word was kept, and falls only where one was broken or withdrawn."""
    moved = 0
    for layout, before, now in weeks_of(found):
        rows = layout.spaces["belief"].groups["credibility"]
        about = layout.spaces["belief"].relations["about"].index[rows]
        kept, broken = (now["actor"]["kept"], now["actor"]["lapsed"] + now["actor"]["withdrawn"])
        step = now["belief"]["chance"][rows] - before["belief"]["chance"][rows]
        rose, fell = step > 1e-12, step < -1e-12
        moved += rose.sum() + fell.sum()
        assert (kept[about] > 0.0)[rose].all()
        assert (broken[about] > 0.0)[fell].all()
    assert moved > 50


@pytest.mark.parametrize("found", CASES[:2], ids=NAMES[:2])
def test_a_strike_takes_no_more_than_has_been_gathered(found):
    """And who is behind gathers no more than the ratio of means that the balance is."""
    for layout, before, now in weeks_of(found):
        first, second = sides(layout)
        for own, other in ((first, second), (second, first)):
            ratio = np.exp((1.0 if own == first else -1.0) * before["world"]["balance"][0])
            most = np.maximum(before["actor"]["strike_means"][own], np.minimum(ratio, 1.0))
            assert (now["actor"]["strike_means"][own] <= most + 1e-12).all()
            struck = now["actor"]["struck"][own] > 0.0
            assert not now["actor"]["strike_means"][own][struck].any()
            assert (now["actor"]["strike_means"][own] <= 1.0).all()
            most = now["actor"]["strike_toll"][own] * np.where(struck, 1.0, 0.0)
            worn = before["actor"]["resilience"][other] - now["actor"]["resilience"][other]
            heals = np.abs(
                now["world"]["aid_heals"][0] * (now["actor"]["aid"][other] - now["actor"]["aid_start"][other])
            )
            assert (worn <= most + now["actor"]["erosion"][other] + heals + 1e-12).all()


def test_nobody_fears_for_a_strike_what_nobody_has_threatened():
    """Without ultimatums, and without help to lose, it is all one to a side how much a strike brings nearer."""
    side = flagship().contest.first
    silent = list_changes(flagship(), "levers.*.threatens", "false")
    fears = (flagship(*silent, f"actors.{side}.disputant.strike_backlash={{value: {much}}}") for much in (0, 1))
    ways = (world(list(play_weekly(found, 60, 20))[-1], "strikes") for found in fears)
    assert np.array_equal(*ways)


def test_a_call_without_news_is_worth_no_more_than_its_price_saves():
    """In every week of every run: a side whose last call is fully remembered gains nothing by another."""
    remembered = 0
    for arrays in play_weekly(CASES[1], 60, 20):
        layout, now = arrays.layout, arrays.state
        for row, move in enumerate(layout.moves):
            if move.kind == "call":
                actor = list(layout.scenario.actors).index(move.actor)
                same = (now["actor"]["call_memory"][actor] == 1.0) & (now["actor"]["answered"][actor] == 1.0)
                remembered += same.sum()
                worth = now["move"]["worth"][row] + now["actor"]["call_price"][actor]
                assert np.allclose(worth[same], 0.0, atol=1e-12)
    assert remembered > 100


def test_a_holder_that_cannot_follow_up_has_no_resolve():
    for _, _, now in weeks_of(scenario("textbook/empty-threat")):
        assert not now["lever"]["resolve"][:-1].any()
    assert world(list(play_weekly(scenario("textbook/empty-threat"), 20, 30))[-1], "threats").sum() > 0
