"""Coverage: what became of everything that the texts of a case say?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.commands.options import AsJson, CaseName, Quiet, default_case
from sim.commands.speech import WrongUse, note, page, result, result_json

if TYPE_CHECKING:
    from sim.evidence.claim import Claim
    from sim.spec.entries import Account, Accounts

AUTHOR = "the author of the text"
HEAD = ("", "rows", "in the model", "in the history only", "told apart only", "not used, with a reason", "left out")
COUNTS = ("rows", "in_the_model", "only_in_history", "only_told", "with_a_reason", "left_out")
Ids = Annotated[bool, typer.Option("--ids", help="Also list every row: what uses it, or why nothing does.")]


def coverage(case: CaseName = None, ids: Ids = False, as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Count the rows of what the texts say: used by what, listed with a reason, or left out (exit code 3)."""
    from sim.spec.entries import accounts_of
    from sim.spec.mistake import ScenarioError

    name = case or default_case()
    accounts = accounts_of(name, known_places())
    if accounts is None:
        raise WrongUse(f"{name} keeps no list of what its texts say (a folder `entries` beside the scenario)")
    if as_json:
        result_json({"scenario": name} | _as_json(accounts, ids))
    else:
        _show(accounts, ids)
        note("A row may be used by several things. `zopa cite ID` shows a claim and what rests on it.", quiet=quiet)
    if accounts.mistakes:
        raise ScenarioError(accounts.mistakes)


def known_places() -> dict[str, set[str]]:
    """Names that a row may give and no case holds: files of rules, and columns of the results."""
    import sim.rules
    from analysis.questions.tags import COUNTS
    from sim.rules.week.record import BOOKED, COUNTED

    folder = Path(next(iter(sim.rules.__path__)))
    files = (path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py") if path.stem != "__init__")
    return {"rules": {".".join(file.parts) for file in files}, "tags": {*COUNTS, *COUNTED, *BOOKED}}


def _counted(accounts: "Accounts", kind: str) -> dict[str, Any]:
    """The counts of one list."""
    from sim.spec.uses import BY

    rows = [row for row in accounts.rows if row.kind == kind]
    by = Counter(name for row in rows for name in {use.by for use in row.uses})
    return {
        "rows": len(rows),
        "in_the_model": sum(1 for row in rows if row.user),
        "only_in_history": sum(1 for row in rows if row.is_only_in_history),
        "used_by": {name: by[name] for name in BY},
        "only_told": sum(1 for row in rows if row.is_only_told),
        "with_a_reason": sum(1 for row in rows if row.user is None and row.entry.not_used),
        "left_out": sum(1 for row in rows if row.is_left_out),
    }


def _sides(accounts: "Accounts") -> dict[str, int]:
    """How many contradictions have a switch, and how many say why they make no difference."""
    told = sum(1 for contradiction in accounts.sides.values() if contradiction.no_difference)
    return {"all": len(accounts.sides), "with_a_switch": len(accounts.sides) - told, "without_effect": told}


def _claims(accounts: "Accounts") -> dict[str, Any]:
    """How many claims there are, by source, kind and speaker."""
    claims = accounts.claims.values()
    return {
        "all": len(accounts.claims),
        "unused": list(accounts.unused_claims),
        "by_source": _most(claim.source for claim in claims),
        "by_kind": _most(claim.kind for claim in claims),
        "by_speaker": {source: _speakers(claims, source) for source in dict.fromkeys(c.source for c in claims)},
    }


def _speakers(claims: "Iterable[Claim]", source: str) -> dict[str, int]:
    return _most(claim.speaker or AUTHOR for claim in claims if claim.source == source)


def _most(names: Iterable[str]) -> dict[str, int]:
    """How often each name occurs, the most frequent first."""
    return dict(Counter(names).most_common())


def _as_json(accounts: "Accounts", ids: bool) -> dict[str, Any]:
    """The counts as plain data, with every row if it was asked for."""
    data: dict[str, Any] = {
        "kinds": {kind: _counted(accounts, kind) for kind in accounts.kinds},
        "contradictions": _sides(accounts),
        "claims": _claims(accounts),
        "mistakes": [{"file": m.file, "line": m.line, "text": m.text, "remedy": m.remedy} for m in accounts.mistakes],
    }
    return data | ({"rows": {row.key: _row(row) for row in accounts.rows}} if ids else {})


def _row(row: "Account") -> dict[str, Any]:
    return {
        "kind": row.kind,
        "gist": row.entry.gist,
        "passages": [f"{passage.source} ¶{passage.at}" for passage in row.entry.passages],
        "claims": list(row.claims),
        "uses": [{"by": use.by, "where": use.where} for use in row.uses],
        "not_used": row.entry.not_used,
    }


def _show(accounts: "Accounts", ids: bool) -> None:
    """The counts as tables, then every row if it was asked for."""
    counts = {kind: _counted(accounts, kind) for kind in accounts.kinds}
    _table(HEAD, (_totals(kind, row) for kind, row in counts.items()))
    result("")
    for kind, row in counts.items():
        by = ", ".join(f"{name} {count}" for name, count in row["used_by"].items() if count)
        result(f"{kind} used by: {by or 'nothing'}")
    sides = _sides(accounts)
    if sides["all"]:
        why = f"{sides['without_effect']} say why they make no difference"
        result(f"\n{sides['all']} questions in contradictions.yaml: {sides['with_a_switch']} with a switch, {why}")
    claims = _claims(accounts)
    unused = f"; {len(claims['unused'])} are used by nothing" if claims["unused"] else ""
    result(f"\n{claims['all']} claims{unused}")
    result(f"by kind: {_listed(claims['by_kind'])}")
    for source, count in claims["by_source"].items():
        result(f"{source}: {count} ({_listed(claims['by_speaker'][source])})")
    for account in accounts.rows if ids else ():
        result("\n".join(_told(account)))


def _totals(kind: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    return (kind, *(str(row[key]) for key in COUNTS))


def _listed(counts: Mapping[str, int]) -> str:
    return "; ".join(f"{name}: {count}" for name, count in counts.items())


def _told(row: "Account") -> Iterator[str]:
    """One row: what it says, what uses it or why nothing does."""
    yield f"\n{row.key}: {row.entry.gist} ({'; '.join(f'{one.source} ¶{one.at}' for one in row.entry.passages)})"
    for use in row.uses:
        yield f"  {use.by}: {use.where}"
    if row.claims:
        yield f"  claims: {', '.join(row.claims)}"
    if row.entry.not_used:
        yield f"  not used: {row.entry.not_used}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, name in enumerate(head):
        table.add_column(name, justify="right" if number else "left")
    for row in rows:
        table.add_row(*row)
    page().print(table)
