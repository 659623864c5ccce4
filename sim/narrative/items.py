"""Items: what a short story tells, each with its weeks, rank and words; what happens again is drawn together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sim.i18n.messages import message
from sim.narrative.story import Event, format_week
from sim.narrative.wording import begin

AREA = "short_stories"

AGREED, FATE, TURN, STEP, MOVE, SIGN = range(6)
"""Ranks: a signature, what else decides a run, a turning point, a step of the talks, a move that hurts, a word."""

TWICE = 2
"""Times for which there is a word."""

T = TypeVar("T")


@dataclass(frozen=True)
class Item:
    """One thing that is told."""

    first: int
    """First week of it."""
    last: int
    """Last week of it."""
    rank: int
    """How much it matters, the most first."""
    text: str
    """A clause without its full stop."""
    package: int | None = None
    """Number of the package, if it is a vote."""

    def format(self) -> str:
        """The item as a line, its weeks first."""
        weeks = {"week": format_week(self.first), "last": format_week(self.last)}
        return say("week" if self.first == self.last else "weeks", text=begin(self.text), **weeks)


def say(key: str, **words: Any) -> str:
    """A piece of a short story, in the language in use."""
    return message(f"{AREA}.{key}", **words)


def draw_together(
    things: Iterable[T], name: Callable[[T], object], week: Callable[[T], int], gap: int
) -> list[list[T]]:
    """Things of the same name with at most so many weeks between two of them, the earliest series first."""
    open_series: dict[object, list[T]] = {}
    found: list[list[T]] = []
    for thing in things:
        series = open_series.get(name(thing))
        if series is not None and week(thing) - week(series[-1]) <= gap:
            series.append(thing)
        else:
            open_series[name(thing)] = [thing]
            found.append(open_series[name(thing)])
    return found


def describe_frequency(weeks: Sequence[int]) -> str:
    """How often, in words: nothing for once, `every week`, or a number of times."""
    if len(weeks) == 1:
        return ""
    if len(weeks) == weeks[-1] - weeks[0] + 1:
        return say("often-every-week") if len(weeks) > TWICE else say("often-both-weeks")
    return say("often-twice") if len(weeks) == TWICE else say("often-times", times=len(weeks))


def explain_moves(events: Sequence[Event]) -> str:
    """Why moves were made: what they were worth beside the best other ones, or luck."""
    by_luck = [event for event in events if is_by_luck(event)]
    if len(events) == 1:
        if "next" not in events[0].words:
            return ""
        return say("because-luck" if by_luck else "because-worth", next=events[0].words["next"])
    if not by_luck:
        return say("because-worth-each-time")
    if len(by_luck) == len(events):
        return say("because-luck-each-time")
    twice = len(by_luck) == TWICE
    return say("because-luck-at-times-twice") if twice else say("because-luck-at-times", count=len(by_luck))


def is_by_luck(event: Event) -> bool:
    """True for a move that another one exceeded in worth."""
    return event.before is not None and event.after is not None and event.before > event.after


def list_events(events: Iterable[Event], *keys: str) -> Iterator[Event]:
    """Events of these keys."""
    return (event for event in events if event.key in keys)
