"""New: starts a case of one's own, from a few answers or from a textbook case."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from sim.commands.options import Quiet
from sim.commands.speech import note, result


def complete_template(incomplete: str) -> Iterator[str]:
    """Names of textbook cases that begin like this."""
    from sim.commands.authoring.folder import templates

    return (name for name in templates() if name.startswith(incomplete))


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
    from sim.commands.authoring.folder import copied, free_folder, write_case
    from sim.spec.mistake import shown

    place = free_folder(name, folder)
    written = write_case(place, _interviewed(name) if source is None else copied(source, name))
    result(f"Written: {shown(written)}")
    case = shown(place)
    note(f"It has passed the check. Go on with `zopa play {case}` and `zopa run {case} --runs 200`,", quiet=quiet)
    note(f"then open {shown(written)} in a text editor; scenarios/HOWTO.md leads you through it.", quiet=quiet)


def _interviewed(name: str) -> str:
    """The text of a case, from answers."""
    from sim.commands.authoring.folder import asked
    from sim.commands.authoring.interview import interview
    from sim.commands.authoring.started import started

    return asked(started(interview(name.replace("-", " ").capitalize())), name)
