"""Explain: where does a rule's every argument come from, what does it set, and who reads that?"""

from collections.abc import Iterator
from typing import Annotated

import typer

from sim.cli.console import print_json, print_result
from sim.cli.options import AsJson, CaseOption, ViewName
from sim.errors import UsageError


def complete_rule(incomplete: str) -> Iterator[str]:
    """Names of rules that begin like this."""
    from sim.workflows.explain_rule import list_rules

    return (name for name in list_rules() if name.startswith(incomplete))


RuleName = Annotated[
    str,
    typer.Argument(
        metavar="RULE",
        help="A rule such as summit.is_held, or a file of sim/rules such as summit.",
        autocompletion=complete_rule,
        show_default=False,
    ),
]


def explain(rule: RuleName, case: CaseOption = None, view: ViewName = None, as_json: AsJson = False) -> None:
    """Say where each argument of a rule comes from in a case, what it sets, and which rules read that."""
    from sim.workflows.explain_rule import UnknownRuleError, explain

    try:
        found = explain(rule, case, view=view)
    except UnknownRuleError as error:
        raise UsageError(str(error)) from None
    if as_json:
        print_json(found.as_dict())
    else:
        print_result(str(found))
