"""NegMAS tables: a hundred tables of worths, and what NegMAS chooses from them, kept beside the tests.

`python -m tests.methods.negmas_tables` asks NegMAS again and writes `negmas_choices.json`; it needs the extra `oracle`.
The tests compare with the file and need nothing. Worths are tenths, so ties and weak dominance occur in most tables.
"""

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np

from sim.model import random_streams

CHOICES = Path(__file__).with_name("negmas_choices.json")
TABLES = 100


def make_table(number: int) -> np.ndarray:
    """Worths of 2 to 40 packages to 2 to 4 parties, in tenths, by addressed luck."""
    place = np.uint64(random_streams.stream_key(13, "negmas", str(number)))
    drawn = random_streams.uniform(random_streams.hash_run(np.full(162, place), np.arange(162)))
    packages, parties = 2 + int(drawn[0] * 39), 2 + int(drawn[1] * 3)
    return np.floor(drawn[2 : 2 + packages * parties] * 11).reshape(packages, parties) / 10


def ask_negmas(worths: np.ndarray) -> dict[str, list]:
    """Numbers of the packages on its frontier, and the worths of each solution it finds; no agreement is worth 0.

    Its Kalai-Smorodinsky solution is another one where packages are few: that with the most equal shares of what each
    could hope for, however small. It is not compared.
    """
    from negmas.preferences import ops

    rows = [tuple(row) for row in worths.tolist()]
    frontier = sorted({rows[at] for at in ops.pareto_frontier_bf(worths, eps=0.0)})
    ranges = [(0.0, float(best)) for best in worths.max(axis=0)]
    found = {"frontier": frontier}
    for name, points in (
        ("nash", ops.nash_points),
        ("egalitarian", ops.kalai_points),
        ("utilitarian", ops.max_welfare_points),
    ):
        found[name] = sorted({point for point, _ in points((), frontier, ranges=ranges)})
    return found


def main() -> None:
    """Ask about every table, and keep the answers."""
    answers = [ask_negmas(make_table(number)) for number in range(TABLES)]
    text = ",\n".join(json.dumps(answer) for answer in answers)
    CHOICES.write_text(f'{{"negmas": "{version("negmas")}", "tables": [\n{text}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
