"""Cite: what stands behind a number, an actor, a lever, a source view, a claim or a text?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import print_json, print_note, print_result
from sim.cli.options import AsJson, complete_case, find_default_case
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.evidence.citation import Cited
    from sim.evidence.source_texts import SourceTexts

What = Annotated[
    str,
    typer.Argument(
        metavar="WHAT",
        help="A place such as contest.noise or levers, an actor, a lever, a source view, a claim, a source, or the "
        "id of a row of `zopa coverage --ids`.",
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
    from sim.errors import suggest
    from sim.evidence.source_texts import SourceTexts, TextError
    from sim.workflows.evidence_search import EvidenceSearch

    evidence = EvidenceSearch.load(case or find_default_case())
    found = evidence.find(what)
    if not found:
        remedy = suggest(what, evidence.find_nearby(what))
        raise UsageError(f"nothing in {evidence.base.name} is called {what!r}; {remedy}")
    originals = SourceTexts(texts, evidence.base.sources) if texts else None
    try:
        if as_json:
            data = {"scenario": evidence.base.name, "what": what, "found": [one.as_json(originals) for one in found]}
            print_json(data)
        else:
            print_result("\n\n".join("\n".join(one.lines(originals)) for one in found))
        _report_differences(found, originals)
    except TextError as error:
        raise UsageError(str(error)) from None


def _report_differences(found: "list[Cited]", texts: "SourceTexts | None") -> None:
    """Say which of the texts are not the copies that were read."""
    cited = dict.fromkeys(key for one in found for key in one.sources()) if texts else {}
    said = dict.fromkeys(text for key in cited if texts and (text := texts.check_copy(key)))
    for text in said:
        print_note(f"note: {text}")
