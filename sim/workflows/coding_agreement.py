"""Coding agreement: what second coders filled in, set beside the case's own coding."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from analysis.methods.coder_agreement import Agreement, Array, Luck, measure_agreement
from sim.errors import MOST_PRINTED, ErrorCollector, Problem, UsageError, display_path, suggest
from sim.loading.discovery import find_default_case
from sim.loading.loader import list_views, load_case
from sim.loading.tables.grid import Grid, read_grid
from sim.model.random_streams import hash_next, hash_run, stream_key, uniform
from sim.schema.loaded_case import LoadedCase
from sim.schema.quantity import Quantity, Weights, find_quantities
from sim.workflows.coding_sheet import COLUMNS
from sim.workflows.display import TextDisplay, make_frame
from sim.workflows.source_view.coding_desk import DIRECTIONS, KINDS

KIND, DIRECTION = "kind", "direction"
MOST_ROWS = 20_000
"""Rows of a sheet that are read, at most; a case has some hundreds of claims."""

Hint = Callable[[str, Iterable[str]], str]
"""Says which names are near to one that is not known."""

UNMOVED = "none"
"""Direction of a quantity that a coder does not name under a claim."""
NO_DIRECTIONS = "names no quantity, so that it is compared on kinds and on no direction"
"""What is said of a sheet whose coder filled in kinds only."""
CASE = "the case"
"""Name of the coder whose coding the case holds."""


@dataclass(frozen=True)
class Coding:
    """What one coder says."""

    coder: str
    """Who: the file, or the case."""
    kinds: Mapping[str, str]
    """Kind of every coded claim."""
    directions: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Which way a claim moves a quantity, by claim and place."""


@dataclass(frozen=True)
class Disagreement:
    """One unit on which coders differ."""

    about: str
    """Kind or direction."""
    unit: str
    """The claim, for a direction with the quantity."""
    answers: tuple[tuple[str, str], ...]
    """Coder and answer."""


@dataclass(frozen=True, repr=False)
class CodingAgreement(TextDisplay):
    """How far coders agree, and where they do not."""

    scenario: str
    """Name of the case."""
    coders: tuple[str, ...]
    """Who coded, the case first."""
    agreement: Mapping[str, Agreement]
    """Agreement on the kind of claims, and on directions if a coder names any."""
    differing: tuple[Disagreement, ...]
    """Where they differ."""
    notes: tuple[str, ...] = ()
    """What was recognised in reading the sheets."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "scenario": self.scenario,
            "coders": self.coders,
            "agreement": {about: vars(one) for about, one in self.agreement.items()},
            "differing": [{"about": one.about, "unit": one.unit, **dict(one.answers)} for one in self.differing],
        }

    def to_frame(self) -> Any:
        """One row per differing unit, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(self.as_json()["differing"])

    def __str__(self) -> str:
        lines = [f"{self.scenario}: {', '.join(self.coders)}"]
        for about, one in self.agreement.items():
            lines.append(f"{about}: {one.same} of {one.units} alike; {_format('kappa', one.kappa, one.kappa_interval)}")
            lines[-1] += f"; {_format('alpha', one.alpha, one.alpha_interval)}"
        lines += ["", f"{len(self.differing)} differ:"] if self.differing else []
        for row in self.differing:
            lines.append(f"  {row.about}, {row.unit}: {', '.join(f'{who} {said}' for who, said in row.answers)}")
        return "\n".join(lines)


def _format(name: str, value: float | None, interval: tuple[float, float] | None) -> str:
    if value is None:
        return f"{name} not defined"
    return f"{name} {value:.2f}" + (f" ({interval[0]:.2f} to {interval[1]:.2f})" if interval else "")


def coding_agreement(sheets: Sequence[str | Path], case: str | Path | None = None) -> CodingAgreement:
    """Say how far second coders agree with the case and with one another: kappa, alpha, and where they differ.

    Args:
        sheets: Filled-in sheets: CSV, TSV or XLSX, whatever separator and encoding; one for each coder.
        case: Name, file or folder of the scenario; the default case if left out.

    Returns:
        Agreement on the kind of claims, and on directions: for a claim and a quantity that any coder names, up, down,
        both, or none where a coder does not name it. A sheet without any quantity is compared on kinds alone. Kappa is
        for two coders, alpha for any number; 95% intervals.

    Raises:
        ScenarioError: a sheet names unknown claims or quantities, or lacks cells; every mistake at once.
        UsageError: no sheet is given, or one twice.
    """
    if not sheets:
        raise UsageError("name at least one filled-in sheet")
    loaded = load_case(find_default_case() if case is None else case)
    known = {name for name, _ in find_quantities(loaded.scenario)}
    names, notes = [display_path(Path(sheet)) for sheet in sheets], list[str]()
    if len({*names}) < len(names):
        raise UsageError("one sheet is named twice; name each coder's sheet once")
    seen, codings = ErrorCollector(), list[Coding]()
    for sheet, name in zip(sheets, names, strict=True):
        grid = seen.attempt(lambda path=Path(sheet): read_grid(path), None)  # type: ignore[misc]
        if grid is not None:
            notes += [f"{name}: {note}" for note in grid.notes]
            codings.append(_read_sheet(grid, name, loaded, known, seen))
    seen.stop_if_any()
    claims = [key for key in loaded.claims if any(key in one.kinds for one in codings)]
    return _compare(loaded.name, [_read_case(loaded, claims), *codings], tuple(notes))


def _read_case(case: LoadedCase, claims: Sequence[str]) -> Coding:
    """The coding that the case holds: kinds of its claims, and what its views move because of them."""
    wanted, directions = {*claims}, dict[tuple[str, str], str]()
    base = dict(find_quantities(case.scenario))
    for view in list_views(case.path):
        for place, quantity in find_quantities(load_case(case.path, view=view).scenario):
            for key in wanted & {*quantity.because} if quantity != base.get(place) else ():
                moved = _find_direction(base[place], quantity)
                before = directions.get((key, place), moved)
                directions[key, place] = moved if before == moved else "both"
    return Coding(CASE, {key: case.claims[key].kind for key in claims}, directions)


def _find_direction(base: Quantity | Weights, moved: Quantity | Weights) -> str:
    """Which way the middle of a quantity moves; weights move both ways."""
    if isinstance(base, Weights) or isinstance(moved, Weights) or moved.middle == base.middle:
        return "both"
    return "up" if moved.middle > base.middle else "down"


def _read_sheet(grid: Grid, name: str, case: LoadedCase, known: set[str], seen: ErrorCollector) -> Coding:
    """What a coder filled in; mistakes go to the collector."""
    head = {cell.casefold(): number for number, cell in enumerate(grid.rows[0])}
    if missing := [column for column in COLUMNS if column not in (*head, "passage", "we_read")]:
        remedy = f"let its first line name the columns {', '.join(COLUMNS)}"
        seen.problems.append(Problem(grid.file, grid.lines[0], f"no column {', '.join(missing)}", remedy))
        return Coding(name, {})
    if len(grid.rows) > MOST_ROWS:
        text = f"{len(grid.rows):,} rows are no sheet of a coder; at most {MOST_ROWS:,} are read"
        seen.problems.append(Problem(grid.file, grid.lines[0], text))
        return Coding(name, {})
    kinds, directions = dict[str, str](), dict[tuple[str, str], str]()
    for row, line in zip(grid.rows[1:], grid.lines[1:], strict=True):
        cells = {column: row[at] if at < len(row) else "" for column, at in head.items()}
        claim, kind = cells["claim"], cells[KIND].casefold()
        quantity, direction = cells["quantity"], cells[DIRECTION].casefold()
        hint = suggest if len(seen.problems) < MOST_PRINTED else _give_none  # of what is only counted, none is read
        wrong = _find_wrong(claim, kind, quantity, direction, case, known, said=claim in kinds, hint=hint)
        wrong += _find_contradicted(kinds.get(claim), kind, directions.get((claim, quantity)), direction)
        if wrong:
            seen.problems += [Problem(grid.file, line, text) for text in wrong]
            continue
        kinds.setdefault(claim, kind)
        if quantity:
            directions[claim, quantity] = direction
    if len(grid.rows) == 1:
        seen.problems.append(Problem(grid.file, grid.lines[0], "no row is filled in below the first line"))
    return Coding(name, kinds, directions)


def _find_contradicted(kind_before: str | None, kind: str, moved_before: str | None, direction: str) -> list[str]:
    """Where a row says something else of a claim than a row above."""
    pairs = {KIND: (kind_before, kind), DIRECTION: (moved_before, direction)}
    return [
        f"{about} is {now} here and {before} in a row above; a coder says one of them"
        for about, (before, now) in pairs.items()
        if before and now and before != now
    ]


def _give_none(_: str, __: Iterable[str]) -> str:
    return ""


def _find_wrong(
    claim: str, kind: str, quantity: str, direction: str, case: LoadedCase, known: set[str], *, said: bool, hint: Hint
) -> list[str]:
    """What is wrong with a row of a sheet."""
    found = []
    if claim not in case.claims:
        found.append(f"there is no claim {claim!r}; {hint(claim, case.claims)}" if claim else "claim is missing")
    if not kind and not said:
        found.append(f"kind is missing; write one of {', '.join(KINDS)}, or take the row away")
    elif kind and kind not in KINDS:
        found.append(f"there is no kind {kind!r}; write one of {', '.join(KINDS)}")
    if quantity and quantity not in known:
        found.append(f"there is no quantity {quantity!r}; {hint(quantity, known)}")
    if bool(quantity) != bool(direction):
        found.append(f"{'direction' if quantity else 'quantity'} is missing; fill in both or neither")
    elif direction and direction not in DIRECTIONS:
        found.append(f"there is no direction {direction!r}; write up, down or both")
    return found


def _compare(name: str, codings: Sequence[Coding], notes: tuple[str, ...]) -> CodingAgreement:
    """Agreement of coders on kinds and directions."""
    claims = [key for key in codings[0].kinds]
    moved = sorted({unit for one in codings for unit in one.directions})
    kinds = [[one.kinds.get(claim) for claim in claims] for one in codings]
    directions = [
        [one.directions.get(unit, UNMOVED) if one.directions and unit[0] in one.kinds else None for unit in moved]
        for one in codings
    ]
    coders = tuple(one.coder for one in codings)
    differing = [
        *_list_differing(KIND, claims, kinds, coders),
        *_list_differing(DIRECTION, [f"{claim} {place}" for claim, place in moved], directions, coders),
    ]
    agreement = {KIND: measure_agreement(kinds, make_luck(KIND))}
    if any(one.directions for one in codings[1:]):
        agreement[DIRECTION] = measure_agreement(directions, make_luck(DIRECTION))
    notes += tuple(f"{one.coder}: {NO_DIRECTIONS}" for one in codings[1:] if not one.directions)
    return CodingAgreement(name, coders, agreement, tuple(differing), notes)


def make_luck(what: str, seed: int = 1) -> Luck:
    """Addressed luck for the resampling of units: the same numbers for the same name and seed."""

    def draw(rows: int, columns: int) -> Array:
        runs = np.arange(rows, dtype=np.uint64)[:, None]
        drawn: Array = uniform(
            hash_next(hash_run(np.uint64(stream_key(seed, "coders", what)), runs), np.arange(columns))
        )
        return drawn

    return draw


def _list_differing(
    about: str, units: Sequence[str], answers: Sequence[Sequence[str | None]], coders: tuple[str, ...]
) -> list[Disagreement]:
    """Units on which the coders who coded them differ."""
    rows = zip(units, zip(*answers, strict=True), strict=True)
    said = [
        (unit, tuple((who, one) for who, one in zip(coders, row, strict=True) if one is not None)) for unit, row in rows
    ]
    return [Disagreement(about, unit, row) for unit, row in said if len({one for _, one in row}) > 1]
