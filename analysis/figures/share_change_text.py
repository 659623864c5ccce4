"""Share change text: a share that moves from a reference to a scenario, as one would say it, in percentage points."""

from analysis.methods.paired_change import PartOfChange
from analysis.methods.scenario_differences import ShareChange
from sim.i18n.messages import format_number, format_percent, message


def format_points(difference: float) -> str:
    """A difference in percentage points, with its sign; two decimals below a tenth of a point."""
    if difference == 0:
        return format_number(0)
    places = 1 if abs(difference) >= 0.00095 else 2
    rounded = round(100 * difference, places)
    return format_number(rounded, places, signed=True) if rounded else format_number(0, places)


def format_fine_share(of_runs: float) -> str:
    """A share, as finely as differences are written."""
    return format_percent(100 * of_runs, 1)


def format_change(change: ShareChange) -> str:
    """A difference with its interval: `+3.1 (+1.0 to +5.2)`."""
    low, high = format_points(change.low), format_points(change.high)
    return message("figures.difference.span", points=format_points(change.difference), low=low, high=high)


def format_share_change(change: ShareChange) -> str:
    """Both shares and their difference."""
    if change.kind == "conservative" and not change.difference:
        return message("figures.difference.same", share=format_fine_share(change.share))
    reference = format_fine_share(change.reference)
    return message(
        "figures.difference.instead",
        share=format_fine_share(change.share),
        reference=reference,
        span=format_change(change),
    )


def format_part(part: PartOfChange | None) -> str:
    """A difference or a part of it in points, with its interval."""
    if part is None:
        return message("report.paired-none")
    if part.low == part.high:
        return format_points(part.value)
    points, low, high = (format_points(value) for value in (part.value, part.low, part.high))
    return message("figures.difference.span", points=points, low=low, high=high)
