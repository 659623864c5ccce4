"""Controls: the levers and assumptions of a case as sliders and choices, few of them first, each with its source."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from analysis.methods.assumptions import format_quantity
from analysis.methods.change_words import describe_change, describe_place, format_value
from sim.errors import ScenarioError
from sim.i18n.messages import format_number, message
from sim.loading.strict_yaml import parse_yaml
from sim.schema.claim import Claim
from sim.schema.lever import Lever
from sim.schema.loaded_case import LoadedCase
from sim.schema.quantity import Quantity, find_quantities

FIRST = (
    "interests.conflict_cost",
    "interests.optimism",
    "interests.no_deal",
    "mediator.audience_cost",
    "mediator.ignores_others",
)
"""Assumptions that are shown first, by the end of their place."""
MOST_FIRST = 7
MOST_LEVERS_FIRST = 3
WEEKS = (1, 4, 8, 12, 16, 26)
"""Weeks in which a page lets a lever be executed."""
RANGES = {
    "chance": (0.0, 1.0),
    "share": (0.0, 1.0),
    "chance/week": (0.0, 0.05),
    "worth": (0.0, 0.3),
    "worth/week": (0.0, 0.02),
    "weeks": (0.0, 26.0),
    "logits": (-2.0, 2.0),
    "logits/week": (-0.1, 0.1),
    "factor": (0.0, 3.0),
}
"""Numbers that a slider offers where no factor can be used, by unit."""
BY_NUMBER = ("chance", "share", "logits")
"""Units whose numbers are set as they are; all others are multiplied, so that a spread stays a spread."""
OCTAVES = 2.0
"""A factor goes from a quarter to four times."""


@dataclass(frozen=True)
class Option:
    """One answer of a choice."""

    label: str
    """What it is called."""
    changes: tuple[str, ...]
    """What it sets, each as path=value."""
    chosen: bool
    """True if it is the state of the page."""


@dataclass(frozen=True)
class Control:
    """A slider or a choice."""

    path: str
    """Place in the scenario."""
    label: str
    """What it is, for readers."""
    base: str
    """What the scenario says, with its unit."""
    reason: str
    """Where that comes from: passages with our reading, or our own reason."""
    cited: bool
    """True if it rests on passages."""
    form: str = "choice"
    """`number` sets a number, `factor` multiplies, `choice` has options."""
    low: float = 0.0
    """Lowest place of the slider."""
    high: float = 0.0
    """Highest place."""
    step: float = 0.0
    """Distance between two places."""
    value: float = 0.0
    """Where it stands now."""
    start: float = 0.0
    """Where it stands in the reference case."""
    options: tuple[Option, ...] = ()
    """Answers of a choice."""
    given: tuple[str, ...] = ()
    """What the page has set of it, each as path=value; it stays so to the letter until a reader touches it."""
    said: str = ""
    """What was set instead of a factor, in words; empty where the place of the slider says it."""


@dataclass(frozen=True)
class Group:
    """Controls that belong together."""

    label: str
    """Their name."""
    controls: tuple[Control, ...]
    """The controls."""


@dataclass(frozen=True)
class Panel:
    """All controls of a page."""

    first: tuple[Control, ...]
    """Those that are seen at once."""
    groups: tuple[Group, ...]
    """The others, folded."""


def build_panel(case: LoadedCase, changes: Sequence[str]) -> Panel:
    """The controls of a case as they stand after some changes.

    Args:
        case: The reference case with its texts in the language in use, through the view that is shown first.
        changes: What the page has set, each as path=value.
    """
    builder = _Builder(case, dict(change.partition("=")[::2] for change in changes))
    levers = [builder.make_lever(key, lever) for key, lever in case.scenario.levers.items()]
    vetoes = [builder.make_veto(key) for key, one in case.scenario.actors.items() if one.veto_player]
    choices = [one for one in (*levers[:MOST_LEVERS_FIRST], *vetoes[:2]) if one is not None]
    sliders = {path: builder.make_slider(path, one) for path, one in _list_quantities(case)}
    early = [path for end in FIRST for path in sliders if path.endswith(end)][: max(3, MOST_FIRST - len(choices))]
    late = [one for one in (*levers[MOST_LEVERS_FIRST:], *vetoes[2:]) if one is not None]
    groups = list(_group(case, {path: one for path, one in sliders.items() if path not in early}))
    more = [Group(message("pages.more-levers"), tuple(late))] if late else []
    return Panel((*choices, *(sliders[path] for path in early)), (*more, *groups))


def _list_quantities(case: LoadedCase) -> Iterator[tuple[str, Quantity]]:
    """Numbers with a slider; weights, and what is below a list, have none."""
    for path, one in find_quantities(case.scenario):
        if isinstance(one, Quantity) and not any(word.isdecimal() for word in path.split(".")):
            yield path, one


def _group(case: LoadedCase, sliders: Mapping[str, Control]) -> Iterator[Group]:
    """Sliders by what they are about."""
    found: dict[str, list[Control]] = {}
    for path, control in sliders.items():
        part, key = (*path.split("."), "")[:2]
        one = getattr(case.scenario, part, None)
        labelled = one.get(key) if isinstance(one, Mapping) and part in ("actors", "levers") else None
        label = labelled.label if labelled is not None else message(f"pages.group-{part}")
        found.setdefault(label, []).append(control)
    yield from (Group(label, tuple(controls)) for label, controls in found.items())


@dataclass(frozen=True)
class _Builder:
    """Makes controls of a case."""

    case: LoadedCase
    set_to: Mapping[str, str]

    def make_lever(self, key: str, lever: Lever) -> Control:
        """Whether and when a lever is executed."""
        executes, week = f"levers.{key}.executes", f"levers.{key}.scheduled_week"
        answers: list[tuple[str, tuple[str, ...]]] = [(_describe_lever(lever), ())]
        if lever.executes and lever.scheduled_week is None:
            answers.append((message("pages.lever-barred"), (f"{executes}=false",)))
        elif not lever.executes:
            answers.append((message("pages.lever-free"), (f"{executes}=true",)))
        else:
            answers.append((message("pages.lever-free"), (f"{week}=null",)))
        able = () if lever.executes else (f"{executes}=true",)
        last = self.case.scenario.calendar.horizon
        for number in (one for one in WEEKS if one <= last and one != lever.scheduled_week):
            words = message("pages.lever-week", week=format_number(number))
            answers.append((words, (*able, f"{week}={number}")))
        return self._make_choice(f"levers.{key}", lever.label, lever.about, answers)

    def make_veto(self, key: str) -> Control | None:
        """Whether an actor's consent is needed; none where it never is."""
        one = self.case.scenario.actors[key]
        if one.veto_player is None or one.veto_player.must_consent is None:
            return None
        path = f"actors.{key}.veto_player.must_consent"
        answers = [(message("pages.veto-needed"), ()), (message("pages.veto-not-needed"), (f"{path}=null",))]
        return self._make_choice(path, message("pages.veto", actor=one.label), one.about, answers)

    def _make_choice(
        self, path: str, label: str, about: str, answers: Sequence[tuple[str, tuple[str, ...]]]
    ) -> Control:
        """A choice; what is set and is none of its answers becomes one more."""
        paths = dict.fromkeys(change.partition("=")[0] for _, changes in answers for change in changes)
        given = tuple(f"{one}={self.set_to[one]}" for one in paths if one in self.set_to)
        if not any(set(given) == set(changes) for _, changes in answers):
            words = "; ".join(describe_change(self.case.text, change) for change in given)
            answers = [*answers, (words, given)]
        options = tuple(Option(words, changes, set(changes) == set(given)) for words, changes in answers)
        return Control(path, label, options[0].label, about, cited=False, options=options, given=given)

    def make_slider(self, path: str, one: Quantity) -> Control:
        """A number, or the factor on it."""
        by_number = one.unit in BY_NUMBER or not any(one.numbers)
        low, high = RANGES[one.unit] if by_number else (-OCTAVES, OCTAVES)
        start = round(one.middle, 6) if by_number else 0.0
        low, high = min(low, start), max(high, start)
        step = float(f"{(high - low) / 40:.1g}") if by_number else 0.25
        given = self.set_to.get(path, "")
        return Control(
            path,
            describe_place(self.case.text, path.split(".")),
            format_quantity(one.model_dump(exclude_none=True)),
            *_format_reason(one, self.case.claims),
            form="number" if by_number else "factor",
            low=low,
            high=high,
            step=step,
            value=_read_place(given, one, start, by_number=by_number),
            start=start,
            given=(f"{path}={given}",) if given else (),
            said="" if given.startswith("*") else format_value(given),
        )


def _read_place(given: str, one: Quantity, start: float, *, by_number: bool) -> float:
    """Where a slider stands after what was set: a factor, a number, or the middle of a spread."""
    try:
        if not given:
            return start
        if given.startswith("*"):
            factor = float(given[1:])
            return one.middle * factor if by_number else log2(factor)
        middle = _read_middle(given, one)
        return middle if by_number else log2(middle / one.middle)
    except (ValueError, ArithmeticError, ScenarioError):
        return start


def _read_middle(given: str, one: Quantity) -> float:
    """The number that was set, or the middle of the spread."""
    found = parse_yaml(given, "").data
    if not isinstance(found, dict):
        return float(found)
    words = {"unit": one.unit, **found, "because": [], "assumed": given}
    return Quantity.model_validate(words).middle


def _describe_lever(lever: Lever) -> str:
    """What the case says of a lever's execution."""
    if not lever.executes:
        return message("pages.lever-barred")
    if lever.scheduled_week is not None:
        return message("pages.lever-week", week=format_number(lever.scheduled_week))
    return message("pages.lever-free")


def _format_reason(one: Quantity, claims: Mapping[str, Claim]) -> tuple[str, bool]:
    """Passages with our reading, or our own reason, in the language of the case; and whether it is passages."""
    found = [claims[name] for name in one.because if name in claims]
    if not found:
        return one.assumed or ", ".join(one.because), False
    return " / ".join(f"{claim.place}: {claim.we_read}" for claim in found), True
