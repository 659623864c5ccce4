"""Shuffled weeks: how often things happen stays, their order goes."""

import numpy as np

from sim.experiments.pattern_events import MOMENTS, EventRecord
from sim.experiments.pattern_matches import NEVER, match_pattern
from sim.experiments.shuffled_weeks import shuffle_weeks
from sim.schema.pattern import Pattern, PatternEvent

WEEKS, RUNS = 20, 400
CALL, THREAT = PatternEvent(event="call"), PatternEvent(event="threaten")
ROUND = Pattern.model_validate(
    {
        "label": "a",
        "summary": "b",
        "assumed": "for a test",
        "within_weeks": 1,
        "steps": [{"event": "threaten"}, {"event": "call"}],
    }
)


def record(*, often):
    """A call in the week after every threat, and a threat in every `often`-th week."""
    happened = {event: np.zeros((WEEKS, MOMENTS, RUNS), dtype=bool) for event in (CALL, THREAT)}
    happened[THREAT][::often, 1] = True
    happened[CALL][1::often, 2] = True
    return EventRecord(np.arange(RUNS), {event: one.reshape(-1, RUNS) for event, one in happened.items()})


def share(found):
    return float(np.mean(match_pattern(ROUND, found) != NEVER))


def test_events_happen_as_often_and_at_the_same_moments():
    made = record(often=3)
    shuffled = shuffle_weeks(made, 1)
    for event in (CALL, THREAT):
        before, after = (one.happened[event].reshape(WEEKS, MOMENTS, RUNS) for one in (made, shuffled))
        assert np.array_equal(before.sum(axis=0), after.sum(axis=0))
        assert not np.array_equal(before, after)


def test_the_same_seed_gives_the_same_weeks_and_runs_differ():
    made = record(often=3)
    one, again, other = (shuffle_weeks(made, seed).happened[CALL] for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert not np.array_equal(one[:, 0], one[:, 1])


def test_what_follows_from_what_is_lost_and_what_is_frequent_is_found_all_the_same():
    """A rare pair is found in each run and by chance in about one of ten; a frequent one by chance as well."""
    rare, frequent = record(often=20), record(often=2)
    assert (share(rare), share(frequent)) == (1.0, 1.0)
    assert share(shuffle_weeks(rare, 1)) < 0.2
    assert share(shuffle_weeks(frequent, 1)) > 0.95
