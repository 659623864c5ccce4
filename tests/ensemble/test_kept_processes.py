"""Processes of a workflow are started once, and nobody who is done with them takes them from the others."""

import multiprocessing
import os

import pytest

from sim.ensemble.kept_processes import end_processes, keep_processes
from sim.workflows.workers import parallel_map, use_workers

ASKED: list[tuple[()]] = [()] * 8


def find_processes(workers: int = 2) -> set[int]:
    """Numbers of the processes that do a few things."""
    return set(parallel_map(os.getpid, ASKED, workers))


def test_processes_stay_for_what_is_played_next() -> None:
    before = set(multiprocessing.active_children())
    with use_workers(2):
        found = find_processes() | find_processes() | find_processes()
        assert os.getpid() not in found
        assert len(found) <= 2
    assert set(multiprocessing.active_children()) == before


def test_inner_workflows_use_the_processes_of_the_outer_one() -> None:
    with use_workers(2):
        first = find_processes()
        with use_workers(2):
            second = find_processes()
        assert len(first | second | find_processes()) <= 2


def test_ended_processes_are_replaced() -> None:
    with keep_processes():
        first = find_processes()
        end_processes()
        assert find_processes().isdisjoint(first)


def test_a_task_that_fails_leaves_the_processes_to_the_next() -> None:
    with keep_processes():
        first = find_processes()
        with pytest.raises(ZeroDivisionError):
            parallel_map(divmod, [(1, 0), (4, 2)], 2)
        assert len(first | find_processes()) <= 2
