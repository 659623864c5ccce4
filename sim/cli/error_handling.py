"""Error handling: every error leaves as one message and an exit code, never as a traceback.

0 fine, 1 the run failed, 2 wrong use, 3 scenario invalid, 4 an optional part is missing, 130 interrupted,
141 whoever reads has gone away.
"""

import os
import re
import sys
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from sim.cli.console import print_error
from sim.cli.examples import add_example, hide_flag_types
from sim.cli.options import name_option, use_option_names
from sim.cli.start import FAILED, INTERRUPTED, WRONG_USE, was_asked_to_end
from sim.cli.streams import has_reader_left
from sim.cli.whole_numbers import read_whole_numbers
from sim.errors import MissingPartError, OptionError, UsageError

INVALID, MISSING_PART = 3, 4

_LONG_WORD = re.compile(r"[^\s;,:]{200,}")

REPORT_TO = "ZOPA_DEBUG=1 shows where; please report it with the command you gave (CONTRIBUTING.md)"

_CODES = (
    ("sim.errors", "ScenarioError", INVALID, ""),
    ("sim.storage.results_folder", "ResultsError", FAILED, ""),
    ("sim.workflows.compare_scenarios", "NothingToCompareError", FAILED, ""),
    ("sim.engines.base", "EngineError", WRONG_USE, ""),
    ("sim.ensemble.dask_pool", "NoClusterError", MISSING_PART, ""),
    ("sim.ensemble.fit_workers", "ClusterError", FAILED, ""),
    (
        "sim.ensemble.dispatcher",
        "NoMatchError",
        FAILED,
        "; loosen run_up.never, shorten run_up.weeks, or look at what the view assumes with `zopa cite`",
    ),
    (
        "concurrent.futures.process",
        "BrokenProcessPool",
        FAILED,
        "; perhaps there was too little memory: give fewer --workers",
    ),
)
"""Errors that explain themselves, with a remedy. They are looked up only where their module is loaded already."""


class ErrorHandlingGroup(TyperGroup):
    """The group of all commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words that stand before the command."""
        try:
            return super().parse_args(ctx, args)
        except (Exception, KeyboardInterrupt) as error:
            _leave(error, ctx.command_path)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command, with an example under its help."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            add_example(command, cmd_name, ctx)
            read_whole_numbers(command)
        return command

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Say what there is."""
        hide_flag_types(self, ctx)
        super().format_help(ctx, formatter)

    def invoke(self, ctx: Any) -> Any:
        """Carry out the command."""
        try:
            return super().invoke(ctx)
        except (Exception, KeyboardInterrupt) as error:
            _leave(error, f"{ctx.command_path} {ctx.invoked_subcommand or ''}".rstrip())


def _leave(error: BaseException, command: str) -> NoReturn:
    """Say what happened to a command and end with its exit code."""
    reader_left = isinstance(error, BrokenPipeError) and has_reader_left()
    if reader_left or isinstance(error, typer.Exit | typer.Abort) or os.environ.get("ZOPA_DEBUG") == "1":
        raise error
    error = KeyboardInterrupt() if was_asked_to_end() and _is_its_echo(error) else _unwrap(error)
    text, code = describe_error(error, command)
    notes = (f"zopa: {note}" for note in getattr(error, "__notes__", ()))
    print_error(use_option_names("\n".join((text, *notes))))
    raise typer.Exit(code) from None


def _is_its_echo(error: BaseException) -> bool:
    """True for what a signal becomes on its way through a library that was being loaded, or a pool."""
    known = isinstance(error, ImportError | SystemError) or isinstance(error.__cause__, KeyboardInterrupt)
    return known or type(error).__name__ in ("BrokenProcessPool", "WorkersError")


def _unwrap(error: BaseException) -> BaseException:
    """The error of the pool itself, where a workflow told a script of ours how to start processes."""
    told = getattr(sys.modules.get("sim.workflows.workers"), "WorkersError", None)
    return error.__cause__ if told is not None and isinstance(error, told) and error.__cause__ else error


def describe_error(error: BaseException, command: str) -> tuple[str, int]:
    """One message and the exit code for an error of a command."""
    if isinstance(error, KeyboardInterrupt):
        return f"zopa: {str(error) or 'interrupted'}", INTERRUPTED
    if isinstance(error, OptionError):
        return f"zopa: {name_option(error.option)} {_shorten(error.text)}", WRONG_USE
    if isinstance(error, UsageError):
        return f"zopa: {_shorten(error)}", WRONG_USE
    if isinstance(error, MissingPartError):
        return f"zopa: {error}", MISSING_PART
    if said := _describe_parser_error(error, command):
        return said, WRONG_USE
    for module, name, code, remedy in _CODES:
        known = getattr(sys.modules.get(module), name, None)
        if known is not None and isinstance(error, known):
            prefix = "zopa: " if code == WRONG_USE or module.startswith("sim.workflows") else ""
            return f"{prefix}{_shorten(error)}{remedy}", code
    if isinstance(error, ModuleNotFoundError):
        return f"zopa: the part {error.name!r} is not installed; `./zopa` sets everything up", MISSING_PART
    if isinstance(error, MemoryError):
        return "zopa: not enough memory; give fewer --runs or fewer --workers", FAILED
    if isinstance(error, OSError) and error.strerror:
        where = f"{_shorten(error.filename)}: " if error.filename else ""
        return f"zopa: {where}{error.strerror}", FAILED
    if isinstance(error, RuntimeError) and str(error).startswith("Symlink loop"):
        return f"zopa: {_shorten(error)}: a link there leads in a circle", FAILED
    if isinstance(error, ValueError) and "null byte" in str(error):
        return "zopa: a path holds the character NUL, which no path can; leave it out", WRONG_USE
    return f"zopa: unexpected {type(error).__name__}: {_fold_lines(error)}; {REPORT_TO}", FAILED


def _describe_parser_error(error: Any, command: str) -> str:
    """What the parser of the command line says, with where to read on; empty for other errors."""
    if not hasattr(error, "format_message"):
        return ""
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else command
    if possible := list(getattr(error, "possibilities", None) or ()):
        known = " or ".join(possible[:3])
        return f"zopa: there is no option {error.option_name}; did you mean {known}?\nSee `{path} --help`."
    said = _shorten(_fold_lines(error.format_message())).replace("Value error, ", "")
    return f"zopa: {said}\nSee `{path} --help`."


def _shorten(text: object) -> str:
    """A name or number as far as a reader needs it."""
    return _LONG_WORD.sub(lambda found: f"{found[0][:80]}…", str(text))


def _fold_lines(text: object) -> str:
    return " ".join(str(text).split())
