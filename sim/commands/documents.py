"""Documents: everything that is written from code, in one go.

`python -m sim.commands.documents` writes the codebook and the schema of scenario files, the rules read aloud, the ODD
protocol, and the catalogue of claims of every case that has claims. A test compares.
"""

from collections.abc import Callable
from pathlib import Path

from sim.commands.document_claims import claims, folders_with_claims
from sim.commands.document_odd import odd
from sim.commands.document_rules import rules
from sim.spec import codebook
from sim.spec.find import ROOT as SCENARIOS

ROOT = SCENARIOS.parent


def documents() -> dict[str, Callable[[], str]]:
    """Who makes the text of each file, by its path from the root of the project."""
    made: dict[str, Callable[[], str]] = {
        "scenarios/README.md": codebook.codebook,
        "scenarios/schema.json": codebook.schema_text,
        "sim/rules/README.md": rules,
        "sim/ODD.md": odd,
    }
    for folder in folders_with_claims(SCENARIOS):
        place = (folder / "CLAIMS.md").relative_to(ROOT).as_posix()
        made[place] = lambda folder=folder: claims(folder)  # type: ignore[misc]
    return made


def write(root: Path = ROOT) -> None:
    """Write all of them."""
    for place, text in documents().items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
