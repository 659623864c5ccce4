"""Sequence shares: what a sequence carries that only an answer put on the table."""

import numpy as np
import pytest

from analysis.methods.sequence_shares import compute_sequence_shares
from sim.ensemble.plan import make_plans
from sim.ensemble.simulate import simulate_plans
from sim.loading.loader import load_case

FRAMEWORK = "Framework with a partial truce, then ceasefire"


def results(*answers):
    plans = make_plans(["alaska-budapest"], view_names=["wide"], answers=answers, runs=60, horizon=52)
    (found,) = simulate_plans(plans, workers=1)
    return found


def test_without_an_answer_there_is_nothing_to_say():
    assert compute_sequence_shares(results()) == []


def test_the_share_is_that_of_the_agreements_in_force():
    found = results("sequence=framework")
    (share,) = compute_sequence_shares(found)
    scenario, columns = (
        load_case("alaska-budapest", answers=("sequence=framework",)).scenario,
        found.views["wide"].columns,
    )
    numbers = [n for n, outcome in enumerate(scenario.outcomes.values()) if outcome.agreement]
    drafts = columns["draft"][np.isin(columns["outcome"], numbers)]
    assert share.label == FRAMEWORK
    assert drafts.size
    assert share.shares["wide"] == pytest.approx((drafts % 3 == 1).mean())


def test_a_preferred_sequence_is_one_or_none():
    columns = results().views["wide"].columns
    for side in ("first", "second"):
        assert set(np.unique(columns[f"{side}_prefers"])) <= {-1.0, 0.0, 1.0}
        assert (columns[f"{side}_prefers"] == -1.0).any()
