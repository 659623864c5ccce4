"""Coder agreement: published numbers, limits, and what is not coded."""

import pytest

from analysis.methods.coder_agreement import measure_agreement as measure
from sim.workflows.coding_agreement import make_luck

KRIPPENDORFF = (
    "1 2 3 3 2 1 4 1 2 - - -",
    "1 2 3 3 2 2 4 1 2 5 - 3",
    "- 3 3 3 2 3 4 2 2 5 1 -",
    "1 2 3 3 2 4 4 1 2 5 1 -",
)
"""Four coders, twelve units, nominal data with missing answers (Krippendorff 2011, section C): alpha .743."""
BINARY = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
"""Two coders, ten units, no missing answers (Krippendorff 2011, section A): alpha .095."""


def measure_agreement(answers):
    return measure(answers, make_luck("agreement"))


def read(rows):
    return [[None if one == "-" else one for one in row.split()] for row in rows]


@pytest.mark.parametrize(("rows", "alpha"), [(KRIPPENDORFF, 0.743), (BINARY, 0.095)])
def test_alpha_is_the_published_one(rows, alpha):
    found = measure_agreement(read(rows))
    assert found.alpha == pytest.approx(alpha, abs=5e-4)
    low, high = found.alpha_interval
    assert low < found.alpha < high


def test_kappa_is_the_published_one():
    """Twenty of fifty yes-yes, fifteen no-no, five and ten mixed: kappa .40."""
    first, second = zip(*[("y", "y")] * 20, *[("y", "n")] * 5, *[("n", "y")] * 10, *[("n", "n")] * 15, strict=True)
    found = measure_agreement([first, second])
    assert found.kappa == pytest.approx(0.4)
    assert (found.units, found.same) == (50, 35)
    assert found.kappa_interval[0] == pytest.approx(0.4 - 1.96 * 0.13, abs=0.04)


def test_limits():
    full = measure_agreement([["a", "b", "c"]] * 2)
    assert (full.kappa, full.alpha) == (1.0, 1.0)
    one = measure_agreement([["a", "a"]] * 2)
    assert (one.kappa, one.alpha, one.same) == (None, None, 2)
    nothing = measure_agreement([["a", None], [None, "b"]])
    assert (nothing.units, nothing.alpha) == (0, None)
    assert measure_agreement(read(KRIPPENDORFF)).kappa is None
    again = [measure_agreement(read(BINARY)) for _ in range(2)]
    assert again[0] == again[1]


def test_two_coders_of_two_units_have_a_kappa():
    assert measure_agreement([["a", "b"], ["a", "b"]]).kappa == 1.0


def test_one_unit_has_no_interval():
    """Drawn anew, one unit is always itself, which says nothing of how sure a number is."""
    found = measure_agreement([["a"], ["b"]])
    assert (found.kappa, found.kappa_interval, found.alpha_interval) == (0.0, None, None)
