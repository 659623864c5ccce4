"""Sizes: a rule fits a page, a function fits a glance, a module fits an evening.

To raise a limit, write down why in DECISIONS.md and name the entry here.
"""

import ast
import re

import pytest

from tests.architecture.tree import ROOT, functions, is_rule, modules, name_of, parsed

RULE_LINES = 60
MODULE_LINES = 400
FUNCTION_LINES = 30

# file: (its own limit of lines, the entry of DECISIONS.md that says why)
RAISED_FILES: dict[str, tuple[int, int]] = {
    "sim/rules/numerics.py": (MODULE_LINES, 1),
    "sim/rules/week/steps.py": (MODULE_LINES, 1),
}
# file:function: (its own limit of lines of code, the entry of DECISIONS.md that says why)
RAISED_FUNCTIONS: dict[str, tuple[int, int]] = {}

FILES = modules("sim", "analysis")


def code_lines(function, lines):
    """How many lines of the body hold code: no signature, docstring, comment or blank line."""
    body = function.body[1:] if _has_docstring(function) else function.body
    if not body:
        return 0
    text = lines[body[0].lineno - 1 : function.end_lineno]
    return sum(1 for line in text if line.strip() and not line.lstrip().startswith("#"))


def _has_docstring(function):
    first = function.body[0]
    return hasattr(first, "value") and isinstance(getattr(first.value, "value", None), str)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_file(path):
    usual = RULE_LINES if is_rule(path) else MODULE_LINES
    limit, _ = RAISED_FILES.get(name_of(path), (usual, 0))
    count = len(path.read_text(encoding="utf-8").splitlines())
    assert count <= limit, f"{name_of(path)} has {count} lines; the limit is {limit}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_functions(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    for function in functions(parsed(path)):
        name = f"{name_of(path)}:{function.name}"
        limit, _ = RAISED_FUNCTIONS.get(name, (FUNCTION_LINES, 0))
        count = code_lines(function, lines)
        assert count <= limit, f"{name} (line {function.lineno}) has {count} lines of code; the limit is {limit}"


def test_every_raised_limit_names_a_decision():
    text = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
    numbered = {int(number) for number in re.findall(r"^## (\d+)\.", text, flags=re.MULTILINE)}
    asked = {entry for _, entry in [*RAISED_FILES.values(), *RAISED_FUNCTIONS.values()]}
    assert asked <= numbered, f"no such entry in DECISIONS.md: {sorted(asked - numbered)}"


def test_the_counter_counts_code_only():
    source = 'def f(\n    a,\n):\n    """Say.\n\n    More.\n    """\n    # why\n\n'
    source += "    b = (\n        a\n    )\n    return b\n"
    (function,) = functions(ast.parse(source))
    assert code_lines(function, source.splitlines()) == 4
