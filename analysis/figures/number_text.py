"""Number text: shares as one would say them, with their uncertainty, in the language in use."""

from html import escape
from textwrap import wrap

from analysis.methods.intervals import Interval
from sim.i18n.messages import format_number, format_percent, message

WIDE = 42
"""Letters of a heading that fit beside each other on the narrowest page, in a wide typeface."""

ROUND_NUMBERS = (15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 300, 400, 500, 750, 1000, 2000, 5000, 10000)


def format_share(share: float) -> str:
    """A share in whole percent; one decimal below 1% and above 99%."""
    hundredths = 100 * share
    if 0 < hundredths < 0.1:
        return message("figures.under", share=format_percent(0.1, 1))
    if 99.9 < hundredths < 100:
        return message("figures.over", share=format_percent(99.9, 1))
    near_an_end = 0 < hundredths < 0.95 or 99.05 < hundredths < 100
    return format_percent(hundredths, 1 if near_an_end else 0)


def as_natural_frequency(share: float) -> str:
    """A share as so many runs out of a small number."""
    if share >= 0.975:
        return message("figures.every-run" if share == 1 else "figures.nearly-every-run")
    if share >= 0.075:
        return message("figures.about", some=format_number(round(20 * share)), all=format_number(20))
    if share <= 0:
        return message("figures.no-run")
    nearest = min(ROUND_NUMBERS, key=lambda many: abs(1 / many - share))
    return message("figures.about", some=format_number(1), all=format_number(nearest))


def format_range(low: float, high: float) -> str:
    """Two shares as a range: `12 to 16%`; one of them where both are written alike."""
    below, above = format_share(low), format_share(high)
    sign = message("words.percent", number="")
    return below if below == above else message("figures.to", low=below.removesuffix(sign), high=above)


def format_interval(found: Interval) -> str:
    """The interval of a share, as a reader would say it."""
    if found.kind == "one-sided bound":
        key, end = ("figures.under", found.high) if found.share == 0 else ("figures.over", found.low)
        said = format_share(end)
        return said if 0 < end < 0.001 or 0.999 < end < 1 else message(key, share=said)
    return format_range(found.low, found.high)


def format_estimate(found: Interval) -> str:
    """A share in percent with its interval: `14% (12 to 16%)`."""
    return f"{format_share(found.share)} ({format_interval(found)})"


def format_list(things: list[str]) -> str:
    """Things in one sentence: `a, b and c`."""
    if len(things) == 1:
        return things[0]
    return message("figures.list", first=", ".join(things[:-1]), last=things[-1])


def format_week_heading(at: int) -> str:
    """A week as the head of a column or a row."""
    return message("figures.week", week=format_number(at))


def shorten(text: str, most: int = WIDE) -> str:
    """A heading that a narrow page holds; the whole text stands in the table."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip(' ,;')}…"


def break_lines(text: str, most: int = WIDE, lines: int | None = 2) -> str:
    """Text for a figure, broken into lines that a narrow page holds; the whole text stands in the table."""
    return "<br>".join(escape_text(line) for line in wrap(text, most, max_lines=lines, placeholder="…"))


def escape_text(text: str) -> str:
    """Text from a scenario file for a figure, which would otherwise read tags in it."""
    return escape(text, quote=False)
