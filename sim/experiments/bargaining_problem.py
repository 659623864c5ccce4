"""Bargaining problem: packages, what each is worth to every party, and what having none is worth.

A scenario poses one, and so do files of other programs; a theory of bargaining chooses among its packages.

Sources
    Nash (1950), The bargaining problem.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import prod

import numpy as np

from sim.errors import OptionError, UsageError, suggest
from sim.experiments.package_surplus import compute_package_surplus
from sim.loading.genius_files import GeniusDomain
from sim.loading.tables.position_table import PositionTable
from sim.model.packages import Array
from sim.schema.loaded_case import LoadedCase

MOST_PACKAGES = 200_000
"""Packages that are compared at a time."""

DISCOUNT = 0.99
"""What a surplus is still worth one round of proposals later, where files say nothing about it: our assumption."""

NO_AGREEMENT = "none"
"""What an agreement is called when there is none."""


@dataclass(frozen=True)
class BargainingProblem:
    """Packages, parties, and worths."""

    name: str
    """Name of the scenario, or of the file."""
    title: str
    """Title for readers."""
    origin: str
    """What it was taken from: `scenario`, `genius` or `table`."""
    parties: Mapping[str, str]
    """Label of every party by its key."""
    packages: tuple[str, ...]
    """Key of every package."""
    labels: tuple[Mapping[str, str], ...]
    """For every part of a package's key: labels of its keys."""
    utilities: Array
    """Worth of every package to every party: (packages, parties)."""
    disagreement: Array
    """Worth of having no agreement: (parties,)."""
    needed: Array
    """1 where the consent of a party is needed: (packages, parties)."""
    discounts: tuple[float, ...]
    """What a surplus is still worth to each party one round of proposals later, as a factor."""
    disputants: tuple[str, ...] = ()
    """Keys of the two sides of a scenario, which are shown first; none where nobody is set apart."""

    def describe(self, package: int) -> str:
        """A package in words."""
        if self.origin != "scenario":
            return self.packages[package].replace("/", ", ")
        parts = self.packages[package].split("/", len(self.labels) - 1)
        return "; ".join(labels.get(part, part) for labels, part in zip(self.labels, parts, strict=True))

    def select_parties(self, names: list[str]) -> "BargainingProblem":
        """The same among some of its parties only.

        Args:
            names: Keys of the parties that bargain, the first proposer first.

        Raises:
            OptionError: no party is called so, one is named twice, or fewer than two are left.
        """
        known = list(self.parties)
        for name in names:
            if name not in known:
                raise OptionError("party", f"{name!r} is no party here; {suggest(name, known)}")
        if len(set(names)) < max(len(names), 2):
            raise OptionError("party", "must name two parties or more, each once")
        at = [known.index(name) for name in names]
        return replace(
            self,
            parties={name: self.parties[name] for name in names},
            utilities=self.utilities[:, at],
            disagreement=self.disagreement[at],
            needed=self.needed[:, at],
            discounts=tuple(self.discounts[n] for n in at),
        )

    def find_worth(self, agreement: str) -> Array:
        """What an agreement is worth to every party.

        Args:
            agreement: Key of a package, `none`, or one number for each party with commas between them.

        Raises:
            OptionError: no package is called so.
        """
        if agreement == NO_AGREEMENT:
            return self.disagreement
        if agreement in self.packages:
            return np.asarray(self.utilities[self.packages.index(agreement)])
        try:
            numbers = np.array([float(word) for word in agreement.split(",")])
        except ValueError:
            raise OptionError("agreement", f"{agreement!r} is no package here, such as {self.packages[0]!r}") from None
        if numbers.size != len(self.parties) or not np.isfinite(numbers).all():
            raise OptionError("agreement", f"must have one number for each of {len(self.parties)} parties")
        return numbers


def pose_profiles(domain: GeniusDomain) -> BargainingProblem:
    """The bargaining problem of profiles of GENIUS, over every outcome there is.

    Args:
        domain: Issues, and the wishes of two parties or more.

    Raises:
        UsageError: there are more outcomes than are held at a time.
    """
    sizes = [len(values) for values in domain.issues.values()]
    if prod(sizes) > MOST_PACKAGES:
        raise UsageError(f"{domain.name}: {prod(sizes):,} outcomes are more than {MOST_PACKAGES:,}")
    utilities = np.zeros((prod(sizes), len(domain.profiles)))
    for column, profile in enumerate(domain.profiles):
        total = np.zeros(1)
        for issue, values in profile.issues.items():
            worths = profile.weights[issue] * np.array(list(values.values()))
            total = (total[:, np.newaxis] + worths).ravel()
        utilities[:, column] = total
    return BargainingProblem(
        name=domain.name,
        title=domain.name,
        origin="genius",
        parties={profile.name: profile.name for profile in domain.profiles},
        packages=tuple("/".join(chosen) for chosen in product(*domain.issues.values())),
        labels=({},),
        utilities=utilities,
        disagreement=np.array([profile.reservation for profile in domain.profiles]),
        needed=np.ones_like(utilities),
        discounts=(DISCOUNT,) * len(domain.profiles),
    )


def pose_table(table: PositionTable) -> BargainingProblem:
    """The bargaining problem of a table of positions, over combinations of positions that actors take.

    Args:
        table: Positions and salience; actors that lack something are left out.

    Raises:
        UsageError: issues are decisions of their own, fewer than two actors lack nothing, or there is too much.
    """
    actors = table.find_complete(list(range(len(table.issues))))
    if table.separate:
        raise UsageError(f"{table.name} has {len(table.issues)} decisions of their own; `baselines` looks at each")
    if actors.size < 2:
        raise UsageError(f"{table.name}: fewer than two actors lack nothing, so there is no bargaining")
    scaled, salience = table.scale()[actors], table.salience[actors]
    places = [np.unique(column, return_index=True)[1] for column in scaled.T]
    if prod(map(len, places)) > MOST_PACKAGES:
        raise UsageError(f"{table.name}: {prod(map(len, places)):,} combinations are more than {MOST_PACKAGES:,}")
    share = salience / np.maximum(salience.sum(axis=1, keepdims=True), 1e-12)
    utilities = np.zeros((1, len(actors)))
    for issue, rows in enumerate(places):
        worths = share[:, issue] * (1.0 - np.abs(scaled[rows, issue][:, np.newaxis] - scaled[:, issue]))
        utilities = (utilities[:, np.newaxis] + worths).reshape(-1, len(actors))
    at = [table.positions[actors[rows], issue] for issue, rows in enumerate(places)]
    return BargainingProblem(
        name=table.name,
        title=table.name,
        origin="table",
        parties={table.actors[actor]: table.actors[actor] for actor in actors},
        packages=tuple("/".join(f"{value:g}" for value in chosen) for chosen in product(*at)),
        labels=({},),
        utilities=utilities,
        disagreement=np.zeros(len(actors)),
        needed=np.ones_like(utilities),
        discounts=(DISCOUNT,) * len(actors),
    )


def pose_scenario(case: LoadedCase, *, every: bool = False) -> BargainingProblem:
    """The bargaining problem of a scenario in its first week, every quantity at its middle.

    Args:
        case: The scenario.
        every: Take all terms that options allow, in place of those on the menu.

    Raises:
        UsageError: fewer than two parties have a say.
    """
    s, found = case.scenario, compute_package_surplus(case.scenario, every=every)
    if len(found.parties) < 2:
        raise UsageError(f"only {', '.join(found.parties) or 'nobody'} has a say here, so there is no bargaining")
    named = {key: terms.label for key, terms in s.menu.named.items()}
    labels = {
        key: named.get(key) or ", ".join(s.issues[issue].options[option].label for issue, option in options.items())
        for key, options in found.terms.items()
    }
    alone = len(s.sequences) == 1
    packages = tuple(terms if alone else f"{sequence}/{terms}" for terms, sequence in found.packages)
    by_sequence = {key: sequence.label for key, sequence in s.sequences.items()}
    return BargainingProblem(
        name=case.name,
        title=s.title,
        origin="scenario",
        parties={party: s.actors[party].label for party in found.parties},
        packages=packages,
        labels=(labels,) if alone else (by_sequence, labels),
        utilities=found.surplus,
        disagreement=np.zeros(len(found.parties)),
        needed=found.needed,
        discounts=found.discounts,
        disputants=tuple(s.find_by_role("disputant")),
    )
