"""Options: the words that several commands share, and the checks that numbers on the command line must pass."""

from collections.abc import Iterator
from typing import Annotated

import typer

from sim.errors import UsageError
from sim.i18n.messages import list_languages

MOST_WEEKS = 520
MOST_RUNS = 10_000_000
MOST_WORKERS = 512
END_OF_SEEDS = 2**63


def complete_case(incomplete: str) -> Iterator[str]:
    """Names of scenarios that begin like this."""
    from sim.loading.discovery import find_scenarios

    return (found.name for found in find_scenarios() if found.name.startswith(incomplete))


def complete_view(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    """Source views of the scenario named before that begin like this."""
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
        metavar="[CASE]",
        help="A scenario: its name (see `zopa list`), its file or its folder. Left out: the default case.",
        autocompletion=complete_case,
        show_default=False,
    ),
]
ViewName = Annotated[str | None, typer.Option("--view", help="Source view.", autocompletion=complete_view)]
Views = Annotated[
    list[str] | None,
    typer.Option(
        "--view", help="Source view; may be given several times. Left out: all.", autocompletion=complete_view
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
AnswersOption = Annotated[
    list[str] | None,
    typer.Option(
        "--answer",
        metavar="NAME=ANSWER",
        help="Take an answer of a scenario file's switch or a side of a contradiction; may be given several times.",
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
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes.")]


def find_default_case() -> str:
    """The case that is meant where none is named."""
    from sim.loading import discovery

    return discovery.find_default_case()


def check_range(option: str, number: int | None, lowest: int, highest: int) -> None:
    """Refuse a number outside its bounds."""
    if number is not None and not lowest <= number <= highest:
        raise UsageError(f"{option} is {number}; it must be from {lowest:,} to {highest:,}")


def parse_seed(text: str | None, otherwise: int) -> int:
    """The seed that was asked for, drawn if it is to be random."""
    if text is None:
        return otherwise
    if text == "random":
        import secrets

        return secrets.randbelow(END_OF_SEEDS)
    if not text.isascii() or not text.isdecimal() or int(text[:20]) >= END_OF_SEEDS:
        raise UsageError(f"--seed is {text}; it must be a whole number from 0 to 2^63-1, or `random`")
    return int(text)


def check_language(asked: str) -> str:
    """The language that was asked for; one that nobody speaks here is refused."""
    known = list_languages()
    if asked not in known:
        raise UsageError(f"--lang is {asked}; it must be one of {', '.join(known)}")
    return asked
