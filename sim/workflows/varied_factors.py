"""Varied factors: which numbers of a scenario are varied, and over which values.

Read aloud
    `levers.embargo.price=*0.5,*2` takes each of these values, `QUESTION=ANSWER,ANSWER` each of these answers.
    `contest.noise=0.1..0.5:5` takes five values from 0.1 to 0.5, the same distance apart, and `levers.embargo.price=
    *0.25..*4:5` five factors from a quarter to four, each the same multiple of the one before.
    With a number of samples, a range has no number of values: every sample has a value of its own from it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.errors import ErrorCollector, ScenarioError, name_argument, stop

ARGUMENT, VIEW = "factors", "view"

MOST_VALUES = 1_000
"""Values of one range, at most."""

ROUNDED_BELOW = 1_000
"""Numbers of a range below this have four digits, others six."""

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"(\*?)((?:{_NUMBER})?)\.\.(\*?)((?:{_NUMBER})?)(?::(\S*))?")


@dataclass(frozen=True)
class ValueRange:
    """Numbers between two ends."""

    low: float
    """The lower end."""
    high: float
    """The upper end."""
    is_scaled: bool
    """True if the numbers are factors on what the scenario has, so that their ratios count."""
    is_whole: bool
    """True if both ends are written as whole numbers."""

    def find_value(self, part: float, *, whole: bool = False) -> str:
        """The value that lies so far from the lower end to the upper one.

        Args:
            part: From 0 to 1.
            whole: True for the nearest whole number.
        """
        ratio = self.high / self.low if self.is_scaled else 1.0
        number = self.low * ratio**part if self.is_scaled else self.low + part * (self.high - self.low)
        text = f"{number:.4g}" if abs(number) < ROUNDED_BELOW else f"{number:.6g}"
        text = f"{round(number)}" if whole and self.is_whole else text
        return f"*{text}" if self.is_scaled else text


@dataclass(frozen=True)
class Factor:
    """A number, an answer or a side of a contradiction that is varied."""

    name: str
    """Its place in the scenario, or the name of the question."""
    values: tuple[str, ...]
    """Its values, as one writes them behind the equals sign; none for a range without a number of values."""
    span: ValueRange | None = None
    """The range from which its values are taken; none for a list."""
    steps: int = 0
    """How many values are taken from the range; 0 for as many as there are samples."""

    def list_extremes(self) -> tuple[str, ...]:
        """The values that must fit the scenario for all others to fit: the ends of a range, or the whole list."""
        return self.values if self.span is None else (self.span.find_value(0.0), self.span.find_value(1.0))


def parse_factors(given: Iterable[str], samples: int | None) -> tuple[Factor, ...]:
    """What is varied, each as name=values; every mistake at once.

    Args:
        given: What was given.
        samples: Number of samples; none for a grid.

    Raises:
        ScenarioError: something is of another form, is varied twice, or has no values.
    """
    seen, found = ErrorCollector(), list[Factor]()
    for words in given:
        try:
            found.append(_parse_factor(words, samples is not None))
            if [one.name for one in found].count(found[-1].name) > 1:
                raise _refuse(words, f"{found[-1].name} is varied twice", "give all its values at once")
        except ScenarioError as error:
            seen.problems += error.problems
    seen.stop_if_any()
    return tuple(found)


def refuse_set(factors: Iterable[Factor], given: Iterable[str]) -> None:
    """Refuse to vary what is set or answered for all settings: only one of the two could hold.

    Args:
        factors: What is varied.
        given: Values and answers that are set, each as name=value.

    Raises:
        ScenarioError: something is both.
    """
    given_names = {words.partition("=")[0].strip() for words in given}
    for factor in factors:
        if factor.name in given_names:
            raise _refuse(factor.name, f"{factor.name} is set as well", "vary it, or set it")


def _parse_factor(words: str, is_sampled: bool) -> Factor:
    """One factor."""
    name, equals, rest = (part.strip() for part in words.partition("="))
    if not (name and equals):
        raise _refuse(words, "is not of the form name=values", "for example contest.noise=0.1,0.2 or 0.1..0.5:5")
    if name == VIEW:
        raise _refuse(words, "source views stand side by side already", "name them with `view=`")
    if not rest:
        raise _refuse(words, "has no values", f"for example {name}=*0.5,*2")
    if found := _RANGE.fullmatch(rest):
        return _make_range(words, name, found, is_sampled)
    values = _split_list(rest)
    if not all(values):
        raise _refuse(words, "has an empty value", "take away the comma too many")
    if len(set(values)) < len(values):
        raise _refuse(words, "has the same value twice", "name each value once")
    return Factor(name, values)


def _split_list(text: str) -> tuple[str, ...]:
    """Parts between commas, those inside of brackets left alone: `{low: 1, high: 2}` is one value."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in "{[(") - (sign in "}])")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return tuple(part.strip() for part in parts)


def _make_range(words: str, name: str, found: "re.Match[str]", is_sampled: bool) -> Factor:
    """A factor with a range."""
    first, low_text, second, high_text, steps = found.groups()
    if not low_text or not high_text:
        raise _refuse(words, "the range has no end" if low_text else "the range has no beginning", "write low..high:5")
    span = ValueRange(float(low_text), float(high_text), bool(first), not re.search(r"[.eE]", low_text + high_text))
    _check_ends(words, span, low_text, high_text, is_mixed=bool(second) and not first)
    if is_sampled:
        if steps is not None:
            raise _refuse(words, "with `samples=`, a range has no number of values", f"leave out :{steps}")
        return Factor(name, (), span)
    if steps is None:
        example = f"{first}{low_text}..{first}{high_text}:5"
        raise _refuse(words, "does not say how many values the range has", f"write {example}, or give `samples=`")
    if not (steps.isascii() and steps.isdecimal() and 2 <= int(steps[:9]) <= MOST_VALUES):
        raise _refuse(words, f"the number of values is {steps!r}", f"it must be from 2 to {MOST_VALUES:,}")
    return Factor(name, (), span, int(steps))


def _check_ends(words: str, span: ValueRange, low: str, high: str, *, is_mixed: bool) -> None:
    """Refuse a range that goes downwards, is empty, or mixes factors with numbers."""
    star = "*" if span.is_scaled else ""
    if is_mixed:
        raise _refuse(words, "only one end of the range is a factor", f"write *{low}..*{high}")
    if span.low > span.high:
        raise _refuse(words, "the range goes downwards", f"write {star}{high}..{star}{low}")
    if span.low == span.high:
        raise _refuse(words, "both ends of the range are the same", f"write {star}{low} alone")
    if span.is_scaled and span.low <= 0:
        raise _refuse(words, f"the range of factors begins at {low}", "a factor of a range must be above 0")


def list_values(factor: Factor, *, whole: bool) -> tuple[str, ...]:
    """All values of a factor on a grid.

    Args:
        factor: The factor.
        whole: True if its place takes whole numbers.
    """
    if factor.span is None:
        return factor.values
    parts = (number / (factor.steps - 1) for number in range(factor.steps))
    return tuple(dict.fromkeys(factor.span.find_value(part, whole=whole) for part in parts))


def find_sample(factor: Factor, uniform: float, *, whole: bool) -> str:
    """The value of a factor at a number between 0 and 1."""
    if factor.span is None:
        return factor.values[min(len(factor.values) - 1, int(uniform * len(factor.values)))]
    return factor.span.find_value(uniform, whole=whole)


def _refuse(words: str, text: str, remedy: str) -> ScenarioError:
    return stop(name_argument(ARGUMENT, words), 0, text, remedy)


def name_setting(factors: Sequence[Factor], values: Sequence[str]) -> tuple[str, ...]:
    """A setting as one would ask for it: `name=value` for every factor."""
    return tuple(f"{factor.name}={value}" for factor, value in zip(factors, values, strict=True))
