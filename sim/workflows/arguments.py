"""Arguments: what all workflows are given alike, within which bounds, and how it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sim.ensemble.manifest import END_OF_SEEDS, MOST_RUNS
from sim.errors import OptionError, UsageError
from sim.i18n.messages import list_languages
from sim.schema.loaded_case import ALWAYS, WEEK_1, HoldsFrom
from sim.schema.numbers import MOST_WEEKS

OneOrMany = str | Sequence[str]
"""One word, or several."""

MOST_WORKERS = 512

LONGEST_NUMBER = 9
"""Digits of a number of runs at most."""

WIDE = 0.1
"""A half-width from here on was probably meant as percent, if no sign says so."""


def list_words(given: OneOrMany | None) -> list[str]:
    """What was given as a list; empty if nothing was."""
    return [given] if isinstance(given, str) else list(given or ())


def check_range(option: str, number: int | None, lowest: int, highest: int) -> None:
    """Refuse a number outside its bounds.

    Args:
        option: Name of the argument.
        number: What was given; none is always allowed.
        lowest: The smallest number that is allowed.
        highest: The largest one.

    Raises:
        OptionError: the number is too small or too large.
    """
    if number is not None and not lowest <= number <= highest:
        raise OptionError(option, f"is {number}; it must be from {lowest:,} to {highest:,}")


def check_simulation(runs: int | None, horizon: int | None, workers: int | None, *, fewest: int = 1) -> None:
    """Refuse numbers of runs, weeks or processes that are out of bounds."""
    check_range("runs", runs, fewest, MOST_RUNS)
    check_range("horizon", horizon, 1, MOST_WEEKS)
    check_range("workers", workers, 1, MOST_WORKERS)


def parse_seed(given: int | str | None) -> int | None:
    """The seed that was given as a number or its text, drawn if it is `random`; none without one.

    Raises:
        OptionError: it is no whole number from 0 to 2^63-1.
    """
    if given is None:
        return None
    text = str(given)
    if text == "random":
        import secrets

        return secrets.randbelow(END_OF_SEEDS)
    if not text.isascii() or not text.isdecimal() or int(text[:20]) >= END_OF_SEEDS:
        raise OptionError("seed", f"is {text}; it must be a whole number from 0 to 2^63-1, or `random`")
    return int(text)


def parse_share(given: float | str, option: str, example: str) -> float:
    """A share given as a number or in percent.

    Args:
        given: What was given, such as `5%` or 0.05.
        option: The option it was given for.
        example: What the message names as an example.

    Raises:
        OptionError: it is no share above 0 and below 1.
    """
    text = str(given).strip()
    try:
        found = float(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)
    except ValueError:
        found = 0.0
    if not 0 < found < 1:
        raise OptionError(option, f"is {given}; it must be a share above 0 and below 1, such as {example}")
    return found


def parse_half_width(given: float | str | None) -> float | None:
    """The half-width given as a share: `0.5%` or 0.005.

    Raises:
        OptionError: it is no share above 0 and below 1.
    """
    if given is None:
        return None
    found, text = parse_share(given, "precision", "0.5% or 0.005"), str(given).strip()
    if found >= WIDE and not text.endswith("%"):
        points = f"is {given}, which is {100 * found:g} points to either side"
        raise OptionError(
            "precision", f"{points}; write {text}% for {text} of a point, or {100 * found:g}% if you mean it"
        )
    return found


def parse_looks(given: str | None, precision: object, runs: int | None) -> tuple[int, ...]:
    """The numbers of matching runs at which is looked; none if nothing was given.

    Raises:
        OptionError: they are no numbers in rising order.
        UsageError: no precision is asked for, or a number of runs beside them.
    """
    if given is None:
        return ()
    words = [one.strip() for one in str(given).split(",")]
    numbers = tuple(int(one) for one in words if one.isascii() and one.isdecimal() and len(one) <= LONGEST_NUMBER)
    rising = all(one < other for one, other in pairwise(numbers))
    if len(numbers) < len(words) or not rising or not 0 < numbers[0] <= numbers[-1] <= MOST_RUNS:
        raise OptionError("looks", f"is {given}; it must be numbers of runs in rising order, such as 1000,4000,16000")
    if precision is None:
        raise UsageError("`looks=` says when it is looked whether shares are known well enough; give `precision=`, too")
    if runs is not None:
        raise UsageError("`looks=` and `runs=` exclude each other: the last look is the number of runs at most")
    return numbers


def parse_holds_from(given: str) -> HoldsFrom:
    """From when changed values hold.

    Raises:
        OptionError: it is neither `week-1` nor `always`.
    """
    if given == ALWAYS:
        return ALWAYS
    if given == WEEK_1:
        return WEEK_1
    raise OptionError("holds_from", f"is {given}; it must be {WEEK_1} or {ALWAYS}")


def check_language(given: str) -> str:
    """The language that was given.

    Raises:
        OptionError: there are no sentences in it.
    """
    known = list_languages()
    if given not in known:
        raise OptionError("lang", f"is {given}; it must be one of {', '.join(known)}")
    return given


@dataclass(frozen=True)
class RunOptions:
    """What is to become of results."""

    out: Path
    """Folder in which they are kept."""
    lang: str
    """Language of the pages."""
    workers: int | None
    """Processes; none for one per core."""
    sweeps: bool
    """True if other magnitudes are to be played."""
    pages: bool
    """True if pages are to be written."""
    on_cluster: bool = False
    """True if the workers of a cluster play."""


def require_unlike(argument: str, what: str, names: Sequence[str]) -> None:
    """Refuse names of which one stands twice.

    Raises:
        UsageError: one does.
    """
    if twice := [name for name in names if names.count(name) > 1]:
        raise UsageError(f"the {what} {twice[0]!r} is taken twice; name another one with `{argument}=`")
