"""Cite: what stands behind a number, an actor, a lever, a source view, a claim or a text?"""

from typing import Annotated

import typer

from sim.commands.options import AsJson, complete_case, default_case
from sim.commands.speech import WrongUse, result, result_json

What = Annotated[
    str,
    typer.Argument(
        metavar="WHAT",
        help="A place such as contest.noise or levers, an actor, a lever, a source view, a claim or a source.",
        show_default=False,
    ),
]
CaseOption = Annotated[
    str | None,
    typer.Option("--case", help="The scenario; left out: the default case.", autocompletion=complete_case),
]


def cite(what: What, case: CaseOption = None, as_json: AsJson = False) -> None:
    """Say what a number, an actor, a lever or a source view rests on: claims with paragraph, or our assumption."""
    from sim.commands.evidence import Evidence
    from sim.spec.mistake import nearest

    evidence = Evidence.of(case or default_case())
    found = evidence.about(what)
    if not found:
        remedy = nearest(what, evidence.nearby(what))
        raise WrongUse(f"nothing in {evidence.base.name} is called {what!r}; {remedy}")
    if as_json:
        result_json({"scenario": evidence.base.name, "what": what, "found": [one.as_json() for one in found]})
        return
    for number, one in enumerate(found):
        result(("\n" if number else "") + "\n".join(one.lines()))
