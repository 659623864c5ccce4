"""Measure methods: processor seconds of solve, baselines, opening a GENIUS domain, and sensitivity on the flagship.

`python -m tests.benchmarks.measure_methods [solve baselines genius morris sobol]` prints one line for each, with the
limit it is to keep. Processor time of this process and of its workers counts; on two cores the wall takes about half.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import sim
from analysis.methods.bargaining import solve_bargaining
from analysis.methods.baselines import compute_baselines
from sim.loading.tables.position_table import PositionTable
from sim.model import random_streams

PACKAGES, PARTIES, ISSUES, ACTORS = 14_580, 4, 353, 30
SPREADS = (10, 10, 10, 10, 5)
"""Values of the issues of a GENIUS domain: 50,000 outcomes."""

SENSITIVITY = {"case": "alaska-budapest", "view": "wide", "horizon": 52, "changes": "run_up.weeks=0"}


def draw(*shape: int) -> np.ndarray:
    """Numbers from 0 to 1, always the same."""
    place = np.uint64(random_streams.stream_key(1, "benchmark", "methods"))
    return random_streams.uniform(random_streams.hash_run(place, np.arange(int(np.prod(shape))))).reshape(shape)


def solve() -> None:
    """All solutions among 14,580 packages of four parties."""
    solve_bargaining(draw(PACKAGES, PARTIES), np.full(PARTIES, 0.3), (0.99,) * PARTIES)


def baselines() -> None:
    """All baselines of 353 tables of one issue and 30 actors, in one call."""
    compute_baselines(make_table())


def make_table() -> PositionTable:
    """A table of 353 issues and 30 actors."""
    numbers = draw(3, ACTORS, ISSUES)
    return PositionTable(
        name="benchmark",
        format="issue-rows",
        actors=tuple(f"a{n}" for n in range(ACTORS)),
        issues=tuple(f"i{n}" for n in range(ISSUES)),
        positions=100 * numbers[0],
        salience=numbers[1],
        power=0.01 + numbers[2],
        low=np.zeros(ISSUES),
        high=np.full(ISSUES, 100.0),
        separate=True,
    )


def genius() -> None:
    """A domain of 50,000 outcomes with two profiles, opened and solved."""
    with tempfile.TemporaryDirectory() as folder:
        for party in (1, 2):
            (Path(folder) / f"party{party}.xml").write_text(make_profile(party), encoding="utf-8")
        found = sim.solve(folder)
    assert len(found.problem.packages) == np.prod(SPREADS)


def make_profile(party: int) -> str:
    """An additive profile of GENIUS."""
    values = draw(len(SPREADS), max(SPREADS), 3)[..., party]
    issues = "".join(
        f'<issue etype="discrete" index="{at + 1}" name="i{at}" type="discrete" vtype="discrete">'
        + "".join(f'<item index="{n + 1}" value="v{n}" evaluation="{values[at, n]:.4f}"/>' for n in range(size))
        + "</issue>"
        for at, size in enumerate(SPREADS)
    )
    weights = "".join(f'<weight index="{at + 1}" value="{1 / len(SPREADS)}"/>' for at in range(len(SPREADS)))
    head = f'<utility_space number_of_issues="{len(SPREADS)}" type="any">'
    top = '<objective description="" etype="objective" index="0" name="root" type="objective">'
    return f"<negotiation_template>{head}{top}{issues}</objective>{weights}</utility_space></negotiation_template>"


def morris() -> None:
    """Screening of all quantities of the flagship: 10 trajectories, 8 runs at each point; 2 draws of indices."""
    sim.sensitivity(**SENSITIVITY, draws=2, trajectories=10, workers=2)


def sobol() -> None:
    """Indices of all themes of the flagship from 512 draws."""
    sim.sensitivity(**SENSITIVITY, draws=512, trajectories=0, workers=2)


LIMITS = {solve: 1.0, baselines: 2.0, genius: 5.0, morris: 60.0, sobol: 120.0}
"""Seconds on the wall of two free cores that each is to keep."""


def count_seconds() -> float:
    """Processor time so far, that of finished workers included."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(names: list[str]) -> None:
    """Measure what is named, or everything."""
    for work, limit in LIMITS.items():
        if not names or work.__name__ in names:
            before, wall = count_seconds(), time.perf_counter()
            work()
            used, passed = count_seconds() - before, time.perf_counter() - wall
            print(f"{work.__name__}: {used:.2f} s of processor time ({passed:.2f} s on the wall), limit {limit:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
