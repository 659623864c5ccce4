"""Who may import whom: the contracts of pyproject.toml, one test each."""

import subprocess
import sys
import tomllib
from typing import Any

import pytest

from tests.architecture.tree import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
LINTER = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def is_there(module: str) -> bool:
    """True if the module has been written (a folder without Python files has not)."""
    path = ROOT.joinpath(*module.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def list_modules(contract: dict[str, Any]) -> list[str]:
    """Our modules that a contract names; the linter passes over some that are missing, and so over misspelt ones."""
    parts = ("source_modules", "forbidden_modules", "layers")
    named = [name.strip(" ()") for part in parts for entry in contract.get(part, ()) for name in entry.split(" : ")]
    return [name for name in named if name.partition(".")[0] in SETTINGS["root_packages"]]


@pytest.mark.parametrize("contract", SETTINGS["contracts"], ids=lambda contract: contract["id"])
def test_contract(contract):
    assert [name for name in list_modules(contract) if not is_there(name)] == []
    command = [sys.executable, "-c", LINTER, "--no-cache", "--contract", contract["id"]]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"{contract['name']}\n{run.stdout}{run.stderr}"


@pytest.mark.parametrize("package", SETTINGS["root_packages"])
def test_every_folder_with_python_is_a_package(package):
    bare = {path.parent for path in (ROOT / package).rglob("*.py") if not (path.parent / "__init__.py").exists()}
    assert not bare, f"without __init__.py the linter does not see these folders: {sorted(map(str, bare))}"
