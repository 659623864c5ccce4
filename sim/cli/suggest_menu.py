"""Menu: which contents, besides the named ones, belong on the table of a scenario?"""

from typing import Annotated

import typer

from sim.cli.console import print_json, print_note, print_result
from sim.cli.options import AsJson, CaseName, Changes, Quiet, Seed, check_range, find_default_case, parse_seed


def suggest_menu(
    case: CaseName = None,
    draws: Annotated[int, typer.Option("--draws", help="Draws over which the best contents are counted.")] = 1000,
    rows: Annotated[int, typer.Option("--rows", help="Rows to print.")] = 20,
    seed: Seed = None,
    changes: Changes = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Make the rows of `menu.nash`: contents that are most often the best Nash package in the widest view."""
    check_range("--draws", draws, 1, 1_000_000)
    check_range("--rows", rows, 1, 1000)
    from sim.experiments.nash_menu import suggest_menu
    from sim.loading.loader import list_views, load_case

    name = case or find_default_case()
    view = next(iter(list_views(name)), None)
    loaded = load_case(name, view=view, changes=changes or [])
    chosen = parse_seed(seed, loaded.scenario.defaults.seed)
    print_note(f"{loaded.title}, {view or 'as written'}, {draws:,} draws, seed {chosen}", quiet=quiet)
    found = suggest_menu(loaded.scenario, chosen, draws, rows)
    if as_json:
        print_json({"scenario": loaded.name, "view": view, "seed": chosen, "draws": draws, "nash": list(found)})
        return
    print_result("menu:")
    print_result("  nash:" if found else "  nash: []")
    for row in found:
        print_result(f"    - {row}")
