"""Ranking of contradictions and the value of knowing, from draws that can be counted by hand."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.contradiction_ranking import find_within, rank_questions, ranking_from_json
from analysis.methods.knowledge_value import compute_knowledge_values
from analysis.methods.many_looks import adjust_holm, compute_p_value, find_joint_level
from analysis.methods.paired_change import split_change
from sim.loading.loader import load_case
from sim.workflows.list_contradictions import read_case_contradictions

NONE = 255


def ends(hits, matching=400, draws=400):
    """Draws of which the first match and the first of these end in outcome 0."""
    found = np.full(draws, NONE, dtype=np.uint8)
    found[:matching] = 1
    found[:hits] = 0
    return found


def test_holm_by_hand():
    """The worked example of the R function p.adjust: four p values."""
    assert adjust_holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_never_makes_a_look_surer_and_keeps_the_order(found):
    adjusted = adjust_holm(found)
    assert all(one <= other <= 1 for one, other in zip(found, adjusted, strict=True))
    order = sorted(range(len(found)), key=lambda place: found[place])
    assert [adjusted[place] for place in order] == sorted(adjusted)


def test_p_value_is_exact_where_the_same_draws_match():
    """Six draws change over, all in one direction: two in sixty-four."""
    whole = np.ones(50)
    one, other = np.zeros(50), np.zeros(50)
    other[:6] = 1
    assert compute_p_value(whole, one, whole, other) == pytest.approx(2 / 64)
    assert compute_p_value(whole, one, whole, one) == 1


def test_joint_level_divides_the_error_among_looks():
    assert find_joint_level(10) == pytest.approx(0.995)
    assert find_joint_level(0) == pytest.approx(0.95)


def test_questions_are_ranked_by_their_widest_side_and_judged_apart():
    flips = {
        "small": {"a": ends(100), "b": ends(101)},
        "large": {"a": ends(90), "b": ends(200)},
        "unclear": {"a": ends(106)},
    }
    found = rank_questions(ends(100), flips, {0}, NONE, 0.05)
    assert [(one.key, one.verdict) for one in found.questions] == [
        ("large", "matters"),
        ("unclear", "negligible"),
        ("small", "negligible"),
    ]
    assert found.looks == 5
    assert found.questions[0].shown.effect.value == pytest.approx(0.25)
    assert rank_questions(ends(100), flips, {0}, NONE, 0.02).questions[1].verdict == "undecided"


def swing(gained, lost):
    """The draws of ends(100) of which some gain the outcome and some lose it."""
    found = ends(100)
    found[:lost] = 1
    found[100 : 100 + gained] = 0
    return found


def test_the_side_that_decides_is_shown_though_another_is_wider():
    """Forty draws that all change one way are surer than eighty that change both ways and come to more."""
    flips = {"q": {"sure": ends(122), "wide": swing(75, 50)}, "s": {"d": ends(112)}}
    found = rank_questions(ends(100), flips, {0}, NONE, 0.05)
    question = next(one for one in found.questions if one.key == "q")
    assert {flip.side: flip.reach for flip in question.flips} == pytest.approx({"sure": 22 / 400, "wide": 25 / 400})
    assert {flip.side: flip.decides for flip in question.flips} == {"sure": True, "wide": False}
    assert (question.verdict, question.shown.side) == ("matters", "sure")
    assert found.as_json()["questions"]["q"]["shown"] == "sure"


def test_a_question_matters_only_if_the_shown_interval_leaves_out_zero():
    """Of two looks Holm asks the second for 0.05 alone; its interval holds at 0.975 and has zero within."""
    flips = {"first": {"a": ends(150)}, "second": {"b": swing(25, 12)}}
    found = rank_questions(ends(100), flips, {0}, NONE, 0.02)
    second = next(one for one in found.questions if one.key == "second")
    assert second.shown.adjusted <= 0.05
    assert second.shown.effect.low <= 0 <= second.shown.effect.high
    assert second.verdict == "undecided"
    assert all(one.shown.effect.low > 0 or one.shown.effect.high < 0 for (one,) in found.select("matters"))


def test_effect_and_selection_add_up():
    """Half of the draws no longer match, all of them without the outcome: nothing but selection."""
    found = rank_questions(ends(100), {"q": {"a": ends(100, matching=200)}}, {0}, NONE, 0.05)
    change = found.questions[0].flips[0].change
    assert change.difference.value == pytest.approx(0.25)
    assert change.effect.value == 0
    assert change.selection.value == pytest.approx(0.25)


def test_selection_neither_ranks_nor_judges():
    """One side moves the share by 25 points and nothing within the same draws, the other by 10 within them."""
    flips = {"selects": {"a": ends(100, matching=200)}, "acts": {"a": ends(140)}}
    found = rank_questions(ends(100), flips, {0}, NONE, 0.05)
    assert [(one.key, one.verdict) for one in found.questions] == [("acts", "matters"), ("selects", "negligible")]
    assert found.list_selecting() == ("selects",)


def test_sides_that_set_the_same_are_one_look():
    flips = {"x": {"a": ends(140), "b": ends(101)}, "y": {"c": ends(140)}, "z": {"d": ends(130)}}
    same = [[("x", "a"), ("y", "c")]]
    one, apart = (rank_questions(ends(100), flips, {0}, NONE, 0.05, some) for some in (same, []))
    assert (one.looks, apart.looks) == (3, 4)
    assert [[question.key for question in some] for some in one.select("matters")] == [["x", "y"], ["z"]]
    assert [len(some) for some in apart.select("matters")] == [1, 1, 1]
    (flip,) = next(question.flips for question in one.questions if question.key == "y")
    assert flip.same_as == (("x", "a"),)
    assert flip.adjusted == pytest.approx(3 * flip.p_value)
    assert ranking_from_json(one.as_json()) == one


def test_a_side_without_matching_draws_is_told_apart():
    found = rank_questions(ends(100), {"q": {"a": ends(0, matching=0)}}, {0}, NONE, 0.05)
    (flip,) = found.questions[0].flips
    assert (flip.change, flip.n_matching, flip.p_value, found.questions[0].verdict) == (None, 0, 1, "undecided")


def test_an_outcome_that_never_occurs_gets_a_bound_and_no_verdict_beyond_it():
    found = rank_questions(ends(0), {"q": {"a": ends(0)}}, {0}, NONE, 0.05)
    part = found.questions[0].flips[0].change.difference
    assert (part.value, part.kind) == (0, "conservative")
    assert part.high == pytest.approx(1 - 0.05 ** (1 / 400))


@pytest.mark.parametrize("level", [0.95, find_joint_level(119)])
@pytest.mark.parametrize(("gained", "lost"), [(0.003, 0), (0.01, 0), (0.03, 0), (0.1, 0), (0.02, 0.01), (0.05, 0.02)])
def test_a_difference_of_few_runs_is_covered_as_often_as_is_said(gained, lost, level):
    """Counted over all numbers of runs that may change over, so that nothing is drawn and no false alarm can be."""
    runs, covered, whole = 100, 0.0, np.ones(100)
    for more, less in ((more, less) for more in range(26) for less in range(16 if lost else 1)):
        ways = comb(runs, more) * comb(runs - more, less)
        one, other = np.repeat([1.0, 0.0], [25, 75]), np.repeat([0.0, 1.0, 0.0], [less, 25 - less + more, 75 - more])
        found = split_change(whole, one, whole, other, level).difference
        chance = ways * gained**more * lost**less * (1 - gained - lost) ** (runs - more - less)
        covered += chance * (found.low <= gained - lost <= found.high)
    assert covered >= level


def test_one_differing_run_is_no_narrow_interval():
    """A count of 1 is compatible with 5.57 at 95% (Garwood 1936); 1.96 standard errors would say 2.96."""
    whole, one, other = np.ones(100), np.repeat([1.0, 0.0], [25, 75]), np.repeat([1.0, 0.0], [26, 74])
    part = split_change(whole, one, whole, other).difference
    assert part.kind == "conservative"
    assert part.high == pytest.approx(0.0557, abs=0.0005)


def test_joint_intervals_are_wider_than_lone_ones():
    lone = rank_questions(ends(100), {"q": {"a": ends(120)}}, {0}, NONE, 0.05)
    many = rank_questions(ends(100), {"q": {str(n): ends(120) for n in range(20)}}, {0}, NONE, 0.05)
    widths = [
        one.questions[0].flips[0].change.difference.high - one.questions[0].flips[0].change.difference.low
        for one in (lone, many)
    ]
    assert widths[1] > 1.4 * widths[0]


def test_knowing_is_worth_what_the_better_file_gains():
    """Of 400 runs the second file has 60 more under one answer and 20 fewer under the other."""
    as_is = {"base": ends(100), "other": ends(90)}
    answers = {"q": {"yes": {"base": ends(100), "other": ends(160)}, "no": {"base": ends(100), "other": ends(80)}}}
    found = compute_knowledge_values(as_is, answers, {0}, NONE)["q"]
    assert found.best == "base"
    assert dict(found.best_by_answer) == {"yes": "other", "no": "base"}
    assert (found.n_changed, found.surely_changed) == (1, ("yes",))
    assert found.value == pytest.approx(((160 + 100) / 2 - (160 + 80) / 2) / 400)
    assert found.low <= found.value <= found.high


def test_knowing_is_worth_nothing_where_one_file_is_always_best():
    as_is = {"base": ends(100), "other": ends(90)}
    found = compute_knowledge_values(as_is, {"q": {"yes": as_is, "no": as_is}}, {0}, NONE)["q"]
    assert (found.n_changed, found.value, found.low, found.high) == (0, 0, 0, 0)


def test_a_file_that_is_better_in_four_runs_is_not_surely_better():
    """Four draws that change over one way are luck once in eight times; 1.96 standard errors would not say so."""
    as_is, other = {"base": ends(100), "other": ends(90)}, {"base": ends(100), "other": ends(104)}
    found = compute_knowledge_values(as_is, {"q": {"yes": other}}, {0}, NONE)["q"]
    assert (dict(found.best_by_answer), found.surely_changed) == ({"yes": "other"}, ())
    many = compute_knowledge_values(as_is, {"q": {"yes": {**other, "other": ends(110)}}}, {0}, NONE)["q"]
    assert many.surely_changed == ("yes",)


def test_a_question_under_which_nothing_matches_has_no_value():
    as_is = {"base": ends(100)}
    assert compute_knowledge_values(as_is, {"q": {"yes": {"base": ends(0, matching=0)}}}, {0}, NONE) == {}


def few_and_many(hits_of_few, hits_of_many):
    """A thousand draws that match in one, half of which count, and three others that match in the other."""
    whole, few = np.concatenate([np.ones(1000), np.zeros(3)]), np.concatenate([np.zeros(1000), np.ones(3)])
    return few, few * hits_of_few, whole, whole * hits_of_many


def test_three_draws_are_not_certain_because_all_of_them_count():
    many = np.concatenate([np.tile([0.0, 1.0], 500), np.zeros(3)])
    few, hits, whole, other = few_and_many(1.0, many)
    assert compute_p_value(few, hits, whole, other) > 0.2
    found = split_change(few, hits, whole, other).difference
    assert found.value == -0.5
    assert found.high - found.value > 0.5


def test_all_against_none_is_more_than_luck():
    whole, rest = np.repeat([1.0, 0.0], [1000, 900]), np.repeat([0.0, 1.0], [1000, 900])
    assert compute_p_value(whole, 0.0 * whole, rest, rest) < 1e-100


def test_texts_of_one_author_are_one_source():
    case, questions = read_case_contradictions(load_case("alaska-budapest").path)
    within = find_within(questions, case.claims, case.sources)
    assert {key for key in questions if key.startswith("portnikov-")} <= within
    assert not within & {"X12", "X19"}
