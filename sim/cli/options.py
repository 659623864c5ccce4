"""Options: the words that several commands share, and by which arguments the workflows know them."""

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from sim.i18n.messages import list_languages

OPTIONS = {
    "actor": "--as",
    "answers": "--answer",
    "added": "--with",
    "changes": "--set",
    "factors": "--vary",
    "folder": "--from",
    "form": "--format",
    "holds_from": "--from",
    "scenarios": "REFERENCE",
    "source": "--from",
}
"""Options that have another name than the argument of the workflow."""


def name_option(argument: str) -> str:
    """What the command line calls an argument of a workflow, such as `--set` for `changes`."""
    return OPTIONS.get(argument, f"--{argument.replace('_', '-')}")


_ARGUMENT = re.compile(r"`([a-z_]+)=(True|False|[0-9]*)`")
_GIVEN = re.compile(r"`([a-z_]+)='(.*?)'`", re.DOTALL)
_RESUME = re.compile(r"`resume\((['\"])(.*?)\1\)`")


def use_option_names(text: str) -> str:
    """What a workflow says, with its arguments as the command line calls them.

    Args:
        text: A message in which an argument stands as in `workers=`, its value as in `changes='a=1'`, and a call as in
            `resume('outputs/x')`.

    Returns:
        The same with `--workers`, --set a=1 and `zopa run --resume outputs/x`.
    """
    text = _GIVEN.sub(lambda found: f"{name_option(found[1])} {found[2]}", text)
    return _RESUME.sub(r"`zopa run --resume \2`", _ARGUMENT.sub(_spell_argument, text))


def _spell_argument(found: re.Match[str]) -> str:
    """One argument as an option; a refusal as `--no-…`."""
    option, value = name_option(found[1]), found[2]
    if value == "False":
        return f"`--no-{option.removeprefix('--')}`"
    return f"`{option}`" if value in ("", "True") else f"`{option} {value}`"


def complete_case(incomplete: str) -> Iterator[str]:
    """Names of scenarios that begin like this."""
    from sim.loading.discovery import find_scenarios

    return (found.name for found in find_scenarios() if found.name.startswith(incomplete))


def complete_view(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    """Source views of the scenario named before that begin like this."""
    from sim.loading.discovery import find_default_case
    from sim.loading.loader import ScenarioError, list_views

    asked = ctx.params.get("case") or find_default_case()
    asked = asked[0] if isinstance(asked, list) else asked
    try:
        return (name for name in list_views(asked) if name.startswith(incomplete))
    except ScenarioError:
        return iter(())


def complete_language(incomplete: str) -> Iterator[str]:
    """Languages whose code begins like this."""
    return (code for code in list_languages() if code.startswith(incomplete))


CaseName = Annotated[
    str | None,
    typer.Argument(
        metavar="CASE",
        help="A scenario: its name (see `zopa list`), its file or its folder. Left out: the default case.",
        autocompletion=complete_case,
        show_default=False,
    ),
]
CaseOrTable = Annotated[
    str | None,
    typer.Argument(
        metavar="CASE|TABLE",
        help="A scenario: its name, file or folder; or a table of positions (CSV, TSV, XLSX). "
        "Left out: the default case.",
        autocompletion=complete_case,
        show_default=False,
    ),
]
CaseOption = Annotated[
    str | None,
    typer.Option(
        "--case",
        metavar="CASE",
        help="A scenario: its name, file or folder. Left out: the default case.",
        autocompletion=complete_case,
    ),
]
VIEW_HELP = "Source view: one author's assumptions, whose numbers and weights are laid over those of the scenario"
Outcome = Annotated[
    str | None,
    typer.Option("--outcome", metavar="KEY", help="The outcome to ask about; left out: any agreement in force."),
]
ViewName = Annotated[str | None, typer.Option("--view", help=f"{VIEW_HELP}.", autocompletion=complete_view)]
Views = Annotated[
    list[str] | None,
    typer.Option(
        "--view",
        help=f"{VIEW_HELP}; may be given several times. Left out: all.",
        autocompletion=complete_view,
    ),
]
Horizon = Annotated[
    int | None, typer.Option("--horizon", metavar="WEEKS", help="Weeks to play; left out: the scenario's.")
]
Seed = Annotated[
    str | None,
    typer.Option("--seed", metavar="N|random", help="Seed of all luck; left out: the scenario's own."),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Set one value, such as calendar.horizon=17 or contest.noise=*0.5; may be given several times.",
    ),
]
HoldsFrom = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="week-1|always",
        help="From when hold values of --set and sides of contradictions: from week 1, so that the same runs match "
        "the reported run-up as without them, or always, in the run-up too, which selects other runs.",
    ),
]
AnswersOption = Annotated[
    list[str] | None,
    typer.Option(
        "--answer",
        metavar="NAME=ANSWER",
        help="Take an answer to an open question of the scenario file, or a side of a contradiction; may be given "
        "several times.",
    ),
]
Lang = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="CODE",
        help="Language of the text for readers, such as en or de.",
        autocompletion=complete_language,
    ),
]
Engine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="compiled|numpy|mesa",
        help="Who plays the rules; left out: the fastest installed (mesa is slow). The bits are the same.",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler", metavar="ADDRESS", help="Play on the workers of a Dask scheduler, such as tcp://host:8786."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder in which results are kept.")]
Workers = Annotated[int | None, typer.Option("--workers", help="Processes; left out: one per core.")]
Page = Annotated[
    Path | None,
    typer.Option("--to", metavar="FILE", help="Write a page with the same, such as page.html.", show_default=False),
]
NoReport = Annotated[bool, typer.Option("--no-report", help="Do not write pages.")]
WEEK_1 = "week-1"
"""From when changed values hold, unless it is said otherwise."""

OUTPUTS = Path("outputs")
"""Folder in which results are kept, unless another is named."""

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes.")]


def format_command() -> str:
    """The command as given."""
    return shlex.join(["zopa", *sys.argv[1:]])
