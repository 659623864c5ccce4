"""Docstrings: everything public says what it is; every rule can be read aloud."""

import ast
import re

import pytest

from tests.architecture.tree import format_path, is_rule, modules, parse_file

HEADINGS = ["Read aloud", "Symbols", "Sources"]
FILES = modules("sim", "analysis", "docs/generators")
RULE_FILES = [path for path in FILES if is_rule(path)]
Named = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def list_public(tree: ast.Module | ast.ClassDef):
    """Public classes and functions, and what is public inside those classes."""
    for node in tree.body:
        if isinstance(node, Named) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from list_public(node)


def headings(docstring: str) -> list[str]:
    """The headings in the order they stand: lines of their own, flush left, in the three known words."""
    return re.findall(rf"^({'|'.join(HEADINGS)})\b", docstring, flags=re.MULTILINE)


def find_undocumented(tree: ast.Module) -> list[str]:
    """What is public and does not say what it is for, the file itself included."""
    nodes = [f"{node.name} (line {node.lineno})" for node in list_public(tree) if not ast.get_docstring(node)]
    return nodes if ast.get_docstring(tree) else ["the file", *nodes]


def test_everything_public_has_a_docstring():
    """Ruff asks for the same, but not of names that a file leaves out of its `__all__`."""
    found = {format_path(path): find_undocumented(parse_file(path)) for path in FILES}
    assert not {name: nodes for name, nodes in found.items() if nodes}


def test_what_has_no_docstring_is_found():
    source = "class A:\n    def b(self): ...\n    def _c(self): ...\ndef d():\n    'Say.'\n"
    assert find_undocumented(ast.parse(source)) == ["the file", "A (line 1)", "b (line 2)"]


def test_every_rule_has_its_headings():
    found = {format_path(path): headings(ast.get_docstring(parse_file(path)) or "") for path in RULE_FILES}
    assert RULE_FILES
    assert not {name: lines for name, lines in found.items() if lines != HEADINGS}, f"in this order: {HEADINGS}"


@pytest.mark.parametrize(
    ("docstring", "found"),
    [
        ("Why?\n\nRead aloud\n    Yes.\n\nSymbols (points)\n    a  b\n\nSources\n    X (1982).", HEADINGS),
        ("Why?\n\nSources\n    X.\n\nRead aloud\n    Symbols are not here.", ["Sources", "Read aloud"]),
    ],
)
def test_headings_are_found(docstring, found):
    assert headings(docstring) == found
