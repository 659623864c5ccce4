"""Documents: everything that is written from code, in one go.

`python -m sim.cli.documents.build` writes the codebook and the schema of scenario files, the rules read aloud, the ODD
protocol, and the catalogue of claims of every case that has claims. A test compares.
"""

from collections.abc import Callable
from pathlib import Path

from sim.cli.documents import schema_page
from sim.cli.documents.claims_page import claims_markdown, find_folders_with_claims
from sim.cli.documents.odd_page import odd_markdown
from sim.cli.documents.rules_page import rules_markdown
from sim.loading.discovery import SHIPPED as SCENARIOS

ROOT = SCENARIOS.parent


def make_documents() -> dict[str, Callable[[], str]]:
    """Who makes the text of each file, by its path from the root of the project."""
    made: dict[str, Callable[[], str]] = {
        "scenarios/README.md": schema_page.schema_markdown,
        "scenarios/schema.json": schema_page.format_json_schema,
        "sim/rules/README.md": rules_markdown,
        "sim/ODD.md": odd_markdown,
    }
    for folder in find_folders_with_claims(SCENARIOS):
        place = (folder / "CLAIMS.md").relative_to(ROOT).as_posix()
        made[place] = lambda folder=folder: claims_markdown(folder)  # type: ignore[misc]
    return made


def write(root: Path = ROOT) -> None:
    """Write all of them."""
    for place, text in make_documents().items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
