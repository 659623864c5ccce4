"""Merge: what scenario files, source views and --set may change, and what they leave alone."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.loading.layered_data import layer_from_file
from sim.loading.loader import ScenarioError, load_case
from sim.loading.merge import apply_changes, apply_source_view
from sim.loading.overrides import FOR_THIS_RUN, apply_override
from sim.loading.strict_yaml import parse_yaml

WELL = Path(__file__).parent / "cases" / "well"
BASE = """
a:
  label: A
  cost: {low: 1, high: 2, unit: worth, because: [x]}
  patience: {median: 2, spread: 1.5, unit: weeks, because: [x]}
  noise: {mean: 1, sd: 0.5, unit: logits, because: [x]}
  weights: {shares: {p: 0.5, q: 0.5}, sharpness: 10, because: [x]}
list: [1, 2]
"""


def base():
    """A draft that is no scenario, to see the rules of merging alone."""
    return layer_from_file(parse_yaml(BASE, "base.yaml"))


def after(text):
    """The base with a scenario file's changes."""
    file = parse_yaml(text, "file.yaml")
    return apply_changes(base(), file, file.data)


def seen(text):
    """The base through a source view."""
    return apply_source_view(base(), parse_yaml(text, "view.yaml"))


def complaint(work, *words):
    """What is wrong with a change."""
    with pytest.raises(ScenarioError) as caught:
        work(*words)
    return str(caught.value)


def test_mappings_are_merged_and_the_rest_is_replaced():
    merged = after("a: {label: B, new: 1}\nlist: [3]").data
    assert (merged["a"]["label"], merged["a"]["new"], merged["list"]) == ("B", 1, [3])
    assert merged["a"]["cost"] == base().data["a"]["cost"]


def test_a_quantity_is_replaced_as_a_whole():
    new = {"median": 1, "spread": 2, "unit": "worth", "assumed": "test"}
    for merged in (after, lambda text: seen(f"assumes: {{aims: {{{text}}}}}")):
        assert merged("a: {cost: {median: 1, spread: 2, unit: worth, assumed: test}}").data["a"]["cost"] == new


def test_weights_are_replaced_as_a_whole():
    merged = after("a: {weights: {shares: {p: 1}, sharpness: 5, assumed: test}}").data
    assert merged["a"]["weights"] == {"shares": {"p": 1}, "sharpness": 5, "assumed": "test"}
    assert "weights are replaced as a whole" in complaint(after, "a: {weights: {sharpness: 5}}")


def test_null_removes():
    assert "label" not in after("a: {label: null}").data["a"]


def test_the_base_is_left_alone():
    draft = base()
    file = parse_yaml("a: {label: B, cost: null}", "file.yaml")
    apply_changes(draft, file, file.data)
    apply_override(draft, "a.noise=*2")
    assert draft.data == base().data


def test_each_piece_knows_who_wrote_it():
    draft = after("a:\n  label: B\n  cost: {value: 1, unit: worth, assumed: test}")
    assert draft.locate(("a", "label")) == ("file.yaml", 2)
    assert draft.locate(("a", "cost", "unit")) == ("file.yaml", 3)
    assert draft.locate(("a", "noise")) == ("base.yaml", 6)
    assert draft.locate(("a",)) == ("base.yaml", 2)


def test_a_source_view_changes_nothing_that_exists():
    said = complaint(seen, "assumes: {aims: {a: {label: B, wieghts: {}}, list: [1]}}")
    assert "a.label: is neither a quantity nor weights" in said
    assert "a.wieghts: does not exist in the scenario, and a source view cannot add it; did you mean 'weights'?" in said
    assert "list: is neither a quantity nor weights" in said


@pytest.mark.parametrize(
    ("path", "numbers"),
    [
        ("cost", {"low": 0.5, "high": 1.0}),
        ("patience", {"median": 1.0, "spread": 1.5}),
        ("noise", {"mean": 0.5, "sd": 0.25}),
    ],
)
def test_set_multiplies_what_is_a_size(path, numbers):
    old, new = base().data["a"][path], apply_override(base(), f"a.{path}=*0.5").data["a"][path]
    reason = f"0.5 times what the scenario says, {FOR_THIS_RUN}"
    assert new == numbers | {"unit": old["unit"], "assumed": reason}


def test_a_negative_factor_keeps_low_below_high():
    assert apply_override(base(), "a.cost=*-1").data["a"]["cost"]["low"] == -2


def test_set_makes_a_quantity_a_number_of_ours():
    assert apply_override(base(), "a.cost=3").data["a"]["cost"] == {
        "value": 3,
        "unit": "worth",
        "assumed": FOR_THIS_RUN,
    }


def test_set_completes_a_quantity():
    new = apply_override(base(), "a.cost={low: 0, high: 3}").data["a"]["cost"]
    assert new == {"low": 0, "high": 3, "unit": "worth", "assumed": FOR_THIS_RUN}
    assert apply_override(base(), "a.cost={value: 0, because: [y]}").data["a"]["cost"]["because"] == ["y"]


def test_a_part_of_a_quantity_takes_its_reason_along():
    new = apply_override(base(), "a.cost.low=0").data["a"]["cost"]
    assert new == {"low": 0, "high": 2, "unit": "worth", "assumed": FOR_THIS_RUN}


def test_set_reaches_into_lists():
    assert apply_override(base(), "list.1=5").data["list"] == [1, 5]
    assert "there is no list.2" in complaint(apply_override, base(), "list.2=5")


def test_set_knows_the_format():
    assert load_case(WELL, changes=["levers.gate.executes=false"]).scenario.levers["gate"].executes is False
    assert load_case(WELL, changes=["tracked_terms=null"]).scenario.tracked_terms == ""


def test_set_comes_after_the_source_view():
    case = load_case(WELL, view="wide", changes=["actors.hill.interests.conflict_cost=*0.5"])
    assert case.scenario.actors["hill"].interests.conflict_cost.numbers == (0.0, 0.05)
    assert case.changes == ("actors.hill.interests.conflict_cost=*0.5",)


def test_a_source_view_comes_after_the_scenario_file():
    case = load_case(WELL / "words-only.yaml", view="okafor-2030")
    assert case.title == "Two villages, words only"
    assert case.scenario.levers["gate"].executes is False
    assert case.scenario.levers["gate"].effects.stress.value == 0.01
    assert list(case.scenario.run_up.accounts) == ["loud"]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_can_be_set(number):
    assert apply_override(base(), f"a.cost={number!r}").data["a"]["cost"]["value"] == number


@given(st.text(max_size=30))
def test_any_text_after_set_gives_a_value_or_a_message(text):
    for start in ("a.cost=", "a.cost=*", ""):
        with suppress(ScenarioError):
            apply_override(base(), start + text)
