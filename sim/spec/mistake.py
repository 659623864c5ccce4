"""Mistake: what is wrong in a file, where, and how to mend it; every mistake is shown at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

Place = tuple[str | int, ...]
"""Keys and list positions from the top of a file down to one of its values."""

T = TypeVar("T")


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong, at one line of one file."""

    file: str
    line: int
    text: str
    remedy: str = ""

    def __str__(self) -> str:
        """One line such as `base.yaml:12: actors.a: no key 'labl'; did you mean 'label'?`."""
        start = f"{self.file}:{self.line}" if self.line else self.file
        return f"{start}: {self.text}" + (f"; {self.remedy}" if self.remedy else "")


class ScenarioError(Exception):
    """A scenario that cannot be used, with everything that is wrong in it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        files = list(dict.fromkeys(mistake.file for mistake in mistakes))
        unique = dict.fromkeys(mistakes)
        self.mistakes = sorted(unique, key=lambda mistake: (files.index(mistake.file), mistake.line))
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        """Every mistake on a line of its own."""
        return "\n".join(str(mistake) for mistake in self.mistakes)


@dataclass
class Collector:
    """Gathers mistakes while work goes on, so that all of them can be shown together."""

    mistakes: list[Mistake] = field(default_factory=list)

    def attempt(self, work: Callable[[], T], otherwise: T) -> T:
        """Result of the work; if it finds mistakes, keeps them and gives the other value."""
        try:
            return work()
        except ScenarioError as error:
            self.mistakes += error.mistakes
            return otherwise

    def stop_if_any(self) -> None:
        """Raise what was gathered, if anything was."""
        if self.mistakes:
            raise ScenarioError(self.mistakes)


def stop(file: str, line: int, text: str, remedy: str = "") -> ScenarioError:
    """An error with a single mistake."""
    return ScenarioError([Mistake(file, line, text, remedy)])


def nearest(name: str, known: Iterable[str]) -> str:
    """Remedy for a name that does not exist: the nearest one that does, or all of them."""
    names = list(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(names) or 'none'}"


def spelled(place: Place) -> str:
    """The place as one writes it, such as `menu.nash[2]`."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in place)
    return text.removeprefix(".")


def shown(path: Path) -> str:
    """The path as printed: from the working folder, if it lies inside."""
    absolute = path.absolute()
    here = Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()
