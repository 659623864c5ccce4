"""Replay by outcome: a run that ends so, the nth of them, and what does occur where none does."""

import pytest

import sim
from sim.errors import UsageError
from sim.workflows.replay import ReplayedRun

TOWNS = "textbook/two-towns"


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    return sim.run(TOWNS, runs=30, horizon=12, workers=1, report=False, out=out)


def replay(played, **words) -> ReplayedRun:
    return sim.replay(folder=played.folder, **words)


def test_the_first_and_the_second_run_that_end_so(played):
    first, second = (replay(played, outcome="in-force", nth=nth).narrated for nth in (1, 2))
    assert first.story.outcome == second.story.outcome == "in-force"
    assert first.run < second.run
    earlier = [sim.replay(played.folder, run).narrated.story.outcome for run in range(first.run)]
    assert "in-force" not in earlier


def test_an_outcome_that_never_occurs_is_told_with_what_does(played):
    with pytest.raises(UsageError) as refused:
        replay(played, outcome="north")
    message = str(refused.value)
    assert message.startswith("no run of as-written ends in north; what occurs, with the number of runs: ")
    assert "in-force (" in message
    assert "\n" not in message


def test_too_high_an_nth_says_how_many_there_are(played):
    with pytest.raises(UsageError, match=r"^\d+ of the runs of as-written end in in-force; what occurs"):
        replay(played, outcome="in-force", nth=31)


def test_a_misspelt_outcome_gets_the_nearest(played):
    with pytest.raises(UsageError, match="in-force"):
        replay(played, outcome="in-forse")


@pytest.mark.parametrize("words", [{}, {"number": 0, "outcome": "in-force"}])
def test_a_run_is_named_by_number_or_by_outcome(played, words):
    with pytest.raises(UsageError, match="name a run by its number, or an `outcome=` in which it ends; one of the two"):
        replay(played, **words)


def test_why_and_run_up_choose_how_much_is_told(played):
    short, long = replay(played, number=0), replay(played, number=0, why=True)
    assert "[move: " not in str(short)
    assert "[move: " in str(long)
    assert short.narrated.story == long.narrated.story


def test_the_run_up_is_told_when_it_is_asked_for():
    for why in (False, True):
        plain, with_run_up = (str(sim.play(run=7, why=why, run_up=run_up)) for run_up in (False, True))
        assert "−20" not in plain
        assert len(with_run_up) > len(plain)
