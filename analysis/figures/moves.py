"""Moves: a share that moves from a reference to a scenario, as one would say it, in percentage points."""

from analysis.questions.compare import Moved
from sim.language.tongue import number, say, with_percent_sign


def points(difference: float) -> str:
    """A difference in percentage points, with its sign; two decimals below a tenth of a point."""
    if difference == 0:
        return number(0)
    places = 1 if abs(difference) >= 0.00095 else 2
    told = round(100 * difference, places)
    return number(told, places, signed=True) if told else number(0, places)


def share(of_runs: float) -> str:
    """A share, as finely as differences are told."""
    return with_percent_sign(100 * of_runs, 1)


def with_span(moved: Moved) -> str:
    """A difference with its interval: `+3.1 (+1.0 to +5.2)`."""
    low, high = points(moved.low), points(moved.high)
    return say("figures.difference.span", points=points(moved.difference), low=low, high=high)


def said(moved: Moved) -> str:
    """Both shares and their difference."""
    if moved.kind == "conservative" and not moved.difference:
        return say("figures.difference.same", share=share(moved.share))
    reference = share(moved.reference)
    return say("figures.difference.instead", share=share(moved.share), reference=reference, span=with_span(moved))
