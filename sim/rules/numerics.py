"""Numerics: the few functions rules are made of; each means the same on plain numbers and on arrays of runs.

Why our own exponential and logarithm?
    `math.exp` and `np.exp` differ in the last bit. Here both are built from the same additions and
    multiplications in the same order, so a run narrated alone and a run in an ensemble agree to the last bit.

Sources
    Range reduction, and polynomials through Chebyshev points instead of longer power series: Muller (2016),
    Elementary Functions, chapters 3, 4 and 11. Accuracy is tested against mpmath (tests/rules/test_numerics.py).
"""

import math
from typing import Any

import numpy as np

Number = Any
"""A plain number in one run, an array over runs in an ensemble."""

LOG2_E = 1.4426950408889634
LN2_HIGH = 0.6931471803691238
LN2_LOW = 1.9082149292705877e-10
SQRT_HALF = 0.7071067811865476
SMALLEST = 1e-300
LARGEST_EXPONENT = 700.0
_EXP = (
    2.5105206373957107e-08,
    2.762635724144735e-07,
    2.7557255425746435e-06,
    2.4801504346997686e-05,
    0.00019841269874800493,
    0.0013888888932488599,
    0.008333333333326141,
    0.04166666666657314,
    0.1666666666666667,
    0.5000000000000006,
    1.0,
)
"""Polynomial for (e^x - 1) / x up to half a logarithm of 2, the highest power first; nearly 1 / 12! ... 1 / 1!."""

_LOG = (
    0.14616449685043406,
    0.15331721600556042,
    0.18182889125261723,
    0.2222221113479508,
    0.28571428625975487,
    0.39999999999899505,
    0.666666666666667,
)
"""Polynomial for the logarithm's series in squared ratios from its second term on; nearly 2 / 15 ... 2 / 3."""


def where(condition: Number, yes: Number, no: Number) -> Number:
    """`yes` where the condition holds, else `no`."""
    if isinstance(condition, np.ndarray):
        return np.where(condition, yes, no)
    return yes if condition else no


def at_least(value: Number, floor: Number) -> Number:
    """The larger of the two."""
    if type(value) is float is type(floor):
        return value if value > floor else floor
    return np.maximum(value, floor)


def at_most(value: Number, ceiling: Number) -> Number:
    """The smaller of the two."""
    if type(value) is float is type(ceiling):
        return value if value < ceiling else ceiling
    return np.minimum(value, ceiling)


def flag(condition: Number) -> Number:
    """1.0 where the condition holds, else 0.0."""
    return where(condition, 1.0, 0.0)


def exp(x: Number) -> Number:
    """Exponential function; arguments are cut off at -700 and 700."""
    if isinstance(x, np.ndarray):
        return _exp_of_array(np.minimum(np.maximum(x, -LARGEST_EXPONENT), LARGEST_EXPONENT))
    x = min(max(x, -LARGEST_EXPONENT), LARGEST_EXPONENT)
    floor = math.floor(x * LOG2_E + 0.5)
    rest = (x - floor * LN2_HIGH) - floor * LN2_LOW
    return math.ldexp(_series(_EXP, rest) * rest + 1.0, floor)


def _exp_of_array(x: Number) -> Number:
    whole = np.floor(x * LOG2_E + 0.5)
    x -= whole * LN2_HIGH
    x -= whole * LN2_LOW
    power = ((whole.astype(np.int64) + 1023) << 52).view(np.float64)
    power *= _series(_EXP, x) * x + 1.0
    return power


def _series(terms: tuple[float, ...], x: Number) -> Number:
    """A polynomial by Horner's rule, the highest term first."""
    total = terms[0] * x + terms[1]
    for term in terms[2:]:
        total *= x
        total += term
    return total


def log(x: Number) -> Number:
    """Natural logarithm; arguments below 1e-300 count as 1e-300."""
    x = at_least(x, SMALLEST)
    part: Number
    whole: Number
    part, whole = np.frexp(x) if isinstance(x, np.ndarray) else math.frexp(x)
    whole = whole + 0.0
    low = part < SQRT_HALF
    part = where(low, part + part, part)
    whole = where(low, whole - 1.0, whole)
    above = part - 1.0
    ratio = above / (2.0 + above)
    square = ratio * ratio
    half = 0.5 * above * above
    rest = ratio * (half + _series(_LOG, square) * square)
    return whole * LN2_HIGH - ((half - (rest + whole * LN2_LOW)) - above)


def logistic(x: Number) -> Number:
    """Logistic function, 1 / (1 + e^-x)."""
    return 1.0 / (1.0 + exp(-x))


def power(base: Number, exponent: Number) -> Number:
    """`base` to the power of `exponent`; for bases of 0 or more."""
    return exp(exponent * log(base))
