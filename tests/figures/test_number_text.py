"""Number text: shares as one would say them."""

import pytest

from analysis.figures.dot_intervals import make_heading
from analysis.figures.number_text import (
    WIDE,
    as_natural_frequency,
    break_lines,
    escape_text,
    format_estimate,
    format_list,
    format_share,
    shorten,
)
from analysis.methods.intervals import estimate_share
from sim.i18n.messages import use_language


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
    assert format_share(share) == said


def test_percent_in_german_keeps_a_narrow_space():
    with use_language("de"):
        assert format_share(0.004) == "0,4\u202f%"
        assert format_estimate(estimate_share(140, 1000)) == "14\u202f% (12 bis 16\u202f%)"


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
    assert as_natural_frequency(share) == said


@pytest.mark.parametrize(
    ("count", "said"), [(140, "14% (12 to 16%)"), (0, "0% (under 0.3%)"), (1000, "100% (over 99.7%)")]
)
def test_with_its_interval(count, said):
    assert format_estimate(estimate_share(count, 1000)) == said


def test_lists_and_tags():
    assert format_list(["a", "b", "c"]) == "a, b and c"
    assert escape_text("<a href='x'>&") == "&lt;a href='x'&gt;&amp;"


def test_long_headings_are_cut_for_narrow_pages():
    assert shorten("short") == "short"
    assert len(shorten("x" * 90)) == WIDE
    assert shorten("x" * 90).endswith("…")


def test_long_headings_and_names_take_two_lines_and_no_more():
    assert break_lines("short & sweet") == "short &amp; sweet"
    lines = break_lines("word " * 30).split("<br>")
    assert len(lines) == 2
    assert all(len(line) <= WIDE for line in lines)
    assert lines[-1].endswith("…")
    assert make_heading("direct clash between two neighbours who have never met", 0)["text"].count("<br>") == 1
