"""Errors: what is wrong in a file, where, and how to mend it; every problem is shown at once."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path
from typing import TypeVar

Place = tuple[str | int, ...]
"""Keys and list positions from the top of a file down to one of its values."""

T = TypeVar("T")

_MOST_LISTED = 12
_MOST_SUGGESTED = 3

NEAR = 0.55
"""Likeness, from 0 to 1, from which a name is suggested; others are listed instead."""
_LONGEST_NAME = 80
_LONG_WORD = re.compile(rf"(?<=')[^'\n]{{{_LONGEST_NAME + 1},}}(?=')|[^\s/']{{{_LONGEST_NAME + 1},}}")
MOST_PRINTED = 20
"""Problems that are printed, at most; the others are counted."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, at one line of one file."""

    file: str
    line: int
    text: str
    remedy: str = ""

    def __post_init__(self) -> None:
        """Cut names that are too long to be read."""
        for name in ("text", "remedy"):
            object.__setattr__(self, name, _LONG_WORD.sub(lambda found: shorten(found.group()), getattr(self, name)))

    def __str__(self) -> str:
        """One line such as `base.yaml:12: actors.a: no key 'labl'; did you mean 'label'?`."""
        start = f"{self.file}:{self.line}" if self.line else self.file
        return f"{start}: {self.text}" + (f"; {self.remedy}" if self.remedy else "")


class UsageError(Exception):
    """Something that cannot be carried out as it was asked for; the text says why and what to do."""


class OptionError(UsageError, ValueError):
    """An argument whose value cannot be used; the command line calls it by the name of its option."""

    def __init__(self, option: str, text: str) -> None:
        self.option, self.text = option, text
        super().__init__(f"{option} {text}")


class MissingPartError(Exception):
    """Something needs a library that is not installed; the text names it and says how to install it."""


class ScenarioError(Exception):
    """A scenario that cannot be used, with everything that is wrong in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        files = list(dict.fromkeys(problem.file for problem in problems))
        unique = dict.fromkeys(problems)
        self.problems = sorted(unique, key=lambda problem: (files.index(problem.file), problem.line))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """The first problems, each on a line of its own, and how many more there are."""
        lines = [str(problem) for problem in self.problems[:MOST_PRINTED]]
        more = len(self.problems) - len(lines)
        return "\n".join([*lines, f"and {more:,} more"] if more else lines)


@dataclass
class ErrorCollector:
    """Gathers problems while work goes on, so that all of them can be shown together."""

    problems: list[Problem] = field(default_factory=list)

    def attempt(self, work: Callable[[], T], otherwise: T) -> T:
        """Result of the work; if it finds problems, keeps them and gives the other value."""
        try:
            return work()
        except ScenarioError as error:
            self.problems += error.problems
            return otherwise

    def stop_if_any(self) -> None:
        """Raise what was gathered, if anything was."""
        if self.problems:
            raise ScenarioError(self.problems)


def name_argument(argument: str, value: str) -> str:
    """A value that was given to a function, as a message names it; the command line spells it as an option."""
    return f"`{argument}='{value}'`"


def stop(file: str, line: int, text: str, remedy: str = "") -> ScenarioError:
    """An error with a single problem."""
    return ScenarioError([Problem(file, line, text, remedy)])


def require_known(name: str, known: Iterable[str], what: str) -> str:
    """The name, if it is known.

    Raises:
        UsageError: it is not; the text says which one is nearest.
    """
    names = list(known)
    if name not in names:
        raise UsageError(f"there is no {what} {name!r}; {suggest(name, names)}")
    return name


def suggest(name: str, known: Iterable[str]) -> str:
    """Remedy for a name that does not exist: the nearest ones that do, or all of them up to a dozen."""
    names = list(dict.fromkeys(known))
    if near := find_similar(name, names):
        return f"did you mean {' or '.join(map(repr, near))}?"
    return f"known: {join_names(names) or 'none'}"


def join_names(names: Sequence[str], between: str = ", ") -> str:
    """The first dozen names, and how many more there are."""
    more = f" … and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
    return f"{between.join(names[:_MOST_LISTED])}{more}"


def find_similar(name: str, names: list[str]) -> list[str]:
    """Names that contain the asked one as a word; else one that is spelled alike; else those that end alike."""
    asked = _split_words(name)
    last = asked[-1:] if asked and not asked[-1].isdecimal() else []
    if inside := [known for known in names if _contains(_split_words(known), asked)]:
        return _sort_by_likeness(name, inside)
    if slip := get_close_matches(name, names, n=1, cutoff=0.8):
        return slip
    if alike := [known for known in names if last and _split_words(known)[-1:] == last]:
        return _sort_by_likeness(name, alike)
    return get_close_matches(name, names, n=1, cutoff=NEAR)


def _sort_by_likeness(name: str, names: Sequence[str]) -> list[str]:
    """Up to three of the names, the one spelled most alike first."""
    return sorted(names, key=lambda known: -SequenceMatcher(None, known, name).ratio())[:_MOST_SUGGESTED]


def _split_words(name: str) -> list[str]:
    return [word for word in re.split(r"[^\w]|_", name.lower()) if word]


def _contains(words: list[str], asked: list[str]) -> bool:
    length = len(asked)
    return bool(asked) and any(words[at : at + length] == asked for at in range(len(words) - length + 1))


def format_place(place: Place) -> str:
    """The place as one writes it, such as `menu.nash[2]`."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{shorten(key) or repr(key)}" for key in place)
    return text.removeprefix(".")


def shorten(text: str) -> str:
    """The text on one line, cut where it is too long for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1]}…"


def display_path(path: Path) -> str:
    """The path as printed: from the working folder, if it lies inside."""
    absolute = path.absolute()
    here = Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()
