"""Ranges: each number of the format, set to what cannot be meant, is refused with its place - or else it plays.

The fields come from the schema itself, so that a new one is tried from the day it is added.
"""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import numpy as np
import pytest
from pydantic import BaseModel

from sim.engines.numpy_engine import NumpyEngine
from sim.errors import ScenarioError, name_argument
from sim.loading.loader import load_case
from sim.loading.schema_lookup import strip_optional
from sim.model.simulation import Simulation
from sim.schema.quantity import Quantity
from sim.schema.ranges import Range
from sim.schema.scenario import Scenario

CASE = Path(__file__).parent / "cases" / "every-key.yaml"
"""A case with every number of the format."""

MUTATIONS = ("-1", "0", "1e9", "1e300", ".nan")
WEEKS, RUNS = 8, 24
INSERTED = "{value: 0.5, unit: %s, assumed: put in by this test}"
ADDRESSES = {"defaults.seed"}
"""Numbers that are no sizes: any of them can be meant."""

OF_OTHERS = {
    "actors.*.disputant.aid",
    "actors.*.disputant.aid_trend",
    "expected.*.at_least",
    "expected.*.at_most",
    "levers.*.effects.aid",
    "outcomes.*.when.terms.reaches",
}
"""Numbers of which some do not go with what stands beside them, and are told there."""


def numbers_of(annotation: Any, place: tuple[str, ...], inside: tuple[Any, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every number under a type of the schema: its place, `*` for keys that are free, and its type with its limits."""
    bare = strip_optional(annotation)
    if get_origin(bare) in (dict, tuple):
        yield from numbers_of(get_args(bare)[-1 if get_origin(bare) is dict else 0], (*place, "*"), inside)
    elif isinstance(bare, type) and issubclass(bare, BaseModel) and bare is not Quantity:
        if any(issubclass(one, bare) for one in inside):
            return
        for name, field in bare.model_fields.items():
            for found, type_ in numbers_of(field.annotation, (*place, name), (*inside, bare)):
                yield found, (type_, *field.metadata)
    elif bare in (int, float, Quantity):
        yield ".".join(place), annotation


FIELDS = dict(numbers_of(Scenario, ()))


def limits(annotation: Any) -> list[Any]:
    """Whatever a type says about the numbers it allows."""
    parts = annotation if isinstance(annotation, tuple) else getattr(annotation, "metadata", get_args(annotation))
    return [annotation, *(one for part in parts for one in limits(part))]


def places(data: Any, words: list[str]) -> Iterator[tuple[str, ...]]:
    """Where a case has a field."""
    if not words:
        yield ()
    elif words[0] == "*":
        for key in data if isinstance(data, dict) else range(len(data)):
            yield from ((str(key), *rest) for rest in places(data[key], words[1:]))
    elif isinstance(data, dict) and words[0] in data:
        yield from ((words[0], *rest) for rest in places(data[words[0]], words[1:]))


@pytest.fixture(scope="module")
def data():
    return load_case(CASE).text


def play(scenario: Scenario) -> None:
    """Play some runs; a number that is not finite, or a warning of NumPy, is a failure."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        simulation = Simulation.begin(scenario, 1, np.arange(RUNS), NumpyEngine)
        simulation.simulate_run_up()
        simulation.advance(WEEKS)
    state = simulation.engine.state
    broken = [
        f"{space}.{name}" for space, table in state.items() for name, x in table.items() if not np.isfinite(x).all()
    ]
    assert not broken


@pytest.mark.parametrize("field", FIELDS)
def test_every_number_has_a_range(field):
    found = limits(FIELDS[field])
    if any(one is Quantity for one in found):
        assert any(isinstance(one, Range) for one in found), "use a type of sim/schema/ranges.py, not a bare Quantity"
    else:
        bounded = [name for one in found for name in ("ge", "gt", "le", "lt") if hasattr(one, name)]
        assert {name[0] for name in bounded} == {"g", "l"}, "give a lowest and a highest number (sim/schema/numbers.py)"


@pytest.mark.parametrize("value", MUTATIONS)
@pytest.mark.parametrize("field", FIELDS)
def test_what_cannot_be_meant_is_refused_and_the_rest_plays(field, value, data):
    found = next(places(data, field.split(".")), None)
    assert found is not None, f"add {field} to {CASE.name}, so that it can be tried"
    change = f"{'.'.join(found)}={value}"
    try:
        scenario = load_case(CASE, changes=[change]).scenario
    except ScenarioError as error:
        said = str(error)
        assert name_argument("changes", change) in said or field in OF_OTHERS
        assert value == ".nan" or found[0] in said
        return
    assert value in ("0", "-1") or field in ADDRESSES
    play(scenario)


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize(
    "field", [field for field, type_ in FIELDS.items() if any(isinstance(one, Range) for one in limits(type_))]
)
def test_the_ends_of_every_range_play(field, end, data):
    range_ = next(one for one in limits(FIELDS[field]) if isinstance(one, Range))
    found = next(places(data, field.split(".")))
    number = getattr(range_, end)
    if not range_.holds(number):
        number = number + 1e-9 if end == "low" else number - 1e-9
    try:
        scenario = load_case(CASE, changes=[f"{'.'.join(found)}={number!r}"]).scenario
    except ScenarioError:
        assert field in OF_OTHERS
        return
    play(scenario)
