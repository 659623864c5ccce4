"""Bargaining problem: packages, what each is worth to every party, and what having none is worth.

A scenario poses one, and so do files of other programs; a theory of bargaining chooses among its packages.

Sources
    Nash (1950), The bargaining problem.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sim.errors import OptionError, UsageError, suggest
from sim.experiments.package_surplus import compute_package_surplus
from sim.model.packages import Array
from sim.schema.loaded_case import LoadedCase

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

    def describe(self, package: int) -> str:
        """A package in words."""
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
    )
