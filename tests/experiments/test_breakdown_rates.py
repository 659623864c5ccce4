"""Breakdown rates: what the hazard rule says, against a closed form; treaties break less often; bad references."""

import math

import pytest

from sim.errors import ScenarioError
from sim.experiments.breakdown_rates import SPANS, compute_breakdown_rates
from sim.loading.loader import load_case
from tests.theory.simulate import list_shipped, load_edited, scenario

NUMBERS = {"paper_share": 0.25, "paper_hazard": 0.1, "slow_scale": 0.04, "slow_shape": 0.5, "settled_factor": 1.0}


def fix_numbers(text):
    for name, value in NUMBERS.items():
        known = text["agreement_durability"][name]
        text["agreement_durability"][name] = {"value": value, "unit": known["unit"], "assumed": "for this test"}


def test_it_is_the_closed_form_of_the_mixture():
    found = compute_breakdown_rates(load_edited("alaska-budapest", fix_numbers), 1, 3)
    for span in SPANS:
        slow = math.exp(-0.04 * span**0.5)
        assert found.truce[span] == pytest.approx(1 - 0.25 * 0.9**span - 0.75 * slow)
        assert found.settled[span] == pytest.approx(1 - slow)


@pytest.mark.parametrize(("name", "view"), [one for one in list_shipped() if one[0] == "alaska-budapest"])
def test_settled_treaties_of_the_flagship_break_less_often_than_truces(name, view):
    found = compute_breakdown_rates(scenario(name, view=view), 1)
    for span in SPANS:
        assert 0 < found.settled[span] < found.truce[span] < 1
    assert list(found.truce.values()) == sorted(found.truce.values())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("low: 0.33", "low: 0.9", "base_rates.forecasters-2025: `low` is above `high`"),
        ("within_weeks: 4\n    low", "within_weeks: 0\n    low", "base_rates.forecasters-2025.within_weeks: "),
    ],
)
def test_a_reference_that_cannot_be_has_one_message(tmp_path, old, new, message):
    source = load_case("alaska-budapest").path
    for file in source.parent.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    text = (tmp_path / "base.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "base.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        load_case(tmp_path / "base.yaml")
    (problem,) = error.value.problems
    assert message in problem.text
    assert problem.line > 1
