"""Baseline gaps: places by hand, the sentence where they differ, and both languages."""

import pytest

from analysis.methods.baseline_gaps import BaselineGap, find_baseline_gaps
from analysis.report.baseline_gaps import build_baseline_sections
from sim.ensemble.plan import make_plans
from sim.ensemble.simulate import simulate_plans
from sim.i18n.messages import use_language
from tests.factories.results import results


@pytest.fixture(scope="module")
def played():
    """The textbook's trade, and its scenario by view."""
    (plan,) = make_plans(["textbook/logrolling"], runs=100, horizon=20)
    (found,) = simulate_plans([plan], workers=1, zone_runs=0)
    return found, plan.views


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


def test_the_section_speaks_both_languages(played):
    for code, word in (("en", "weighted mean"), ("de", "gewichtetes Mittel")):
        with use_language(code):
            (section,) = build_baseline_sections(*played)
            assert section.tables[0].head[1] == word
            assert len(section.tables[0].rows) == 2


def test_without_scenarios_or_agreements_there_is_none():
    assert build_baseline_sections(results(), {}) == []
