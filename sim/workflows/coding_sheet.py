"""Coding sheet: a drawn sample of claims as a table for a second coder, with everything blank that is to be coded."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sim.errors import MissingPartError, OptionError, UsageError, display_path, require_known
from sim.export.csv_file import make_csv_writer
from sim.export.workbook import write_sheet
from sim.loading.discovery import find_default_case
from sim.loading.loader import load_case
from sim.loading.tables.formula_guard import guard_text
from sim.model.random_streams import stream_key
from sim.schema.claim import KIND_MEANINGS, Claim
from sim.storage.atomic_write import make_folder, write_file
from sim.workflows.arguments import parse_seed
from sim.workflows.display import TextDisplay, make_frame

COLUMNS = ("claim", "passage", "we_read", "kind", "quantity", "direction")
"""Columns of a sheet; the last three are the coder's."""

DIRECTION_MEANINGS = {
    "up": "the claim is a reason for a larger number than the scenario's own",
    "down": "it is a reason for a smaller one",
    "both": "it is a reason for either, or for a wider spread",
}
"""Which way a claim may move a quantity."""

WORKBOOK = ".xlsx"
ENDINGS = (".csv", WORKBOOK)
"""How the name of a sheet may end."""

Row = tuple[str, str, str, str, str, str]
"""Cells of a row, in the order of the columns."""


@dataclass(frozen=True, repr=False)
class CodingSheet(TextDisplay):
    """A sheet that was just written."""

    path: Path
    """Its file."""
    claims: tuple[str, ...]
    """Keys of the drawn claims, in the order of the sheet."""
    total: int
    """Claims from which they were drawn."""
    seed: int
    """Seed of the draw."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"file": display_path(self.path), "claims": self.claims, "total": self.total, "seed": self.seed}

    def to_frame(self) -> Any:
        """One row per claim, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame([{"claim": claim} for claim in self.claims])

    def __str__(self) -> str:
        drawn = f"{len(self.claims)} of {self.total} claims, drawn with seed {self.seed}"
        return f"{display_path(self.path)}: {drawn}"


def coding_sheet(
    case: str | Path | None = None,
    *,
    sample: int = 30,
    source: Sequence[str] = (),
    seed: int | str = 1,
    out: str | Path = "coding.csv",
) -> CodingSheet:
    """Write a sheet for a second coder: claims drawn by addressed luck, with passage; kind, quantity, direction blank.

    Args:
        case: Name, file or folder of the scenario; the default case if left out.
        sample: How many claims are drawn; all, if there are no more.
        source: Only claims of these sources.
        seed: Seed of the draw, or `random`.
        out: File to write, CSV or, if its name ends so, XLSX; it must not be there yet.

    Returns:
        Where it is, and what was drawn.

    Raises:
        ScenarioError: something in the case does not fit.
        UsageError: there is nothing to draw from, no such source, or the file is there or cannot be written.
        MissingPartError: the library that writes Excel is not installed.
    """
    if sample < 1:
        raise OptionError("sample", f"must be 1 or more, and is {sample}")
    drawn_by = parse_seed(seed) or 0
    loaded = load_case(find_default_case() if case is None else case)
    for key in source:
        require_known(key, loaded.sources, "source")
    claims = {key: claim for key, claim in loaded.claims.items() if not source or claim.source in source}
    if not claims:
        raise UsageError(f"{loaded.name} has no claims to draw from")
    drawn = tuple(draw_claims(list(claims), sample, drawn_by))
    path = Path(out)
    if path.exists():
        raise UsageError(f"{display_path(path)} is there already and is left as it is; name another file with `out=`")
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"{display_path(path)}: a sheet is a file that ends in {' or '.join(ENDINGS)}")
    _write(path, {key: claims[key] for key in drawn})
    return CodingSheet(path, drawn, len(claims), drawn_by)


def draw_claims(keys: Sequence[str], sample: int, seed: int) -> list[str]:
    """So many of the claims, in an order that depends on the seed and on each key alone."""
    return sorted(keys, key=lambda key: stream_key(seed, key, "coding sheet"))[:sample]


def _write(path: Path, claims: dict[str, Claim]) -> None:
    rows = [(key, claim.place, claim.we_read, "", "", "") for key, claim in claims.items()]
    packed = _pack_workbook(rows) if path.suffix.lower() == WORKBOOK else _pack_csv(rows)
    try:
        make_folder(path.parent)
        with write_file(path) as unfinished:
            unfinished.write_bytes(packed)
    except OSError as error:
        raise UsageError(f"{display_path(path)}: cannot be written ({error.strerror})") from error


def _pack_csv(rows: Sequence[Row]) -> bytes:
    """The sheet as CSV; no text passes for a formula."""
    text = io.StringIO()
    writer = make_csv_writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(map(guard_text, row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _pack_workbook(rows: Sequence[Row]) -> bytes:
    """The sheet as a workbook of Excel; texts are texts there."""
    if find_spec("xlsxwriter") is None:
        remedy = "install it with `pip install 'zopa-simulator[excel]'`, or name a file that ends in .csv"
        raise MissingPartError(f"Excel needs the library xlsxwriter; {remedy}")
    packed = io.BytesIO()
    write_sheet(packed, "coding", COLUMNS, rows, {"kind": KIND_MEANINGS, "direction": DIRECTION_MEANINGS})
    return packed.getvalue()
