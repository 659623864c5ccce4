"""Coverage: what became of everything that the texts of a case say?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console import make_console, print_json, print_note, print_result
from sim.cli.options import AsJson, CaseName, Quiet, find_default_case

if TYPE_CHECKING:
    from sim.evidence.coverage import RegisterUse, RowUse

AUTHOR = "the author of the text"
HEAD = ("", "rows", "in the model", "in the history only", "told apart only", "not used, with a reason", "left out")
COUNTS = ("rows", "in_the_model", "only_in_history", "only_told", "with_a_reason", "left_out")
Ids = Annotated[bool, typer.Option("--ids", help="Also list every row: what uses it, or why nothing does.")]


def coverage(case: CaseName = None, ids: Ids = False, as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Count the rows of what the texts say: used by what, listed with a reason, or left out (exit code 3)."""
    from sim.errors import ScenarioError
    from sim.workflows.coverage import coverage_as_json, find_coverage

    name = case or find_default_case()
    accounts = find_coverage(name)
    if as_json:
        print_json({"scenario": name} | coverage_as_json(accounts, ids=ids))
    else:
        _show(accounts, ids)
        print_note(
            "A row may be used by several things. `zopa cite ID` shows a claim and what rests on it.", quiet=quiet
        )
    if accounts.problems:
        raise ScenarioError(accounts.problems)


def _show(accounts: "RegisterUse", ids: bool) -> None:
    """The counts as tables, then every row if it was asked for."""
    from sim.workflows.coverage import count_claims, count_kind, count_sides

    counts = {kind: count_kind(accounts, kind) for kind in accounts.kinds}
    _make_table(HEAD, (_count_totals(kind, row) for kind, row in counts.items()))
    print_result("")
    for kind, row in counts.items():
        by = ", ".join(f"{name} {count}" for name, count in row["used_by"].items() if count)
        print_result(f"{kind} used by: {by or 'nothing'}")
    sides = count_sides(accounts)
    if sides["all"]:
        why = f"{sides['without_effect']} say why they make no difference"
        print_result(
            f"\n{sides['all']} questions in contradictions.yaml: {sides['with_a_switch']} with a switch, {why}"
        )
    claims = count_claims(accounts)
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
