"""Knowledge value: what would it be worth to know the answer to a question before one chooses what to do?

Read aloud
    Every scenario file is something one could do. Under each answer one of them has the largest share of the outcome.
    Who does not know the answer takes the file that is best on average over the answers; who knows it takes the best
    under that answer. The difference of the two, on average, is the expected value of knowing. All answers weigh alike,
    since nobody says which is likelier. Taking the largest of several shares flatters luck, so the value is a little
    too large; an interval about the choice that was made stands beside it, and a change of the best file counts as sure
    only where a paired interval that holds for all looks lies above zero.

Sources
    Raiffa and Schlaifer (1961), Applied Statistical Decision Theory (expected value of perfect information).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.methods.intervals import FloatArray, find_paired_reach
from analysis.methods.many_looks import find_joint_level
from analysis.methods.share_change import estimate_ratio

Ends = NDArray[np.integer[Any]]
"""Number of the outcome of every draw."""


@dataclass(frozen=True)
class KnowledgeValue:
    """What it is worth to know the answer to one question."""

    best: str
    """The scenario file that is best under the view as it is."""
    best_by_answer: Mapping[str, str]
    """The best one under each answer."""
    surely_changed: tuple[str, ...]
    """Answers under which another file is better beyond luck."""
    value: float
    """Expected value of knowing the answer, in shares of runs."""
    low: float
    """Lower end of its 95% interval, for the files that were chosen."""
    high: float
    """Upper end."""

    @property
    def n_changed(self) -> int:
        """Answers under which another file is best."""
        return sum(one != self.best for one in self.best_by_answer.values())


def compute_knowledge_values(
    as_is: Mapping[str, Ends],
    answers: Mapping[str, Mapping[str, Mapping[str, Ends]]],
    outcomes: Collection[int],
    none: int,
) -> dict[str, KnowledgeValue]:
    """What it is worth to know the answer to each question.

    Args:
        as_is: Number of the outcome of every draw under the view as it is, by scenario file.
        answers: The same by question, answer and scenario file.
        outcomes: Numbers of the outcomes that are wanted.
        none: Stands for the outcome of a draw that does not match.

    Returns:
        By question; those with an answer under which no draw matches are left out.
    """
    unchanged = {name: _compute_share(ends, outcomes, none) for name, ends in as_is.items()}
    looks = sum(len(one) for one in answers.values()) * max(1, len(as_is) - 1)
    found = {}
    for question, by_answer in answers.items():
        shares = {
            answer: {name: _compute_share(ends, outcomes, none) for name, ends in files.items()}
            for answer, files in by_answer.items()
        }
        if not any(share is None for files in (*shares.values(), unchanged) for share in files.values()):
            found[question] = _compute_value(unchanged, shares, find_joint_level(looks))
    return found


Share = tuple[float, FloatArray]
"""A share, and what each draw contributes to its error."""


def _compute_share(ends: Ends, outcomes: Collection[int], none: int) -> Share | None:
    matching, hits = (ends != none).astype(np.float64), np.isin(ends, list(outcomes)).astype(np.float64)
    if not matching.any():
        return None
    return estimate_ratio(hits, matching)


def _compute_value(
    unchanged: Mapping[str, Any], shares: Mapping[str, Mapping[str, Any]], level: float
) -> KnowledgeValue:
    """The value of one question from shares by answer and scenario file."""
    best = _find_best({name: share for name, (share, _) in unchanged.items()})
    by_answer = {
        answer: _find_best({name: one for name, (one, _) in files.items()}) for answer, files in shares.items()
    }
    mean = {name: float(np.mean([files[name][0] for files in shares.values()])) for name in unchanged}
    blind = _find_best(mean)
    gains = [_subtract(files[by_answer[answer]], files[blind]) for answer, files in shares.items()]
    value, pull = float(np.mean([gain for gain, _ in gains])), np.mean([one for _, one in gains], axis=0)
    reach, _ = find_paired_reach(pull)
    sure = []
    for answer, files in shares.items():
        gain, one = _subtract(files[by_answer[answer]], files[best])
        if gain > find_paired_reach(one, level)[0]:
            sure.append(answer)
    return KnowledgeValue(best, by_answer, tuple(sure), value, max(0.0, value - reach), value + reach)


def _find_best(shares: Mapping[str, float]) -> str:
    """The name with the largest share; the first of equals."""
    return max(shares, key=lambda name: shares[name])


def _subtract(one: Share, other: Share) -> Share:
    return one[0] - other[0], one[1] - other[1]
