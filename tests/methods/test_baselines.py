"""Baselines: other people's numbers, and what must hold of any table. Origins stand in the page of those numbers."""

import os
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import sim
from analysis.methods.baselines import compute_baselines
from analysis.methods.compromise import weighted_mean, weighted_median
from analysis.methods.condorcet_election import hold_election
from analysis.methods.expected_utility import expect_utility
from analysis.methods.position_exchange import exchange_positions
from sim.loading.tables.position_table import PositionTable
from tests.architecture.tree import ROOT

NUMBERS = ROOT / "docs" / "generators" / "other_numbers"
REFERENCE = Path(os.environ.get("ZOPA_REFERENCE", "nowhere"))

RISKS = {
    **{"Netherlands": 1.12, "Belgium": 1.00, "Luxembourg": 0.50, "Germany": 1.12, "France": 1.02},
    **{"Italy": 1.02, "UK": 2.00, "Ireland": 0.65, "Denmark": 1.45, "Greece": 1.56},
}
MASAD = """
Belgium     .    .27  .40 .41 0   0   .40  .85  .41 .11
Denmark     .39  .    .08 0   0   .79 .08  0    0   -.61
France      .60  .28  .   .62 .29 .90 0    1.64 .62 0
Germany     .47  0    .46 .   .08 .86 .46  0    0   -.23
Greece      0    .13  .27 .28 .   0   .27  .74  .28 -.04
Ireland     0    .30  .42 .43 0   .   .42  .80  .43 .17
Italy       .60  .28  0   .62 .29 .90 .    1.64 .62 0
Luxembourg  .46  0    1.45 0  .18 .74 1.45 .    0   .76
Netherlands .47  0    .46 0   .08 .86 .46  0    .   -.23
UK          .35  -.70 0   -.36 .04 .65 0   .66  -.36 .
"""
PARTS = st.integers(0, 10).map(lambda tenths: tenths / 10)


@st.composite
def tables(draw, least=2):
    shape = (draw(st.integers(least, 7)), draw(st.integers(1, 3)))
    positions = draw(arrays.arrays(np.float64, shape, elements=PARTS))
    salience, power = (draw(arrays.arrays(np.float64, shape, elements=PARTS.filter(bool))) for _ in range(2))
    return positions, salience, power[:, :1].repeat(shape[1], axis=1)


def test_car_emissions_have_the_published_mean_and_median():
    decisions = sim.baselines(NUMBERS / "car-emissions.csv").found.decisions
    assert decisions["weighted-mean"][0] == pytest.approx(7.389956, abs=5e-7)
    assert decisions["weighted-median"][0] == 7.0


def test_the_oil_price_has_the_published_mean_and_median():
    decisions = sim.baselines(NUMBERS / "oil-price.csv").found.decisions
    assert decisions["weighted-mean"][0] == pytest.approx(13.619912, abs=5e-7)
    assert decisions["weighted-median"][0] == 13.9


def test_expected_utility_is_what_masad_tabulates():
    (first,) = sim.baselines(NUMBERS / "car-emissions.csv").as_json()["expected_utility"]
    assert {name: round(value, 2) for name, value in first["risk"].items()} == RISKS
    assert first["probability"]["Belgium"]["Netherlands"] == pytest.approx(0.63, abs=0.005)
    rows = [line.split() for line in MASAD.strip().splitlines()]
    names = [row[0] for row in rows]
    for name, *cells in rows:
        for other, cell in zip(names, cells, strict=True):
            if cell != ".":
                assert first["utility"][name][other] == pytest.approx(float(cell), abs=0.00501), (name, other)


def test_the_exchange_sample_has_the_published_means():
    published = [49.353234, 2.270992, 50.578947, 52.485549, 49.488304, 56.600832]
    decisions = sim.baselines(NUMBERS / "exchange.tsv").found.decisions
    assert decisions["weighted-mean"] == pytest.approx(published, abs=5e-7)


def test_the_election_has_the_chances_of_ktab():
    (held,) = sim.baselines(NUMBERS / "election.csv").found.elections
    assert held.result.risk.round(3).tolist() == [-0.5, -0.459, -0.499, -0.274, 1.0, -0.232, -0.43]
    assert held.result.probability.round(4).tolist() == [0.0047, 0.0302, 0.0054, 0.1492, 0.6001, 0.1447, 0.0656]


@pytest.mark.skipif(
    not (REFERENCE / "deu" / "deu3.csv").is_file(), reason="ZOPA_REFERENCE names no folder with DEU III"
)
def test_decisions_of_the_european_union():
    start = time.process_time()
    errors = sim.baselines(REFERENCE / "deu" / "deu3.csv").found.errors
    assert time.process_time() - start < 2.0
    published = {"weighted-mean": 23.2, "salience-mean": 23.7, "plain-mean": 23.7, "weighted-median": 27.6}
    published |= {"middle": 28.0, "status-quo": 51.1}
    assert {name: round(errors[name].mean, 1) for name in published} == published
    assert round(errors["weighted-mean"].median, 1) == 18.8
    assert errors["weighted-mean"].issues == 353


def test_many_small_tables_in_two_seconds():
    numbers = np.modf(np.outer(np.arange(1.0, 31.0), np.sqrt(np.arange(2.0, 355.0))))[0]
    table = PositionTable(
        name="many",
        format="issue-rows",
        actors=tuple(f"a{n}" for n in range(30)),
        issues=tuple(f"i{n}" for n in range(353)),
        positions=numbers * 100,
        salience=0.5 + numbers[::-1] / 2,
        power=np.ones((30, 353)),
        low=np.zeros(353),
        high=np.full(353, 100.0),
        separate=True,
    )
    start = time.process_time()
    found = compute_baselines(table)
    assert time.process_time() - start < 2.0
    assert all(np.isfinite(values).all() for values in found.decisions.values())


@given(tables())
def test_decisions_lie_among_positions(table):
    positions, salience, power = table
    for decided in (weighted_mean(positions, salience * power), weighted_median(positions, salience * power)):
        assert (decided >= positions.min(axis=0) - 1e-12).all()
        assert (decided <= positions.max(axis=0) + 1e-12).all()


@given(tables())
def test_chances_of_an_election_add_up_and_names_do_not_matter(table):
    positions, salience, power = table
    held = hold_election(positions, salience, power[:, 0])
    assert held.probability.sum() == pytest.approx(1.0)
    turned = hold_election(positions[::-1], salience[::-1], power[::-1, 0])
    assert turned.probability[::-1] == pytest.approx(held.probability, abs=1e-9)


@given(tables())
def test_in_a_contest_somebody_wins(table):
    positions, salience, power = table
    found = expect_utility(positions[:, 0], salience[:, 0], power[:, 0])
    assert found.probability + found.probability.T == pytest.approx(np.ones_like(found.probability))
    assert ((found.risk >= 0.5 - 1e-12) & (found.risk <= 2.0 + 1e-12)).all()
    alike = positions[:, 0][:, np.newaxis] == positions[:, 0][np.newaxis]
    assert np.abs(found.utility[alike]).max() < 1e-12


@given(tables())
def test_both_sides_of_a_trade_gain_alike_and_nobody_leaves_the_scale(table):
    positions, salience, power = table
    found = exchange_positions(positions, salience, power)
    assert ((found.positions >= -1e-9) & (found.positions <= 1 + 1e-9)).all()
    share = salience * power / (salience * power).sum(axis=0)
    for one in found.exchanges:
        (first, second), (wins, loses) = one.actors, one.issues
        shifts = abs(one.moves[0]) * share[second, wins], abs(one.moves[1]) * share[first, loses]
        gains = (
            salience[first, wins] * shifts[0] - salience[first, loses] * shifts[1],
            salience[second, loses] * shifts[1] - salience[second, wins] * shifts[0],
        )
        assert gains == pytest.approx((one.gain, one.gain), abs=1e-12)
        assert one.gain > 0


def test_the_trade_is_logrolling():
    positions = np.array([[0.0, 0.0], [1.0, 1.0]])
    salience = np.array([[0.9, 0.1], [0.1, 0.9]])
    found = exchange_positions(positions, salience, np.ones((2, 2)))
    assert found.decisions == pytest.approx([0.0, 1.0])


def test_a_scenario_stands_as_a_table():
    found = sim.baselines("textbook/logrolling", lang="de")
    assert found.found.decisions["weighted-mean"] == pytest.approx([0.8, 0.2])
    assert "Mittel, gewichtet mit Macht" in repr(found)
    assert "angenommen ist" in repr(found)
