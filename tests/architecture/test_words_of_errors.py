"""Words of errors: what is said below the command line names arguments; the command line spells them as options."""

import ast
import re

from tests.architecture.tree import ROOT

OPTION = re.compile(r"(^|[\s`'(/])--[a-z]")
COMMANDS = {"sim/workflows/load_scenario.py", "sim/workflows/patterns.py", "analysis/report/lesson.py"}
"""They build whole commands, for the record of a run or to be tried."""


def list_texts(path):
    """Every text in a file but its docstrings, with its line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.lineno, node.value


def test_no_layer_below_the_command_line_speaks_of_its_options():
    files = [*(ROOT / "sim").rglob("*.py"), *(ROOT / "analysis").rglob("*.py")]
    below = [
        path for path in files if (name := path.relative_to(ROOT).as_posix()) not in COMMANDS and "sim/cli/" not in name
    ]
    found = [f"{path}:{line}: {text}" for path in below for line, text in list_texts(path) if OPTION.search(text)]
    assert found == []


def test_what_builds_commands_is_still_there():
    assert all(any(OPTION.search(text) for _, text in list_texts(ROOT / name)) for name in COMMANDS)
