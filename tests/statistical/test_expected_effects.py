"""Expected effects: under each author's own assumptions, each lever does what that author says it does.

16,384 draws with and without (28 weeks of run-up, 52 weeks), the same luck. Up and down pass once in 100 times if there
is no effect; none passes once in 100 times if the effect is as large as the bound or as under those who say that it
moves. What is not so stands as an expected failure with its measurement, and no number is changed to rescue it.
"""

from functools import cache

import pytest

from analysis.methods.expected_effects import MeasuredEffect, counts, occurs
from sim.loading.loader import load_case
from sim.workflows.effects import effects
from tests.statistical.ensembles import CASE, SEED

DRAWS = 16384
HORIZON = 52
AUTHORS = ("abt-2025", "fazi-2025", "observador-2025", "portnikov-2025")
EXPECTED = {view: load_case(CASE, view=view).view.expects for view in AUTHORS}
ROWS = [(view, key) for view, rows in EXPECTED.items() for key in rows]
DIFFERS: dict[tuple[str, str], str] = {}
"""What the model does not do, and why; differences with their standard errors."""


SMALL = {
    ("abt-2025", "confirmation"),
    ("abt-2025", "threats"),
    ("observador-2025", "threats-calls"),
    ("observador-2025", "friendly-words"),
    ("portnikov-2025", "aid-package"),
    ("portnikov-2025", "aid-cut"),
    ("portnikov-2025", "threats-calls"),
    ("portnikov-2025", "friendly-words"),
}
"""What occurs, and is smaller than a reader would see: less than 2 points of a share, or than a tenth of a mean."""


@cache
def measure_all() -> dict[tuple[str, str], MeasuredEffect]:
    """What every lever does under its author's assumptions."""
    found = effects(CASE, view=AUTHORS, draws=DRAWS, horizon=HORIZON, seed=SEED, workers=2)
    return {(one.view, one.key): one for one in found.effects}


def measure(view: str, key: str) -> MeasuredEffect:
    """What a lever does under its author's assumptions."""
    return measure_all()[view, key]


def is_about(one, other):
    """True if two authors speak of the same lever and of what it moves."""
    return (one.label, one.moves) == (other.label, other.moves)


def mark(view, key):
    """The row, and the measurement if it is not so."""
    marks = [pytest.mark.slow]
    if reason := DIFFERS.get((view, key)):
        marks.append(pytest.mark.xfail(strict=True, reason=reason))
    return pytest.param(view, key, marks=marks, id=f"{view}-{key}")


@pytest.mark.parametrize(("view", "key"), [mark(*row) for row in ROWS])
def test_a_lever_does_what_its_author_says(view, key):
    expected = EXPECTED[view][key]
    same = [row for row in ROWS if is_about(expected, EXPECTED[row[0]][row[1]])]
    assert occurs(measure(view, key), [measure(*row) for row in same])


@pytest.mark.slow
def test_effects_that_occur_and_are_smaller_than_counts_are_those_that_are_named():
    """No chance of a false alarm: the draws are those of the rows above."""
    every = [measure(*row) for row in ROWS]
    small = {(one.view, one.key) for one in every if occurs(one, every) and not counts(one, every)}
    assert small == SMALL


def test_every_author_speaks_of_at_least_six_levers_or_events():
    levers = {view: {row.label for row in rows.values()} for view, rows in EXPECTED.items()}
    assert {view for view, spoken_of in levers.items() if len(spoken_of) < 6} == set()


def test_the_page_of_effects_lists_what_is_expected():
    page = load_case(CASE).path.with_name("EFFECTS.md").read_text(encoding="utf-8")
    listed = [tuple(line.strip("| ").split(" | ")[:4]) for line in page.splitlines() if line.startswith("| ")]
    asked = [(view, row.label, row.moves, row.direction) for view, rows in EXPECTED.items() for row in rows.values()]
    assert listed[2:] == asked, "python -m docs.generators.effects_page"


def test_expected_effects_rest_on_claims_of_their_own_author():
    case = load_case(CASE)
    for view, rows in EXPECTED.items():
        name = load_case(CASE, view=view).view.author
        for row in rows.values():
            assert all(name in case.sources[case.claims[claim].source].author for claim in row.because), row.label
