"""Sequence shares: how many of the agreements in force came by a sequence that only an answer put on the table?

Read aloud
    A sequence that nobody proposes is left out, unless an answer to an open question puts it on the table. Then a
    reader must know how much hangs on it: its share of the agreements in force at the horizon, in every source view.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.results import Results, ViewRuns


@dataclass(frozen=True)
class SequenceShare:
    """A sequence that an answer put on the table, and what it carries."""

    label: str
    """Its name for readers."""
    shares: Mapping[str, float]
    """Its share of the agreements in force, by source view; views without such agreements are left out."""


def compute_sequence_shares(results: Results) -> list[SequenceShare]:
    """What every sequence carries that only an answer put on the table."""
    sequences = results.manifest.text.get("sequences", {})
    return [
        SequenceShare(one["label"], _compute_shares(results, number, len(sequences)))
        for number, one in enumerate(sequences.values())
        if "proposed" in one
    ]


def _compute_shares(results: Results, number: int, count: int) -> dict[str, float]:
    keys = list(results.outcomes)
    agreed = [keys.index(key) for key in results.manifest.agreements]
    found = {name: _find_sequences(view, agreed, count) for name, view in results.views.items()}
    return {name: float((numbers == number).mean()) for name, numbers in found.items() if numbers.size}


def _find_sequences(view: ViewRuns, agreed: list[int], count: int) -> NDArray[np.float64]:
    """Number of the sequence of every agreement in force."""
    return np.asarray(view.columns["draft"][np.isin(view.columns["outcome"], agreed)] % count)
