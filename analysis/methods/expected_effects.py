"""Expected effects: does each lever do, under an author's assumptions, what that author says it does?

Read aloud
    The scenario is played with the lever and without it, with the same luck. Up or down: the paired difference lies at
    least 2.33 standard errors on that side, which one in 100 effects that are not there do. None: it is surely smaller
    than the effect under every author who says that the lever does move this; where nobody says so, it surely stays
    within 2 points of a share, or within a tenth of a mean. Surely: with 2.33 standard errors to spare. Where the runs
    cannot tell whether it is within the bound or beyond it, four times as many are asked, once: then one in 50 at most
    stays within by chance.
    An effect that occurs counts if a reader would see it. The same bound tells what counts from what is nothing: up or
    down counts from 2 points, or a tenth, on; none counts if it surely stays within. The bound is ours: 2 points are
    the least that neither the luck of a run of the usual size nor rounding to whole percent can make.

Sources
    Smallest effect of interest as one bound for what counts and for what is nothing: Lakens, Scheel and Isager (2018),
    Equivalence testing for psychological research.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from analysis.methods.share_change import PairedDifference, compute_paired_difference
from sim.experiments.expected_effects import VariationRuns
from sim.schema.expected_effect import ExpectedEffect

ONE_PERCENT = 2.33
"""Standard errors beyond which one in 100 differences lies if there is none."""

AGAIN = 4
"""How many times as many draws are asked where the first cannot tell whether an effect is nothing."""

SHARES = ("in-force", "signed", "clash")
SHARE_BOUND, MEAN_BOUND = 0.02, 0.1
"""The smallest effect that counts, on a share, and on a mean as a part of itself; what stays within it is nothing."""


@dataclass(frozen=True)
class MeasuredEffect:
    """One expected effect, and what was measured."""

    view: str
    """Source view whose author says it."""
    key: str
    """Its key in the view's file."""
    expected: ExpectedEffect
    """What the author says."""
    found: PairedDifference
    """With the lever minus without it."""


def measure_effect(
    view: str, key: str, expected: ExpectedEffect, played: VariationRuns, without: VariationRuns, draws: int
) -> MeasuredEffect:
    """The paired difference that an expected effect is about; draws 0 to `draws` - 1 were played on both sides."""
    found = compute_paired_difference(
        draws,
        without.runs,
        without.measures[expected.moves],
        played.runs,
        played.measures[expected.moves],
        np.ones(without.runs.size),
        np.ones(played.runs.size),
    )
    return MeasuredEffect(view, key, expected, found)


def occurs(effect: MeasuredEffect, all_effects: Iterable[MeasuredEffect]) -> bool:
    """True if the lever does what the author says."""
    if effect.expected.direction == "none":
        movers = [one for one in all_effects if _moves_the_same(one, effect)]
        return all(_is_smaller(effect, one) for one in movers) if movers else _is_within_bound(effect)
    sign = 1.0 if effect.expected.direction == "up" else -1.0
    return bool(sign * effect.found.z >= ONE_PERCENT)


def counts(effect: MeasuredEffect, all_effects: Iterable[MeasuredEffect]) -> bool:
    """True if the lever does what the author says, and as clearly as a reader would see."""
    if not occurs(effect, all_effects):
        return False
    return _is_within_bound(effect) if effect.expected.direction == "none" else not _is_below_bound(effect)


def is_contradicted(effect: MeasuredEffect) -> bool:
    """True if the runs surely do otherwise: the other way, or beyond the bound where it should be nothing."""
    if effect.expected.direction == "none":
        return abs(effect.found.difference) - ONE_PERCENT * effect.found.error >= _find_bound(effect)
    sign = 1.0 if effect.expected.direction == "up" else -1.0
    return bool(sign * effect.found.z <= -ONE_PERCENT)


def is_undecided(effect: MeasuredEffect, all_effects: Iterable[MeasuredEffect]) -> bool:
    """True if it should be nothing, and the runs cannot tell whether it stays within the bound."""
    if effect.expected.direction != "none" or any(_moves_the_same(one, effect) for one in all_effects):
        return False
    return not is_contradicted(effect) and not _is_within_bound(effect)


def _moves_the_same(one: MeasuredEffect, other: MeasuredEffect) -> bool:
    """True if another author says that the same lever does move the same."""
    a, b = one.expected, other.expected
    return (a.label, a.moves) == (b.label, b.moves) and a.direction != "none"


def _is_smaller(effect: MeasuredEffect, mover: MeasuredEffect) -> bool:
    """It moves less, in whatever direction, than the mover does in the direction in which that is said to go."""
    sign = 1.0 if mover.expected.direction == "up" else -1.0
    error = float(np.hypot(effect.found.error, mover.found.error))
    return sign * mover.found.difference - abs(effect.found.difference) > ONE_PERCENT * error


def _is_within_bound(effect: MeasuredEffect) -> bool:
    """Surely nothing."""
    return abs(effect.found.difference) + ONE_PERCENT * effect.found.error < _find_bound(effect)


def _is_below_bound(effect: MeasuredEffect) -> bool:
    """As measured, less than counts."""
    return abs(effect.found.difference) < _find_bound(effect)


def _find_bound(effect: MeasuredEffect) -> float:
    return SHARE_BOUND if effect.expected.moves in SHARES else MEAN_BOUND * abs(effect.found.a)


def tabulate_effects(effects: Iterable[MeasuredEffect], titles: Mapping[str, str]) -> list[tuple[str, ...]]:
    """One row per effect: author, lever, what it moves, expected, without, with, difference, occurs, counts."""
    effects = tuple(effects)
    return [
        (
            titles.get(one.view, one.view),
            one.expected.label,
            one.expected.moves,
            one.expected.direction,
            f"{one.found.a:.4g}",
            f"{one.found.b:.4g}",
            f"{one.found.difference:+.2g} ({one.found.error:.1g})",
            "yes" if occurs(one, effects) else "no",
            "yes" if counts(one, effects) else "no",
        )
        for one in effects
    ]
