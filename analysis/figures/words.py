"""Words: shares as one would say them, with their uncertainty."""

from html import escape

from analysis.questions.intervals import Interval

SIGN = "\u00a0%"
"""A percent sign that stays with its number."""

ROUND_NUMBERS = (15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 300, 400, 500, 750, 1000, 2000, 5000, 10000)


def percent(share: float) -> str:
    """A share in whole percent; one decimal below 1 % and above 99 %."""
    hundredths = 100 * share
    if 0 < hundredths < 0.1:
        return f"under 0.1{SIGN}"
    if 99.9 < hundredths < 100:
        return f"over 99.9{SIGN}"
    near_an_end = 0 < hundredths < 0.95 or 99.05 < hundredths < 100
    return f"{hundredths:.1f}{SIGN}" if near_an_end else f"{hundredths:.0f}{SIGN}"


def about(share: float) -> str:
    """A share as so many runs out of a small number."""
    if share >= 0.975:
        return "every run" if share == 1 else "nearly every run"
    if share >= 0.075:
        return f"about {round(20 * share)} in 20 runs"
    if share <= 0:
        return "no run"
    nearest = min(ROUND_NUMBERS, key=lambda number: abs(1 / number - share))
    return f"about 1 in {nearest:,} runs"


def ends(found: Interval) -> str:
    """The interval of a share, as a reader would say it."""
    if found.kind == "one-sided bound":
        return f"under {percent(found.high)}" if found.share == 0 else f"over {percent(found.low)}"
    low, high = percent(found.low), percent(found.high)
    return low if low == high else f"{low.removesuffix(SIGN)} to {high}"


def with_ends(found: Interval) -> str:
    """A share in percent with its interval: `14 % (12 to 16 %)`."""
    return f"{percent(found.share)} ({ends(found)})"


def listed(things: list[str]) -> str:
    """Things in one sentence: `a, b and c`."""
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"


def plain(text: str) -> str:
    """Text from a scenario file for a figure, which would otherwise read tags in it."""
    return escape(text, quote=False)
