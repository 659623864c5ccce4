"""Column meanings: what every column of an exported table means, in which unit, and within which bounds.

`first` is the side whose gains make the balance rise, `second` the other one. Worth is measured on each actor's own
scale: 0 is its worst settlement, 1 its best. Tallies count from week 1 until the contest ends.
"""

from dataclasses import dataclass
from typing import Literal

CellKind = Literal["text", "whole number", "number"]
"""What stands in the cells."""

EXECUTED = "executed_"
"""Begins the columns that say whether a lever was executed."""

SIDES = ("first", "second")

UNDESCRIBED = "not described in this version of zopa"


@dataclass(frozen=True)
class ColumnMeaning:
    """One column of a table."""

    name: str
    """Its name."""
    kind: CellKind
    """What stands in its cells."""
    unit: str
    """Unit of its numbers; empty for names, numbers that count something, and codes."""
    value_range: str
    """Values that it can take."""
    meaning: str
    """What it says."""


VIEW = ColumnMeaning("view", "text", "", "a source view", "source view under which the run was played")
RUN = ColumnMeaning(
    "run", "whole number", "", "0 or more", "number of the run; the same number means the same luck in all views"
)
OUTCOME = ColumnMeaning("outcome", "text", "", "an outcome", "outcome, by its key")
WEEK = ColumnMeaning("week", "whole number", "weeks", "1 to the horizon", "number of the week")
TERMS = ColumnMeaning("terms", "text", "", "terms", "terms of the agreement, by their name on the menu")
SEQUENCE = ColumnMeaning("sequence", "text", "", "a sequence", "order of steps by which it was agreed")
SINCE = "week in which the run reached the state in which it ends; 0 if it was there before week 1"

WEEKS = (
    VIEW,
    WEEK,
    OUTCOME,
    ColumnMeaning("runs", "whole number", "", "0 to the matching runs", "runs there after that week"),
)
"""Counts by week."""

ISSUES = (
    *(VIEW, RUN, OUTCOME, TERMS, SEQUENCE),
    ColumnMeaning("issue", "text", "", "an issue", "issue, by its key"),
    ColumnMeaning("option", "text", "", "an option of the issue", "option that was agreed on it"),
)
"""What was agreed, one row per issue, of runs in which an agreement is in force at the horizon."""

AGREED = (
    VIEW,
    ColumnMeaning("issue", "text", "", "an issue", "issue, by its key; `sequence` for the order of steps"),
    ColumnMeaning("option", "text", "", "an option of the issue", "option of the issue, or a sequence"),
    ColumnMeaning("runs", "whole number", "", "0 or more", "runs whose agreement in force at the horizon has it"),
    ColumnMeaning("of", "whole number", "", "0 or more", "runs with an agreement in force at the horizon"),
)
"""What was agreed, counted: one row per issue and option."""

EVENTS = (
    *(VIEW, RUN),
    ColumnMeaning(
        "week", "whole number", "weeks", "up to the horizon", "week of the event; 0 and below are the run-up"
    ),
    ColumnMeaning("place", "whole number", "", "1 or more", "place of the event in the run"),
    ColumnMeaning("actor", "text", "", "an actor, or empty", "whose move, belief or fate it is; empty for the process"),
    ColumnMeaning("rule", "text", "", "a file under sim/rules", "rule behind it"),
    ColumnMeaning("what", "text", "", "a variable or move", "what moved; a lever, complier or belief after a slash"),
    ColumnMeaning(
        "before", "number", "that of `what`", "any, or empty", "value before; for a move, worth of the best other"
    ),
    ColumnMeaning("after", "number", "that of `what`", "any, or empty", "value after; for a move, its own worth"),
    ColumnMeaning("sentence", "text", "", "a sentence", "the event in words, with the rule in brackets"),
    ColumnMeaning("reasons", "text", "", "short numbers, or empty", "why, joined by semicolons"),
)
"""Runs narrated event by event."""

WEEKLY_SERIES = (
    *(VIEW, RUN),
    ColumnMeaning(
        "week", "whole number", "weeks", "0 to the horizon", "week after which it is so; 0 is the end of the run-up"
    ),
    ColumnMeaning("space", "text", "", "world, actor, belief or lever", "what kind of thing it is"),
    ColumnMeaning("who", "text", "", "a key, or empty", "which actor, belief or lever; empty for the world"),
    ColumnMeaning("what", "text", "", "a variable", "variable; those of `runs` mean the same here"),
    ColumnMeaning(
        "value", "number", "that of `what`", "any", "its value; an outcome is its place among the outcomes, from 0"
    ),
)
"""Runs replayed week by week, one row per variable."""

_COUNTS = {
    "calls": "calls of a side to the mediator",
    "steps": "symbolic steps",
    "concessions": "concessions",
    "offers": "offers",
    "strikes": "strikes",
    "threats": "threats, each of which sets an ultimatum",
    "threats_dropped": "threats withdrawn by their holder before the deadline",
    "threats_executed": "threats whose lever was executed before the deadline",
    "executions": "levers executed",
    "meetings": "times that the mediator approached a side",
    "lobbying": "rounds of lobbying",
    "summits": "summits held",
    "failures": "summits without result",
    "cancellations": "summits cancelled",
    "plans": "plans put forward",
    "plans_refused": "plans that lapsed because a party declined",
    "plans_unconfirmed": "plans that lapsed because they were not confirmed",
    "plans_refused_and_unconfirmed": "plans that lapsed for both reasons",
    "agreements": "agreements signed",
    "impositions": "agreements signed under pressure on a party",
    "signatures_repudiated": "signatures taken back before the agreement was in force",
    "breakdowns": "agreements that broke",
    "truces": "symbolic steps that began a partial truce",
    "truces_violated": "partial truces violated",
    "leavings": "departures of the mediator",
}
_YES = "0 or 1"
_STAGES = "0 nothing, 1 call, 2 ministers, 3 summit due, 4 plan, 5 signed, 6 in force"
_WHOLE = {
    "stage": ("", _STAGES, "stage of the talks at the horizon"),
    "draft": (
        "",
        "0 or more",
        "package drafted last, by its number; from stage 4 on it lies on the table or is agreed",
    ),
    "settled": ("", _YES, "1 if every issue of the agreement is settled"),
    "imposed": ("", _YES, "1 if the last agreement was signed under pressure on a party, in force or not"),
    "mediated": ("", _YES, "1 while somebody mediates"),
    "talks": ("", "0 or more", "processes of talks that were opened, those of the run-up included"),
    "ended": ("", "0 to 3", "0 the contest goes on, 1 first prevails, 2 second prevails, 3 direct clash"),
    "week_signed": ("weeks", "0 to the horizon", "week of the last signature; 0 for none since week 1"),
    "week_in_force": (
        "weeks",
        "0 to the horizon",
        "week in which the last agreement came into force; 0 for none since week 1",
    ),
    "zone_on_menu": (
        "",
        "-1, 0 or 1",
        "1 if at week 0 the menu has an agreement better than none for all; -1 not looked for",
    ),
    "zone_off_menu_only": (
        "",
        "-1, 0 or 1",
        "1 if at week 0 there is such an agreement, but none on the menu; -1 not looked for",
    ),
}
_OTHER = {
    "threats_believed": (
        "",
        "0 or more",
        "sum of the chances that targets gave to an execution, each when it was threatened; over `threats` the mean",
    ),
    "balance": ("logits", "any", "balance of the contest at the horizon; positive favours the first side"),
    "truce_left": ("weeks", "0 or more", "weeks that a partial truce still holds"),
}
_SIDE_WHOLE = {
    "weeks_with_ultimatum": ("weeks", "0 or more", "weeks without talks, under an ultimatum against {side}"),
    "calls_with_ultimatum": ("", "0 or more", "calls of {side} in these weeks"),
    "weeks_without_ultimatum": ("weeks", "0 or more", "weeks without talks and without an ultimatum against {side}"),
    "calls_without_ultimatum": ("", "0 or more", "calls of {side} in these weeks"),
    "prefers": (
        "",
        "a sequence, from 0, or empty",
        "sequence by which {side} would rather have the tracked terms, in week 1; empty if it prefers to fight on",
    ),
}
_SIDE_OTHER = {
    "threats_believed": (
        "",
        "0 or more",
        "sum of the chances that targets gave to an execution, each when it was threatened; over `threats` the mean",
    ),
    "reservation": ("worth", "any", "worth of no agreement to {side} at the horizon"),
    "resilience": ("share", "0 to 1", "staying power of {side} at the horizon"),
    "aid": ("share", "0 to 1", "aid that {side} receives at the horizon"),
    "stress": ("worth/week", "0 or more", "cost that executed levers add for {side}"),
    "hardening": (
        "worth",
        "0 or more",
        "what executed levers and disappointments added to the reservation value of {side}",
    ),
    "flow_cost": ("worth/week", "0 or more", "cost of fighting on to {side}"),
}


def describe_runs_column(name: str) -> ColumnMeaning:
    """What a column of the table of runs means."""
    fixed = {one.name: one for one in (VIEW, RUN, OUTCOME)}
    if name in fixed:
        return fixed[name]
    if name == "week":
        return ColumnMeaning(name, "whole number", "weeks", "0 to the horizon", SINCE)
    if name in _COUNTS:
        return ColumnMeaning(name, "whole number", "", "0 or more", f"number of {_COUNTS[name]}")
    if name.startswith(EXECUTED):
        lever = name.removeprefix(EXECUTED)
        return ColumnMeaning(name, "whole number", "", _YES, f"1 if the lever `{lever}` was executed, run-up included")
    side, _, rest = name.partition("_")
    own = side in SIDES
    for kind, known in (("whole number", _SIDE_WHOLE if own else _WHOLE), ("number", _SIDE_OTHER if own else _OTHER)):
        key = rest if own else name
        if key in known:
            unit, within, meaning = known[key]
            return ColumnMeaning(name, kind, unit, within, meaning.format(side=f"the {side} side"))  # type: ignore[arg-type]
    return ColumnMeaning(name, "number", "", "any", UNDESCRIBED)


SERIES_MEANINGS = {
    "outcome": "place of the outcome in the scenario's list, from 0",
    "chance": "what the holder of the belief takes the chance to be",
    "threat_left": "weeks of ultimatum left",
    "executed": "1 while the lever is executed",
    "effect_share": "share of the full effect that is felt",
}
"""Variables of a weekly series that are not in the table of runs."""


def describe_series_variable(what: str) -> str:
    """What a variable of a weekly series means."""
    whole = _WHOLE | _OTHER | _SIDE_OTHER
    if what in SERIES_MEANINGS:
        return SERIES_MEANINGS[what]
    said = whole[what][2].format(side="the actor") if what in whole else UNDESCRIBED
    return said.replace(" at the horizon", "")
