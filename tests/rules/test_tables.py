"""Tables: the cases agreed for the rules, one YAML file a rule file, on plain numbers and on arrays."""

import ast
import json
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
import yaml

from tests.rules.mutants import RESULT, as_list, as_number, hash_rules, is_noticed, list_files, make_mutants

HERE = Path(__file__).parent
CASES = [
    (path.stem, case)
    for path in sorted(HERE.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def as_two_runs(value):
    """The same number in two runs."""
    return np.array([float(value), float(value)])


@pytest.mark.parametrize(("module", "case"), CASES, ids=[f"{stem}: {case['name']}" for stem, case in CASES])
def test_case(module, case):
    rule = getattr(import_module(f"sim.rules.{module}"), case["rule"])
    given = {name: as_number(value) for name, value in case["given"].items()}
    expected = [float(value) for value in (case["expect"] if isinstance(case["expect"], list) else [case["expect"]])]
    plain = as_list(rule(**given))
    assert plain == pytest.approx(expected, abs=1e-9)
    arrays = as_list(rule(**{name: as_number(value, as_two_runs) for name, value in given.items()}))
    assert [(array + np.zeros(2)).tolist() for array in arrays] == [[value, value] for value in plain]


ALONE = {("moves.concede", "worth"), ("own_proposal", "concession_score"), ("choice", "_best_other")}
"""Single rules held by tests of laws and findings alone, and a part of one that has cases."""


def test_every_rule_has_a_case():
    with_cases = {(module, case["rule"]) for module, case in CASES}
    for name, path in list_files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        rules = {(name, node.name) for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert not rules - with_cases - ALONE, f"{name}: {rules - with_cases - ALONE}"


def test_cases_have_names_that_say_what_they_show():
    named = [(module, case["rule"], case["name"]) for module, case in CASES]
    assert len(named) == len(set(named))


def test_a_mutant_is_noticed_and_a_rule_as_it_is_is_not():
    (name, path) = next(one for one in list_files() if one[0] == "hardening")
    mutants = list(make_mutants(name, path))
    assert len(mutants) == 5
    assert all(is_noticed(mutant) for mutant in mutants)
    same = replace(mutants[0], tree=ast.parse(path.read_text(encoding="utf-8")))
    assert not is_noticed(same)


def test_the_small_changes_that_are_told_were_made_to_these_rules():
    """`python -m tests.rules.mutants --write` makes them anew."""
    assert json.loads(RESULT.read_text(encoding="utf-8"))["digest"] == hash_rules()
