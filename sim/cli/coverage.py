"""Coverage: what became of everything that the texts of a case say?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console import make_console, print_json, print_note, print_result
from sim.cli.options import AsJson, CaseName, Quiet, find_default_case
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.evidence.coverage import RegisterUse, RowUse
    from sim.schema.claim import Claim

AUTHOR = "the author of the text"
HEAD = ("", "rows", "in the model", "in the history only", "told apart only", "not used, with a reason", "left out")
COUNTS = ("rows", "in_the_model", "only_in_history", "only_told", "with_a_reason", "left_out")
Ids = Annotated[bool, typer.Option("--ids", help="Also list every row: what uses it, or why nothing does.")]


def coverage(case: CaseName = None, ids: Ids = False, as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Count the rows of what the texts say: used by what, listed with a reason, or left out (exit code 3)."""
    from sim.errors import ScenarioError
    from sim.evidence.coverage import find_register_use

    name = case or find_default_case()
    accounts = find_register_use(name, list_known_places())
    if accounts is None:
        raise UsageError(f"{name} keeps no list of what its texts say (a folder `entries` beside the scenario)")
    if as_json:
        print_json({"scenario": name} | _to_json(accounts, ids))
    else:
        _show(accounts, ids)
        print_note(
            "A row may be used by several things. `zopa cite ID` shows a claim and what rests on it.", quiet=quiet
        )
    if accounts.problems:
        raise ScenarioError(accounts.problems)


def list_known_places() -> dict[str, set[str]]:
    """Names that a row may give and no case holds: files of rules, and columns of the results."""
    import sim.rules
    from analysis.methods.event_shares import EVENT_COUNTS
    from sim.rules.week import BOOKED, COUNTED

    folder = Path(next(iter(sim.rules.__path__)))
    files = (path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py") if path.stem != "__init__")
    return {"rules": {".".join(file.parts) for file in files}, "tags": {*EVENT_COUNTS, *COUNTED, *BOOKED}}


def _count(accounts: "RegisterUse", kind: str) -> dict[str, Any]:
    """The counts of one list."""
    from sim.evidence.usage import KINDS

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


def _count_sides(accounts: "RegisterUse") -> dict[str, int]:
    """How many contradictions have a switch, and how many say why they make no difference."""
    told = sum(1 for contradiction in accounts.contradictions.values() if contradiction.no_difference)
    return {
        "all": len(accounts.contradictions),
        "with_a_switch": len(accounts.contradictions) - told,
        "without_effect": told,
    }


def _count_claims(accounts: "RegisterUse") -> dict[str, Any]:
    """How many claims there are, by source, kind and speaker."""
    claims = accounts.claims.values()
    return {
        "all": len(accounts.claims),
        "unused": list(accounts.unused_claims),
        "by_source": _find_most_used(claim.source for claim in claims),
        "by_kind": _find_most_used(claim.kind for claim in claims),
        "by_speaker": {source: _count_speakers(claims, source) for source in dict.fromkeys(c.source for c in claims)},
    }


def _count_speakers(claims: "Iterable[Claim]", source: str) -> dict[str, int]:
    return _find_most_used(claim.speaker or AUTHOR for claim in claims if claim.source == source)


def _find_most_used(names: Iterable[str]) -> dict[str, int]:
    """How often each name occurs, the most frequent first."""
    return dict(Counter(names).most_common())


def _to_json(accounts: "RegisterUse", ids: bool) -> dict[str, Any]:
    """The counts as plain data, with every row if it was asked for."""
    data: dict[str, Any] = {
        "kinds": {kind: _count(accounts, kind) for kind in accounts.kinds},
        "contradictions": _count_sides(accounts),
        "claims": _count_claims(accounts),
        "mistakes": [{"file": m.file, "line": m.line, "text": m.text, "remedy": m.remedy} for m in accounts.problems],
    }
    return data | ({"rows": {row.key: _make_row(row) for row in accounts.rows}} if ids else {})


def _make_row(row: "RowUse") -> dict[str, Any]:
    return {
        "kind": row.kind,
        "gist": row.evidence.gist,
        "passages": [f"{passage.source} ¶{passage.at}" for passage in row.evidence.passages],
        "claims": list(row.claims),
        "uses": [{"by": use.kind, "where": use.where} for use in row.citations],
        "not_used": row.evidence.not_used,
    }


def _show(accounts: "RegisterUse", ids: bool) -> None:
    """The counts as tables, then every row if it was asked for."""
    counts = {kind: _count(accounts, kind) for kind in accounts.kinds}
    _make_table(HEAD, (_count_totals(kind, row) for kind, row in counts.items()))
    print_result("")
    for kind, row in counts.items():
        by = ", ".join(f"{name} {count}" for name, count in row["used_by"].items() if count)
        print_result(f"{kind} used by: {by or 'nothing'}")
    sides = _count_sides(accounts)
    if sides["all"]:
        why = f"{sides['without_effect']} say why they make no difference"
        print_result(
            f"\n{sides['all']} questions in contradictions.yaml: {sides['with_a_switch']} with a switch, {why}"
        )
    claims = _count_claims(accounts)
    unused = f"; {len(claims['unused'])} are used by nothing" if claims["unused"] else ""
    print_result(f"\n{claims['all']} claims{unused}")
    print_result(f"by kind: {_list_rows(claims['by_kind'])}")
    for source, count in claims["by_source"].items():
        print_result(f"{source}: {count} ({_list_rows(claims['by_speaker'][source])})")
    for account in accounts.rows if ids else ():
        print_result("\n".join(_format_rows(account)))


def _count_totals(kind: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    return (kind, *(str(row[key]) for key in COUNTS))


def _list_rows(counts: Mapping[str, int]) -> str:
    return "; ".join(f"{name}: {count}" for name, count in counts.items())


def _format_rows(row: "RowUse") -> Iterator[str]:
    """One row: what it says, what uses it or why nothing does."""
    yield f"\n{row.key}: {row.evidence.gist} ({'; '.join(f'{one.source} ¶{one.at}' for one in row.evidence.passages)})"
    for use in row.citations:
        yield f"  {use.kind}: {use.where}"
    if row.claims:
        yield f"  claims: {', '.join(row.claims)}"
    if row.evidence.not_used:
        yield f"  not used: {row.evidence.not_used}"


def _make_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, name in enumerate(head):
        table.add_column(name, justify="right" if number else "left")
    for row in rows:
        table.add_row(*row)
    make_console().print(table)
