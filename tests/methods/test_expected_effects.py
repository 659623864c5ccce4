"""When an effect counts as one: up, down and none, and none beside another author's up."""

import pytest

from analysis.methods.expected_effects import (
    MeasuredEffect,
    counts,
    is_contradicted,
    is_undecided,
    occurs,
    tabulate_effects,
)
from analysis.methods.share_change import PairedDifference
from sim.schema.expected_effect import ExpectedEffect, Variation


def effect(direction, difference, error=0.001, view="a", moves="signed", label="Tariffs"):
    """An effect from a share of .2."""
    expected = ExpectedEffect(
        label=label, played=Variation(file="tariffs"), moves=moves, direction=direction, because=("claim",)
    )
    return MeasuredEffect(
        view, "tariffs", expected, PairedDifference(1000, 0.2, 0.2 + difference, error, 1.96 * error, "paired")
    )


@pytest.mark.parametrize(
    ("direction", "difference", "answer"),
    [
        ("up", 0.0024, True),
        ("up", 0.0022, False),
        ("up", -0.01, False),
        ("down", -0.0024, True),
        ("down", 0.01, False),
        ("none", 0.017, True),
        ("none", 0.018, False),
        ("none", -0.018, False),
    ],
)
def test_a_lone_effect(direction, difference, answer):
    assert occurs(effect(direction, difference), []) is answer


def test_none_of_a_mean_is_within_a_tenth_of_it():
    assert occurs(effect("none", 0.017, moves="calls"), [])
    assert not occurs(effect("none", 0.018, moves="calls"), [])


@pytest.mark.parametrize(("difference", "answer"), [(0.04, True), (-0.04, True), (0.049, False), (-0.06, False)])
def test_none_is_smaller_than_under_who_says_that_it_moves(difference, answer):
    mover = effect("up", 0.05, view="b")
    assert occurs(effect("none", difference), [mover]) is answer


def test_another_lever_or_another_measure_is_no_yardstick():
    others = [effect("up", 0.001, view="b", label="Missiles"), effect("up", 0.001, view="b", moves="in-force")]
    assert occurs(effect("none", 0.01), others)


@pytest.mark.parametrize(
    ("direction", "difference", "moves", "answer"),
    [
        ("up", 0.021, "signed", True),
        ("up", 0.019, "signed", False),
        ("down", -0.021, "signed", True),
        ("down", 0.021, "signed", False),
        ("up", 0.021, "calls", True),
        ("up", 0.019, "calls", False),
        ("none", 0.017, "signed", True),
        ("none", 0.018, "signed", False),
    ],
)
def test_an_effect_counts_from_the_bound_on_within_which_none_is_nothing(direction, difference, moves, answer):
    assert counts(effect(direction, difference, moves=moves), []) is answer


def test_none_that_is_smaller_than_elsewhere_and_larger_than_nothing_occurs_and_does_not_count():
    found, mover = effect("none", 0.03), effect("up", 0.05, view="b")
    assert occurs(found, [mover])
    assert not counts(found, [mover])


def test_the_table_says_what_occurs():
    (row,) = tabulate_effects([effect("up", 0.05)], {"a": "Author"})
    assert row == ("Author", "Tariffs", "signed", "up", "0.2", "0.25", "+0.05 (0.001)", "yes", "yes")


@pytest.mark.parametrize(
    ("direction", "difference", "error", "answer"),
    [
        ("up", -0.0024, 0.001, True),
        ("up", -0.0022, 0.001, False),
        ("down", 0.0024, 0.001, True),
        ("none", 0.0224, 0.001, True),
        ("none", 0.0222, 0.001, False),
        ("none", -0.0224, 0.001, True),
        ("none", 0.001, 0.01, False),
    ],
)
def test_what_the_runs_surely_do_otherwise(direction, difference, error, answer):
    assert is_contradicted(effect(direction, difference, error)) is answer


@pytest.mark.parametrize(
    ("direction", "difference", "answer"),
    [("none", 0.017, False), ("none", 0.018, True), ("none", 0.0222, True), ("none", 0.0224, False), ("up", 0, False)],
)
def test_only_a_lone_none_that_may_lie_on_either_side_of_the_bound_is_undecided(direction, difference, answer):
    assert is_undecided(effect(direction, difference), []) is answer


def test_beside_who_says_that_it_moves_nothing_is_played_again():
    assert not is_undecided(effect("none", 0.02), [effect("up", 0.05, view="b")])
