"""Baselines beside runs: places by hand, what makes the gap, two cases with opposite reasons, and both languages."""

import numpy as np
import pytest

import sim
from analysis.methods.agreed_reasons import find_agreed_reasons
from analysis.methods.baseline_gaps import BaselineGap, find_baseline_gaps
from analysis.methods.status_quo_reasons import REASONS
from analysis.report.baseline_gaps import build_baseline_sections
from sim.ensemble.plan import make_plans
from sim.ensemble.simulate import simulate_plans
from sim.errors import UsageError
from sim.experiments.signed_packages import FIRST, MEDIATOR, SignedPackages
from sim.i18n.messages import use_language
from sim.loading.loader import load_case
from tests.factories.results import results


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
    assert why.blockers == {"refused": ("Sedge", 1.0), "no-consent": ("Sedge", 1.0)}
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
    assert agreed.authors[MEDIATOR] == agreed.against == 0.0
    assert agreed.nash == 1.0
    assert [(one.named, one.agreed, one.share) for one in found.issues] == [
        ("the orchestra", "the orchestra", 1.0),
        ("the orchestra", "the orchestra", 1.0),
    ]


def test_an_arbitrator_writes_most_drafts():
    assert set_beside("textbook/strike").agreed.authors[MEDIATOR] > 0.5


def test_steps_by_hand():
    """Corners are accepted, but the nearest by one side alone; in the last run by nobody, and one is signed."""
    scenario = load_case("textbook/logrolling").scenario
    accepts = np.zeros((2, 9, 3), dtype=bool)
    orchestra_wins, trade, wrong_trade, choir_wins = 7, 1, 2, 8
    accepts[:, [orchestra_wins, trade, wrong_trade, choir_wins], :2] = True
    accepts[1, choir_wins], accepts[1, wrong_trade, 1] = False, False
    gains = np.zeros((9, 3))
    gains[wrong_trade], gains[trade], gains[orchestra_wins] = (0.3, 0.0, 0.0), 0.2, 0.1
    chosen, authors = np.array([wrong_trade, orchestra_wins, wrong_trade]), np.array([FIRST, MEDIATOR, FIRST])
    signed = SignedPackages(np.arange(3), chosen, authors, ("north", "south"), accepts, gains)
    found = find_agreed_reasons(scenario, signed, {"weighted-mean": np.array([0.2, 0.2])})
    steps = found.by_method["weighted-mean"]
    assert steps.gap == pytest.approx([1 / 3 - 0.2, 0.8])
    assert steps.steps["menu"] == pytest.approx([-0.2, -0.2])
    assert steps.steps["consent"] == pytest.approx([0.5, 0.5])
    assert steps.steps["draft"] == pytest.approx([-1 / 6, 0.5])
    assert (steps.refused, steps.refuses) == (1.0, 1.0)
    assert steps.refuser == scenario.actors["south"].label
    assert found.authors == pytest.approx((2 / 3, 0.0, 1 / 3))
    assert (found.nash, found.against) == pytest.approx((2 / 3, 1 / 3))


def test_the_section_speaks_both_languages():
    for code, word, why in (
        ("en", "weighted mean", "most often by Sedge (in 100%"),
        ("de", "gewichtetes Mittel", "am häufigsten: Seggen"),
    ):
        alone = sim.baselines("textbook/three-parties", runs=20, workers=1, lang=code).beside
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
