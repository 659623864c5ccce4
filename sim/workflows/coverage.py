"""Coverage: what the texts say, what the model does with it, and what is left out with a reason."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sim.rules
from analysis.methods.event_shares import EVENT_COUNTS
from sim.errors import Problem, ScenarioError, UsageError
from sim.evidence.coverage import RegisterUse, RowUse, find_register_use
from sim.evidence.usage import KINDS
from sim.loading.discovery import find_default_case
from sim.rules.week import EVENT_TALLIES, MOVE_TALLIES
from sim.schema.claim import Claim
from sim.workflows.display import TableDisplay, TextTable, make_frame

AUTHOR = "the author of the text"


HEAD = ("", "rows", "in the model", "in the history only", "told apart only", "not used, with a reason", "left out")
COUNTS = ("rows", "in_the_model", "only_in_history", "only_told", "with_a_reason", "left_out")


@dataclass(frozen=True, repr=False)
class Coverage(TableDisplay):
    """What became of everything that the texts of a case say."""

    scenario: str
    """The case that was asked for."""
    use: RegisterUse
    """Every row with what uses it, the contradictions and the claims."""
    ids: bool = False
    """True if every row is wanted beside the counts."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong: rows left out, and names of things that are not there."""
        return tuple(self.use.problems)

    def raise_problems(self) -> None:
        """Stop if anything is wrong.

        Raises:
            ScenarioError: something is; it lists every mistake.
        """
        if self.problems:
            raise ScenarioError(self.problems)

    def as_json(self) -> dict[str, Any]:
        """The counts as plain data, with every row if rows are wanted."""
        rows = {"rows": {row.key: _make_row(row) for row in self.use.rows}} if self.ids else {}
        return {
            "scenario": self.scenario,
            "kinds": {kind: count_kind(self.use, kind) for kind in self.use.kinds},
            "contradictions": count_sides(self.use),
            "claims": count_claims(self.use),
            "mistakes": [asdict(one) for one in self.problems],
            **rows,
        }

    def to_frame(self) -> Any:
        """One row per row of evidence, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame({"id": row.key, **_make_row(row)} for row in self.use.rows)

    def build_text_table(self) -> TextTable:
        """The counts of every list, and below them contradictions, claims and, if wanted, every row."""
        counts = {kind: count_kind(self.use, kind) for kind in self.use.kinds}
        rows = tuple((kind, *(str(found[key]) for key in COUNTS)) for kind, found in counts.items())
        return TextTable((), HEAD, rows, tuple(self.format_details()))

    def format_details(self) -> Iterator[str]:
        """What stands below the table of counts, line by line."""
        for kind in self.use.kinds:
            by = ", ".join(f"{name} {n}" for name, n in count_kind(self.use, kind)["used_by"].items() if n)
            yield f"{kind} used by: {by or 'nothing'}"
        sides = count_sides(self.use)
        if sides["all"]:
            why = f"{sides['without_effect']} say why they make no difference"
            yield from (
                "",
                f"{sides['all']} questions in contradictions.yaml: {sides['with_effect']} with sides to take, {why}",
            )
        claims = count_claims(self.use)
        unused = f"; {len(claims['unused'])} are used by nothing" if claims["unused"] else ""
        yield from ("", f"{claims['all']} claims{unused}", f"by kind: {_list_counts(claims['by_kind'])}")
        for source, count in claims["by_source"].items():
            yield f"{source}: {count} ({_list_counts(claims['by_speaker'][source])})"
        for row in self.use.rows if self.ids else ():
            yield from _format_row(row)


def coverage(case: str | Path | None = None, *, ids: bool = False) -> Coverage:
    """Count the rows of what the texts of a case say: used by what, listed with a reason, or left out.

    Args:
        case: Name, file or folder of the scenario; the default case if left out.
        ids: True to show every row as well.

    Returns:
        The counts, every row with what uses it, and what is wrong.

    Raises:
        ScenarioError: something in the scenario does not fit.
        UsageError: the case keeps no list of what its texts say.
    """
    name = str(find_default_case() if case is None else case)
    found = find_register_use(name, list_known_places())
    if found is None:
        raise UsageError(f"{name} keeps no list of what its texts say (a folder `entries` beside the scenario)")
    return Coverage(name, found, ids)


def _list_counts(counts: Mapping[str, int]) -> str:
    return "; ".join(f"{name}: {count}" for name, count in counts.items())


def _format_row(row: RowUse) -> Iterator[str]:
    """One row: what it says, what uses it or why nothing does."""
    where = "; ".join(one.place for one in row.evidence.passages)
    yield from ("", f"{row.key}: {row.evidence.gist} ({where})")
    yield from (f"  {use.kind}: {use.where}" for use in row.citations)
    if row.claims:
        yield f"  claims: {', '.join(row.claims)}"
    if row.evidence.not_used:
        yield f"  not used: {row.evidence.not_used}"


def list_known_places() -> dict[str, set[str]]:
    """Names that a row may give and no case holds: files of rules, and columns of the results."""
    folder = Path(next(iter(sim.rules.__path__)))
    files = (path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py") if path.stem != "__init__")
    return {"rules": {".".join(file.parts) for file in files}, "tags": {*EVENT_COUNTS, *MOVE_TALLIES, *EVENT_TALLIES}}


def count_kind(accounts: RegisterUse, kind: str) -> dict[str, Any]:
    """The counts of one list."""
    rows = [row for row in accounts.rows if row.kind == kind]
    by = Counter(name for row in rows for name in {use.kind for use in row.citations})
    return {
        "rows": len(rows),
        "in_the_model": sum(1 for row in rows if row.user),
        "only_in_history": sum(1 for row in rows if row.is_only_in_history),
        "used_by": {name: by[name] for name in KINDS},
        "only_told": sum(1 for row in rows if row.is_only_without_effect),
        "with_a_reason": sum(1 for row in rows if row.user is None and row.evidence.not_used),
        "left_out": sum(1 for row in rows if row.is_left_out),
    }


def count_sides(accounts: RegisterUse) -> dict[str, int]:
    """How many contradictions have sides to take, and how many say why they make no difference."""
    told = sum(1 for contradiction in accounts.contradictions.values() if contradiction.no_difference)
    return {
        "all": len(accounts.contradictions),
        "with_effect": len(accounts.contradictions) - told,
        "without_effect": told,
    }


def count_claims(accounts: RegisterUse) -> dict[str, Any]:
    """How many claims there are, by source, kind and speaker."""
    claims = accounts.claims.values()
    return {
        "all": len(accounts.claims),
        "unused": list(accounts.unused_claims),
        "by_source": _find_most_used(claim.source for claim in claims),
        "by_kind": _find_most_used(claim.kind for claim in claims),
        "by_speaker": {source: _count_speakers(claims, source) for source in dict.fromkeys(c.source for c in claims)},
    }


def _count_speakers(claims: Iterable[Claim], source: str) -> dict[str, int]:
    return _find_most_used(claim.speaker or AUTHOR for claim in claims if claim.source == source)


def _find_most_used(names: Iterable[str]) -> dict[str, int]:
    """How often each name occurs, the most frequent first."""
    return dict(Counter(names).most_common())


def _make_row(row: RowUse) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "gist": row.evidence.gist,
        "passages": [passage.place for passage in row.evidence.passages],
        "claims": list(row.claims),
        "uses": [{"by": use.kind, "where": use.where} for use in row.citations],
        "not_used": row.evidence.not_used,
    }
