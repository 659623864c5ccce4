"""Baselines beside runs: places by hand, what makes the gap, two cases with opposite reasons, and both languages."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import sim
from analysis.methods.agreed_reasons import GapSteps, find_agreed_reasons
from analysis.methods.baseline_gaps import BaselineGap, find_baseline_gaps
from analysis.methods.status_quo_reasons import REASONS, StatusQuoReasons, name_most_frequent
from analysis.report.baseline_gaps import build_baseline_sections
from sim.ensemble.block import simulate_runs
from sim.ensemble.plan import make_plans
from sim.ensemble.simulate import simulate_plans
from sim.errors import UsageError
from sim.experiments.signed_packages import (
    FIRST,
    MEDIATOR,
    OTHERWISE,
    PRESSED,
    WILLING,
    SignedPackages,
    find_signed_packages,
)
from sim.i18n.messages import use_language
from sim.loading.loader import load_case
from tests.factories.results import results

DECISIONS = arrays(float, 2, elements=st.floats(0, 1))


@pytest.fixture(scope="module")
def played():
    """The textbook's trade, and its scenario by view."""
    (plan,) = make_plans(["textbook/logrolling"], runs=100, horizon=20)
    (found,) = simulate_plans([plan], workers=1, zone_runs=0)
    return found, plan.views


def set_beside(case, **asked):
    """A textbook case, with the reasons of its one view."""
    return next(iter(sim.baselines(case, runs=60, workers=1, **asked).beside.views.values()))


def test_the_trade_lies_at_the_ends_and_the_mean_in_the_middle(played):
    """Each side gives way where it is cheap, so what is agreed is 0 on one issue and 1 on the other."""
    gaps = find_baseline_gaps(*played)
    assert sorted(round(one.agreed[0]) for one in gaps) == [0, 1]
    for one in gaps:
        assert 0.0 < one.mean[0] < 1.0
        assert one.gap[0] == pytest.approx(one.agreed[0] - one.mean[0])


@pytest.mark.parametrize(
    ("gap", "far"), [((0.25, 0.5), True), ((-0.5, -0.3), True), ((-0.3, 0.3), False), ((0.1, 0.9), False)]
)
def test_far_is_far_under_every_view_on_one_side(gap, far):
    assert BaselineGap("water", (0, 0), (0, 0), (0, 0), gap).is_far == far


def test_a_third_party_refuses_what_two_agree_on():
    """Sedge loses by every package: it refuses every plan, and every package lacks its consent from the beginning."""
    why = set_beside("textbook/three-parties").status_quo
    assert (why.in_force, why.main) == (0.0, "refused")
    assert {reason: (by.who, by.share) for reason, by in why.blockers.items()} == {"refused": ("Sedge", 1.0)}
    assert why.blockers["refused"].runs == round(60 * why.shares["refused"])
    assert why.shares["refused"] > 0.5
    assert why.shares["no-zone"] == 0.0


def test_two_optimists_have_no_zone():
    why = set_beside("textbook/no-zone").status_quo
    assert (why.in_force, why.main, why.shares["no-zone"]) == (0.0, "no-zone", 1.0)
    assert why.blockers == {}


def test_after_one_week_a_plan_came_no_further():
    assert set_beside("textbook/logrolling", horizon=1).status_quo.main == "plan"


def test_the_trade_is_what_exchange_and_median_say_and_the_mean_is_on_no_menu():
    found = set_beside("textbook/logrolling")
    assert sum(found.status_quo.shares.values()) + found.status_quo.in_force == pytest.approx(1.0)
    assert tuple(found.status_quo.shares) == REASONS
    agreed = found.agreed
    assert agreed.by_method["exchange"].distance == agreed.by_method["weighted-median"].distance == 0.0
    assert agreed.by_method["weighted-mean"].main == "menu"
    assert agreed.by_method["plain-mean"].main == "draft"
    assert (agreed.authors[MEDIATOR], agreed.against) == (0.0, (0.0, 0.0, 0.0))
    assert agreed.nash == 1.0
    assert [(one.named, one.agreed, one.share.share) for one in found.issues] == [
        ("the orchestra", "the orchestra", 1.0),
        ("the orchestra", "the orchestra", 1.0),
    ]


def test_an_arbitrator_writes_most_drafts():
    assert set_beside("textbook/strike").agreed.authors[MEDIATOR] > 0.5


def sign_by_hand(times):
    """Corners are accepted, but the nearest by one side alone; in every third run by nobody, and one is signed."""
    accepts = np.zeros((2, 9, 3), dtype=bool)
    orchestra_wins, trade, wrong_trade, choir_wins = 7, 1, 2, 8
    accepts[:, [orchestra_wins, trade, wrong_trade, choir_wins], :2] = True
    accepts[1, choir_wins], accepts[1, wrong_trade, 1] = False, False
    gains = np.zeros((9, 3))
    gains[wrong_trade], gains[trade], gains[orchestra_wins] = (0.3, 0.0, 0.0), 0.2, 0.1
    chosen, authors = [wrong_trade, orchestra_wins, wrong_trade], [FIRST, MEDIATOR, FIRST]
    numbers = [np.tile(each, times) for each in (np.arange(3), chosen, authors, [WILLING, PRESSED, OTHERWISE])]
    parts = [np.tile(each, times) for each in (accepts, gains)]
    return SignedPackages(*numbers, ("north", "south"), *parts)


def test_steps_by_hand():
    """The nearest package lies 0.2 away, what passes 0.5 in every run, what is signed 0.5, 0.8 and 0.5."""
    scenario, decided = load_case("textbook/logrolling").scenario, {"weighted-mean": np.array([0.2, 0.2])}
    found = find_agreed_reasons(scenario, sign_by_hand(7), decided)
    steps = found.by_method["weighted-mean"]
    assert steps.lengths == pytest.approx({"menu": 0.2, "consent": 0.3, "draft": 0.1})
    assert (steps.distance, steps.main) == (pytest.approx(0.6), "consent")
    assert steps.gap == pytest.approx([1 / 3 - 0.2, 0.8])
    assert steps.steps["menu"] == pytest.approx([-0.2, -0.2])
    assert steps.steps["consent"] == pytest.approx([0.5, 0.5])
    assert steps.steps["draft"] == pytest.approx([-1 / 6, 0.5])
    assert (steps.refused, steps.refuses) == pytest.approx((1.0, 1.0))
    assert steps.refuser == scenario.actors["south"].label
    assert found.authors == pytest.approx((2 / 3, 0.0, 1 / 3))
    assert (found.nash, found.against) == (pytest.approx(2 / 3), pytest.approx((1 / 3, 0.0, 1 / 3)))
    few = find_agreed_reasons(scenario, sign_by_hand(6), decided).by_method["weighted-mean"]
    assert (few.main, few.refuser, few.distance) == ("", "", pytest.approx(0.6))


@settings(max_examples=40, deadline=None)
@given(accepts=arrays(bool, (2, 9, 4)), chosen=arrays(int, 4, elements=st.integers(0, 8)), decided=DECISIONS)
def test_steps_add_up_and_are_never_below_0(played, accepts, chosen, decided):
    """In every run alone, and over runs whose differences have opposite signs."""
    (scenario,), runs = played[1].values(), []
    for some in (*np.arange(4)[:, np.newaxis], np.arange(4)):
        none, parts = np.zeros(some.size, dtype=int), (accepts[..., some], np.zeros((9, some.size)))
        signed = SignedPackages(some, chosen[some], none, none, ("north", "south"), *parts)
        runs.append(find_agreed_reasons(scenario, signed, {"it": decided}).by_method["it"])
    *alone, together = runs
    for one in runs:
        assert min(one.lengths.values()) >= -1e-12
        assert sum(one.steps.values()) == pytest.approx(one.gap)
    for one in alone:
        assert sum(one.lengths.values()) == pytest.approx(np.abs(one.gap).mean())
    for name, length in together.lengths.items():
        assert length == pytest.approx(np.mean([one.lengths[name] for one in alone]))


def test_few_runs_carry_an_interval_and_no_reason():
    few = str(sim.baselines("textbook/three-parties", runs=19, workers=1).beside)
    assert "of 19 runs have no agreement in force; too few runs to name a reason" in few
    assert "most often" not in few


def test_who_was_leaned_on_has_an_imposed_agreement():
    """In the runs themselves; not every imposed agreement binds somebody who would rather have had none."""
    scenario = load_case("alaska-budapest", view="portnikov-2025").scenario
    numbers = np.arange(384)
    columns = simulate_runs(scenario, 1, numbers, 30).columns
    found = find_signed_packages(scenario, 1, numbers, 30)
    imposed = columns["imposed"][np.isin(columns["run"], found.runs)] > 0.0
    pressed = found.binding == PRESSED
    assert pressed.any()
    assert imposed[pressed].all()
    accepted = found.accepts.all(axis=0)[found.signed, np.arange(found.runs.size)]
    assert np.array_equal(found.binding == WILLING, accepted)


def test_the_section_speaks_both_languages():
    for code, word, why in (
        ("en", "weighted mean", "most often by Sedge (in 100%"),
        ("de", "gewichtetes Mittel", "am häufigsten: Seggen"),
    ):
        alone = sim.baselines("textbook/three-parties", runs=40, workers=1, lang=code).beside
        assert why in str(alone)
        with use_language(code):
            (section,) = sim.baselines("textbook/logrolling", runs=20, workers=1, lang=code).beside.sections
            assert section.tables[1].head[1] == word
            assert [len(table.rows) for table in section.tables] == [1, 2, 1, 7, 2]


def test_a_table_of_positions_is_not_played(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("Actor,Capability,Position,Salience\nA,1,0,1\nB,1,10,1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="only a scenario can"):
        sim.baselines(table, runs=20)


def test_without_scenarios_or_runs_there_is_none():
    assert build_baseline_sections(results(), {}, {}) == []


def make_reasons(**shares):
    """Reasons of 100 runs by hand."""
    return StatusQuoReasons(100, 0.0, dict.fromkeys(REASONS, 0.0) | shares, 0, {})


def test_reasons_of_equally_many_runs_are_all_named():
    assert make_reasons(ended=0.4, refused=0.4, plan=0.2).as_often == ("refused",)
    assert make_reasons(ended=0.6, refused=0.4).as_often == ()
    assert StatusQuoReasons(10, 0.0, dict.fromkeys(REASONS, 0.0) | {"ended": 0.5, "plan": 0.5}, 0, {}).as_often == ()


def test_steps_of_the_same_length_are_all_named():
    nowhere = np.zeros(1)
    steps = {"menu": 0.2, "consent": 0.2, "draft": 0.1}
    assert GapSteps(50, steps, nowhere, {}, 0.0, "", 0.0).as_long == ("consent",)
    assert GapSteps(5, steps, nowhere, {}, 0.0, "", 0.0).as_long == ()


def test_all_who_stand_in_the_way_equally_often_are_named():
    scenario = load_case("textbook/three-parties").scenario
    labels = {key: actor.label for key, actor in scenario.actors.items()}
    first, second, third = list(labels)[:3]
    assert name_most_frequent(scenario, {first: 0.5, second: 0.2}) == labels[first]
    named = name_most_frequent(scenario, {first: 0.5, second: 0.2, third: 0.5})
    assert named == f"{labels[first]} and {labels[third]}"
