"""The table of laws: every law has tests that exist and must pass, and a break that can be made."""

import pytest

from tests.theory.laws import LEFT_OUT, TESTS, find_marks, read_laws

LAWS = read_laws()
UNUSED = 13


def test_no_law_of_the_design_is_left_out():
    assert [one.number for one in LAWS] == [number for number in range(1, 42) if number != UNUSED]


@pytest.mark.parametrize("one", LAWS, ids=lambda one: one.law)
def test_a_law_is_held_by_tests_that_must_pass(one):
    """They are part of the suite, so that it fails where one of them does; none may be skipped or expected to fail."""
    assert one.tests
    for address in one.tests:
        marks = find_marks(address)
        assert marks is not None, f"{address} is not there"
        assert not marks & LEFT_OUT, f"{address} need not pass"


@pytest.mark.parametrize("one", LAWS, ids=lambda one: one.law)
def test_the_break_of_a_law_can_be_made(one):
    """`python -m tests.theory.break_laws` makes it; a place that has moved is noticed here."""
    text = (TESTS.parent / one.break_.file).read_text(encoding="utf-8")
    assert text.count(one.break_.old) == 1
    assert one.break_.new != one.break_.old


def test_a_test_that_is_not_there_is_noticed():
    assert find_marks("tests/theory/test_laws.py::test_that_nobody_wrote") is None
    assert find_marks("tests/theory/test_nothing.py::test_it") is None
