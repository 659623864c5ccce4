"""Sizes: a rule fits a page, a function fits a glance, a module fits an evening.

To raise a limit, write down why in DECISIONS.md and name the entry here.
"""

import ast
import re

from tests.architecture.tree import ROOT, format_path, functions, is_rule, modules, parse_file

RULE_LINES = 60
MODULE_LINES = 400
FUNCTION_LINES = 30

# file or file:function: (its own limit of lines, the entry of DECISIONS.md that says why)
RAISED: dict[str, tuple[int, int]] = {}

FILES = modules("sim", "analysis", "docs/generators")


def find_limit(name, usual):
    """The limit of a file or function: the usual one, or the one that a decision has raised it to."""
    if name not in RAISED:
        return usual
    limit, decision = RAISED[name]
    decisions = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {decision}\.", decisions, flags=re.MULTILINE), f"{name}: no decision {decision}"
    return limit


def count_code_lines(function, lines):
    """How many lines of the body hold code: no signature, docstring, comment or blank line."""
    body = function.body[1:] if _has_docstring(function) else function.body
    if not body:
        return 0
    text = lines[body[0].lineno - 1 : function.end_lineno]
    return sum(1 for line in text if line.strip() and not line.lstrip().startswith("#"))


def _has_docstring(function):
    first = function.body[0]
    return hasattr(first, "value") and isinstance(getattr(first.value, "value", None), str)


def test_files():
    counts = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    limits = {path: find_limit(format_path(path), RULE_LINES if is_rule(path) else MODULE_LINES) for path in FILES}
    found = [f"{format_path(p)} has {n} lines; the limit is {limits[p]}" for p, n in counts.items() if n > limits[p]]
    assert not found, "\n".join(found)


def test_functions():
    found = []
    for path in FILES:
        lines = path.read_text(encoding="utf-8").splitlines()
        for function in functions(parse_file(path)):
            name, count = f"{format_path(path)}:{function.name}", count_code_lines(function, lines)
            if count > (limit := find_limit(name, FUNCTION_LINES)):
                found.append(f"{name} (line {function.lineno}) has {count} lines of code; the limit is {limit}")
    assert not found, "\n".join(found)


def test_the_counter_counts_code_only():
    source = 'def f(\n    a,\n):\n    """Say.\n\n    More.\n    """\n    # why\n\n'
    source += "    b = (\n        a\n    )\n    return b\n"
    (function,) = functions(ast.parse(source))
    assert count_code_lines(function, source.splitlines()) == 4
