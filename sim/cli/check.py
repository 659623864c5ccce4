"""Check: is a scenario right, through every source view? All mistakes at once."""

from typing import Annotated, Any

import typer

from sim.cli.console import print_json, print_note, print_result
from sim.cli.options import AnswersOption, AsJson, Changes, Quiet, complete_case, name_option, use_option_names

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE",
        help="Scenarios: names, files or folders. A folder written as a path, such as scenarios/my-case or "
        "./my-case, means all its scenario files; a bare name means its base. Left out: the default case.",
        autocompletion=complete_case,
        show_default=False,
    ),
]


def check(
    case: Files = None,
    changes: Changes = None,
    answers: AnswersOption = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Validate scenarios with all their source views and answers; every mistake at once (exit code 3)."""
    from sim.workflows.check_scenarios import check

    found = check(case or (), changes=changes or (), answers=answers or ())
    if as_json:
        print_json(_spell(found.as_json()))
    else:
        for line in found.format_valid(f"{name_option('answers')} "):
            print_result(line)
        for text in found.list_notes():
            print_note(f"note: {text}", quiet=quiet)
    found.raise_problems()


def _spell(found: dict[str, Any]) -> dict[str, Any]:
    """The same, with the arguments that mistakes name as options."""
    mistakes = [
        {name: use_option_names(said) if name != "line" else said for name, said in one.items()}
        for one in found["mistakes"]
    ]
    return found | {"mistakes": mistakes}
