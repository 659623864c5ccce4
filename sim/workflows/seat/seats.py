"""Seats: which actors of a scenario a player can be."""

from dataclasses import dataclass

import numpy as np

from sim.errors import find_similar, shorten
from sim.i18n.said_error import SaidError
from sim.model.build_layout import build_layout
from sim.schema.scenario import Scenario
from sim.workflows.seat.decisions import CHOOSERS


@dataclass(frozen=True)
class SeatChoice:
    """An actor whose seat can be taken."""

    actor: str
    """Its key."""
    label: str
    """Its name for readers."""
    about: str
    """Who it is."""


def list_seats(scenario: Scenario) -> tuple[SeatChoice, ...]:
    """Actors whose seat can be taken: whoever chooses moves, or whose consent an agreement may need.

    Args:
        scenario: The scenario.
    """
    return tuple(
        SeatChoice(key, actor.label, actor.about)
        for key, actor in scenario.actors.items()
        if key in _find_deciding(scenario)
    )


def _find_deciding(scenario: Scenario) -> frozenset[str]:
    """Keys of the actors that decide something."""
    layout = build_layout(scenario)
    actors = layout.spaces["actor"]
    rows = {int(row) for group in CHOOSERS for row in actors.groups[group]}
    needed = np.asarray(layout.terms_table.needed.any(axis=1)).tolist()
    consulted = {party for party, is_needed in zip(layout.parties, needed, strict=True) if is_needed}
    return frozenset({actors.keys[row] for row in rows} | consulted)


def find_seat(scenario: Scenario, actor: str | None) -> str:
    """Key of the actor that is meant: by its key, or by its name; the first side if none is.

    Args:
        scenario: The scenario.
        actor: Key or name of the actor.

    Raises:
        UsageError: there is no such actor, or it decides nothing.
    """
    if actor is None:
        return scenario.contest.first
    seats = list_seats(scenario)
    named = {seat.label.casefold(): seat.actor for seat in seats} | {seat.actor: seat.actor for seat in seats}
    found = named.get(actor) or named.get(actor.casefold())
    if found:
        return found
    keys = [seat.actor for seat in seats]
    if actor in scenario.actors:
        raise SaidError("seat.refused-idle", actor=actor, seats=", ".join(keys))
    near = " / ".join(map(repr, find_similar(actor, keys)))
    raise SaidError(f"seat.refused-seat{'-near' if near else ''}", actor=shorten(actor), seats=near or ", ".join(keys))
