"""Words: shares as one would say them."""

import pytest

from analysis.figures.words import about, listed, percent, plain, with_ends
from analysis.questions.intervals import share_of
from sim.language.tongue import speaking


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0%"),
        (0.0004, "under 0.1%"),
        (0.004, "0.4%"),
        (0.01, "1%"),
        (0.456, "46%"),
        (0.995, "99.5%"),
        (1, "100%"),
    ],
)
def test_percent(share, said):
    assert percent(share) == said


def test_percent_in_german_keeps_a_narrow_space():
    with speaking("de"):
        assert percent(0.004) == "0,4\u202f%"
        assert with_ends(share_of(140, 1000)) == "14\u202f% (12 bis 16\u202f%)"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "no run"),
        (0.001, "about 1 in 1,000 runs"),
        (0.05, "about 1 in 20 runs"),
        (0.45, "about 9 in 20 runs"),
        (0.96, "about 19 in 20 runs"),
        (0.99, "nearly every run"),
        (1, "every run"),
    ],
)
def test_about(share, said):
    assert about(share) == said


@pytest.mark.parametrize(
    ("count", "said"), [(140, "14% (12 to 16%)"), (0, "0% (under 0.3%)"), (1000, "100% (over 99.7%)")]
)
def test_with_its_interval(count, said):
    assert with_ends(share_of(count, 1000)) == said


def test_lists_and_tags():
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert plain("<a href='x'>&") == "&lt;a href='x'&gt;&amp;"
