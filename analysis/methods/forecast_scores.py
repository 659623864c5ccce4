"""Forecast scores: how far were shares from what happened, and can two forecasters be told apart?

Read aloud
    The Brier score is half the sum of squared distances between the shares of all possibilities and what happened (for
    yes and no, the squared distance of the share of yes). The log score is minus the logarithm of the share of what
    happened. The ranked probability score adds up squared distances of cumulated shares, divided by the number of
    steps, so that a near miss costs less than a far one. Of all three, smaller is better. The standard error of a mean
    is that over events; it takes events for independent, which those of one negotiation are not.
    Two forecasters are compared on the same events: if they were equally good, each difference could as well have the
    other sign. The p value is the share of all changes of sign with a mean at least so far from 0.

Sources
    Brier (1950), Verification of forecasts expressed in terms of probability. Good (1952), Rational decisions.
    Epstein (1969), A scoring system for probability forecasts of ranked categories.
    Fisher (1935), The design of experiments, section 21 (changes of sign).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.methods.many_looks import adjust_holm

LEVEL = 0.05
"""Adjusted p value below which two forecasters are told apart."""

Coding = Literal["clear", "lower", "higher"]
"""Clear events alone; with them, ambiguous ones as the lower or as the higher of their codings."""

CODINGS: tuple[Coding, ...] = ("clear", "lower", "higher")

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Score:
    """Mean of a score over events."""

    mean: float
    """The mean; smaller is better."""
    error: float | None
    """Its standard error; none for a single event."""


@dataclass(frozen=True)
class ForecasterScores:
    """Scores of one forecaster under one coding."""

    forecaster: str
    """Who."""
    coding: Coding
    """How ambiguous events were coded."""
    events: tuple[str, ...]
    """Events that were scored."""
    brier: Score
    """Brier score."""
    log: Score
    """Log score."""
    ranked: Score
    """Ranked probability score."""


@dataclass(frozen=True)
class PairOfForecasters:
    """Two forecasters on the same events."""

    one: str
    """The first one."""
    other: str
    """The second one."""
    coding: Coding
    """How ambiguous events were coded."""
    difference: Score
    """Brier score of the first minus that of the second."""
    p_value: float
    """Share of all changes of sign with a mean at least so far from 0."""
    adjusted: float
    """The same for all pairs and codings together (Holm)."""


def score_brier(shares: Sequence[float], happened: int) -> float:
    """Half the sum of squared distances."""
    wanted = np.eye(len(shares))[happened]
    return float(np.square(np.asarray(shares) - wanted).sum() / 2)


def score_log(shares: Sequence[float], happened: int) -> float:
    """Minus the natural logarithm of the share of what happened."""
    return float(-np.log(shares[happened]))


def score_ranked(shares: Sequence[float], happened: int) -> float:
    """Squared distances of cumulated shares, divided by the number of steps."""
    wanted = np.eye(len(shares))[happened]
    return float(np.square(np.cumsum(np.asarray(shares) - wanted)[:-1]).sum() / (len(shares) - 1))


def code_events(codings: Mapping[str, Sequence[int]], coding: Coding) -> dict[str, int]:
    """What happened, by event, with ambiguous events left out or coded one way or the other."""
    if coding == "clear":
        return {key: one[0] for key, one in codings.items() if len(one) == 1}
    return {key: one[0 if coding == "lower" else -1] for key, one in codings.items() if one}


def list_codings(codings: Mapping[str, Sequence[int]]) -> tuple[Coding, ...]:
    """Ways in which events are coded: one if none is ambiguous."""
    return CODINGS if any(len(one) > 1 for one in codings.values()) else CODINGS[:1]


def compute_scores(
    forecaster: str, shares: Mapping[str, Sequence[float]], codings: Mapping[str, Sequence[int]], coding: Coding
) -> ForecasterScores | None:
    """Scores of a forecaster on the events that it speaks about; none if there are none.

    Args:
        forecaster: Who.
        shares: Shares of all possibilities, by event.
        codings: What happened, by event; two numbers where accounts differ.
        coding: How these are coded.
    """
    happened = {key: one for key, one in code_events(codings, coding).items() if key in shares}
    if not happened:
        return None
    rows = [(shares[key], one) for key, one in happened.items()]
    found = (_average([score(*row) for row in rows]) for score in (score_brier, score_log, score_ranked))
    return ForecasterScores(forecaster, coding, tuple(happened), *found)


def _average(scores: Sequence[float]) -> Score:
    values = np.asarray(scores)
    return Score(float(values.mean()), float(values.std(ddof=1) / sqrt(values.size)) if values.size > 1 else None)


def compare_forecasters(
    shares: Mapping[str, Mapping[str, Sequence[float]]], codings: Mapping[str, Sequence[int]]
) -> tuple[PairOfForecasters, ...]:
    """Every two forecasters under every coding, by the Brier score, adjusted together.

    Args:
        shares: Shares of all possibilities, by forecaster and event; only events that all have are compared.
        codings: What happened, by event.
    """
    found = []
    for coding in list_codings(codings):
        for one, other in combinations(shares, 2):
            gaps = _list_gaps(shares[one], shares[other], code_events(codings, coding))
            if gaps.size:
                found.append((one, other, coding, _average(gaps.tolist()), _test_signs(gaps)))
    adjusted = adjust_holm([row[-1] for row in found])
    return tuple(PairOfForecasters(*row, better) for row, better in zip(found, adjusted, strict=True))


def _list_gaps(
    one: Mapping[str, Sequence[float]], other: Mapping[str, Sequence[float]], happened: Mapping[str, int]
) -> FloatArray:
    """Brier score of one minus that of the other, by event."""
    return np.array(
        [
            score_brier(one[key], rung) - score_brier(other[key], rung)
            for key, rung in happened.items()
            if key in one and key in other
        ]
    )


def _test_signs(gaps: FloatArray) -> float:
    """Share of all changes of sign whose sum is at least so far from 0; exact."""
    sums = np.zeros(1)
    for gap in np.abs(gaps):
        sums = np.concatenate([sums + gap, sums - gap])
    reached = abs(gaps.sum())
    return float(np.mean(np.abs(sums) >= reached - 1e-12 * max(1.0, reached)))


def find_distinct_pairs(pairs: Sequence[PairOfForecasters]) -> tuple[PairOfForecasters, ...]:
    """Pairs that can be told apart after all looks are counted."""
    return tuple(one for one in pairs if one.adjusted < LEVEL)
