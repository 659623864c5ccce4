"""Build: everything that is written from code, in one go.

`python -m docs.generators.build` writes the pages of the schema, the rules, the ODD protocol and the layers, the schema
for editors, and the catalogue of claims of every case that has claims. A test compares. The pages of the commands and
of the Python functions are made when the site is built (`docs/generators/hooks.py`).
"""

from collections.abc import Callable
from pathlib import Path

from docs.generators.asymmetries_page import asymmetries_markdown
from docs.generators.base_rates_page import base_rates_markdown
from docs.generators.claims_page import claims_markdown, find_folders_with_claims
from docs.generators.import_log_page import import_log_markdown
from docs.generators.laws_page import laws_markdown
from docs.generators.layers import contributing_markdown
from docs.generators.model_card_page import model_card_markdown
from docs.generators.mutants_page import mutants_markdown
from docs.generators.odd_page import odd_markdown
from docs.generators.other_numbers_page import other_numbers_markdown
from docs.generators.rules_page import rules_markdown
from docs.generators.schema_page import schema_markdown
from sim.loading.discovery import SHIPPED as SCENARIOS
from sim.loading.json_schema import format_json_schema

ROOT = SCENARIOS.parent


def make_documents() -> dict[str, Callable[[], str]]:
    """Who makes the text of each file, by its path from the root of the project."""
    made: dict[str, Callable[[], str]] = {
        "docs/reference/schema.md": schema_markdown,
        "docs/model/rules.md": rules_markdown,
        "docs/model/odd.md": odd_markdown,
        "docs/model/asymmetries.md": asymmetries_markdown,
        "docs/model/base_rates.md": base_rates_markdown,
        "docs/model/other_numbers.md": other_numbers_markdown,
        "docs/model/import_log.md": import_log_markdown,
        "docs/MODEL_CARD.md": model_card_markdown,
        "docs/model/laws.md": laws_markdown,
        "docs/model/mutants.md": mutants_markdown,
        "CONTRIBUTING.md": lambda: contributing_markdown(ROOT),
        "scenarios/schema.json": format_json_schema,
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
