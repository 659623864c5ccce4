"""No randomness without an address: nobody draws from a shared generator, not even a test.

Ruff bans the generators of Python and NumPy everywhere (TID251 in pyproject.toml; test_style.py runs it); here it is
shown that the ban bites. What a Mesa model carries along has no name to ban, so that it is looked for here.
"""

import ast
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT, format_path, modules, parse_file

MESA = {"shuffle_do", "shuffle"}  # Mesa's own orders are drawn; the order of movers is a rule's business


def run_ruff(source: str) -> str:
    """What ruff says against a file with this text."""
    command = ["ruff", "check", "--no-cache", "--select", "TID251", "--stdin-filename", "sim/model/made.py", "-"]
    run = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, input=source, capture_output=True, text=True, check=False
    )
    assert run.returncode in (0, 1), run.stderr
    return run.stdout if run.returncode else ""


def find_mesa_draws(tree: ast.AST) -> list[str]:
    """Every place where a file reaches for the generator of a Mesa model or agent."""
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and (node.attr in MESA or (node.attr in {"random", "rng"} and _is_self_or_model(node.value)))
    ]


def _is_self_or_model(node: ast.AST) -> bool:
    return ast.unparse(node).rpartition(".")[2] in {"self", "model"}


def test_nobody_draws_from_a_mesa_model():
    draws = {format_path(path): find_mesa_draws(parse_file(path)) for path in modules("sim", "analysis", "tests")}
    assert not {name: lines for name, lines in draws.items() if lines}


@pytest.mark.parametrize(
    "source",
    [
        "import random",
        "import numpy.random as nr",
        "from random import choice",
        "from numpy import random",
        "from numpy.random import Generator",
        "import numpy as np\nx = np.random.normal()",
        "import numpy\nrng = numpy.random.default_rng(7)",
        "from numpy.random import default_rng",
    ],
)
def test_a_generator_is_banned(source):
    assert "TID251" in run_ruff(source)


@pytest.mark.parametrize("source", ["from sim.model.random_streams import uniform", "import randomness"])
def test_other_modules_are_not_banned(source):
    assert run_ruff(source) == ""


@pytest.mark.parametrize("line", ["who = self.model.random.choice(all)", "self.rng.normal()", "agents.shuffle_do('x')"])
def test_a_draw_from_a_mesa_model_is_found(line):
    assert find_mesa_draws(ast.parse(line))


def test_other_words_are_left_alone():
    assert not find_mesa_draws(ast.parse("x = row.random_name + row.random"))
