"""One list: whatever the command line can do, Python can do, with options and arguments of the same names."""

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import typer

import sim
from docs.generators.commands_page import list_commands
from sim.cli.app import app
from sim.cli.options import use_option_names

OTHER_NAMES = {
    "export": "export_results",  # `sim.export` is the package that writes tables
    "import": "import_files",  # `import` is a word of Python's own
    "coding agreement": "coding_agreement",
    "coding sheet": "coding_sheet",
    "compare scenarios": "compare",
    "compare views": "compare_views",
    "contradictions list": "list_contradictions",
    "contradictions rank": "rank_contradictions",
    "forecast register": "register_forecast",
    "forecast score": "score_forecast",
    "list": "list_scenarios",  # `list` is Python's own
    "new": "new_case",
    "results": "list_results",
    "view from-text": "view_from_text",
    "view new": "new_view",
    "schema": "build_json_schema",  # `sim.schema` is the package of models
}
"""Commands that Python calls otherwise, and why."""

ONLY_IN_PYTHON = {"load_results", "load_scenario", "resume", "run_batch"}
"""Functions that are no commands: `zopa run` takes several scenarios and `--resume`."""

ONLY_ON_A_TERMINAL = {"as_json", "quiet", "help", "show_all"}
"""Options that say how something is printed; a result of Python has `as_json` and `reporter=` instead."""

RENAMED = {"no_report": "report"}
"""Options that Python calls otherwise: what can be left out is true unless it is said."""

WITHOUT_AN_ARGUMENT = {"run": {"resume"}}
"""Options for which Python has a function of its own."""

ONLY_FOR_PYTHON = {"command", "interview", "reporter"}
"""Arguments that are no options: who asks, and who is told."""


FUNCTIONS = [name for name in sim.__all__ if name[0].islower()]
CLASSES = [name for name in sim.__all__ if name not in FUNCTIONS]


def find_commands():
    """All commands by name, those of a group under the name of the group and their own."""
    return dict(list_commands(typer.main.get_command(app)))


def commands():
    """Names of all commands."""
    return sorted(find_commands())


def find_function(command):
    """What Python has for a command."""
    return getattr(sim, OTHER_NAMES.get(command, command.replace("-", "_")))


def list_arguments(command):
    """Names of what a command takes, as Python calls them."""
    asked = {one.name for one in find_commands()[command].params}
    return {RENAMED.get(name, name) for name in asked - ONLY_ON_A_TERMINAL - WITHOUT_AN_ARGUMENT.get(command, set())}


def test_every_command_is_a_function_and_every_function_a_command():
    assert {find_function(name).__name__ for name in commands()} == set(FUNCTIONS) - ONLY_IN_PYTHON


@pytest.mark.parametrize("command", commands())
def test_options_are_arguments_and_arguments_are_options(command):
    arguments = set(inspect.signature(find_function(command)).parameters) - ONLY_FOR_PYTHON
    assert list_arguments(command) == arguments


def test_functions_that_are_no_commands_take_arguments_of_run():
    known = list_arguments("run") | ONLY_FOR_PYTHON | {"folder"}
    for name in ONLY_IN_PYTHON:
        assert set(inspect.signature(getattr(sim, name)).parameters) <= known


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_typed(name):
    signature = inspect.signature(getattr(sim, name))
    assert signature.return_annotation is not inspect.Signature.empty
    assert all(one.annotation is not inspect.Parameter.empty for one in signature.parameters.values())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_says_what_it_takes(name):
    function = getattr(sim, name)
    given = inspect.getdoc(function)
    assert given
    assert "Returns:" in given
    for argument in inspect.signature(function).parameters:
        assert f"{argument}:" in given, f"{name}: {argument} is not described"


def classes_in(annotation):
    """Classes of which a returned value may be."""
    return [one for part in get_args(annotation) for one in classes_in(part)] or [annotation]


def test_whatever_a_workflow_returns_has_a_class_that_python_knows():
    returned = {one for name in FUNCTIONS for one in classes_in(get_type_hints(getattr(sim, name))["return"])}
    ours = {one.__name__ for one in returned if one.__module__.startswith("sim.")}
    assert ours == set(CLASSES) - {"Reporter", "SilentReporter"}


@pytest.mark.parametrize("name", CLASSES)
def test_every_result_becomes_rows_and_says_what_it_is(name):
    result = getattr(sim, name)
    assert inspect.getdoc(result)
    assert name.endswith("Reporter") or callable(result.to_frame)


@pytest.mark.parametrize(
    "name",
    "BatchResult ContradictionRanking EnsembleResult ScenarioComparison ViewAttribution ViewComparison".split(),
)
def test_results_of_many_runs_are_drawn_and_kept(name):
    assert callable(getattr(sim, name).figure)
    assert callable(getattr(sim, name).save)


ABOVE_THE_CONSOLE = ("workflows", "storage", "export", "experiments", "ensemble")
"""Packages that Python calls, too."""

OF_THE_RECORD = {
    "load_scenario.py": {"--view", "--set", "--answer", "--from", "--"},
    "with_changes.py": {"--with", "--set", "--answer"},  # problems of a scenario that was loaded name the option
    "patterns.py": {"--run", "--seed", "--horizon", "--view", "--set", "--answer", "--from"},
}
"""Commands that results put on record, so that a reader can repeat them."""


def test_workflows_do_not_speak_of_options():
    said = []
    for package in ABOVE_THE_CONSOLE:
        for path in (Path(sim.__file__).parent / package).rglob("*.py"):
            texts = [
                node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)
            ]
            found = [text for text in texts if isinstance(text, str) and re.search(r"(^|[^-\w])--(?!-)", text)]
            known = OF_THE_RECORD.get(path.name, set())
            said += [f"{path.name}: {text}" for text in found if text not in known]
    assert not said


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("give more `runs=`", "give more `--runs`"),
        ("`workers=1` plays here", "`--workers 1` plays here"),
        ("`sweeps=False` or `overwrite=True`", "`--no-sweeps` or `--overwrite`"),
        ("go on with `resume('outputs/x y')`", "go on with `zopa run --resume outputs/x y`"),
        ("`changes=` and `name=answer`", "`--set` and `name=answer`"),
    ],
)
def test_the_command_line_gives_arguments_their_options(said, shown):
    assert use_option_names(said) == shown


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
