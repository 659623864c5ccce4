"""Examples: what one types, under the help of every command."""

from typing import Any

EXAMPLES = {
    "attribute": "zopa attribute wide lund-2032 --case trade",
    "attribute-pairs": "zopa attribute-pairs --draws 200",
    "baselines": "zopa baselines textbook/logrolling --runs 100",
    "check": "zopa check my-case",
    "cite": "zopa cite levers",
    "coding": "zopa coding sheet --sample 30 --out sheet.csv",
    "compare": "zopa compare base --with contest.noise=*0.5",
    "compare scenarios": "zopa compare base treaty-first",
    "compare views": "zopa compare views wide lund-2032 --case trade",
    "contradictions list": "zopa contradictions list --effect no",
    "contradictions rank": "zopa contradictions rank wide --runs 1000",
    "coding agreement": "zopa coding agreement first.csv second.csv",
    "coding sheet": "zopa coding sheet --sample 30 --out sheet.csv",
    "forecast register": "zopa forecast register --to forecast.json",
    "forecast score": "zopa forecast score forecast.json",
    "view from-text": "zopa view from-text commentary.txt --copy-to my-case",
    "view new": "zopa view new lund-2032 --case trade",
    "contradictions": "zopa contradictions rank wide",
    "coverage": "zopa coverage",
    "discover": "zopa discover textbook/strike",
    "effects": "zopa effects --draws 1000",
    "explain": "zopa explain summit.is_held --case textbook/strike",
    "export": "zopa export latest --format csv",
    "images": "zopa images latest --format svg --what outcome-shares",
    "forecast": "zopa forecast register",
    "hindcast": "zopa hindcast",
    "import": "zopa import table positions.csv",
    "list": "zopa list",
    "new": "zopa new my-case",
    "patterns": "zopa patterns --runs 200",
    "play": "zopa play textbook/strike --why",
    "replay": "zopa replay latest 4711",
    "report": "zopa report latest --lang de",
    "results": "zopa results textbook/strike",
    "rooms": "zopa rooms",
    "run": "zopa run textbook/strike --set contest.noise=*0.5",
    "schema": "zopa schema",
    "seat": "zopa seat textbook/strike --as north",
    "sensitivity": "zopa sensitivity textbook/strike",
    "serve": "zopa serve",
    "solve": "zopa solve textbook/three-parties",
    "suggest-menu": "zopa suggest-menu textbook/logrolling",
    "view": "zopa view from-text commentary.txt --copy-to my-case",
    "vary": "zopa vary textbook/strike --vary contest.noise=*0.25..*4:5",
    "zone": "zopa zone textbook/logrolling --to zone.html",
}
"""Something to type, by command."""


def add_example(command: Any, name: str, ctx: Any) -> None:
    """Put the example below the help of a command, and leave out what a flag without a value would take.

    Args:
        command: The command.
        name: Its name.
        ctx: Context of the command line.
    """
    if name in EXAMPLES:
        command.epilog = f"For example: [bold]{EXAMPLES[name]}[/bold]"
    hide_flag_types(command, ctx)


def hide_flag_types(command: Any, ctx: Any) -> None:
    """Leave out `<bool>` where an option is a flag."""
    for one in (*command.params, command.get_help_option(ctx)):
        if one is not None and getattr(one, "is_flag", False) and one.metavar is None:
            one.metavar = ""
