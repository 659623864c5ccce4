"""Cite: what stands behind a number, an actor, a lever, a source view, a claim or a text?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands.options import AsJson, complete_case, default_case
from sim.commands.speech import WrongUse, note, result, result_json

if TYPE_CHECKING:
    from sim.commands.cited import Cited
    from sim.evidence.texts import Texts

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
    from sim.commands.evidence import Evidence
    from sim.evidence.texts import TextError, Texts
    from sim.spec.mistake import nearest

    evidence = Evidence.of(case or default_case())
    found = evidence.about(what)
    if not found:
        remedy = nearest(what, evidence.nearby(what))
        raise WrongUse(f"nothing in {evidence.base.name} is called {what!r}; {remedy}")
    originals = Texts(texts, evidence.base.sources) if texts else None
    try:
        if as_json:
            data = {"scenario": evidence.base.name, "what": what, "found": [one.as_json(originals) for one in found]}
            result_json(data)
        else:
            result("\n\n".join("\n".join(one.lines(originals)) for one in found))
        _differences(found, originals)
    except TextError as error:
        raise WrongUse(str(error)) from None


def _differences(found: "list[Cited]", texts: "Texts | None") -> None:
    """Say which of the texts are not the copies that were read."""
    cited = dict.fromkeys(key for one in found for key in one.sources()) if texts else {}
    said = dict.fromkeys(text for key in cited if texts and (text := texts.differs(key)))
    for text in said:
        note(f"note: {text}")
