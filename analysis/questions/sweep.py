"""Sweep: would the sources still differ, and in the same order, if our magnitudes were others?

Read aloud
    Every variant was played with the same draws as the scenario itself. For each source view stands the share of
    matching runs with an agreement in force, and its paired difference to the same draws as they are. The ranking puts
    the source views that read an author in order of that share, the highest first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.questions.moved import Moved, ends_among, moved_as_json, moved_by, moved_from_json
from sim.ensemble.results import Results
from sim.ensemble.sweep import Ends, Variant

SCHEMA = 1
"""Version of the form in which sweeps are kept."""


@dataclass(frozen=True)
class Swept:
    """One variant."""

    variant: Variant
    """What it changes."""
    lenses: Mapping[str, Moved | None]
    """Any agreement in force, by source view; none where no run matches."""
    ranking: tuple[str, ...]
    """Source views by share of agreements, the highest first."""


@dataclass(frozen=True)
class Sweeps:
    """All variants of a scenario."""

    digest: str
    """Digest of the results they belong to."""
    draws: int
    """Draws of each source view that were played in every variant."""
    ranking: tuple[str, ...]
    """Ranking in the scenario as it is, among the same draws."""
    swept: tuple[Swept, ...]
    """The variants."""

    @property
    def as_ranked(self) -> int:
        """Variants in which the ranking is that of the scenario."""
        return sum(1 for one in self.swept if one.ranking == self.ranking)

    def largest(self) -> tuple[Swept, str, Moved] | None:
        """The variant and source view that move most."""
        found = [(one, name, moved) for one in self.swept for name, moved in one.lenses.items() if moved is not None]
        return max(found, key=lambda each: abs(each[2].difference), default=None)

    def as_json(self) -> dict[str, Any]:
        """The sweeps as plain mappings; shares and differences from 0 to 1."""
        return {
            "schema_version": SCHEMA,
            "digest": self.digest,
            "draws": self.draws,
            "ranking": list(self.ranking),
            "variants": [_swept_as_json(one) for one in self.swept],
        }


def sweeps(results: Results, played: Mapping[Variant, Mapping[str, Ends]]) -> Sweeps:
    """Every variant against the scenario as it is."""
    draws = min((lens.drawn for lens in results.lenses.values()), default=0)
    draws = min([draws, *(ends.draws for one in played.values() for ends in one.values())])
    swept = [_swept(results, variant, ends, draws) for variant, ends in played.items()]
    return Sweeps(results.manifest.digest, draws, _as_it_is(results, draws), tuple(swept))


def _swept(results: Results, variant: Variant, ends: Mapping[str, Ends], draws: int) -> Swept:
    lenses = {name: _moved(results, name, ends[name], draws) for name in results.lenses if name in ends}
    shares = {name: moved.share for name, moved in lenses.items() if moved is not None}
    return Swept(variant, lenses, _ranked(results, shares))


def _moved(results: Results, name: str, ends: Ends, draws: int) -> Moved | None:
    """How far the share of agreements moves under one source's assumptions."""
    runs_a, ends_a = ends_among(results, results.lenses[name], draws)
    common = ends.runs < draws
    runs_b, ends_b = ends.runs[common], np.array(list(results.outcomes))[ends.outcome[common].astype(np.int64)]
    if draws < 2 or not runs_a.size or not runs_b.size:
        return None
    agreed = list(results.manifest.agreements)
    return moved_by(draws, runs_a, np.isin(ends_a, agreed), runs_b, np.isin(ends_b, agreed))


def _as_it_is(results: Results, draws: int) -> tuple[str, ...]:
    """The ranking of the scenario itself, among the same draws."""
    shares = {}
    for name, lens in results.lenses.items():
        _, ends = ends_among(results, lens, draws)
        if ends.size:
            shares[name] = float(np.isin(ends, list(results.manifest.agreements)).mean())
    return _ranked(results, shares)


def _ranked(results: Results, shares: Mapping[str, float]) -> tuple[str, ...]:
    """Those that read an author, or all if there are none, by share; equal shares in the order of the views."""
    names: Sequence[str] = [name for name in results.pooled if name in shares] or list(shares)
    return tuple(sorted(names, key=lambda name: -shares[name]))


def _swept_as_json(one: Swept) -> dict[str, Any]:
    lenses = {name: None if moved is None else moved_as_json(moved) for name, moved in one.lenses.items()}
    return {
        "kind": one.variant.kind,
        "factor": one.variant.factor,
        "ranking": list(one.ranking),
        "lenses": lenses,
    }


def sweeps_from_json(data: Mapping[str, Any]) -> Sweeps:
    """Sweeps that were kept, read back.

    Raises:
        KeyError, TypeError, ValueError: they are of another form.
    """
    if data["schema_version"] != SCHEMA:
        raise ValueError("these sweeps are of another form")
    swept = [
        Swept(
            Variant(one["kind"], float(one["factor"])),
            {name: None if moved is None else moved_from_json(moved) for name, moved in one["lenses"].items()},
            tuple(one["ranking"]),
        )
        for one in data["variants"]
    ]
    return Sweeps(str(data["digest"]), int(data["draws"]), tuple(data["ranking"]), tuple(swept))
