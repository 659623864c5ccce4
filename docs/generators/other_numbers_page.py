"""Other people's numbers: what others published, and what zopa computes from the same inputs, side by side.

A test compares every row of this page: both must agree to the last decimal that was published.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.methods.alternating_offers import rubinstein_shares
from analysis.methods.bargaining import measure_distances, solve_bargaining
from analysis.methods.baselines import Baselines, compute_baselines
from sim.experiments.bargaining_problem import pose_profiles
from sim.loading.genius_files import read_genius
from sim.loading.tables.read_table import read_position_table

DATA = Path(__file__).resolve().parent / "other_numbers"
"""Inputs of others, entered anew."""

HEAD = """# Other people's numbers

What others published, and what zopa computes from the same inputs. This page is made by a program, and a test fails
where a number of ours differs from theirs in a decimal that they print. `docs/generators/other_numbers` holds the
inputs.

| from | what | theirs | ours |
|---|---|---|---|
"""

ORIGINS = """
## Where they come from

- **Car emissions, oil price**: Bueno de Mesquita (1994, 1997), as public replications print the inputs. Attitudes
  to risk, chances and expected utilities: the tables of Masad (2016), two decimals; positions from 0 to 1, Q = 1.
  All 90 pairs of the table agree. The path over many rounds is not computed, as published ones do not replicate.
- **Election**: the example with seven actors and three issues of KAPSARC's KTAB.
- **Exchange**: the sample file of a program of the exchange model of Stokman and Van Oosten. Only its weighted
  means are published, so only these are checked here. Which trades are made, the first round of the expected-utility
  model, and means, medians and errors of tables with blanks are held against the published formulas, written anew
  number by number, in thirty-one small tables of our own (`tests/methods/test_group_decisions_by_hand.py`).
- **GENIUS**: the party domain, with agreements whose distances GENIUS printed. Utility is the sum of weights times
  evaluations, each divided by the largest of its issue; no agreement is worth 0. NegMAS keeps raw evaluations.
- **Closed forms**: Rubinstein (1982), Nash (1950).

## Decisions of the European Union

DEU III (Arregui and Perarnaud 2022, doi:10.34810/data53) is not shipped. `zopa baselines deu3.csv` opens it as it
is. Over the 353 issues whose outcome is known the mean absolute error, from 0 to 100, is 23.2 for the mean weighted
by GDP and salience (median 18.8), 23.7 for the mean weighted by salience and for the plain mean, 27.6 for the
weighted median, 28.0 for always 50, and 51.1 for the status quo, as published; the elaborate challenge model is
published with 23.6. A test checks it where the variable `ZOPA_REFERENCE` names a folder with `deu/deu3.csv`.
"""


@dataclass(frozen=True)
class Comparison:
    """One number of others and ours."""

    origin: str
    """Where it is from."""
    what: str
    """What it is."""
    theirs: str
    """The number as it is printed there."""
    ours: float
    """What zopa computes."""

    @property
    def decimals(self) -> int:
        """Decimals that they print."""
        return len(self.theirs.partition(".")[2])

    def agrees(self) -> bool:
        """True if ours is theirs, to half a unit of the last decimal."""
        return bool(abs(self.ours - float(self.theirs)) <= 0.5 * 0.1**self.decimals * (1 + 1e-6) + 1e-9)


def list_comparisons() -> Iterator[Comparison]:
    """Every number, in the order of the page."""
    yield from _compare_tables()
    yield from _compare_first_round()
    yield from _compare_election()
    yield from _compare_genius()
    yield from _compare_closed_forms()


def _read(name: str) -> Baselines:
    return compute_baselines(read_position_table(DATA / name))


def _compare_tables() -> Iterator[Comparison]:
    for file, origin, mean, median in (
        ("car-emissions.csv", "car emissions", "7.389956", "7.0"),
        ("oil-price.csv", "oil price", "13.619912", "13.9"),
    ):
        decisions = _read(file).decisions
        yield Comparison(origin, "weighted mean", mean, decisions["weighted-mean"][0])
        yield Comparison(origin, "weighted median", median, decisions["weighted-median"][0])
    means = _read("exchange.tsv").decisions["weighted-mean"]
    published = "49.353234 2.270992 50.578947 52.485549 49.488304 56.600832".split()
    for number, (theirs, ours) in enumerate(zip(published, means, strict=True), 1):
        yield Comparison("exchange", f"weighted mean, issue {number}", theirs, float(ours))


def _compare_first_round() -> Iterator[Comparison]:
    found = _read("car-emissions.csv")
    (first,), actors = found.first_rounds, found.table.actors
    for name, theirs, ours in zip(
        actors, "1.12 1.00 .50 1.12 1.02 1.02 2.00 .65 1.45 1.56".split(), first.result.risk, strict=True
    ):
        yield Comparison("car emissions", f"exponent of utility, {name}", theirs, float(ours))
    chance = first.result.probability[actors.index("Belgium"), actors.index("Netherlands")]
    yield Comparison("car emissions", "chance that Belgium beats the Netherlands", ".63", float(chance))


def _compare_election() -> Iterator[Comparison]:
    (held,) = _read("election.csv").elections
    risks = "-.500 -.459 -.499 -.274 1.000 -.232 -.430".split()
    chances = ".0047 .0302 .0054 .1492 .6001 .1447 .0656".split()
    for what, published, ours in (
        ("attitude to risk", risks, held.result.risk),
        ("chance to win", chances, held.result.probability),
    ):
        for number, (theirs, value) in enumerate(zip(published, ours, strict=True)):
            yield Comparison("election", f"{what}, actor {number}", theirs, float(value))


def _compare_genius() -> Iterator[Comparison]:
    problem = pose_profiles(read_genius([DATA / "party"]))
    for count, worth, published in (
        (2, (0.658333, 1.0), ("0", "0.14542", "1.65833")),
        (2, (0.851667, 0.452129), ("0.13046", "0.48108", "1.30380")),
        (2, (0.0, 0.0), ("1.03604", "1.21592", "0")),
        (3, (0.975, 0.494647, 0.612321), ("0", "0.48526", "2.08197")),
        (3, (0.658333, 1.0, 0.585623), ("0", "0.19642", "2.24396")),
    ):
        chosen = problem.select_parties(list(problem.parties)[:count])
        found = solve_bargaining(chosen.utilities, chosen.disagreement, chosen.discounts)
        nearest = np.abs(chosen.utilities - np.array(worth)).max(axis=1)
        agreement = chosen.utilities[nearest.argmin()] if nearest.min() < 1e-6 else np.array(worth)
        distances = measure_distances(found, agreement)
        ours = (distances.to_pareto, distances.to_nash or 0.0, distances.welfare)
        words = "no agreement" if not any(worth) else "agreement " + ", ".join(f"{one:g}" for one in worth)
        names = ("distance to the Pareto frontier", "distance to the Nash solution", "social welfare")
        for name, theirs, value in zip(names, published, ours, strict=True):
            yield Comparison(f"GENIUS, {count} parties", f"{name}, {words}", theirs, value)


def _compare_closed_forms() -> Iterator[Comparison]:
    for discounts, theirs in (((0.9, 0.9), ".526316"), ((0.9, 0.8), ".714286")):
        words = f"first share where a round costs {discounts[0]:g} and {discounts[1]:g}"
        yield Comparison("closed form", f"Rubinstein, {words}", theirs, rubinstein_shares(discounts)[0])
    share = np.arange(3001) / 3000
    worths = np.stack([np.sqrt(share), 1.0 - share], axis=1)
    at = solve_bargaining(worths, np.zeros(2), (0.9, 0.9)).chosen["nash"]
    yield Comparison("closed form", "Nash, utilities √x and 1 − x", ".333333", float(share[at or 0]))


def other_numbers_markdown() -> str:
    """The page."""
    rows = [f"| {one.origin} | {one.what} | {one.theirs} | {one.ours:.{one.decimals}f} |" for one in list_comparisons()]
    return HEAD + "\n".join(rows) + "\n" + ORIGINS
