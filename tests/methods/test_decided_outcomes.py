"""Decided outcomes: what a file dates or bars moves some shares by definition, and only those."""

from analysis.methods.decided_outcomes import find_decided_outcomes
from sim.loading.loader import load_case


def find(name):
    base, file = (load_case(f"scenarios/alaska-budapest/{one}.yaml") for one in ("base", name))
    return find_decided_outcomes(base.text, file.text)


def test_a_dated_lever_decides_what_asks_for_it_and_what_is_left_over():
    assert find("oil-sanctions") == {"war-major-lever", "war-no-major-lever"}


def test_a_dated_leaving_decides_what_asks_for_it():
    assert find("us-withdraws") == {"war-mediator-left", "war-no-major-lever"}


def test_who_decides_nothing_of_the_kind_has_none():
    assert find("ceasefire-first") == frozenset()
