"""Coding: sheets of claims for second coders, and how far those who filled them in agree."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.command_group import CommandGroup
from sim.cli.console import print_json, print_note, print_notes, print_result

coding = typer.Typer(
    cls=CommandGroup,
    help="Let others code the claims: `sheet` draws claims into a table, `agreement` compares what coders filled in.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Sample = Annotated[int, typer.Option("--sample", metavar="N", help="How many claims are drawn.")]
Source = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="KEY", help="Only claims of this source; several times for more."),
]
SeedOption = Annotated[str, typer.Option("--seed", metavar="N", help="Seed of the draw, or `random`.")]
OutFile = Annotated[Path, typer.Option("--out", metavar="FILE", help="The sheet (CSV or XLSX); must not be there yet.")]
Sheets = Annotated[
    list[Path], typer.Argument(metavar="SHEET...", help="Filled-in sheets (CSV, TSV or XLSX), one for each coder.")
]


@coding.command("sheet")
def coding_sheet(
    case: options.CaseName = None,
    sample: Sample = 30,
    source: Source = None,
    seed: SeedOption = "1",
    out: OutFile = Path("coding.csv"),
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Draw claims into a table for a second coder; kind, quantity and direction are blank."""
    from sim.schema.claim import KIND_MEANINGS
    from sim.workflows.coding_sheet import DIRECTION_MEANINGS, coding_sheet

    found = coding_sheet(case, sample=sample, source=source or (), seed=seed, out=out)
    if as_json:
        print_json(found.as_json())
        return
    print_result(str(found))
    kinds = "; ".join(f"{kind} ({means})" for kind, means in KIND_MEANINGS.items())
    print_note(f"Kinds to fill in: {kinds}. Directions: {', '.join(DIRECTION_MEANINGS)}.", quiet=quiet)
    print_note(
        "A claim that moves several quantities takes a row for each; one that moves none leaves both cells empty.",
        quiet=quiet,
    )


@coding.command("agreement")
def coding_agreement(
    sheets: Sheets, case: options.CaseOption = None, as_json: options.AsJson = False, quiet: options.Quiet = False
) -> None:
    """Compare filled-in sheets with the case: Cohen's kappa, Krippendorff's alpha, and where coders differ."""
    from sim.workflows.coding_agreement import coding_agreement

    found = coding_agreement(sheets, case)
    if as_json:
        print_json(found.as_json())
    else:
        print_result(str(found))
    print_notes(found.notes, quiet=quiet)
