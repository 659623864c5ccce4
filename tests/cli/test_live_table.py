"""Live: what is shown while runs come in are the shares of these runs, with intervals that hold at every look."""

import io

import numpy as np
from rich.console import Console

from analysis.figures.number_text import format_range
from analysis.methods.intervals import confidence_sequence
from sim.cli.progress import make_live_table, show_live_shares

OUTCOMES = {"war": "the war goes on", "peace": "an agreement is in force"}


def render_lines(runs):
    out = io.StringIO()
    Console(file=out, width=200).print(make_live_table(OUTCOMES, ["peace"], runs))
    return [" ".join(line.split()) for line in out.getvalue().splitlines()]


def test_shares_intervals_and_agreements_over_time():
    weeks = np.array([[100 - 2 * week, 2 * week] for week in range(1, 9)])
    lines = render_lines({"one": weeks, "none": np.zeros((8, 2), dtype=np.int64)})
    known = confidence_sequence(16, 100)
    assert lines[0].endswith("one none")
    assert f"an agreement is in force 16% ({format_range(known.low, known.high)})" in lines
    after = [line.split("after week ")[1].split(" (")[0] for line in lines if "after week" in line]
    assert after == ["2 4%", "4 8%", "6 12%", "8 16%"]


def test_without_agreements_or_runs_there_is_nothing_over_time():
    assert not any("after week" in line for line in render_lines({}))


def test_nothing_is_shown_where_nobody_looks():
    with show_live_shares(OUTCOMES, ["peace"], {}, quiet=True) as told:
        assert told == (None, None)
