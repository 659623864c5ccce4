"""Shuffled weeks: how often would a pattern be found if its events had nothing to do with one another?

Read aloud
    Each event of a run keeps how often it happens and at which moment of the week; its weeks are shuffled, those of
    every other event in another way. What is found then comes from how frequent the events are, and from nothing else.
    A pattern that is found as often in shuffled weeks says nothing about what follows from what. Events of the same run
    are shuffled rather than runs without threats played, because every pattern has such a placebo, of the same runs.

Sources
    Permutation as a test of order in event sequences: Wampold and Margolin (1982), Nonparametric strategies to test the
    independence of behavioral states in sequential data.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.experiments.pattern_events import MOMENTS, EventRecord, Happened
from sim.model.random_streams import hash_next, hash_run, stream_key


def shuffle_weeks(record: EventRecord, seed: int) -> EventRecord:
    """The same events, each with its weeks in an order of its own; luck is addressed by seed, event, run and week."""
    return replace(
        record,
        happened={
            event: _shuffle(
                happened, _list_orders(seed, event.model_dump_json(), record.runs, len(happened) // MOMENTS)
            )
            for event, happened in record.happened.items()
        },
    )


def _list_orders(seed: int, event: str, runs: NDArray[np.int64], weeks: int) -> NDArray[np.int64]:
    """For each run an order of the weeks: (weeks, runs)."""
    start = hash_run(np.uint64(stream_key(seed, "patterns", event)), runs)
    return np.argsort(np.array([hash_next(start, np.array([week])) for week in range(weeks)]), axis=0, kind="stable")


def _shuffle(happened: Happened, orders: NDArray[np.int64]) -> Happened:
    """Moments of a week stay together."""
    weeks, runs = orders.shape
    parts = happened.reshape(weeks, MOMENTS, runs)
    return np.take_along_axis(parts, orders[:, np.newaxis, :], axis=0).reshape(happened.shape)
