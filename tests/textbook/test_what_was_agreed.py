"""What was agreed in textbook cases, through the result object, beside what can be reckoned by hand."""

import csv

import numpy as np
import pytest

from analysis.figures import agreed_terms
from sim import export_results, run
from sim.ensemble.block import find_agreement_weeks


def play(name, *changes, **how):
    return run(f"textbook/{name}", changes=changes, runs=100, workers=1, **how)


def find_shares(result, issue):
    (view,) = result.agreed.views.values()
    return {key: option.share.share for key, option in view.issues[issue].options.items() if option.runs}


def test_the_pie_is_split_where_nash_and_rubinstein_say():
    """Gains are x - .5 and .8 - x: their product is largest at .65, for equal patience Rubinstein's split, too.

    Six and seven tenths lie equally near and have the same product, .02; five and eight, .0003, lie far off.
    """
    products = {tenths: (tenths / 10 - 0.5) * (0.8 - tenths / 10) for tenths in (5, 6, 7, 8)}
    best = {tenths for tenths, product in products.items() if product == pytest.approx(max(products.values()))}
    found = find_shares(play("split-the-pie"), "pie")
    assert best == {6, 7}
    assert set(found) <= {f"tenths-{tenths}" for tenths in best}
    assert sum(found.values()) == pytest.approx(1.0)


def test_the_trade_is_agreed_on_both_issues():
    assert find_shares(play("logrolling"), "saturdays") == pytest.approx({"orchestra": 1.0})
    assert find_shares(play("logrolling"), "rent") == pytest.approx({"orchestra": 1.0})


@pytest.mark.parametrize(("factor", "first"), [("1", 13), ("2", 2)])
def test_a_dear_strike_is_a_short_one(factor, first):
    """Three per cent is the first raise to pass, in the week when .731 minus the cost falls below .675."""
    dearer = [f"actors.{side}.interests.conflict_cost=*{factor}" for side in ("north", "south")]
    expected = 1.0 / (1.0 + np.exp(-1.0))
    cost = float(factor) * 0.0025 * (10 + np.arange(1, 53))
    assert np.flatnonzero(expected - cost < 0.675)[0] + 1 == first
    found = play("strike", *dearer)
    (view,) = found.agreed.views.values()
    assert find_shares(found, "raise") == {"three": 1.0}
    assert first <= view.signed.low <= view.signed.median <= first + 6
    assert view.entered.median == view.signed.median + 2, "an agreement takes two weeks to come into force"


def test_nothing_is_agreed_without_a_zone():
    found = play("no-zone")
    assert found.agreed.build_table() == []
    assert found.agreed.views["as-written"].signed is None
    assert agreed_terms.summary_text(found.agreed.views) == "No agreement is in force in any run."


def test_rows_tables_and_exports_say_the_same(tmp_path):
    found = play("two-towns", horizon=26, out=tmp_path, report=False)
    rows = found.agreed.build_table()
    for issue in ("flow", "gauges", "line"):
        mine = [row for row in rows if row.issue == issue]
        assert sum(row.runs for row in mine) == mine[0].of
        assert mine[0].of == round(100 * found.shares.views["as-written"].any_agreement.share)
    export_results(found.folder, what="agreed", to=tmp_path / "tables")
    with (tmp_path / "tables" / "agreed.csv").open(encoding="utf-8") as file:
        counts = {(row["issue"], row["option"]): int(row["runs"]) for row in csv.DictReader(file)}
    assert {(row.issue, row.option): row.runs for row in rows}.items() <= counts.items()
    assert "one third" in repr(found.agreed)
    assert found.agreed.figure().data


def test_weeks_of_the_last_agreement():
    """Signed in week 2, in force from week 3, broken, signed again in week 5; in force since before week 1; never."""
    signed = np.array([[0, 1, 0, 0, 1], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]).T
    stage = np.array([[0, 5, 6, 0, 5], [6, 6, 6, 6, 6], [0, 1, 2, 3, 4]]).T
    found = find_agreement_weeks(signed, stage, np.array([0.0, 6.0, 0.0]))
    assert found["week_signed"].tolist() == [5, 0, 0]
    assert found["week_in_force"].tolist() == [3, 0, 0]
