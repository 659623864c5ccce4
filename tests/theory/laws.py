"""Laws: the table of laws, and where the tests are that hold each of them."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

TESTS = Path(__file__).resolve().parents[1]
TABLE = Path(__file__).with_name("laws.yaml")
LEFT_OUT = frozenset({"skip", "skipif", "xfail"})
"""Marks of tests that need not pass."""


@dataclass(frozen=True)
class Break:
    """A change of the code that the tests of a law must notice."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Law:
    """A law and the tests that hold it."""

    number: int
    law: str
    tests: tuple[str, ...]
    """Addresses for pytest, from the root of the project."""
    break_: Break


def read_laws() -> tuple[Law, ...]:
    """All laws, in the order of their numbers."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return tuple(
        Law(number, row["law"], tuple(map(_find_address, row["tests"])), Break(**row["break"]))
        for number, row in sorted(table.items())
    )


def _find_address(name: str) -> str:
    module, _, function = name.partition("::")
    return f"tests/{module if '/' in module else f'theory/{module}'}.py::{function}"


@cache
def _read_tests(path: str) -> dict[str, set[str]]:
    """Tests of a file, each with the names of its marks."""
    tree = ast.parse((TESTS.parent / path).read_text(encoding="utf-8"))
    return {
        node.name: {
            part.attr for mark in node.decorator_list for part in ast.walk(mark) if isinstance(part, ast.Attribute)
        }
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def find_marks(address: str) -> set[str] | None:
    """Names of the marks of a test; none if there is no such test."""
    path, _, function = address.partition("::")
    return _read_tests(path).get(function) if (TESTS.parent / path).is_file() else None
