"""Cite: what stands behind a number, an actor, a lever, a source view, a claim or a text?"""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.console import print_json, print_note, print_result
from sim.cli.options import AsJson, complete_case, use_option_names

What = Annotated[
    str,
    typer.Argument(
        metavar="WHAT",
        help="A place such as contest.noise or levers, an actor, a lever, a source view, a claim, a source, the id of "
        "a row of `zopa coverage --ids`, a passage such as lund-2032:4 (what rests on it?), or unused-claims.",
        show_default=False,
    ),
]
CaseOption = Annotated[
    str | None,
    typer.Option("--case", help="The scenario; left out: the default case.", autocompletion=complete_case),
]


TextsFolder = Annotated[
    Path | None,
    typer.Option(
        "--texts",
        metavar="FOLDER",
        help="A folder with the original texts: the cited paragraphs are printed under each reading.",
        show_default=False,
    ),
]


def cite(what: What, case: CaseOption = None, texts: TextsFolder = None, as_json: AsJson = False) -> None:
    """Say what a number, an actor, a lever or a source view rests on: claims with paragraph, or our assumption."""
    from sim.workflows.cite import cite as find_citations

    found = find_citations(what, case, texts=texts)
    if as_json:
        print_json(found.as_json())
    else:
        print_result(use_option_names(str(found)))
    for text in found.find_differing_texts():
        print_note(f"note: {text}")
