"""Mutants: small changes of the rules, and whether the tables beside this file notice them.

`python -m tests.rules.mutants` changes one operator, comparison, number or branch of one rule at a time and evaluates
the tables of its file; it lists what survives and takes a minute. `--write` keeps the result for the page of mutants.
`sim/rules/numerics.py` (tested to the bit elsewhere) and `sim/rules/week` (which names rules and computes nothing) are
left out.
"""

import ast
import copy
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from sim.rules import numerics

HERE = Path(__file__).parent
RULES = HERE.parents[1] / "sim" / "rules"
LEFT_OUT = {"__init__", "numerics", "stages"}
TOLERANCE = 1e-9
RESULT = HERE / "mutants.json"
REPORT = HERE / "mutants.md"

ARITHMETIC = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitAnd: ast.BitOr,
              ast.BitOr: ast.BitAnd}  # fmt: skip
COMPARISONS = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
CALLS = {"at_least": "at_most", "at_most": "at_least"}


@dataclass(frozen=True)
class Mutant:
    """A rule file with one change."""

    file: str
    """Name of the file without its ending, dots between folders."""
    function: str
    """The function that is changed."""
    line: int
    """Line of the change."""
    before: str
    """The expression as it is."""
    after: str
    """The expression as it is made."""
    tree: ast.Module
    """The changed file."""


def list_files() -> list[tuple[str, Path]]:
    """Rule files by name."""
    paths = sorted([*RULES.glob("*.py"), *(RULES / "moves").glob("*.py")])
    named = [(".".join(path.relative_to(RULES).with_suffix("").parts), path) for path in paths]
    return [(name, path) for name, path in named if name.rpartition(".")[2] not in LEFT_OUT]


def read_cases(name: str) -> list[dict[str, Any]]:
    """Cases of a rule file."""
    path = HERE / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else []


def as_list(value: Any) -> list[Any]:
    """What a rule gives, as a list."""
    return list(value) if isinstance(value, tuple | list) else [value]


def as_number(value: Any, make: Callable[[Any], Any] = float) -> Any:
    """A number or each of a list; what is true or false stays."""
    if isinstance(value, list):
        return [as_number(one, make) for one in value]
    return value if isinstance(value, bool) else make(value)


def make_mutants(name: str, path: Path) -> Iterator[Mutant]:
    """Every change of a file, one at a time."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for function in functions:
        nodes: list[Any] = list(ast.walk(function))
        for number, node in enumerate(nodes):
            for changed in _change(node):
                mutated = copy.deepcopy(tree)
                place = next(f for f in mutated.body if isinstance(f, ast.FunctionDef) and f.name == function.name)
                target = list(ast.walk(place))[number]
                before = ast.unparse(target)
                target.__dict__.update(copy.deepcopy(changed).__dict__)
                yield Mutant(
                    name, function.name, node.lineno, before, ast.unparse(target), ast.fix_missing_locations(mutated)
                )


def _change(node: Any) -> Iterator[Any]:
    """Changes of one node; each of the same class."""
    changed = copy.copy(node)
    if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        changed.op = ARITHMETIC[type(node.op)]()
        yield changed
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        changed.ops = [COMPARISONS[type(node.ops[0])]()]
        yield changed
    elif isinstance(node, ast.Constant) and isinstance(node.value, float):
        changed.value = node.value + 1.0 if node.value != 1.0 else 2.0
        yield changed
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id == "where":
            changed.args = [node.args[0], node.args[2], node.args[1]]
            yield changed
        elif node.func.id in CALLS:
            changed.func = ast.Name(CALLS[node.func.id], ast.Load())
            yield changed


def load_module(name: str, tree: ast.Module) -> ModuleType:
    """A module made from a tree, under a name of its own."""
    module = ModuleType(f"mutant_of_{name}")
    module.__dict__.update(at_least=numerics.at_least, at_most=numerics.at_most)
    exec(compile(tree, name, "exec"), module.__dict__)
    return module


def is_noticed(mutant: Mutant) -> bool:
    """Whether a case of the file has another answer, or none."""
    module = load_module(mutant.file, mutant.tree)
    for case in read_cases(mutant.file):
        given = {name: as_number(value) for name, value in case["given"].items()}
        try:
            found = as_list(getattr(module, case["rule"])(**given))
        except (ArithmeticError, ValueError):
            return True
        if any(abs(one - float(other)) > TOLERANCE for one, other in zip(found, as_list(case["expect"]), strict=True)):
            return True
    return False


def hash_rules() -> str:
    """Digest of all rule files that are changed and of all tables."""
    paths = [path for _, path in list_files()] + sorted(HERE.glob("*.yaml"))
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def try_mutants(names: list[str]) -> tuple[int, list[Mutant]]:
    """How many mutants there are of the files of these names, or of all, and those that survive."""
    tried, survivors = 0, []
    for name, path in list_files():
        for mutant in make_mutants(name, path) if not names or name in names else ():
            tried += 1
            survivors += [] if is_noticed(mutant) else [mutant]
    return tried, survivors


def main(words: list[str]) -> None:
    """Try all mutants, or those of the files named, and print what survives; `--write` keeps the result of all."""
    names = [word for word in words if word != "--write"]
    tried, survivors = try_mutants(names)
    for one in survivors:
        print(f"{one.file}.{one.function}:{one.line}  {one.before}  ->  {one.after}")
    print(f"{tried - len(survivors)} of {tried} mutants are noticed ({(tried - len(survivors)) / tried:.1%})")
    if "--write" in words and not names:
        left = [[f"{one.file}.{one.function}", one.before, one.after] for one in survivors]
        found = {"digest": hash_rules(), "tried": tried, "survivors": left}
        RESULT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
