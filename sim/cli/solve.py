"""Solve: what would theories of bargaining choose among the packages of a scenario?"""

from typing import Annotated

import typer

from sim.cli.console import print_json, print_result
from sim.cli.options import AnswersOption, AsJson, CaseOrTable, Changes, Lang, Page, ViewName
from sim.errors import display_path

Parties = Annotated[
    list[str] | None,
    typer.Option(
        "--party",
        metavar="ACTOR",
        help="A party that bargains, the first proposer first; several times. Left out: all who have a say.",
    ),
]
Agreements = Annotated[
    list[str] | None,
    typer.Option(
        "--agreement",
        metavar="PACKAGE",
        help="An agreement whose distance from the solutions is printed: the key of a package as --json prints it, "
        "`none`, or one worth for each party with commas between them; several times.",
    ),
]
Every = Annotated[bool, typer.Option("--every", help="All terms that options allow, not only those on the menu.")]


def solve(
    case: CaseOrTable = None,
    view: ViewName = None,
    party: Parties = None,
    agreement: Agreements = None,
    every: Every = False,
    changes: Changes = None,
    answers: AnswersOption = None,
    to: Page = None,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """Say which packages theories of bargaining choose, and how far agreements are from them."""
    from sim.workflows.solve import solve

    found = solve(
        case,
        view=view,
        party=party or (),
        agreement=agreement or (),
        every=every,
        changes=changes or (),
        answers=answers or (),
        to=to,
        lang=lang,
    )
    if as_json:
        print_json(found.as_json())
        return
    print_result(str(found))
    if found.page is not None:
        print_result(f"Page: {display_path(found.page)}")
