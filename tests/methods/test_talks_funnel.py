"""Talks funnel: steps are counted from event counts."""

import numpy as np
import pytest

from analysis.methods.talks_funnel import compute_talks_funnels
from tests.factories.results import results


def compute_funnel(**tallies):
    found = results(names=("okafor-2030",))
    found.views["okafor-2030"].columns.update({name: np.array(values, float) for name, values in tallies.items()})
    return compute_talks_funnels(found)["okafor-2030"]


def test_steps_by_hand():
    found = compute_funnel(
        calls=[1, 0, 1, 0], offers=[0, 0, 2, 0], summits=[1, 0, 0, 0], plans=[0, 0, 1, 0], agreements=[1, 1, 0, 0]
    )
    assert [(step.name, step.runs) for step in found.steps] == [
        ("all", 4),
        ("contact", 2),
        ("summit", 1),
        ("plan", 3),
        ("signed", 2),
        ("in-force", 1),
    ]
    assert found.steps[0].share.share == 1.0
    assert found.signed_in_force == pytest.approx(0.5)


def test_a_signature_was_a_plan():
    found = compute_funnel(plans=[0, 0, 0, 0], agreements=[1, 1, 0, 0])
    assert found.steps[3].runs == found.steps[4].runs == 2


def test_where_nobody_signs_nothing_is_said_of_signatures():
    assert compute_funnel(agreements=[0, 0, 0, 0]).signed_in_force is None
