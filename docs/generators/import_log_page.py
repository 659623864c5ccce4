"""The import log: what files that people in this field have became when they were opened, and what had to be assumed.

Files of others are not shipped. `python -m docs.generators.import_log_page FOLDER` opens them again and writes what
became of each beside this module, with the first digits of its SHA-256; the page is made from that. A test opens the
shipped inputs anew, and those of others where the variable `ZOPA_REFERENCE` names their folder.
"""

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from docs.generators.other_numbers_page import DATA
from sim.errors import Problem, ScenarioError
from sim.loading.genius_files import read_genius
from sim.loading.tables.read_table import read_position_table
from sim.workflows.import_files import import_files

LOG = Path(__file__).with_name("import_log.json")

DIGITS = 12
"""Digits of a digest that are shown."""

SHIPPED: Mapping[str, str] = {
    "car-emissions.csv": "Car emissions 1994, entered anew",
    "oil-price.csv": "Oil price 1997, entered anew",
    "election.csv": "Example of KTAB with three issues, entered anew",
    "exchange.tsv": "Sample of the exchange model, entered anew",
    "party": "Party domain of GENIUS, three profiles entered anew",
}
"""Inputs beside this module, and what they are."""

OTHERS: Mapping[str, str] = {
    "bdm/ec_emission_1994.csv": "Bueno de Mesquita (1994), car emissions, of a public replication",
    "bdm/oil_price.csv": "Bueno de Mesquita (1997), oil price, of a public replication",
    "bdm/sultan_1997.csv": "The same with other names of columns (sultan)",
    "bdm/iranian_election.csv": "Iranian election, of a public replication",
    "bdm/litigation_case_study.csv": "Litigation case study, of a public replication",
    "bdm/expected_masad_eu_matrix.csv": "Masad (2016), a result: matrix of expected utilities",
    "bdm/expected_masad_risk_and_votes.csv": "Masad (2016), a result: attitudes to risk",
    "ktab/dummyData_3Dim.csv": "KTAB, example with three issues",
    "ktab/SOE-Pol-Comp.csv": "KTAB, example on state-owned firms",
    "exchange/sample_data.txt": "Exchange model, sample",
    "deu/deu3.csv": "DEU III (Arregui and Perarnaud 2022)",
    "genius-party": "GENIUS, party domain with six profiles",
}
"""Files of others by their place in the folder, and what they are."""

HEAD = """\
# Import log

What became of files that people in this field have: opened by `zopa import` as they are, or refused with one message.
The first table is of inputs that are shipped (`docs/generators/other_numbers`), the second of files of others, which
are not: what was opened is known by the first digits of its SHA-256. `docs/generators/import_log_page.py` makes both.
"""

COLUMNS = """
| file | opened as | counts | assumed, left out, or why not |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Opened:
    """What became of a file."""

    name: str
    """What it is."""
    digest: str
    """First digits of the SHA-256 of what was opened; empty for shipped files."""
    kind: str
    """`table`, `scenario` or `refused`."""
    counts: str
    """How much there was in it."""
    notes: tuple[str, ...]
    """What was recognised, assumed and left out; for a refused file the message."""


def open_files(folder: Path, names: Mapping[str, str], with_digest: bool) -> Iterator[Opened]:
    """What becomes of every file of a folder.

    Args:
        folder: Where they are.
        names: Places of the files in it, and what they are.
        with_digest: True to tell which bytes were opened.
    """
    for place, name in names.items():
        path = folder / place
        digest = _find_digest(path) if with_digest else ""
        try:
            kind, counts, notes = _open_profiles(path) if path.is_dir() else _open_table(path)
        except ScenarioError as error:
            kind, counts = "refused", ""
            notes = tuple(_format_problem(one) for one in error.problems)
        yield Opened(name, digest, kind, counts, notes)


def _format_problem(found: Problem) -> str:
    where = f"line {found.line}: " if found.line else ""
    return where + "; ".join(filter(None, (found.text, found.remedy)))


def _open_table(path: Path) -> tuple[str, str, tuple[str, ...]]:
    table = read_position_table(path)
    known = int(np.isfinite(table.positions).sum())
    issues = f"{len(table.issues)} issue{'s' if len(table.issues) > 1 else ''}"
    counts = f"{len(table.actors)} actors, {issues}, {known:,} positions"
    return "table", counts, table.notes


def _open_profiles(path: Path) -> tuple[str, str, tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as made:
        found = import_files("genius", path, name="imported", folder=made)
    profiles = len(read_genius([path]).profiles)
    said = f"{len(found.assumed)} quantities invented, each listed and marked in the scenario"
    return "scenario", f"{profiles} profiles", (*found.notes, said)


def _find_digest(path: Path) -> str:
    files = sorted(path.glob("*.xml")) if path.is_dir() else [path]
    return hashlib.sha256(b"".join(one.read_bytes() for one in files)).hexdigest()[:DIGITS]


def import_log_markdown() -> str:
    """The page."""
    others = [Opened(**{**row, "notes": tuple(row["notes"])}) for row in json.loads(LOG.read_text(encoding="utf-8"))]
    text = HEAD + "\n## Shipped\n" + COLUMNS + "".join(map(_format_row, open_files(DATA, SHIPPED, False)))
    return text + "\n## Of others\n" + COLUMNS + "".join(map(_format_row, others))


def _format_row(one: Opened) -> str:
    name = f"{one.name} (`{one.digest}`)" if one.digest else one.name
    notes = "; ".join(one.notes).replace("|", "\\|")
    return f"| {name} | {one.kind} | {one.counts or '–'} | {notes} |\n"


def write_log(folder: Path) -> None:
    """Open the files of others again, and note what became of them."""
    rows = [asdict(one) for one in open_files(folder, OTHERS, True)]
    LOG.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_log(Path(sys.argv[1]))
