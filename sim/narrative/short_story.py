"""Short story: one run on one page - the cast, who could live with what, the turning points, and the closest call."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sim.i18n.messages import format_number, use_language
from sim.narrative.digest import Ballot, Digest, Nearness
from sim.narrative.items import AGREED, Item, list_events, say
from sim.narrative.names import join_names
from sim.narrative.story import LAST_WEEK_OF_RUN_UP, Event, Story
from sim.narrative.turning_points import (
    tell_compliance,
    tell_fates,
    tell_moves,
    tell_talks,
    tell_truces,
    tell_ultimatums,
)
from sim.narrative.votes import VoteTeller, describe_votes
from sim.narrative.wording import begin, message

WIDTH = 80
"""Columns at which a page is measured."""

PAGE = 40
"""Most lines of a short story at this width."""

RUN_UP_PAGE = 20
"""Most lines of a run-up beside it."""

GAPS = (8, 520)
"""Weeks between two of the same kind that are drawn together; the more, the scarcer space gets."""

UNDONE = ("broken", "unravelled", "repudiated")
"""Ends of what was signed."""

HANGING = 2
"""Columns by which a line that goes on is indented."""


def format_short_story(story: Story, width: int | None = WIDTH, *, run_up: bool = False) -> list[str]:
    """The story on one page, wrapped at a width; what it says is chosen for a page of 80 columns.

    Args:
        story: The run.
        width: Columns of a line.
        run_up: True to tell the weeks before week 1 too, on half a page more.
    """
    with use_language(story.language_code):
        return wrap_lines(_choose_lines(story, run_up=run_up), width)


def _choose_lines(story: Story, *, run_up: bool) -> list[str]:
    """All lines before wrapping."""
    inherited = None if run_up else _find_inherited(story)
    head, lines, end = [*_tell_opening(story, inherited)], list[str](), [*_tell_end(story)]
    if run_up and story.weeks.start <= LAST_WEEK_OF_RUN_UP:
        before = range(story.weeks.start, LAST_WEEK_OF_RUN_UP + 1)
        lines += ["", say("run-up"), *_fit(story, before, RUN_UP_PAGE - 2, inherited)]
    after = range(LAST_WEEK_OF_RUN_UP + 1, story.weeks.stop)
    told = _fit(story, after, _measure_room(story.measured or story, inherited), inherited)
    return [*head, *lines, "", *(told or [say("nothing-more")]), "", *end]


def _tell_opening(story: Story, inherited: Ballot | None) -> Iterator[str]:
    yield from _tell_head(story)
    yield ""
    yield from _tell_cast(story.digest)
    yield from _tell_start(story)
    if inherited is not None:
        yield _tell_inherited(story, inherited)


def _measure_room(story: Story, inherited: Ballot | None) -> int:
    """Lines that are left on the page, in the language of the story."""
    with use_language(story.language_code):
        return PAGE - len(wrap_lines([*_tell_opening(story, inherited), "", "", *_tell_end(story)], WIDTH))


@dataclass(frozen=True)
class _Material:
    """What happened in some weeks, in one language."""

    digest: Digest
    events: Sequence[Event]
    ballots: Sequence[Ballot]
    language_code: str

    def collect(self, gap: int, voted: Iterable[int]) -> list[Item]:
        """Items in order, of the votes with these numbers."""
        return _collect_items(self.digest, self.events, [self.ballots[number] for number in voted], gap)


def _take(story: Story, weeks: range, inherited: Ballot | None) -> _Material:
    digest = story.digest if inherited is None else replace(story.digest, inherited=inherited.package)
    events = [event for event in story.events if event.week in weeks]
    ballots = [ballot for ballot in story.digest.ballots if ballot.week in weeks]
    return _Material(digest, events, ballots, story.language_code)


def _fit(story: Story, weeks: range, lines: int, inherited: Ballot | None) -> list[str]:
    """What happened in some weeks, in at most so many lines: more drawn together, then the least important left out.

    It is measured in the language of the sources, so that a story says the same in every language.
    """
    own, measured = (_take(one, weeks, inherited) for one in (story, story.measured or story))
    gap, voted, kept = GAPS[-1], list(range(len(measured.ballots))), list[int]()
    with use_language(measured.language_code):
        fitting = next((one for one in GAPS if _count_lines(measured.collect(one, voted)) <= lines), None)
        if fitting is None:
            voted, kept = _leave_out(measured, lines - 1)
    if fitting is not None:
        return [item.format() for item in own.collect(fitting, voted)]
    items = own.collect(gap, voted)
    left = len(own.collect(gap, range(len(own.ballots)))) - len(kept)
    return [*(items[number].format() for number in kept), say("left-out", count=left)]


def _leave_out(material: _Material, lines: int) -> tuple[list[int], list[int]]:
    """Votes that are told, and the most important items that fit; a vote that is left out is referred to by none."""
    voted = list(range(len(material.ballots)))
    while True:
        items = material.collect(GAPS[-1], voted)
        kept = _choose(items, lines)
        unkept = [item for item in items if item not in kept and item.package is not None]
        if not unkept:
            return voted, [number for number, item in enumerate(items) if item in kept]
        voted = [at for at in voted if not any(_tells(item, material.ballots[at]) for item in unkept)]


def _tells(item: Item, ballot: Ballot) -> bool:
    same = item.package == ballot.package and (item.rank == AGREED) == ballot.passed
    return same and item.first <= ballot.week <= item.last


def _choose(items: Sequence[Item], lines: int) -> list[Item]:
    """Items that fit in so many lines, the most important first."""
    kept: list[Item] = []
    for item in sorted(items, key=lambda item: (item.rank, item.first)):
        cost = _count_lines([item])
        if cost <= lines:
            kept.append(item)
            lines -= cost
    return kept


def _count_lines(items: Sequence[Item]) -> int:
    return len(wrap_lines([item.format() for item in items], WIDTH))


def _collect_items(digest: Digest, events: Sequence[Event], ballots: Sequence[Ballot], gap: int) -> list[Item]:
    """What is narrated of some weeks, in order."""
    found = [
        *tell_moves(events, gap),
        *tell_ultimatums(events, gap),
        *tell_compliance(events),
        *tell_talks(events, gap),
        *tell_truces(events),
        *VoteTeller(digest).tell(ballots, gap),
        *tell_fates(events),
    ]
    return sorted(found, key=lambda item: (item.first, item.last))


def _tell_head(story: Story) -> Iterator[str]:
    yield story.format_title()
    if story.changed:
        yield story.changed
    yield message("caution")
    if not story.is_matching:
        yield message("not-matched")


def _tell_cast(digest: Digest) -> Iterator[str]:
    """The cast in at most three lines."""
    cast = digest.cast
    mediated = {"sides": join_names(cast.sides), "mediator": cast.mediator, "case": digest.things}
    yield begin(say("cast-mediated" if cast.mediator else "cast-alone", **mediated))
    if cast.consenting:
        yield begin(say("cast-consenting", who=join_names(cast.consenting)))
    beside = [
        say(key, who=join_names(who))
        for key, who in (("cast-complying", cast.complying), ("cast-vetoing", cast.vetoing))
        if who
    ]
    if beside:
        yield begin("; ".join(beside)) + "."


def _tell_start(story: Story) -> Iterator[str]:
    """Who could live with what in week 1."""
    start = story.digest.start
    if start is None:
        return
    (first, first_count), (second, second_count) = start.accepted
    counts = {"first_count": first_count, "second_count": second_count, "both": start.shared, "by_all": start.by_all}
    numbers = {key: format_number(count) if count else say("none") for key, count in counts.items()}
    words = {"first": first, "second": second, "case": story.digest.things, "date": story.format_first_day(1)}
    yield say("start", all=format_number(start.packages), **numbers, **words)


def _find_inherited(story: Story) -> Ballot | None:
    """What was signed in the run-up and still stood in week 1."""
    signed = [one for one in story.digest.ballots if one.passed and one.week <= LAST_WEEK_OF_RUN_UP]
    ends = [event.week for event in list_events(story.events, *UNDONE) if event.week <= LAST_WEEK_OF_RUN_UP]
    return signed[-1] if signed and max(ends, default=signed[-1].week - 1) < signed[-1].week else None


def _tell_inherited(story: Story, ballot: Ballot) -> str:
    """A vote of the run-up, where the run-up is not told."""
    terms = say("quoted", text=story.digest.packages[ballot.package])
    return say("inherited", terms=terms, votes=describe_votes(ballot.verdicts))


def _tell_end(story: Story) -> Iterator[str]:
    """The closest call, and the outcome."""
    digest = story.digest
    after = [ballot for ballot in digest.ballots if ballot.week > LAST_WEEK_OF_RUN_UP]
    weeks: list[Nearness] = [near for near in digest.nearest if near.week > LAST_WEEK_OF_RUN_UP]
    nearest = max(weeks, key=lambda near: near.surplus, default=None)
    closest = VoteTeller(digest).tell_closest_call(after, nearest)
    if closest:
        yield closest
    yield story.format_end()


def wrap_lines(lines: Iterable[str], width: int | None) -> list[str]:
    """Lines no wider than a width, broken between words; what goes on is indented.

    Args:
        lines: The lines.
        width: Most columns; None to leave the lines as they are.
    """
    if width is None:
        return list(lines)
    return [part for line in lines for part in _wrap(line, width)]


def _wrap(line: str, width: int) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()) + HANGING)
    return textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False) or [""]
