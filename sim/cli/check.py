"""Check: is a scenario right, through every source view? All mistakes at once."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import print_json, print_note, print_result
from sim.cli.options import AnswersOption, AsJson, Changes, Quiet, complete_case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.workflows.check_scenarios import ValidScenario

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE]...",
        help="Scenarios: names, files or folders. A folder written as a path, such as scenarios/my-case or "
        "./my-case, means all its scenario files; a bare name means its base. Left out: the default case.",
        autocompletion=complete_case,
        show_default=False,
    ),
]


def check(
    files: Files = None,
    changes: Changes = None,
    answers: AnswersOption = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Validate scenarios with all their source views and answers; every mistake at once (exit code 3)."""
    from sim.errors import ScenarioError
    from sim.workflows.check_scenarios import check_scenarios

    found = check_scenarios(files or (), changes=changes or (), answers=answers or ())
    if as_json:
        wrong = [{"file": m.file, "line": m.line, "text": m.text, "remedy": m.remedy} for m in found.problems]
        print_json({"fine": [asdict(one) for one in found.fine], "mistakes": wrong})
    else:
        _show(found.fine, quiet)
    if found.problems:
        raise ScenarioError(found.problems)


def _show(fine: "Iterable[ValidScenario]", quiet: bool) -> None:
    """One line for each scenario without mistakes, and what its author should know."""
    for found in fine:
        views = ", ".join(found.source_views)
        print_result(f"{found.scenario}: fine, {f'with the source views {views}' if views else 'without source views'}")
        for name, answers in found.open_questions.items():
            print_result(f"  --answer {name}={'|'.join(answers)}")
        for text in found.notes:
            print_note(f"note: {text}", quiet=quiet)
