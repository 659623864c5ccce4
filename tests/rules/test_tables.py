"""Tables: the cases agreed for the rules, one YAML file a rule file, on plain numbers and on arrays."""

from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
import yaml

HERE = Path(__file__).parent
CASES = [
    (path.stem, case)
    for path in sorted(HERE.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def as_list(value):
    return list(value) if isinstance(value, tuple) else [value]


@pytest.mark.parametrize(("module", "case"), CASES, ids=[f"{stem}: {case['name']}" for stem, case in CASES])
def test_case(module, case):
    rule = getattr(import_module(f"sim.rules.{module}"), case["rule"])
    given = {name: float(value) for name, value in case["given"].items()}
    expected = [float(value) for value in (case["expect"] if isinstance(case["expect"], list) else [case["expect"]])]
    plain = as_list(rule(**given))
    assert plain == pytest.approx(expected, abs=1e-9)
    arrays = as_list(rule(**{name: np.array([value, value]) for name, value in given.items()}))
    assert [(array + np.zeros(2)).tolist() for array in arrays] == [[value, value] for value in plain]
