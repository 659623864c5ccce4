"""Agreement zones: in which runs is there an agreement that everybody prefers to fighting on, on the menu or off it?

All terms there could be are many times those on the menu, so they are looked through only in runs without such an
agreement on the menu. What fighting on is worth, and how agreements break, depends on terms only through their
breakdown class: it is computed for one of each class. The rule of surplus is then applied to one party after another,
and only to those terms that the parties before would sign.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine
from sim.ensemble.block import CHUNK, simulate_to_week_zero
from sim.model.build_layout import build_layout, build_layout_of_classes
from sim.model.initial_state import InitialState
from sim.model.packages import terms_value
from sim.model.parameters import Draws
from sim.model.simulation import Engine
from sim.model.state import Array, RunState, Snapshot
from sim.rules.surplus import surplus
from sim.rules.week import VALUES
from sim.schema.scenario import Scenario

FULL_CHUNK = 16
"""Runs for which all terms there could be are weighed at once."""


def find_zones(scenario: Scenario, seed: int, runs: NDArray[np.int64]) -> tuple[Array, Array]:
    """For runs that match: is there an agreement everybody prefers to fighting on, on the menu, and at all?

    Args:
        scenario: The scenario as a source view sees it.
        seed: Seed of all luck.
        runs: Numbers of the runs; those that match the reported run-up are looked at.

    Returns:
        1 where there is one on the menu, and 1 where there is one among all terms there could be: (matching runs,).
    """
    on_menu, at_all = [], []
    for at in range(0, runs.size, CHUNK):
        position = simulate_to_week_zero(scenario, seed, runs[at : at + CHUNK])
        found = find_zone_on_menu(position)
        on_menu.append(found.copy())
        without = np.flatnonzero(found == 0.0)
        if without.size:
            found[without] = _find_zone_at_all(position, without)
        at_all.append(found)
    return np.concatenate(on_menu), np.concatenate(at_all)


def find_zone_on_menu(snapshot: RunState) -> Array:
    """1 for runs in which some package on the table leaves everybody better off than fighting on."""
    engine = make_engine(snapshot, steps=VALUES)
    engine.play_weeks(0, 0)
    stakes, needed = engine.read_variable("party_package", "surplus"), engine.read_variable("party_package", "needed")
    fine = np.ones(stakes.shape[1:], dtype=bool)
    for row, institution in enumerate(_find_institutions(engine)):
        fine &= (stakes[row] > 0.0) | (needed[row] == 0.0) | institution
    return np.asarray(fine.any(axis=0), dtype=np.float64)


def _find_zone_at_all(snapshot: Snapshot, places: NDArray[np.int64]) -> Array:
    """1 for those of the runs in which any terms there could be leave everybody better off than fighting on."""
    layout = build_layout_of_classes(snapshot.layout.scenario)
    start = InitialState(layout, snapshot.seed, snapshot.runs[places])
    for space in ("world", "actor", "belief", "lever"):
        for name, array in snapshot.state[space].items():
            start.state[space][name] = np.ascontiguousarray(array[..., places])
    engine = make_engine(start, steps=VALUES)
    engine.play_weeks(0, 0)
    terms = _AllTerms(engine, start.draws)
    parts = [slice(first, first + FULL_CHUNK) for first in range(0, places.size, FULL_CHUNK)]
    return np.concatenate([terms.find_zone(part) for part in parts]).astype(np.float64)


def _find_institutions(engine: Engine) -> NDArray[np.bool_]:
    """Which parties have a say, but nothing of their own to win: (parties, runs)."""
    rows = engine.layout.spaces["party_package"].relations["party"].index
    return engine.read_variable("actor", "institution")[rows] > 0.0


class _AllTerms:
    """All terms there could be, and what they are worth to everybody in some runs."""

    def __init__(self, engine: Engine, draws: Draws) -> None:
        """Take what depends on the breakdown class of terms only, or not on terms, from an engine.

        Args:
            engine: The runs after the values of the week, with the menu and one of each class on the table.
            draws: Parameters of these runs.
        """
        scenario, own = engine.layout.scenario, engine.layout.terms_table.breakdown_classes.kinds
        every = build_layout(scenario, every=True)
        self.issues = scenario.issues
        self.draws = draws
        self.table = every.terms_table
        self.sequences = range(len(every.sequences))
        sides = (scenario.contest.first, scenario.contest.second)
        self.rows = sorted(range(len(every.parties)), key=lambda row: every.parties[row] not in sides)
        self.kinds = own[len(scenario.list_terms()) :][self.table.breakdown_classes.kinds]
        self.institution = _find_institutions(engine)
        look, party = engine.read_variable, engine.layout.spaces["party_package"].relations["party"].index
        self.unravels, self.private_cost = look("world", "unravels")[0], look("actor", "private_cost")[party]
        self.sequence = {name: look("sequence", name) for name in ("settles", "fights_on")}
        self.by_sequence = {n: look("party_sequence", n) for n in ("reservation_at_ceasefire", "delay_weight")}
        self.by_class = {n: look("party_breakdown", n) for n in ("risk", "reservation_after_breakdown")}

    def find_zone(self, part: slice) -> NDArray[np.bool_]:
        """In which of the runs in this part some terms leave everybody better off than fighting on."""
        draws = {name: values[part] for name, values in self.draws.items()}
        first = self._compute_worths(self.rows[0], draws, np.arange(self.table.count))
        found = [self._find_zone_by(sequence, first, draws, part) for sequence in self.sequences]
        return np.asarray(np.any(found, axis=0))

    def _compute_worths(self, row: int, draws: Draws, terms: NDArray[np.int64]) -> dict[str, Array] | None:
        """Worth of some terms to a party, while open issues are unresolved, too, and prices of crossed lines."""
        table, party = self.table, self.table.parties[row]
        if party not in table.crossed:
            return None
        trees = (table.options.select(terms), table.interim.select(terms))
        worth, interim = (terms_value(self.issues, draws, party, tree) for tree in trees)
        crossing = np.zeros_like(worth)
        for name, crossed in table.crossed[party].items():
            crossing += crossed[terms, np.newaxis] * draws[f"actors.{party}.interests.red_lines.{name}.price"]
        return {"worth": worth, "interim": interim, "crossing": crossing}

    def _find_zone_by(
        self, sequence: int, first: Mapping[str, Array] | None, draws: Draws, part: slice
    ) -> NDArray[np.bool_]:
        """The same by one sequence; terms that a party would sign in no run are left to no other party.

        Args:
            sequence: Number of the sequence.
            first: What all terms are worth to the party that is asked first, whatever the sequence.
            draws: Parameters of the runs.
            part: Which runs.
        """
        terms = np.arange(self.table.count)
        fine = np.ones((terms.size, self.unravels[part].size), dtype=bool)
        for row in self.rows:
            worths = first if row == self.rows[0] else self._compute_worths(row, draws, terms)
            signs = self._compute_surplus(row, sequence, terms, worths, part) > 0.0
            fine &= signs | (self.table.needed[row, terms] == 0.0)[:, np.newaxis] | self.institution[row, part]
            kept = fine.any(axis=1)
            terms, fine = terms[kept], fine[kept]
            if not terms.size:
                break
        return np.asarray(fine.any(axis=0))

    def _compute_surplus(
        self, row: int, sequence: int, terms: NDArray[np.int64], worths: Mapping[str, Array] | None, part: slice
    ) -> Array:
        """What some terms by a sequence add, for a party, to fighting on; nothing for those without interests."""
        if worths is None:
            return np.zeros(1)
        column = self.kinds[terms] * len(self.sequences) + sequence
        seen = dict(worths)
        seen |= {name: values[row, column, part] for name, values in self.by_class.items()}
        seen |= {name: values[row, sequence, part] for name, values in self.by_sequence.items()}
        seen |= {name: values[sequence, part] for name, values in self.sequence.items()}
        return np.asarray(surplus(**seen, unravels=self.unravels[part], private_cost=self.private_cost[row, part]))
