"""Docstrings: everything public says what it is; every rule can be read aloud."""

import ast
import re

import pytest

from tests.architecture.tree import is_rule, modules, name_of, parsed

HEADINGS = ["Read aloud", "Symbols", "Sources"]
FILES = modules("sim", "analysis")
RULE_FILES = [path for path in FILES if is_rule(path)]
Named = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def public(tree: ast.Module | ast.ClassDef):
    """Public classes and functions, and what is public inside those classes."""
    for node in tree.body:
        if isinstance(node, Named) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def headings(docstring: str) -> list[str]:
    """The headings in the order they stand: lines of their own, flush left, in the three known words."""
    return re.findall(rf"^({'|'.join(HEADINGS)})\b", docstring, flags=re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_everything_public_has_a_docstring(path):
    tree = parsed(path)
    assert ast.get_docstring(tree), f"{name_of(path)} does not say what it is for"
    silent = [f"{node.name} (line {node.lineno})" for node in public(tree) if not ast.get_docstring(node)]
    assert not silent, f"{name_of(path)}: no docstring: {', '.join(silent)}"


@pytest.mark.parametrize("path", RULE_FILES, ids=name_of)
def test_rule_has_its_headings(path):
    found = headings(ast.get_docstring(parsed(path)) or "")
    assert found == HEADINGS, f"{name_of(path)} has the headings {found}; a rule has {HEADINGS}, in this order"


@pytest.mark.parametrize(
    ("docstring", "found"),
    [
        ("Why?\n\nRead aloud\n    Yes.\n\nSymbols (points)\n    a  b\n\nSources\n    X (1982).", HEADINGS),
        ("Why?\n\nSources\n    X.\n\nRead aloud\n    Symbols are not here.", ["Sources", "Read aloud"]),
    ],
)
def test_headings_are_found(docstring, found):
    assert headings(docstring) == found
