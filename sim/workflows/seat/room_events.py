"""Room events: what a teacher can let happen in every game of a room, and how it is written into a game's scenario.

Read aloud
    Whatever a scenario file could date, a teacher can fire: a lever that is carried out, the mediator's departure, a
    summit with one of the sides, a plan on the table that one of them accepts. Each is dated once in a game, for the
    week after the one at which the game stands; who has dated it first, the scenario file or the teacher, is right.
    Nothing is dated where it could not happen: nobody leaves, invites or tables a plan who has left already, and a
    signed agreement needs no summit and no plan.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sim.i18n.messages import message
from sim.schema.scenario import Scenario

DEPARTURE, SUMMIT, PLAN = "mediator_leaves_in_week", "summit", "plan"
"""Parts of the schedule."""

SCHEDULE = "schedule"
"""What the change sets that dates them."""


@dataclass(frozen=True)
class RoomEvent:
    """Something that a teacher can let happen."""

    key: str
    """What names it in a form."""
    kind: str
    """`lever`, `talks` or `plan`."""
    label: str
    """What happens."""
    part: str
    """Part of the schedule that dates it; empty for a lever."""
    words: tuple[tuple[str, str | bool], ...] = ()
    """What else stands there."""

    @property
    def path(self) -> str:
        """What is set to date it: the week of a lever, or the schedule of the scenario."""
        return SCHEDULE if self.part else f"{self.key}.scheduled_week"


def list_events(scenario: Scenario) -> dict[str, RoomEvent]:
    """Events that a teacher can fire, by key.

    Args:
        scenario: The scenario; events are named in its language.
    """
    return {event.key: event for event in (*_list_levers(scenario), *_list_talks(scenario), *_list_plans(scenario))}


def _list_levers(scenario: Scenario) -> Iterator[RoomEvent]:
    for key, lever in scenario.levers.items():
        if lever.executes and lever.scheduled_week is None:
            yield RoomEvent(f"levers.{key}", "lever", message("classroom.event-lever", lever=lever.label), "")


def _list_talks(scenario: Scenario) -> Iterator[RoomEvent]:
    if not scenario.mediator:
        return
    actors, schedule = scenario.actors, scenario.schedule
    if schedule.mediator_leaves_in_week is None:
        label = message("classroom.event-departure", actor=actors[scenario.mediator].label)
        yield RoomEvent(DEPARTURE, "talks", label, DEPARTURE)
    if schedule.summit is None:
        for side in scenario.find_by_role("disputant"):
            label = message("classroom.event-summit", side=actors[side].label)
            yield RoomEvent(f"{SUMMIT}.{side}", "talks", label, SUMMIT, (("side", side),))


def _list_plans(scenario: Scenario) -> Iterator[RoomEvent]:
    if not scenario.mediator or scenario.schedule.plan is not None:
        return
    sequence = scenario.protocol.ready_sequence
    for name, terms in scenario.menu.named.items():
        for side in scenario.find_by_role("disputant"):
            label = message("classroom.event-plan", side=scenario.actors[side].label, terms=terms.label)
            words = (("side", side), ("terms", name), ("sequence", sequence))
            yield RoomEvent(f"{PLAN}.{name}.{side}", "plan", label, PLAN, words)


HAPPENS_AS = {DEPARTURE: "left_now", SUMMIT: "summit_due", PLAN: "plan_due"}
"""What a story calls a part of the schedule that has come about."""


def list_fired(scenario: Scenario, changes: tuple[str, ...]) -> frozenset[str]:
    """What a teacher has dated in a game, as a story calls it.

    Args:
        scenario: The scenario of the room, without changes.
        changes: What was dated in the game, each as path=value.
    """
    dated = dict(change.split("=", 1) for change in changes)
    levers = {f"executed_now/{key}" for key in scenario.levers if f"levers.{key}.scheduled_week" in dated}
    parts = json.loads(dated.get(SCHEDULE, "{}"))
    return frozenset(levers | {HAPPENS_AS[part] for part in parts if getattr(scenario.schedule, part) is None})


def find_week(event: RoomEvent, changes: tuple[str, ...]) -> int | None:
    """Week for which an event is dated in a game; none if it is not.

    Args:
        event: The event.
        changes: What was dated in the game, each as path=value.
    """
    dated = dict(change.split("=", 1) for change in changes)
    if not event.part:
        week = dated.get(event.path)
        return None if week is None else int(week)
    found = json.loads(dated.get(event.path, "{}")).get(event.part)
    if isinstance(found, dict):
        return int(found["week"]) if all(found.get(name) == word for name, word in event.words) else None
    return found if isinstance(found, int) else None


def can_happen(event: RoomEvent, *, is_mediated: bool, is_signed: bool) -> bool:
    """Whether an event can happen in a game as it stands.

    Args:
        event: The event.
        is_mediated: True while somebody mediates in the game.
        is_signed: True while an agreement is signed in it.
    """
    return not event.part or (is_mediated and (event.part == DEPARTURE or not is_signed))


def date_event(event: RoomEvent, scenario: Scenario, changes: tuple[str, ...], week: int) -> tuple[str, ...] | None:
    """The changes of a game with an event dated; none if it has its date already.

    Args:
        event: The event.
        scenario: The scenario of the game, with its changes.
        changes: What was dated before, each as path=value.
        week: Week in which it happens.
    """
    if not event.part:
        key = event.key.removeprefix("levers.")
        dated = scenario.levers[key].scheduled_week is not None
        return None if dated else (*changes, f"{event.path}={week}")
    if getattr(scenario.schedule, event.part) is not None:
        return None
    before = scenario.schedule.model_dump(mode="json", exclude_none=True)
    dated_part = {"week": week, **dict(event.words)} if event.words else week
    kept = tuple(change for change in changes if not change.startswith(f"{event.path}="))
    return (*kept, f"{event.path}={json.dumps({**before, event.part: dated_part})}")
