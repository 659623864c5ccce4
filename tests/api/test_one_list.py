"""One list: whatever the command line can do, Python can do, with options and arguments of the same names."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import sim
from sim.cli.app import app

FUNCTION_OF = {
    "attribute": "attribute",
    "check": "check_scenarios",
    "cite": "cite",
    "compare": "compare",
    "coverage": "find_coverage",
    "explain": "explain_rule",
    "export": "export_results",
    "list": "list_scenarios",
    "new": "new_case",
    "play": "play_run",
    "replay": "replay_run",
    "report": "rebuild_report",
    "run": "run",
    "suggest-menu": "suggest_menu",
}
"""What Python calls each command."""

WITHOUT_A_FUNCTION = {"schema"}
"""Commands that only print a file that comes with zopa."""

ONLY_ON_A_TERMINAL = {"as_json", "quiet", "ids", "number"}
OTHERWISE_IN_PYTHON = {
    "run": {"out", "precision", "resume", "engine", "scheduler", "lang", "sweeps", "no_report", "view"},
    "compare": {"view"},
    "attribute": {"scenario", "no_report"},
    "export": {"what"},
    "replay": {"case", "out"},
    "new": {"name"},
    "coverage": {"case"},
}
"""Options whose place another argument or another function takes: `views`, `case`, `page`, `tables`, `save`."""


def test_every_command_has_a_function():
    names = set(typer.main.get_command(app).commands)
    assert names == set(FUNCTION_OF) | WITHOUT_A_FUNCTION
    assert set(FUNCTION_OF.values()) | {"load_scenario", "load_results"} == set(sim.__all__)


@pytest.mark.parametrize("name", sorted(FUNCTION_OF))
def test_options_and_arguments_have_the_same_names(name):
    command = typer.main.get_command(app).commands[name]
    asked = {one.name for one in command.params} - ONLY_ON_A_TERMINAL - OTHERWISE_IN_PYTHON.get(name, set())
    assert asked <= set(inspect.signature(getattr(sim, FUNCTION_OF[name])).parameters) | {"help"}


@pytest.mark.parametrize("name", sim.__all__)
def test_every_function_says_what_it_takes(name):
    function = getattr(sim, name)
    given = inspect.getdoc(function)
    assert given
    for argument in inspect.signature(function).parameters:
        assert f"{argument}:" in given, f"{name}: {argument} is not described"


def test_type_checkers_see_what_is_loaded_later():
    tree = ast.parse(Path(sim.__file__).read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.name: node.module for node in block.body for alias in node.names}
    assert seen == sim._HOMES
    assert set(sim.__all__) == set(seen) <= set(dir(sim))


def test_import_loads_nothing_heavy():
    heavy = "numpy scipy mesa plotly pydantic pandas".split()
    code = f"import sim, sys; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
