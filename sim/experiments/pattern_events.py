"""Pattern events: what steps of patterns name, found in what runs look like week by week.

Read aloud
    A week has moments, in the order of its rules: ultimatums run out and prospects are weighed; third parties and the
    mediator choose; the two sides choose; the talks take their step; agreements, truces and the contest come last.
    Every event happens at one of them. Once the contest has ended, nothing happens any more.

Sources
    The order of the week is that of `sim.rules.week`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine
from sim.ensemble.block import CHUNK, simulate_to_week_zero
from sim.model.layout import Layout
from sim.model.simulation import Engine, Recorded, Simulation
from sim.model.state import Array
from sim.rules.stages import IN_FORCE, MINISTERS, SUMMIT_DUE
from sim.schema.pattern import PatternEvent
from sim.schema.scenario import Scenario

Happened = NDArray[np.bool_]

BEGIN, OTHERS, SIDES, TALKS, END = range(5)
MOMENTS = 5
"""Moments of a week."""

ACCEPTANCE = "acceptance"
"""Stands for the chance that a side gives the acceptance of its own offer by everybody else."""

_OF_WORLD = {
    "opened": (TALKS, "opened"),
    "summit": (TALKS, "summit"),
    "summit-failed": (TALKS, "failed"),
    "summit-cancelled": (TALKS, "cancelled"),
    "plan": (TALKS, "plan_now"),
    "plan-lapsed": (TALKS, "lapsed_plan_now"),
    "plan-refused": (TALKS, "by_refusal"),
    "plan-unconfirmed": (TALKS, "by_no_confirmation"),
    "signed": (TALKS, "signed_now"),
    "settled": (END, "completed"),
    "broken": (END, "broke"),
    "truce-begun": (END, "truces_begun"),
    "truce-violated": (END, "truce_violated"),
    "truce-kept": (END, "truce_kept"),
}
"""Events that a variable of the world says: moment and variable."""

_OF_SIDE = {
    "summit-failed": "seat_failed",
    "summit-cancelled": "seat_cancelled",
    "plan": "seat_plan",
    "plan-lapsed": "seat_lapsed",
    "signed": "seat_signed",
}
"""The same for the side at the table: its variable."""

_FAILURES = ("summit-failed", "summit-cancelled", "plan-lapsed")
"""What `talks-failed` stands for."""

_STAGES = {"summit-due": (TALKS, SUMMIT_DUE), "in-force": (END, IN_FORCE)}
"""Events that are the reaching of a stage."""

_OF_LEVER = {"threaten": "threatened_now", "execute": "executed_now"}
"""Events that a variable of the lever says."""


@dataclass(frozen=True)
class Observation:
    """How to see in recorded variables whether something happened."""

    moment: int
    """Moment of the week at which it happens."""
    places: tuple[Recorded, ...]
    """The variables."""
    find: Callable[..., Any]
    """From their values (weeks and one before, runs), whether it happened: (weeks, runs)."""


@dataclass(frozen=True)
class EventRecord:
    """What happened in some runs."""

    runs: NDArray[np.int64]
    """Numbers of the runs."""
    happened: Mapping[PatternEvent, Happened]
    """By event: (moments of all weeks from week 1, runs)."""


def record_events(
    scenario: Scenario, seed: int, runs: NDArray[np.int64], horizon: int, events: Iterable[PatternEvent]
) -> EventRecord:
    """Play runs again and see when events happen; runs that do not match the reported run-up are left out."""
    asked = tuple(dict.fromkeys(events))
    parts = [_record_chunk(scenario, seed, runs[at : at + CHUNK], horizon, asked) for at in range(0, runs.size, CHUNK)]
    if not parts:
        raise ValueError("there are no runs to look at")
    happened = {event: np.concatenate([part.happened[event] for part in parts], axis=1) for event in asked}
    return EventRecord(np.concatenate([part.runs for part in parts]), happened)


def _record_chunk(
    scenario: Scenario, seed: int, runs: NDArray[np.int64], horizon: int, events: tuple[PatternEvent, ...]
) -> EventRecord:
    engine = make_engine(simulate_to_week_zero(scenario, seed, runs))
    observations = {event: list_observations(engine.layout, event) for event in events}
    ended: Recorded = ("world", "ended", 0)
    places = dict.fromkeys(
        [ended, *(place for found in observations.values() for one in found for place in one.places)]
    )
    values = _record_values(engine, horizon, tuple(places))
    goes_on = values[ended][:-1] == 0.0
    return EventRecord(
        engine.runs, {event: _merge_observations(found, values, goes_on) for event, found in observations.items()}
    )


def _record_values(engine: Engine, horizon: int, places: tuple[Recorded, ...]) -> dict[Recorded, Array]:
    """Values before week 1 and after every week: (weeks and one before, runs)."""
    plain = [place for place in places if place[1] != ACCEPTANCE]
    others = [place for place in places if place[1] == ACCEPTANCE]
    simulation, weighed = Simulation(engine), {place: [np.zeros(engine.runs.size)] for place in others}
    before = np.array([engine.read(*place) for place in plain])[np.newaxis]
    recorded = [before]
    for first, last in [(1, horizon)] if not others else [(week, week) for week in range(1, horizon + 1)]:
        recorded.append(simulation.advance(last, plain)[: last - first + 1])
        for place in others:
            weighed[place].append(_read_acceptance(engine, place[2]))
    joined = np.concatenate(recorded)
    found = {place: joined[:, column] for column, place in enumerate(plain)}
    return found | {place: np.array(rows) for place, rows in weighed.items()}


def _read_acceptance(engine: Engine, row: int) -> Array:
    """Chance that a side gives the acceptance of its offer by everybody else."""
    side = list(engine.layout.spaces["actor"].groups["disputant"]).index(row)
    package = engine.read("actor", "counter", row).astype(np.int64)
    return np.asarray(engine.read_variable("side_package", "all_others_accept")[side, package, np.arange(package.size)])


def _merge_observations(
    observations: list[Observation], values: Mapping[Recorded, Array], goes_on: Happened
) -> Happened:
    """Whether any of the observations says that it happened: (moments of all weeks, runs)."""
    weeks, runs = goes_on.shape
    found = np.zeros((weeks, MOMENTS, runs), dtype=np.bool_)
    for one in observations:
        found[:, one.moment] |= one.find(*(values[place] for place in one.places)) & goes_on
    return found.reshape(weeks * MOMENTS, runs)


def list_observations(layout: Layout, event: PatternEvent) -> list[Observation]:
    """How to see whether an event happened."""
    if event.event in ("vetoed", "lapsed", "threat-over", *_OF_LEVER):
        return _observe_levers(layout, event)
    if event.event in ("ministers-good", "ministers-bad", "favours", "talks-failed", *_OF_SIDE):
        return _observe_side(layout, event)
    if event.event == "leave":
        return [_is_set(OTHERS, ("world", "left_now", 0))]
    if event.event == "ended":
        return [Observation(END, (("world", "ended", 0),), lambda ended: (ended[1:] > 0.0) & (ended[:-1] == 0.0))]
    if event.event == "ministers":
        return [Observation(TALKS, (("world", "stage_before", 0),), lambda before: before[1:] == MINISTERS)]
    if event.event in _STAGES:
        moment, stage = _STAGES[event.event]
        return [_is_reached(moment, stage)]
    if event.event in _OF_WORLD:
        moment, name = _OF_WORLD[event.event]
        return [_is_set(moment, ("world", name, 0))]
    return _observe_moves(layout, event)


def _is_set(moment: int, place: Recorded) -> Observation:
    """It happened where the variable is above zero."""
    return Observation(moment, (place,), lambda value: value[1:] > 0.0)


def _is_reached(moment: int, stage: float) -> Observation:
    """It happened where the talks are at the stage now and were not before."""
    return Observation(moment, (("world", "stage", 0),), lambda now: (now[1:] == stage) & (now[:-1] != stage))


def _observe_moves(layout: Layout, event: PatternEvent) -> list[Observation]:
    """Moves of a kind."""
    sides, found = layout.scenario.find_by_role("disputant"), []
    for row, move in enumerate(layout.moves):
        target = layout.scenario.levers[move.lever].target if move.lever else move.target
        if move.kind != event.event or event.by not in ("", move.actor) or event.against not in ("", target):
            continue
        if event.lever not in ("", move.lever):
            continue
        moment, chosen = SIDES if move.actor in sides else OTHERS, ("move", "chosen", row)
        if event.acceptance_at_most is None:
            found.append(_is_set(moment, chosen))
        else:
            found.append(_observe_offer(layout, move.actor, chosen, event.acceptance_at_most))
    return found


def _observe_offer(layout: Layout, actor: str, chosen: Recorded, highest: float) -> Observation:
    """An offer that would leave its maker better off, and whose acceptance it gives no higher chance."""
    row = layout.spaces["actor"].keys.index(actor)
    places = (chosen, ("actor", "counter_gain", row), ("actor", ACCEPTANCE, row))
    return Observation(
        SIDES,
        places,
        lambda offered, gain, chance: (offered[1:] > 0.0) & (gain[1:] > 0.0) & (chance[1:] <= highest),
    )


def _observe_levers(layout: Layout, event: PatternEvent) -> list[Observation]:
    """What becomes of levers."""
    sides, found = layout.scenario.find_by_role("disputant"), []
    for row, (key, lever) in enumerate(layout.scenario.levers.items()):
        if event.lever not in ("", key) or event.by not in ("", lever.holder):
            continue
        if event.against not in ("", lever.target):
            continue
        moment = SIDES if lever.holder in sides else OTHERS
        lapsed = _is_set(BEGIN, ("lever", "lapsed_word", row))
        if event.event == "lapsed":
            found.append(lapsed)
        elif event.event == "threat-over":
            found += [lapsed, _is_set(moment, ("lever", "withdrawn_word", row)), _ends_as_met(row)]
        elif event.event == "vetoed":
            places = (("lever", "executing_now", row), ("lever", "vetoed", row))
            found.append(Observation(moment, places, lambda tried, barred: (tried[1:] > 0.0) & (barred[1:] > 0.0)))
        else:
            found.append(_is_set(moment, ("lever", _OF_LEVER[event.event], row)))
    return found


def _ends_as_met(row: int) -> Observation:
    """An ultimatum stood, stands no more, and was met: it neither ran out nor was carried out nor dropped."""
    names = ("threat_left", "lapsed_word", "executed_now", "withdrawn_word")
    return Observation(
        SIDES,
        tuple(("lever", name, row) for name in names),
        lambda left, *ends: (left[:-1] > 0.0) & (left[1:] == 0.0) & (sum(end[1:] for end in ends) == 0.0),
    )


def _observe_side(layout: Layout, event: PatternEvent) -> list[Observation]:
    """Events of the talks that are booked to the side at the table, and what the mediator favours with it."""
    actors = layout.spaces["actor"].keys
    rows = [actors.index(key) for key in layout.scenario.find_by_role("disputant") if event.side in ("", key)]
    if event.event == "talks-failed":
        return [_is_set(TALKS, ("actor", _OF_SIDE[name], row)) for name in _FAILURES for row in rows]
    if event.event == "ministers-good":
        return [Observation(TALKS, (("actor", "signal", row),), lambda signal: signal[1:] > 1.0) for row in rows]
    if event.event == "ministers-bad":
        return [Observation(TALKS, (("actor", "signal", row),), lambda signal: signal[1:] < 1.0) for row in rows]
    if event.event == "favours":
        return [_observe_favourite(layout, row, event.sequence) for row in rows]
    if not event.side:
        moment, name = _OF_WORLD[event.event]
        return [_is_set(moment, ("world", name, 0))]
    return [_is_set(TALKS, ("actor", _OF_SIDE[event.event], row)) for row in rows]


def _observe_favourite(layout: Layout, row: int, sequence: str) -> Observation:
    """The package that promises the mediator most, and something, goes by the sequence."""
    number, count = layout.sequences.index(sequence), len(layout.sequences)
    return Observation(
        BEGIN,
        (("actor", "favourite", row), ("actor", "prospect", row)),
        lambda favourite, prospect: (favourite[1:] % count == number) & (prospect[1:] > 0.0),
    )
