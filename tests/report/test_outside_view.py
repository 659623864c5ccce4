"""Outside view: what others counted or expected stands beside runs, with where it differs and what makes it so."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.figures.number_text import format_range
from analysis.methods.outside_view import compare_with_runs
from analysis.report.outside_view import build_outside_view_sections
from sim.errors import ScenarioError
from sim.i18n.messages import list_languages, use_language
from sim.schema.base_rate import BaseRate
from tests.factories.results import results
from tests.theory.simulate import FLAGSHIP, load_edited, scenario

WEEKS, RUNS = 60, 100
FOUND = scenario(FLAGSHIP, view="wide")
OUTCOMES = list(FOUND.outcomes)
EXPECTED = BaseRate(label="a crowd", about="in-force", within_weeks=17, low=0.14, high=0.34, source="invented")


def make_results(**shares):
    """One view whose runs stand alike after every week: percent by outcome, the rest at war."""
    counts = [shares.get(key.replace("-", "_"), 0) for key in OUTCOMES]
    counts[-1] = RUNS - sum(counts)
    made = results(("wide",), horizon_weeks=WEEKS)
    columns = {"run": np.arange(RUNS, dtype=float), "outcome": np.repeat(np.arange(len(OUTCOMES)), counts)}
    view = replace(made.views["wide"], columns=columns, by_week=np.tile(counts, (WEEKS, 1)))
    return replace(made, views={"wide": view})


@pytest.mark.parametrize(("about", "share"), [("in-force", 0.05 + 0.06 + 0.02), ("ended", 0.05 + 0.06 + 0.03 + 0.04)])
def test_what_counts_is_what_was_asked(about, share):
    """In force now, or once in force and broken; ended by an agreement or by a side that prevails, not by a clash."""
    made = make_results(
        agreement_along_the_line=5, comprehensive_agreement=6, agreement_broken=2, first_side_prevails=3,
        second_side_prevails=4, direct_clash=7, war_agreement_signed=8,
    )  # fmt: skip
    reference = EXPECTED.model_copy(update={"about": about})
    (seen,) = compare_with_runs(reference, made, FOUND).values()
    assert seen.share.share == pytest.approx(share)
    parts = (seen.parts.in_force, seen.parts.broken, seen.parts.prevailed, seen.parts.waiting)
    assert parts == pytest.approx((0.11, 0.02, 0.07, 0.08))


def test_the_week_that_was_named_counts():
    made = make_results(agreement_along_the_line=20)
    made.views["wide"].by_week[:16] = [*[0] * (len(OUTCOMES) - 1), RUNS]
    (at_17,) = compare_with_runs(EXPECTED, made, FOUND).values()
    (at_16,) = compare_with_runs(EXPECTED.model_copy(update={"within_weeks": 16}), made, FOUND).values()
    assert (at_17.share.share, at_16.share.share) == (0.2, 0.0)


@pytest.mark.parametrize(("percent", "standing"), [(3, "below"), (10, "within"), (38, "within"), (60, "above")])
def test_only_what_is_told_apart_differs(percent, standing):
    (seen,) = compare_with_runs(EXPECTED, make_results(agreement_along_the_line=percent), FOUND).values()
    assert seen.standing == standing


def test_more_weeks_than_were_played_are_not_compared():
    long = EXPECTED.model_copy(update={"within_weeks": WEEKS + 1})
    assert compare_with_runs(long, make_results(), FOUND) == {}


def test_the_page_says_where_runs_differ_and_why_in_every_language():
    made = make_results(agreement_along_the_line=3, war_agreement_signed=9)
    for language in list_languages():
        with use_language(language):
            (section,) = build_outside_view_sections(made, {"wide": FOUND})
        (table,) = section.tables
        assert len(table.rows) == 4
        with use_language(language):
            assert [row[1] for row in table.rows[::2]] == [format_range(0.14, 0.34), format_range(0, 0.1)]
        assert len(section.sentences) == 4
    with use_language("en"):
        (section,) = build_outside_view_sections(made, {"wide": FOUND})
        _, crowd, why, wars = section.sentences
        assert "Runs here by week 17: fewer under View wide 3%" in crowd
        assert "in 9% one is signed and waits" in why
        assert "by week 52: not told apart from it" in wars


def test_a_case_without_such_references_has_no_such_section():
    assert build_outside_view_sections(make_results(), {}) == []
    assert build_outside_view_sections(make_results(), {"": scenario("textbook/two-towns")}) == []


def test_a_reference_about_runs_names_its_weeks():
    def edit(text):
        del text["base_rates"]["long-wars-ended"]["within_weeks"]

    with pytest.raises((ScenarioError, ValueError), match="`about: ended` needs `within_weeks`"):
        load_edited(FLAGSHIP, edit, "wide")
