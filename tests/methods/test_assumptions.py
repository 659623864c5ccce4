"""Assumptions: what a source view changes, beside what the scenario has."""

import pytest

from analysis.methods.assumptions import format_quantity, list_view_assumptions
from tests.factories.results import results


def test_every_change_stands_beside_the_scenario_with_its_reason():
    view = list_view_assumptions(results())["okafor-2030"]
    patience, drift = view.changed
    assert (patience.theme, patience.place) == ("aims", "actors.upton.patience")
    assert (patience.here, patience.otherwise) == ("1 to 2 weeks", "3 weeks")
    assert (patience.because, patience.assumed) == (("dam-idle",), "")
    assert (drift.otherwise, drift.because, drift.assumed) == ("", (), "ours")
    assert (view.account, dict(view.silent)) == ("The dam was dry", {"sequencing": "Says nothing on order."})


def test_a_view_that_changes_nothing():
    assert list_view_assumptions(results())["wide"].changed == ()


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        ({"value": 0.5, "unit": "chance"}, "0.5 chance"),
        ({"mean": 1, "sd": 0.5, "unit": "logits"}, "1 ± 0.5 logits"),
        ({"median": 90, "spread": 1.5, "unit": "factor"}, "90, within a factor of 1.5"),
        ({"shares": {"a": 0.25, "b": 0.75}, "sharpness": 60}, "a 0.25, b 0.75 (sharpness 60)"),
    ],
)
def test_quantities_in_words(quantity, said):
    assert format_quantity(quantity) == said
