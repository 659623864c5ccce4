"""Words: shares as one would say them, with their uncertainty, in the language in use."""

from html import escape
from textwrap import wrap

from analysis.questions.intervals import Interval
from sim.language.tongue import number, say, with_percent_sign

WIDE = 42
"""Letters of a heading that fit beside each other on the narrowest page, in a wide typeface."""

ROUND_NUMBERS = (15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 300, 400, 500, 750, 1000, 2000, 5000, 10000)


def percent(share: float) -> str:
    """A share in whole percent; one decimal below 1% and above 99%."""
    hundredths = 100 * share
    if 0 < hundredths < 0.1:
        return say("figures.under", share=with_percent_sign(0.1, 1))
    if 99.9 < hundredths < 100:
        return say("figures.over", share=with_percent_sign(99.9, 1))
    near_an_end = 0 < hundredths < 0.95 or 99.05 < hundredths < 100
    return with_percent_sign(hundredths, 1 if near_an_end else 0)


def about(share: float) -> str:
    """A share as so many runs out of a small number."""
    if share >= 0.975:
        return say("figures.every-run" if share == 1 else "figures.nearly-every-run")
    if share >= 0.075:
        return say("figures.about", some=number(round(20 * share)), all=number(20))
    if share <= 0:
        return say("figures.no-run")
    nearest = min(ROUND_NUMBERS, key=lambda many: abs(1 / many - share))
    return say("figures.about", some=number(1), all=number(nearest))


def span(low: float, high: float) -> str:
    """Two shares as a range: `12 to 16%`; one of them where both are told alike."""
    below, above = percent(low), percent(high)
    sign = say("words.percent", number="")
    return below if below == above else say("figures.to", low=below.removesuffix(sign), high=above)


def ends(found: Interval) -> str:
    """The interval of a share, as a reader would say it."""
    if found.kind == "one-sided bound":
        key, end = ("figures.under", found.high) if found.share == 0 else ("figures.over", found.low)
        return say(key, share=percent(end))
    return span(found.low, found.high)


def with_ends(found: Interval) -> str:
    """A share in percent with its interval: `14% (12 to 16%)`."""
    return f"{percent(found.share)} ({ends(found)})"


def listed(things: list[str]) -> str:
    """Things in one sentence: `a, b and c`."""
    if len(things) == 1:
        return things[0]
    return say("figures.list", first=", ".join(things[:-1]), last=things[-1])


def week(at: int) -> str:
    """A week as the head of a column or a row."""
    return say("figures.week", week=number(at))


def shortened(text: str, most: int = WIDE) -> str:
    """A heading that a narrow page holds; the whole text stands in the table."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip(' ,;')}…"


def lined(text: str, most: int = WIDE, lines: int | None = 2) -> str:
    """Text for a figure, broken into lines that a narrow page holds; the whole text stands in the table."""
    return "<br>".join(plain(line) for line in wrap(text, most, max_lines=lines, placeholder="…"))


def plain(text: str) -> str:
    """Text from a scenario file for a figure, which would otherwise read tags in it."""
    return escape(text, quote=False)
