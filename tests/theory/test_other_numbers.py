"""Other people's numbers: every row of the page agrees to the last decimal that they print."""

import pytest

from docs.generators.other_numbers_page import Comparison, list_comparisons


@pytest.mark.parametrize("row", list(list_comparisons()), ids=lambda row: f"{row.origin}: {row.what}")
def test_ours_is_theirs(row):
    assert row.agrees(), f"{row.ours} is not {row.theirs}"


def test_a_number_that_differs_is_noticed():
    assert not Comparison("any", "number", "7.39", 7.396).agrees()
    assert Comparison("any", "number", "7.39", 7.3949).agrees()
