"""Menu: which contents, besides the named ones, belong on the table of a scenario?"""

from typing import Annotated

import typer

from sim.commands.options import AsJson, CaseName, Changes, Quiet, Seed, default_case, seed_of, within
from sim.commands.speech import note, result, result_json


def menu(
    case: CaseName = None,
    draws: Annotated[int, typer.Option("--draws", help="Draws over which the best contents are counted.")] = 1000,
    rows: Annotated[int, typer.Option("--rows", help="Rows to print.")] = 20,
    seed: Seed = None,
    changes: Changes = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Make the rows of `menu.nash`: contents that are most often the best Nash package in the widest view."""
    within("--draws", draws, 1, 1_000_000)
    within("--rows", rows, 1, 1000)
    from sim.ensemble.menu import nash_menu
    from sim.spec.load import available_lenses, load_case

    name = case or default_case()
    lens = next(iter(available_lenses(name)), None)
    loaded = load_case(name, lens=lens, changes=changes or [])
    chosen = seed_of(seed, loaded.scenario.defaults.seed)
    note(f"{loaded.title}, {lens or 'as written'}, {draws:,} draws, seed {chosen}", quiet=quiet)
    found = nash_menu(loaded.scenario, chosen, draws, rows)
    if as_json:
        result_json({"scenario": loaded.name, "lens": lens, "seed": chosen, "draws": draws, "nash": list(found)})
        return
    result("menu:")
    result("  nash:" if found else "  nash: []")
    for row in found:
        result(f"    - {row}")
