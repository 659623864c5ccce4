"""The page of the commands: every command, argument and option, from the program itself."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import typer

from docs.generators.claims_page import format_cell
from sim.cli.app import app


def commands_markdown() -> str:
    """One section for each command, in the order in which the help lists them."""
    group: Any = typer.main.get_command(app)
    lines: list[str] = []
    panels = list(dict.fromkeys(command.rich_help_panel for command in group.commands.values()))
    ordered = sorted(group.commands.items(), key=lambda item: panels.index(item[1].rich_help_panel))
    for panel, commands in groupby(ordered, key=lambda item: item[1].rich_help_panel):
        lines += [f"## {panel}", ""]
        for name, command in commands:
            for path, one in list_commands(command, f"{name} ") if hasattr(command, "commands") else ((name, command),):
                lines += _describe_command(path, one)
    return "\n".join(lines)


def list_commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every command of a group and of the groups in it, with its words after `zopa`."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from list_commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def list_options() -> set[str]:
    """Every option of every command, with its dashes."""
    group: Any = typer.main.get_command(app)
    given = (one for _, command in list_commands(group) for one in command.params)
    return {word for one in given for word in (*one.opts, *one.secondary_opts) if word.startswith("-")}


def _describe_command(name: str, command: Any) -> Iterator[str]:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    words = " ".join(_format_argument(one) for one in arguments)
    yield from (f"### zopa {name}", "", format_cell(command.help or ""), "")
    yield from ("```text", f"zopa {name} {'[OPTIONS] ' if options else ''}{words}".rstrip(), "```", "")
    yield from ("| argument or option | what it does | if left out |", "|---|---|---|")
    for one in (*arguments, *options):
        yield f"| {_format_names(one)} | {_format_help(one.help or '')} | {_format_default(one)} |"
    yield ""


def _format_argument(argument: Any) -> str:
    name = (argument.metavar or argument.name).strip("[].").upper()
    name = f"{name}..." if argument.nargs == -1 else name
    return name if argument.required else f"[{name}]"


def _format_names(given: Any) -> str:
    if given.param_type_name == "argument":
        return f"`{_format_argument(given)}`".replace("|", "\\|")
    names = ", ".join(f"`{word}`" for word in (*given.opts, *given.secondary_opts))
    return f"{names} `{given.metavar}`".replace("|", "\\|") if given.metavar else names


def _format_help(text: str) -> str:
    """Without the marks of the terminal; a default that is said in words is not said again."""
    return format_cell(re.sub(r"\[/?\w+\]", "", text))


def _format_default(given: Any) -> str:
    if given.required:
        return "must be given"
    default = given.default
    if default in (None, False, "", ()) or callable(default):
        return "–"
    return f"`{getattr(default, 'value', default)}`"
