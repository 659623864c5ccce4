"""Tree: the files of the project, as the architecture tests see them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("sim", "analysis")
RULES = "sim/rules/"

# Files of sim/rules that are not rules: the numbers and stages rules are written in, and their order.
NOT_RULES = ("sim/rules/numerics", "sim/rules/stages", "sim/rules/week")


def format_path(path: Path) -> str:
    """The path as written in messages: from the root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def modules(*folders: str) -> list[Path]:
    """Every Python file under these folders of the root."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def is_rule(path: Path) -> bool:
    """True for a file that holds a rule."""
    name = format_path(path)
    if not name.startswith(RULES) or path.name == "__init__.py":
        return False
    return not any(name == f"{other}.py" or name.startswith(f"{other}/") for other in NOT_RULES)


def parse_file(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method in a tree, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
