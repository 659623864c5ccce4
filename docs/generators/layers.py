"""The picture of the layers: who may import whom, drawn from the import contract in pyproject.toml."""

import ast
import re
import tomllib
from pathlib import Path

START, END = "<!-- layers: made by docs/generators/layers.py -->", "<!-- end of layers -->"


def draw_layers(root: Path) -> str:
    """The layers from top to bottom, each with what its package says of itself."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (layers,) = (one["layers"] for one in settings["contracts"] if one["id"] == "flow")
    rows = [[name.strip() for name in re.split(r"[:|]", re.sub(r"[()]", "", layer))] for layer in layers]
    width = max(len(name) for row in rows for name in row)
    edge = "─" * (width + 2)
    said = [[f"│ {name.ljust(width)} │ {_read_docstring(root, name)}" for name in row] for row in rows]
    between = f"├{edge}┤"
    body = [line for place, row in enumerate(said) for line in ([between] if place else []) + row]
    below = "A layer imports those below it, never those above. Packages in one box may import one another."
    return "\n".join(["```text", f"┌{edge}┐", *body, f"└{edge}┘", "```", "", below])


def contributing_markdown(root: Path) -> str:
    """CONTRIBUTING.md with the picture of today in its place."""
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    head, rest = text.split(START)
    return f"{head}{START}\n\n{draw_layers(root)}\n\n{END}{rest.partition(END)[2]}"


def _read_docstring(root: Path, name: str) -> str:
    """The first sentence of a package or module, up to its end or a colon, without the name it repeats."""
    path = root.joinpath(*name.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    first = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").splitlines()[0]
    head, colon, rest = first.partition(": ")
    return (rest if colon else head).rstrip(".")
