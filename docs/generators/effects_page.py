"""The page of expected effects: what each author says that levers do, beside what the model makes of it.

`python -m docs.generators.effects_page` writes EFFECTS.md of the flagship. It plays some hundred thousand runs, which
takes a minute or two, so it is not among the pages that a test compares; tests/statistical plays the same runs.
"""

from collections.abc import Collection, Iterable

from analysis.methods.expected_effects import AGAIN, MeasuredEffect, tabulate_effects
from sim.loading.discovery import find_default_case
from sim.loading.loader import load_case
from sim.workflows.effects import effects

DRAWS = 16384
HORIZON = 52
SHARES = ("expected", "without", "with", "difference (error)")
INPUTS = ("first_flow_cost",)
STATES = ("first_reservation", "first_hardening")
HEAD = ("author", "lever or event", "what it moves", *SHARES, "occurs", "counts")


def measure_case(case: str) -> tuple[MeasuredEffect, ...]:
    """All expected effects of a case."""
    return effects(case, draws=DRAWS, horizon=HORIZON).effects


def effects_markdown(measured: Iterable[MeasuredEffect]) -> str:
    """The page."""
    measured = tuple(measured)
    rows = tabulate_effects(measured, {})
    again = sum(one.found.draws > DRAWS for one in measured)
    lines = [
        "# What authors say that levers do, and what the model makes of it",
        "",
        f"Written by `python -m docs.generators.effects_page`. {DRAWS:,} draws with and without each lever, same",
        f"luck, {HORIZON} weeks, each under its author's assumptions; `expects` in `views/` has the claims.",
        "`zopa effects` asks the same of any case.",
        "Where an author is silent, there is no row. When an effect occurs: `analysis/methods/expected_effects.py`. It",
        "counts if it is as large as a reader would see, too: 2 points of a share, a tenth of a mean; one of none",
        f"counts if it surely stays within. {_count(rows, -2)} of {len(rows)} occur, {_count(rows, -1)} count.",
        f"{again} row of none, of which {DRAWS:,} draws cannot tell, has {AGAIN * DRAWS:,}."
        if again == 1
        else f"{again} rows of none, of which {DRAWS:,} draws cannot tell, have {AGAIN * DRAWS:,}.",
        "Shares from 0 to 1 (`in-force`, `signed`, `clash`); else means of columns of the table of runs.",
        "No number is set by this table.",
        f"{_count_moves(rows, INPUTS)} rows are about what a lever itself is given ({', '.join(INPUTS)}) and occur by",
        f"construction, {_count_moves(rows, STATES)} about a side's own state ({', '.join(STATES)}),",
        f"the others about what happens. Only a treaty first cannot be in force within {HORIZON} weeks: that row",
        "cannot fail.",
        "",
        f"| {' | '.join(HEAD)} |",
        f"|{' --- |' * len(HEAD)}",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _count(rows: Iterable[tuple[str, ...]], column: int) -> int:
    return sum(row[column] == "yes" for row in rows)


def _count_moves(rows: Iterable[tuple[str, ...]], moves: Collection[str]) -> int:
    return sum(row[2] in moves for row in rows)


if __name__ == "__main__":
    default = find_default_case()
    page = load_case(default).path.with_name("EFFECTS.md")
    page.write_text(effects_markdown(measure_case(default)), encoding="utf-8", newline="\n")
