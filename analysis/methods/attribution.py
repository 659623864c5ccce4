"""Attribution: how much of the difference between two source views does each of their themes account for?

Read aloud
    Every set of themes has a share: of its matching draws, those with the outcome. Themes in the set are as the second
    view has them, all others as the first. A theme's value is what it adds to the share, averaged over all orders in
    which the themes could be changed one after the other. The values add up to the difference between the views; what
    themes do only together is shared out among them. Errors use what each draw contributes to all shares at once, so
    luck that the sets share cancels; where few draws contribute, the interval reaches as far as that count allows. They
    are about Monte Carlo only.

Sources
    Shapley (1953), A value for n-person games.
    Song, Nelson and Staum (2016), Shapley effects for global sensitivity analysis (values of a model's inputs).
    Ratio estimators and their linearisation: Cochran (1977), Sampling Techniques, chapter 6.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import comb, fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.methods.intervals import FloatArray
from analysis.methods.paired_change import PartOfChange, make_part

CHUNK_SIZE = 4096
"""Draws whose contributions are worked out together, so that very many take no more room."""

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Attribution:
    """The difference of a share between two source views, shared out among their themes."""

    first: float
    """Share under the first view."""
    second: float
    """Share under the second one."""
    difference: PartOfChange
    """Second minus first."""
    themes: dict[str, PartOfChange]
    """What each theme accounts for, in the order given; the values add up to the difference."""
    alone: dict[str, float]
    """How far the share moves if this theme alone is as the second view has it."""
    last: dict[str, float]
    """How far it still moves if all other themes are as the second view has them already."""
    draws: int
    """Draws of every set of themes."""
    matching: tuple[int, ...]
    """Matching draws of every set; theme n is in set s if bit n of s is set."""
    shares: tuple[float, ...]
    """Share of every set."""

    @property
    def together(self) -> float:
        """What moves only because several themes change together: the difference less what each moves alone."""
        return self.difference.value - fsum(self.alone.values())

    @property
    def ranked_themes(self) -> list[str]:
        """Themes, those that account for most first."""
        return sorted(self.themes, key=lambda name: -abs(self.themes[name].value))

    @property
    def leading_themes(self) -> list[str]:
        """Themes told apart from 0 that move the share the way the views differ; none if that cannot be told from 0."""
        if not self.difference.is_clear:
            return []
        upward = self.difference.value > 0.0
        told = {name: one for name, one in self.themes.items() if one.is_clear and (one.value > 0.0) == upward}
        return [name for name in self.ranked_themes if name in told]

    def as_json(self) -> dict[str, Any]:
        """The attribution as plain mappings; shares and shifts from -1 to 1."""
        return {
            "first": self.first,
            "second": self.second,
            "difference": dict(vars(self.difference)),
            "themes": {
                name: {**vars(shift), "alone": self.alone[name], "last": self.last[name]}
                for name, shift in self.themes.items()
            },
            "together": self.together,
            "draws": self.draws,
            "matching": list(self.matching),
            "shares": list(self.shares),
        }


def attribution_from_json(data: Mapping[str, Any]) -> Attribution:
    """An attribution that was kept, read back.

    Raises:
        KeyError, TypeError, ValueError: it is of another form.
    """
    themes = {str(name): one for name, one in data["themes"].items()}
    return Attribution(
        first=float(data["first"]),
        second=float(data["second"]),
        difference=_read_shift(data["difference"]),
        themes={name: _read_shift(one) for name, one in themes.items()},
        alone={name: float(one["alone"]) for name, one in themes.items()},
        last={name: float(one["last"]) for name, one in themes.items()},
        draws=int(data["draws"]),
        matching=tuple(int(many) for many in data["matching"]),
        shares=tuple(float(share) for share in data["shares"]),
    )


def _read_shift(data: Mapping[str, Any]) -> PartOfChange:
    return PartOfChange(**{name: data[name] for name in ("value", "low", "high", "kind")})


def compute_attribution(
    themes: tuple[str, ...], ends: NDArray[np.integer[Any]], outcomes: Collection[int], none: int
) -> Attribution:
    """Share out the difference in the share of some outcomes.

    Args:
        themes: names of the themes; theme n is in set s if bit n of s is set.
        ends: number of the outcome of every draw in every set, (sets, draws).
        outcomes: numbers of the outcomes that count.
        none: stands for the outcome of a draw that does not match; it counts neither way.
    """
    matched, hits = ends != none, np.isin(ends, list(outcomes))
    wholes = matched.sum(axis=1)
    if ends.shape[0] != 2 ** len(themes) or not wholes.all():
        raise ValueError("there must be matching draws for every set of themes")
    shares = hits.sum(axis=1) / wholes
    values, pulls = compute_shapley_values(shares), _compute_pulls(len(themes), matched, hits, shares)
    fewest, everything = int(wholes.min()), 2 ** len(themes) - 1
    return Attribution(
        first=float(shares[0]),
        second=float(shares[-1]),
        difference=make_part(float(shares[-1] - shares[0]), pulls[-1], fewest),
        themes={name: make_part(values[n], pulls[n], fewest) for n, name in enumerate(themes)},
        alone={name: float(shares[1 << n] - shares[0]) for n, name in enumerate(themes)},
        last={name: float(shares[-1] - shares[everything ^ 1 << n]) for n, name in enumerate(themes)},
        draws=int(ends.shape[1]),
        matching=tuple(wholes.tolist()),
        shares=tuple(shares.tolist()),
    )


def compute_shapley_values(worth: FloatArray) -> list[float]:
    """Shapley value of every player, from the worth of every set of players; player n is in set s by its bit n."""
    players = worth.size.bit_length() - 1
    found = []
    for player in range(players):
        without, weights = _weigh_orders(players, player)
        found.append(fsum(weights * (worth[without | 1 << player] - worth[without])))
    return found


def _weigh_orders(players: int, player: int) -> tuple[NDArray[np.int64], FloatArray]:
    """Sets without a player, and the share of all orders in which they are those before the player."""
    sets = np.arange(2**players)
    without = sets[sets >> player & 1 == 0]
    sizes = np.array([int(number).bit_count() for number in without])
    weights = np.array([1.0 / (players * comb(players - 1, size)) for size in range(players)])
    return without, weights[sizes]


def _compute_pulls(players: int, matched: BoolArray, hits: BoolArray, shares: FloatArray) -> FloatArray:
    """What each draw contributes to every player's value, then to the difference between all players and none."""
    draws, likely = matched.shape[1], matched.mean(axis=1)[:, np.newaxis]
    orders = [_weigh_orders(players, player) for player in range(players)]
    pulls = np.zeros((players + 1, draws))
    for at in range(0, draws, CHUNK_SIZE):
        some = slice(at, at + CHUNK_SIZE)
        pull = (hits[:, some] - shares[:, np.newaxis] * matched[:, some]) / likely
        for player, (without, weights) in enumerate(orders):
            pulls[player, some] = weights @ (pull[without | 1 << player] - pull[without])
        pulls[-1, some] = pull[-1] - pull[0]
    return pulls
