"""Discussion: which questions does a game raise? They are asked about what happened in it, the weightiest first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.methods.joint_worths import JointWorths
from sim.i18n.messages import format_percent
from sim.narrative.names import join_words
from sim.schema.scenario import Scenario
from sim.workflows.seat.consents import must_consent
from sim.workflows.seat.costs import POINTS
from sim.workflows.seat.moves_text import NO, YES
from sim.workflows.seat.played_run import PlayedRun
from sim.workflows.seat.position import has_interests
from sim.workflows.seat.wording import format_gain, say

MOST_QUESTIONS = 6
"""Questions that are asked, at most."""

NOTABLE = 0.1
"""Difference of two shares that is asked about."""

OFTEN = 3
"""Times that a package is tabled before it is asked about."""


@dataclass(frozen=True)
class Turn:
    """One decision of the player."""

    week: int
    """When."""
    kind: str
    """`move`, `sign`, `confirm` or `yield`."""
    move: str
    """What the player said, as in a line of moves."""
    label: str
    """The same in words."""
    modelled: str
    """What the model would have decided here, with its luck."""
    same: bool
    """True if it is the same."""
    agreement: float
    """Share of continuations after this week that end in an agreement."""
    agreement_modelled: float
    """The same share, had this decision been the model's."""
    gain: float | None
    """Mean gain of the player's actor over the continuations in points, as it counts in week 1, no agreement counted as
    0; none without interests."""
    gain_modelled: float | None
    """The same mean, had this decision been the model's."""


@dataclass(frozen=True)
class Agreed:
    """The agreement in force at the end of a game."""

    week: int
    """Week in which it was signed."""
    number: int
    """Number of the package."""
    label: str
    """Its terms in one phrase."""
    gain: float | None
    """Points over no agreement to the player's actor; none for one without interests."""
    gain_in_week_1: float | None
    """The same as it counts in week 1: what comes later counts for less, by the actor's own patience."""
    gains: tuple[float, float]
    """Points over no agreement to the first side and to the second, each on its own scale."""
    efficient: bool
    """True if no other package is better for one side and no worse for the other."""


def list_questions(
    played: PlayedRun,
    turns: Sequence[Turn],
    agreed: Agreed | None,
    zone: JointWorths,
    modelled_end: str | None,
) -> tuple[str, ...]:
    """Questions to discuss.

    Args:
        played: The run.
        turns: The player's decisions.
        agreed: The agreement in force at the end.
        zone: Packages as points.
        modelled_end: How the run ends with the model in the player's seat, if otherwise than the game.
    """
    found = [
        *_ask_about_turn(turns),
        *_ask_about_signatures(played),
        *_ask_about_end(agreed, zone, _list_consenting(played.week_view.scenario)),
        *_ask_about_offers(played),
        *_ask_about_words(played),
        say("ask-otherwise", outcome=modelled_end) if modelled_end is not None else say("ask-same-end"),
        *_ask_about_model(turns),
    ]
    return tuple(found[:MOST_QUESTIONS])


def _ask_about_turn(turns: Sequence[Turn]) -> Iterator[str]:
    """The decision that moved the chances of an agreement most."""
    if not turns:
        return
    turn = max(turns, key=lambda one: abs(one.agreement - one.agreement_modelled))
    if abs(turn.agreement - turn.agreement_modelled) >= NOTABLE:
        yield say(
            "ask-turn",
            week=turn.week,
            move=turn.label,
            modelled=turn.modelled,
            before=format_percent(100 * turn.agreement_modelled),
            after=format_percent(100 * turn.agreement),
        )


def _ask_about_signatures(played: PlayedRun) -> Iterator[str]:
    """A package refused that was better than none, or signed though it was worse; the most striking of each."""
    if not has_interests(played.state):
        return
    signed = [(one.pause.week, one.made.letter, POINTS * gain) for one, gain in played.signatures]
    refused = [(gain, week) for week, letter, gain in signed if letter == NO and gain > 0.0]
    worse = [(gain, week) for week, letter, gain in signed if letter == YES and gain < 0.0]
    if refused:
        gain, week = max(refused)
        yield say("ask-refused-gain", week=week, gain=format_gain(gain))
    if worse:
        gain, week = min(worse)
        yield say("ask-signed-loss", week=week, gain=format_gain(gain))


def _list_consenting(scenario: Scenario) -> list[str]:
    """Third parties whose consent some agreement needs."""
    return [actor.label for key, actor in scenario.actors.items() if must_consent(scenario, key)]


def _ask_about_end(agreed: Agreed | None, zone: JointWorths, consenting: Sequence[str]) -> Iterator[str]:
    """Whether the agreement left something on the table, or why there is none."""
    if agreed is not None:
        here = zone.points[agreed.number - 1]
        better = [
            (number, point)
            for number, point in enumerate(zone.points, start=1)
            if point.first > here.first and point.second > here.second
        ]
        if not better:
            yield say("ask-efficient-loss" if min(agreed.gains) < 0.0 else "ask-efficient")
            return
        number, point = max(better, key=lambda one: min(one[1].first - here.first, one[1].second - here.second))
        yield say("ask-dominated", better=number, label=point.label)
        return
    inside = sum(1 for point in zone.points if point.in_zone)
    if inside:
        yield _ask_what_stood_in_the_way(zone, inside, consenting)
    elif zone.points:
        yield say("ask-no-zone")


def _ask_what_stood_in_the_way(zone: JointWorths, inside: int, consenting: Sequence[str]) -> str:
    """Why nothing in the zone of the two sides was agreed; a consent that others must give is one of the answers."""
    blocked = [name for point in zone.points if point.is_blocked for name in point.lacking]
    who = list(dict.fromkeys([*consenting, *blocked]))
    if not who:
        return say("ask-no-deal-zone", many=inside)
    return say("ask-no-deal-veto", many=inside, who=join_words(who))


def _ask_about_offers(played: PlayedRun) -> Iterator[str]:
    own = Counter(offer.package for offer in played.offers if offer.by == played.state.actor)
    if own and max(own.values()) >= OFTEN:
        yield say("ask-repeated", many=max(own.values()))


def _ask_about_words(played: PlayedRun) -> Iterator[str]:
    if played.lapsed:
        yield say("ask-lapsed", many=played.lapsed)


def _ask_about_model(turns: Sequence[Turn]) -> Iterator[str]:
    otherwise = sum(1 for turn in turns if not turn.same)
    if otherwise:
        yield say("ask-model", many=otherwise, all=len(turns))
