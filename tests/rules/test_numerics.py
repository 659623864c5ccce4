"""Numerics: our exponential and logarithm are accurate, and read plain numbers and arrays to the same bit."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sim.rules.numerics import _EXP, _LOG, at_least, at_most, exp, flag, log, logistic, power, where

ULPS = 2.0
exponents = st.floats(-690.0, 690.0)
positive = st.floats(1e-290, 1e290)
anything = st.floats(-1e6, 1e6)


def ulps(found, true):
    return abs(mpmath.mpf(found) - true) / mpmath.mpf(math.ulp(float(true)))


@given(exponents)
@example(0.0)
@example(-0.0)
@example(0.34657359027997264)
@example(-690.0)
def test_exp_is_accurate(x):
    with mpmath.workdps(60):
        assert ulps(exp(x), mpmath.exp(mpmath.mpf(x))) <= ULPS


@given(positive)
@example(1.0)
@example(math.nextafter(1.0, 0.0))
@example(math.nextafter(1.0, 2.0))
@example(0.7071067811865475)
@example(2.0**-52)
def test_log_is_accurate(x):
    with mpmath.workdps(60):
        true = mpmath.log(mpmath.mpf(x))
        assert log(x) == 0.0 if x == 1.0 else ulps(log(x), true) <= ULPS


def grid():
    """Addressed by their number: 200,000 points over the range that rules use, and round the joints."""
    even = np.linspace(-40.0, 40.0, 200_001)
    joints = np.arange(-60, 61) * 0.5 * math.log(2.0)
    return np.concatenate([even, joints, np.nextafter(joints, 9e9), np.nextafter(joints, -9e9)])


def test_on_a_grid_both_are_within_2_ulp():
    x = grid()[::100]
    with mpmath.workdps(40):
        assert max(ulps(v, mpmath.exp(mpmath.mpf(float(a)))) for a, v in zip(x, exp(x.copy()), strict=True)) <= ULPS
        y = np.exp(x)
        logs = zip(y, log(y.copy()), strict=True)
        assert max(ulps(v, mpmath.log(mpmath.mpf(float(a)))) for a, v in logs if a != 1.0) <= ULPS


@pytest.mark.filterwarnings("ignore:Descending")
def test_the_polynomials_run_through_chebyshev_points():
    with mpmath.workdps(50):
        half, ratio = mpmath.log(2) / 2 * (1 + mpmath.mpf(2) ** -40), 3 - 2 * mpmath.sqrt(2)
        grown = mpmath.chebyfit(lambda x: mpmath.expm1(x) / x if x else mpmath.mpf(1), [-half, half], len(_EXP))
        assert [float(one) for one in grown] == list(_EXP)

        def rest(square):
            if square < mpmath.mpf(10) ** -30:
                return mpmath.mpf(2) / 3
            s = mpmath.sqrt(square)
            return (mpmath.log((1 + s) / (1 - s)) - 2 * s) / (s * square)

        assert [float(one) for one in mpmath.chebyfit(rest, [0, ratio**2], len(_LOG))] == list(_LOG)


@pytest.mark.parametrize("word", [exp, log, logistic])
def test_plain_and_array_agree_to_the_bit_on_the_grid(word):
    x = np.abs(grid()) + 1e-9 if word is log else grid()
    assert word(x.copy()).tolist() == [word(float(a)) for a in x]


@given(st.lists(anything, min_size=1, max_size=5))
def test_plain_and_array_agree_to_the_bit(values):
    x = np.array(values)
    for word in (exp, log, logistic):
        assert word(x.copy()).tolist() == [word(v) for v in values]
    assert flag(x > 0.0).tolist() == [flag(v > 0.0) for v in values]
    assert where(x > 0.0, x, 1.0).tolist() == [where(v > 0.0, v, 1.0) for v in values]
    assert at_least(x, 2.0).tolist() == [at_least(v, 2.0) for v in values]
    assert at_most(x, 2.0).tolist() == [at_most(v, 2.0) for v in values]


@given(st.lists(st.floats(0.0, 50.0), min_size=1, max_size=5), st.floats(0.0, 5.0))
def test_powers_agree_to_the_bit(bases, exponent):
    assert power(np.array(bases), exponent).tolist() == [power(base, exponent) for base in bases]


@given(anything)
def test_words_leave_their_argument_alone(value):
    x = np.array([value])
    for word in (exp, log, logistic):
        word(x)
        assert x.tolist() == [value]


@given(exponents)
def test_exp_and_log_undo_each_other(x):
    assert log(exp(x)) == pytest.approx(x, abs=1e-12, rel=1e-14)


@pytest.mark.parametrize(("word", "x"), [(exp, 1e9), (exp, -1e9), (log, 0.0), (log, -3.0), (logistic, 1e9)])
def test_beyond_the_range_they_stay_finite(word, x):
    assert math.isfinite(word(x))
    assert word(np.array([x])).tolist() == [word(x)]
