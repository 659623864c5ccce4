"""Properties: what must hold for a rule whatever it is given, at least once for every rule file.

Every property is tried on 600 draws of its arguments, a fifth of them at an end. Nothing is sampled afresh: the numbers
have addresses, so that a failure comes again.
"""

import inspect
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
import yaml

from sim.model import random_streams
from tests.rules.mutants import as_list, list_files

TABLE = yaml.safe_load((Path(__file__).parent / "properties" / "properties.yaml").read_text(encoding="utf-8"))
PROPERTIES = [(module, one) for module, several in TABLE.items() for one in several]
KINDS = ("rises_with", "falls_with", "ignores", "within", "equals", "at_most", "at_least")
DRAWS, SLACK, STAGES = 600, 1e-9, 7


def draw(module, one, argument, what="value"):
    """Numbers for an argument between its ends, some of them at an end."""
    place = random_streams.stream_key(19, f"{module}.{one['rule']}.{argument}", what)
    luck = random_streams.uniform(random_streams.hash_run(np.uint64(place), np.arange(DRAWS)))
    spread = one.get("given", {}).get(argument, [0, 1])
    if spread == "flag":
        return np.floor(luck * 2)
    if spread == "stage":
        return np.floor(luck * STAGES)
    inside = np.clip((luck - 0.1) / 0.8, 0, 1)
    return spread[0] + (spread[1] - spread[0]) * inside


def draw_arguments(module, one):
    """Numbers for every argument of the rule."""
    rule = getattr(import_module(f"sim.rules.{module}"), one["rule"])
    names = inspect.signature(rule).parameters
    assert set(one.get("given", {})) | set(one.get("when", {})) <= set(names), "an argument that the rule does not have"
    given = {name: draw(module, one, name) for name in names}
    return rule, given | {name: np.full(DRAWS, float(value)) for name, value in one.get("when", {}).items()}


def apply(rule, given, part):
    """One part of what the rule gives, for every draw."""
    return as_list(rule(**given))[part] + np.zeros(DRAWS)


def find_kind(one):
    """What the property says."""
    (kind,) = (name for name in KINDS if name in one)
    return kind


def hold(module, one):
    """Draws in which the property holds."""
    rule, given = draw_arguments(module, one)
    kind, part = find_kind(one), one.get("part", 0)
    found, bound = apply(rule, given, part), one[kind]
    if kind in ("rises_with", "falls_with", "ignores"):
        other = draw(module, one, bound, "other")
        low, high = (apply(rule, given | {bound: pick(given[bound], other)}, part) for pick in (np.minimum, np.maximum))
        step = {"rises_with": high - low, "falls_with": low - high, "ignores": -np.abs(high - low)}[kind]
        return step >= -SLACK
    if kind == "within":
        return (found >= bound[0] - SLACK) & (found <= bound[1] + SLACK)
    wanted = given[bound] if isinstance(bound, str) else float(bound)
    gap = found - wanted
    return {"equals": np.abs(gap) <= SLACK, "at_most": gap <= SLACK, "at_least": gap >= -SLACK}[kind]


@pytest.mark.parametrize(("module", "one"), PROPERTIES, ids=[f"{name}: {one['says']}" for name, one in PROPERTIES])
def test_a_property_holds(module, one):
    assert hold(module, one).all()


def test_every_rule_file_has_a_property():
    assert set(TABLE) == {name for name, _ in list_files()}


@pytest.mark.parametrize("kind", ["rises_with", "falls_with"])
def test_a_direction_that_is_claimed_is_there(kind):
    """A rule that never moved would pass in either direction; each does move, and fails with its direction turned."""
    turned = {"rises_with": "falls_with", "falls_with": "rises_with"}[kind]
    for module, one in PROPERTIES:
        if kind in one:
            other = {name: value for name, value in one.items() if name != kind} | {turned: one[kind]}
            assert not hold(module, other).all(), f"{module}: {one['says']}"
