"""New: starts a case of one's own, from a few answers or from a textbook case."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import print_note, print_result
from sim.cli.options import Quiet
from sim.errors import display_path

if TYPE_CHECKING:
    from sim.workflows.new_case.answers import Answers


def complete_template(incomplete: str) -> Iterator[str]:
    """Names of textbook cases that begin like this."""
    from sim.workflows.new_case.case_folder import list_templates

    return (name for name in list_templates() if name.startswith(incomplete))


Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the new case, such as river-dispute.")]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="TEXTBOOK",
        help="Copy a textbook case, such as logrolling; left out: a few questions are asked.",
        autocompletion=complete_template,
    ),
]
Folder = Annotated[Path, typer.Option("--folder", metavar="DIR", help="Where the folder of the case is made.")]


def new(name: Name, source: From = None, folder: Folder = Path(), quiet: Quiet = False) -> None:
    """Start a case: answer some questions, or copy a textbook case with --from; writes NAME/base.yaml."""
    from sim.workflows.new_case.case_folder import new_case

    found = new_case(name, source=source, folder=folder, interview=lambda: _interview(name))
    case, path = display_path(found.folder), display_path(found.path)
    print_result(f"Written: {path}")
    print_note(f"It has passed the check. Go on with `zopa play {case}` and `zopa run {case} --runs 200`,", quiet=quiet)
    print_note(f"then open {path} in a text editor; docs/tutorial/write_a_case.md leads you through it.", quiet=quiet)


def _interview(name: str) -> "Answers":
    """What the author of a case says of it."""
    from sim.cli.new_case.interview import run_interview

    return run_interview(name.replace("-", " ").capitalize())
