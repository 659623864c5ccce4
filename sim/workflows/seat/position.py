"""Position: where a player stands - what has happened, what is on the table, what can be done and what it costs.

Read aloud
    Worths are given in points: hundredths of the actor's own scale, on which 100 is everything it wants of the terms.
    A gain is the worth of a package less that of no agreement, the reservation value. Points of two actors cannot be
    compared. What the model thinks a move is worth can be hidden.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sim.i18n.messages import format_percent
from sim.narrative.story import Event
from sim.rules.stages import IN_FORCE, PLAN
from sim.workflows.seat.costs import POINTS
from sim.workflows.seat.decisions import ActorState, Pause
from sim.workflows.seat.options import PackageWorth, SeatOption, list_options
from sim.workflows.seat.played_run import OfferMade, PlayedRun, is_belief
from sim.workflows.seat.wording import begin, say


@dataclass(frozen=True)
class Question:
    """What the player is asked."""

    kind: str
    """`move`, `sign`, `confirm` or `yield`."""
    text: str
    """The question."""
    why: str
    """Why it is asked now."""
    options: tuple[SeatOption, ...]
    """What can be answered; the last leaves it to the model, unless that is hidden."""
    package: PackageWorth | None
    """The package that is asked about, if it is one."""


@dataclass(frozen=True)
class News:
    """Something that a player hears of."""

    week: int
    """Week in which it happened."""
    text: str
    """The event in words."""
    own: bool
    """True for what the player's actor did itself."""


@dataclass(frozen=True)
class Offer:
    """A package that came on the table."""

    week: int
    """When."""
    by: str
    """Who tabled or drafted it."""
    own: bool
    """True if it was the player's actor."""
    number: int
    """Its number."""
    label: str
    """Its terms in one phrase."""
    gain_then: float | None
    """Points over no agreement to the player's actor, when it came on the table."""
    gain_now: float | None
    """The same now."""


@dataclass(frozen=True)
class Standing:
    """How things stand for the player's actor."""

    week: int
    """The week."""
    date: str
    """Its first day."""
    horizon: int
    """The last week of the game."""
    stage: str
    """How far the talks have come."""
    outcome: str
    """How the run would be classified if it ended now."""
    outcome_key: str
    """Its key."""
    agreed: int | None
    """Number of the package in force; none if none is."""
    reservation: float | None
    """Reservation value in points; none for an actor without interests."""
    plan: str
    """What lies on the table and who answers it this week; empty if nothing does."""
    threats: tuple[str, ...]
    """Ultimatums that stand against the actor or are its own, with the weeks left."""


MOVES_COUNTED = (
    "calls", "steps", "concessions", "offers", "meetings", "lobbying", "threats", "executions", "strikes",
)  # fmt: skip
"""Moves of all seats that are counted in a game, as columns of results name them."""

STAGES = ("idle", "contact", "ministers", "summit-due", "plan", "signed", "in-force")


def describe_standing(played: PlayedRun, week: int) -> Standing:
    """How things stand in a week.

    Args:
        played: The run.
        week: The week that is shown.
    """
    view, state = played.week_view, played.state
    starts = view.scenario.calendar.starts + datetime.timedelta(weeks=week - 1)
    outcome = played.outcomes[-1] if played.outcomes else int(view.world("outcome"))
    return Standing(
        week=week,
        date=say("date", date=starts),
        horizon=played.horizon,
        stage=say(f"stage-{STAGES[int(view.world('stage'))]}", case=view.things),
        outcome=list(view.scenario.outcomes.values())[outcome].label,
        outcome_key=list(view.scenario.outcomes)[outcome],
        agreed=int(view.world("draft")) + 1 if is_in_force(played) else None,
        reservation=POINTS * state.own("reservation") if has_interests(state) else None,
        plan=_describe_plan(played),
        threats=tuple(_list_threats(played)),
    )


def is_in_force(played: PlayedRun) -> bool:
    """True while an agreement is in force.

    Args:
        played: The run.
    """
    return played.week_view.world("stage") == IN_FORCE and played.week_view.world("ended") == 0.0


def _describe_plan(played: PlayedRun) -> str:
    """The plan on the table, and whose answer it waits for."""
    view, state = played.week_view, played.state
    if view.world("stage") != PLAN or played.pause is None:
        return ""
    package = weigh_package(played, int(view.world("draft")))
    words = {"number": package.number}
    if state.row in state.sides and state.own("at_table") > 0.0:
        return say("plan-own", **words)
    if state.is_mediator:
        return say("plan-mediator", **words)
    needed = state.is_consulted and _is_needed(played, package.number - 1)
    key = "plan-yours" if needed and played.pause.kind == "move" else "plan-others"
    return say(key, **words)


def _is_needed(played: PlayedRun, package: int) -> bool:
    """True if a package needs the consent of the player's actor."""
    row = played.engine.layout.parties.index(played.state.actor)
    return bool(played.engine.read_variable("party_package", "needed")[row, package, 0] > 0.0)


def _list_threats(played: PlayedRun) -> Iterator[str]:
    view, actor = played.week_view, played.state.actor
    for row, lever in enumerate(view.scenario.levers.values()):
        left = view.current("lever", "threat_left", row)
        if left > 0.0 and actor in (lever.holder, lever.target):
            key = "threat-own" if lever.holder == actor else "threat-against"
            yield say(key, lever=lever.label, holder=view.name_actor(lever.holder), weeks=int(left))


def has_interests(state: ActorState) -> bool:
    """True for an actor that weighs agreements; False for an institution that consents by its own rule."""
    return state.layout.scenario.actors[state.actor].interests is not None


def weigh_package(played: PlayedRun, package: int, *, hide_worths: bool = False) -> PackageWorth:
    """A package as the player's actor sees it now.

    Args:
        played: The run.
        package: Its number, counted from 0.
        hide_worths: True to leave out what the model thinks of the others.
    """
    view, state = played.week_view, played.state
    gain = worth = accepted = None
    if has_interests(state):
        gain = POINTS * played.find_gain(package)
        worth = gain + POINTS * state.own("reservation")
    if state.row in state.sides and not hide_worths:
        chances = state.engine.read_variable("side_package", "all_others_accept")
        accepted = float(chances[state.sides.index(state.row), package, 0])
    return PackageWorth(
        package + 1, begin(view.describe_shortly(package)), view.list_contents(package), worth, gain, accepted
    )


def list_packages(played: PlayedRun, *, hide_worths: bool = False) -> tuple[PackageWorth, ...]:
    """All packages, the best for the player's actor first; in the order of the menu for one without interests.

    Args:
        played: The run.
        hide_worths: True to leave out what the model thinks of the others.
    """
    count = len(played.engine.layout.packages)
    found = [weigh_package(played, number, hide_worths=hide_worths) for number in range(count)]
    return tuple(sorted(found, key=lambda one: (-(one.gain or 0.0), one.number)))


def list_offers(played: PlayedRun) -> tuple[Offer, ...]:
    """Packages that came on the table so far, in the order of the weeks.

    Args:
        played: The run.
    """
    return tuple(_describe_offer(played, offer) for offer in played.offers)


def _describe_offer(played: PlayedRun, offer: OfferMade) -> Offer:
    view, weighs = played.week_view, has_interests(played.state)
    return Offer(
        week=offer.week,
        by=begin(str(view.name_actor(offer.by))),
        own=offer.by == played.state.actor,
        number=offer.package + 1,
        label=begin(view.describe_shortly(offer.package)),
        gain_then=POINTS * offer.gain if weighs else None,
        gain_now=POINTS * played.find_gain(offer.package) if weighs else None,
    )


def list_news(played: PlayedRun, fired: frozenset[str] = frozenset()) -> tuple[News, ...]:
    """What has happened since the last question, by weeks: what is done in the open, then what the actor believes now.

    Args:
        played: The run.
        fired: What a teacher has dated, as a story calls it.
    """
    known = [event for event in played.news if _is_known(played, event)]
    told = [_report(played, event, fired) for event in known if not is_belief(event)]
    beliefs = _list_beliefs(played, [event for event in known if is_belief(event)])
    return tuple(sorted((*told, *beliefs), key=lambda one: one.week))


def _list_beliefs(played: PlayedRun, events: Sequence[Event]) -> Iterator[News]:
    """Beliefs that have moved, each once: from where, and to where."""
    view = played.week_view
    for what in dict.fromkeys(event.what for event in events):
        moved = [event for event in events if event.what == what]
        kind, _, about = what.partition("/")
        words = {"about": view.name_actor(about), "case": view.things}
        now, before = (format_percent(POINTS * (one or 0.0)) for one in (moved[-1].after, moved[0].before))
        belief = say(f"belief-{kind}", chance=now, **words)
        yield News(moved[-1].week, say("belief-moved", belief=belief, before=before), own=False)


def list_public_news(played: PlayedRun, fired: frozenset[str] = frozenset()) -> tuple[News, ...]:
    """All that anybody could hear of so far, whoever asks: what was done in the open, and no belief.

    Args:
        played: The run.
        fired: What a teacher has dated, as a story calls it.
    """
    known = (event for event in played.events if _is_known(played, event) and not is_belief(event))
    return tuple(_report(played, event, fired) for event in known)


def list_history(played: PlayedRun, fired: frozenset[str] = frozenset()) -> tuple[News, ...]:
    """All that the player could hear of so far.

    Args:
        played: The run.
        fired: What a teacher has dated, as a story calls it.
    """
    return tuple(_report(played, event, fired) for event in played.events if _is_known(played, event))


def _is_known(played: PlayedRun, event: Event) -> bool:
    """True for what is done in the open, and for what the player's own actor believes."""
    if event.what == "outcome" and event.before is None:
        return False
    return not is_belief(event) or event.actor == played.state.actor


def _report(played: PlayedRun, event: Event, fired: frozenset[str]) -> News:
    text = event.plain
    if event.key.startswith("scheduled-") and event.what in fired:
        for dated in ("dated-by-scenario", "dated"):
            text = text.replace(say(dated), say("dated-by-teacher"))
    if len(played.week_view.scenario.sequences) == 1 and "sequence" in event.words:
        text = text.replace(say("in-sequence", sequence=event.words["sequence"]), "")
    return News(event.week, text, event.actor == played.state.actor and not is_belief(event))


def ask(played: PlayedRun, pause: Pause, *, hide_worths: bool = False) -> Question:
    """The question at which a run stands still.

    Args:
        played: The run.
        pause: Where it stands still.
        hide_worths: True to leave out what the model thinks moves are worth and what it would choose.
    """
    view = played.week_view
    draft = weigh_package(played, int(view.world("draft")), hide_worths=hide_worths)
    words: dict[str, Any] = {"case": view.things, "refusing": _name_refusing(played)}
    if view.mediator:
        words["mediator"] = view.name_actor(view.mediator)
    kind = f"{pause.kind}-refused" if pause.kind == "confirm" and words["refusing"] else pause.kind
    return Question(
        kind=pause.kind,
        text=say(f"question-{kind}", **words),
        why=say(f"why-{_find_why(played, pause)}", **words),
        options=list_options(played, pause, draft, hide_worths=hide_worths),
        package=None if pause.kind == "move" else draft,
    )


def _find_why(played: PlayedRun, pause: Pause) -> str:
    """Why the player is asked, where it was told already, or has moved this week already, apart."""
    if played.reason == "event" and not list_news(played):
        return "told"
    if played.reason == "first" and not _has_zone(played):
        return "first-without-zone"
    before = played.decided[-1] if played.decided else None
    has_moved = before is not None and before.asked and (before.pause.kind, before.pause.week) == ("move", pause.week)
    return "sign-after-move" if played.reason == "sign" and has_moved else played.reason


def _has_zone(played: PlayedRun) -> bool:
    """True if a package is better for both sides than none, as things stand."""
    parties = played.engine.layout.parties
    rows = [parties.index(side) for side in played.week_view.scenario.find_by_role("disputant")]
    surplus = played.engine.read_variable("party_package", "surplus")
    return bool((surplus[rows, :, 0] > 0.0).all(axis=0).any())


def _name_refusing(played: PlayedRun) -> str:
    """Those who refuse the plan this week."""
    view = played.week_view
    if played.pause is None or played.pause.kind != "confirm":
        return ""
    rows = view.find_members("consulted", "refuses")
    return view.name_rows(rows) if rows else ""
