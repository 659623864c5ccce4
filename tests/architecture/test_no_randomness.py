"""Luck has an address: nobody draws from a shared generator, not even a test."""

import ast

import pytest

from tests.architecture.tree import modules, name_of, parsed

GENERATORS = {"random", "numpy.random"}
NUMPY = {"np", "numpy"}
MESA = {"shuffle_do", "shuffle"}  # Mesa's own orders are drawn; the order of movers is a rule's business


def draws(tree: ast.AST) -> list[str]:
    """Every place where a file reaches for a generator."""
    return [f"line {node.lineno}: {found}" for node in ast.walk(tree) if (found := _drawn_by(node))]


def _drawn_by(node: ast.AST) -> str:
    if isinstance(node, ast.Import):
        return ", ".join(alias.name for alias in node.names if _is_generator(alias.name))
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        names = [f"{module}.{alias.name}" for alias in node.names if alias.name != "*"]
        return ", ".join(name for name in [module, *names] if _is_generator(name))
    if isinstance(node, ast.Attribute):
        of_numpy = node.attr == "random" and isinstance(node.value, ast.Name) and node.value.id in NUMPY
        of_mesa = node.attr in MESA or (node.attr in {"random", "rng"} and _is_self_or_model(node.value))
        return ast.unparse(node) if of_numpy or of_mesa or node.attr == "default_rng" else ""
    return "default_rng" if isinstance(node, ast.Name) and node.id == "default_rng" else ""


def _is_generator(name: str) -> bool:
    known = any(name == generator or name.startswith(f"{generator}.") for generator in GENERATORS)
    return known or name.endswith(".default_rng")


def _is_self_or_model(node: ast.AST) -> bool:
    return ast.unparse(node).rpartition(".")[2] in {"self", "model"}


@pytest.mark.parametrize("path", modules("sim", "analysis", "tests"), ids=name_of)
def test_no_generator(path):
    found = draws(parsed(path))
    assert not found, f"{name_of(path)} draws outside sim/model/random_streams.py: {found}"


@pytest.mark.parametrize(
    "line",
    [
        "import random",
        "import numpy.random as nr",
        "from random import choice",
        "from numpy import random",
        "from numpy.random import Generator",
        "x = np.random.normal()",
        "rng = default_rng(7)",
        "who = self.model.random.choice(all)",
    ],
)
def test_a_generator_is_found(line):
    assert draws(ast.parse(line))


@pytest.mark.parametrize(
    "line", ["from sim.model.random_streams import Luck", "import randomness", "x = row.random_name"]
)
def test_other_words_are_left_alone(line):
    assert not draws(ast.parse(line))
