"""Class ensemble: the model's own runs beside which a class is set, with the events that its teacher fired.

Read aloud
    Each of the model's runs has the events of one of the class's games, in the same weeks, taken in turn: a class in
    which two of three games had an event is set beside runs of which two in three have it. Everything else is the
    scenario as the room was opened, with the seed of the room.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.columns import Column
from sim.ensemble.results import Results, ViewRuns
from sim.storage.room_record import Room
from sim.workflows.explore import Exploration, Explorer

Events = tuple[str, ...]
"""Events that were fired in a game, each as path=value."""

FULL, MANY = 4, 12
"""Different lists of events up to which each is played with all runs, and with half of them; a quarter beyond."""


def play_class_ensemble(room: Room, fired: Sequence[Events], explorer: Explorer, runs: int) -> Results:
    """The model's runs beside which games of a room are set.

    Args:
        room: The room.
        fired: Events of every game.
        explorer: Plays the runs.
        runs: Runs, at most.

    Returns:
        Runs of one source view; counts by week and the opening are those of the commonest list of events.
    """
    many = Counter(fired) or Counter[Events]([()])
    played = {events: explorer.play(one) for events, one in _plan(room, [key for key, _ in many.most_common()], runs)}
    return next(iter(played.values())) if len(played) == 1 else _take_in_turn(played, many)


def _plan(room: Room, lists: Sequence[Events], runs: int) -> list[tuple[Events, Exploration]]:
    """What is played for every list of events."""
    part = 1 if len(lists) <= FULL else 2 if len(lists) <= MANY else 4
    as_opened = Exploration(room.case, (room.view,) if room.view else (), seed=room.seed, runs=max(runs // part, 1))
    return [(events, replace(as_opened, changes=events)) for events in lists]


def _take_in_turn(played: Mapping[Events, Results], many: Mapping[Events, int]) -> Results:
    """One ensemble of several on the same draws: each run from one of them, in turn, as often as it has games."""
    first, *_ = played.values()
    name = next(iter(first.views))
    views = [one.views[name] for one in played.values()]
    turns = np.repeat(np.arange(len(views)), [many[events] for events in played])
    runs = np.arange(views[0].n_matching)
    columns = {column: _choose(views, column, turns[runs % turns.size]) for column in views[0].columns}
    return replace(first, views={name: replace(views[0], columns=columns)})


def _choose(views: Sequence[ViewRuns], column: str, chosen: NDArray[np.intp]) -> Column:
    """A column, each of its rows from the ensemble chosen for it."""
    found: Column = np.stack([view.columns[column] for view in views])[chosen, np.arange(chosen.size)]
    return found
