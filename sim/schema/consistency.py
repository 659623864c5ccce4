"""Consistency: do the pieces of a scenario fit together? Every problem is listed with place and remedy.

Numbers that no reader could mean, such as a chance above 1 or a negative number of weeks, are problems too. A place
whose meaning fixes its bounds comes before its unit: a change of aid is a share, and may be negative.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from sim.errors import suggest
from sim.schema.quantity import Quantity, Weights

if TYPE_CHECKING:
    from sim.schema.actor import Actor
    from sim.schema.conditions import RunCondition, TermsCondition
    from sim.schema.pattern import PatternEvent
    from sim.schema.scenario import Scenario

_CENTRES = ("value", "low", "high", "mean", "median")
"""Numbers of a quantity that are bounded: its centre and its ends."""


@dataclass(frozen=True)
class Bounds:
    """The numbers that make sense somewhere."""

    words: str
    """What a number must be, in words."""
    remedy: str
    """What to do about one that is not."""
    low: float = 0.0
    """The lowest."""
    high: float = inf
    """The highest."""
    strict: bool = False
    """True if the ends themselves make no sense."""

    def hold(self, number: float) -> bool:
        """True for a number that makes sense."""
        if self.strict:
            return self.low < number < self.high
        return self.low <= number <= self.high


_WHOLE = Bounds("between 0 and 1", "write 15% as 0.15", high=1)
_COST = Bounds("0 or more", "a gain is no cost: give 0 or a positive number")

_OF_UNIT = {
    "chance": _WHOLE,
    "chance/week": _WHOLE,
    "share": _WHOLE,
    "weeks": Bounds("0 or more", "count weeks forward from 0"),
    "factor": Bounds("0 or more", "1 changes nothing, 0.5 halves"),
}
_OF_PLACE = {
    ("levers", "*", "effects", "aid"): Bounds("between -1 and 1", "-1 takes all aid away", low=-1, high=1),
    ("actors", "*", "disputant", "aid_trend"): Bounds("between -1 and 1", "-1 takes all aid away in a year", -1, 1),
    ("actors", "*", "interests", "conflict_cost"): _COST,
    ("contest", "duration"): Bounds("1 or more", "1 decides the contest within a week", low=1),
    ("actors", "*", "interests", "weekly_discount"): Bounds(
        "above 0 and below 1", "0.99 lets next week count 1% less than this one", high=1, strict=True
    ),
    ("contest", "noise"): Bounds("0 or more", "0 is a contest without surprises"),
    ("choice", "precision"): Bounds("above 0", "a larger number is a sharper choice", strict=True),
}


def describe_unknown(place: str, name: str, known: Iterable[str], what: str) -> str:
    """Sentence for a name that does not exist, with the nearest one that does."""
    return f"{place}: no {what} {name!r}; {suggest(name, known)}"


def find_inconsistencies(scenario: Scenario) -> list[str]:
    """All problems that one piece alone cannot see."""
    checks = (
        _check_sides,
        _check_schedule,
        _check_levers,
        _check_beliefs,
        _check_actors,
        _check_issues,
        _check_menu,
        _check_outcomes,
        _check_patterns,
        _check_bounds,
    )
    return [problem for check in checks for problem in check(scenario)]


def _check_sides(s: Scenario) -> Iterator[str]:
    for field, side in (("first", s.contest.first), ("second", s.contest.second)):
        if side not in s.actors:
            yield describe_unknown(f"contest.{field}", side, s.actors, "actor")
    disputants = {key for key, actor in s.actors.items() if actor.disputant}
    sides = {s.contest.first, s.contest.second}
    if disputants != sides and sides <= set(s.actors):
        named = ", ".join(sorted(disputants))
        yield f"contest: the sides must be the two disputants; disputants are {named}"
    mediators = [key for key, actor in s.actors.items() if actor.mediator]
    if len(mediators) > 1:
        yield f"actors: there can be one mediator, not {', '.join(mediators)}"
    if s.protocol.ready_package not in s.menu.named:
        yield describe_unknown("protocol.ready_package", s.protocol.ready_package, s.menu.named, "terms")
    if s.protocol.ready_sequence not in s.sequences:
        yield describe_unknown("protocol.ready_sequence", s.protocol.ready_sequence, s.sequences, "sequence")
    if s.run_up.account and s.run_up.account not in s.run_up.accounts:
        yield describe_unknown("run_up.account", s.run_up.account, s.run_up.accounts, "account")
    for name, account in s.run_up.accounts.items():
        for lever in account.executed:
            if lever not in s.levers:
                yield describe_unknown(f"run_up.accounts.{name}.executed", lever, s.levers, "lever")


def _check_schedule(s: Scenario) -> Iterator[str]:
    sides = (s.contest.first, s.contest.second)
    scheduled = [(f"schedule.{name}", found) for name in ("summit", "plan") if (found := getattr(s.schedule, name))]
    if (scheduled or s.schedule.mediator_leaves_in_week) and not s.mediator:
        yield "schedule: there is no mediator"
    for place, found in scheduled:
        if found.side not in sides:
            yield describe_unknown(f"{place}.side", found.side, sides, "disputant")
    if plan := s.schedule.plan:
        if plan.terms not in s.menu.named:
            yield describe_unknown("schedule.plan.terms", plan.terms, s.menu.named, "terms")
        if plan.sequence not in s.sequences:
            yield describe_unknown("schedule.plan.sequence", plan.sequence, s.sequences, "sequence")


def _check_levers(s: Scenario) -> Iterator[str]:
    sides = (s.contest.first, s.contest.second)
    for key, lever in s.levers.items():
        place = f"levers.{key}"
        if lever.scheduled_week is not None and not lever.executes:
            yield f"{place}: is executed in week {lever.scheduled_week} and `executes: false` bars it; keep one"
        if lever.holder not in s.actors:
            yield describe_unknown(f"{place}.holder", lever.holder, s.actors, "actor")
        for field, name in (("target", lever.target), ("beneficiary", lever.beneficiary)):
            if name and name not in sides:
                yield describe_unknown(f"{place}.{field}", name, sides, "disputant")
        for member in (*lever.compliers, *lever.vetoed_by):
            if member not in s.find_by_role("complier"):
                yield describe_unknown(
                    f"{place}", member, s.find_by_role("complier"), "actor with the role of complier"
                )
        for other in lever.effects.deters:
            if other not in s.levers:
                yield describe_unknown(f"{place}.effects.deters", other, s.levers, "lever")


def _check_beliefs(s: Scenario) -> Iterator[str]:
    for key, belief in s.beliefs.items():
        for field, name in (("holder", belief.holder), ("about", belief.about)):
            if name not in s.actors:
                yield describe_unknown(f"beliefs.{key}.{field}", name, s.actors, "actor")
        if (belief.kind == "hope") == (belief.weight is not None):
            yield f"beliefs.{key}: `weight` is for every kind of belief but hope"
    held = {(belief.kind, belief.holder, belief.about) for belief in s.beliefs.values()}
    first, second, third = s.contest.first, s.contest.second, s.mediator
    if not {first, second} <= set(s.actors):
        return
    needed = [(kind, a, b) for a, b in ((first, second), (second, first)) for kind in ("hope", "honour")]
    if third:
        for side in (first, second):
            needed += [("hope", third, side), ("sincerity", third, side)]
            needed += [("credibility", side, third), ("commitment", side, third)]
    for kind, holder, about in needed:
        if (kind, holder, about) not in held:
            yield f"beliefs: the belief `{kind}` of {holder} about {about} is missing"


def _check_actors(s: Scenario) -> Iterator[str]:
    sides = (s.contest.first, s.contest.second)
    for key, actor in s.actors.items():
        if actor.veto_player:
            yield from _check_terms(s, f"actors.{key}.veto_player.must_consent", actor.veto_player.must_consent)
            if actor.veto_player.lobbies_against and actor.veto_player.lobbies_against not in sides:
                yield describe_unknown(
                    f"actors.{key}.veto_player.lobbies_against", actor.veto_player.lobbies_against, sides, "disputant"
                )
        if actor.interests is None:
            continue
        for issue in set(actor.interests.weights.shares) ^ set(s.issues):
            yield describe_unknown(f"actors.{key}.interests.weights", issue, s.issues, "issue (or it lacks a weight)")
        for name, line in actor.interests.red_lines.items():
            yield from _check_terms(s, f"actors.{key}.interests.red_lines.{name}", line.when)
        if actor.interests.ratifies:
            yield from _check_terms(s, f"actors.{key}.interests.ratifies", actor.interests.ratifies)
        if actor.mediator and actor.mediator.delivers:
            yield from _check_terms(s, f"actors.{key}.mediator.delivers", actor.mediator.delivers)
        yield from _check_time(s, f"actors.{key}", actor)


def _check_time(s: Scenario, place: str, actor: Actor) -> Iterator[str]:
    """What an actor awaits lies ahead, and its aid stays on its scale to the horizon."""
    awaits, starts = actor.interests and actor.interests.awaits, s.calendar.starts
    if awaits and awaits.date <= starts:
        yield (
            f"{place}.interests.awaits.date: {awaits.date} is not after the first day of the scenario ({starts}); "
            "give a later day or leave `awaits` out"
        )
    if actor.disputant and (trend := actor.disputant.aid_trend):
        years, aid = s.calendar.horizon / 52, actor.disputant.aid.middle
        if not -1e-9 <= (reached := aid + trend.middle * years) <= 1 + 1e-9:
            yield (
                f"{place}.disputant.aid_trend: aid would go from {aid:g} to {reached:g} in {years:g} years, off its "
                "scale from 0 to 1; give a smaller trend"
            )


def _check_issues(s: Scenario) -> Iterator[str]:
    valued = {key for key, actor in s.actors.items() if actor.interests}
    for key, issue in s.issues.items():
        for name, option in issue.options.items():
            yield from find_unfit_worth(f"issues.{key}.options.{name}.worth", option.worth, valued)
            for shift in option.shifts:
                if shift not in s.contest.shifts:
                    yield describe_unknown(f"issues.{key}.options.{name}.shifts", shift, s.contest.shifts, "shift")


def find_unfit_worth(place: str, valued: Iterable[str], interested: Iterable[str]) -> Iterator[str]:
    """Actors with interests to whom an option gives no worth, and those to whom it should give none."""
    for actor in sorted(set(interested) - set(valued)):
        yield f"{place}: {actor} has interests but no worth here"
    for actor in sorted(set(valued) - set(interested)):
        yield describe_unknown(place, actor, sorted(interested), "actor with interests")


def find_uneven_worth(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Place and sentence where options of one issue value different actors; data that no model has checked yet."""
    actors, issues = (found if isinstance(found := data.get(key), dict) else {} for key in ("actors", "issues"))
    interested = [key for key, actor in actors.items() if isinstance(actor, dict) and actor.get("interests")]
    for key, issue in issues.items():
        options = issue.get("options") if isinstance(issue, dict) else None
        known = options.items() if isinstance(options, dict) else ()
        worths = {name: option["worth"] for name, option in known if isinstance(option, dict) and "worth" in option}
        if all(isinstance(worth, dict) for worth in worths.values()) and len(set(map(frozenset, worths.values()))) > 1:
            for name, worth in worths.items():
                place = ("issues", key, "options", name, "worth")
                yield from ((place, sentence) for sentence in find_unfit_worth(".".join(place), worth, interested))


def _check_menu(s: Scenario) -> Iterator[str]:
    listed = [(f"menu.named.{name}.options", terms.options) for name, terms in s.menu.named.items()]
    ends = ("first_prevails", "stalemate", "second_prevails")
    listed += [(f"contest.{end}", getattr(s.contest, end)) for end in ends]
    for row in s.menu.nash:
        words = row.split()
        if len(words) != len(s.issues):
            yield f"menu.nash: {row!r} does not name one option for each of the {len(s.issues)} issues"
            continue
        listed.append((f"menu.nash {row!r}", dict(zip(s.issues, words, strict=True))))
    for place, options in listed:
        for issue in set(options) ^ set(s.issues):
            yield describe_unknown(place, issue, s.issues, "issue (or it has no option here)")
        for issue, option in options.items():
            if issue in s.issues and option not in s.issues[issue].options:
                yield describe_unknown(f"{place}.{issue}", option, s.issues[issue].options, "option")
    if s.tracked_terms and s.tracked_terms not in s.menu.named:
        yield describe_unknown("tracked_terms", s.tracked_terms, s.menu.named, "terms")


def _check_outcomes(s: Scenario) -> Iterator[str]:
    if not s.outcomes or list(s.outcomes.values())[-1].when.otherwise is not True:
        yield "outcomes: the last line must say `when: {otherwise: true}`, so that every run has an outcome"
    for key, outcome in s.outcomes.items():
        yield from _check_run_condition(s, f"outcomes.{key}.when", outcome.when)
    for condition in s.run_up.never:
        yield from _check_run_condition(s, "run_up.never", condition)


def _check_run_condition(s: Scenario, place: str, condition: RunCondition) -> Iterator[str]:
    for sequence in condition.sequence:
        if sequence not in s.sequences:
            yield describe_unknown(f"{place}.sequence", sequence, s.sequences, "sequence")
    for lever in condition.executed:
        if lever not in (*s.levers, "major"):
            yield describe_unknown(f"{place}.executed", lever, (*s.levers, "major"), "lever")
    if condition.terms:
        yield from _check_terms(s, f"{place}.terms", condition.terms)
    for inner in (*condition.any_of, *condition.none_of):
        yield from _check_run_condition(s, place, inner)


def _check_patterns(s: Scenario) -> Iterator[str]:
    """Actors, levers and sequences that the steps of patterns name."""
    for key, pattern in s.patterns.items():
        for number, step in enumerate(pattern.steps):
            place = f"patterns.{key}.steps[{number}]"
            yield from _check_event(s, place, step)
            for inner, event in enumerate(step.without):
                yield from _check_event(s, f"{place}.without[{inner}]", event)


def _check_event(s: Scenario, place: str, event: PatternEvent) -> Iterator[str]:
    sides = (s.contest.first, s.contest.second)
    known: dict[str, tuple[str, Iterable[str]]] = {
        "by": ("actor", s.actors),
        "against": ("actor", s.actors),
        "lever": ("lever", s.levers),
        "side": ("disputant", sides),
        "sequence": ("sequence", s.sequences),
    }
    for option, (what, names) in known.items():
        name = getattr(event, option)
        if name and name not in tuple(names):
            yield describe_unknown(f"{place}.{option}", name, names, what)
    lever = s.levers.get(event.lever)
    if lever and event.by in s.actors and event.by != lever.holder:
        yield f"{place}.by: {event.lever} is held by {lever.holder}, not by {event.by}; leave `by` out"
    if lever and event.against in s.actors and event.against != lever.target:
        target = lever.target or "nobody"
        yield f"{place}.against: {event.lever} is aimed at {target}, not at {event.against}; leave `against` out"


def _check_terms(s: Scenario, place: str, terms: TermsCondition) -> Iterator[str]:
    for issue in (*((terms.issue,) if terms.issue else ()), *terms.sum_of):
        if issue not in s.issues:
            yield describe_unknown(place, issue, s.issues, "issue")
    for option in (terms.at_least, terms.at_most):
        if option and terms.issue in s.issues and option not in s.issues[terms.issue].options:
            yield describe_unknown(f"{place}.{terms.issue}", option, s.issues[terms.issue].options, "option")
    for inner in (*terms.any_of, *terms.all_of):
        yield from _check_terms(s, place, inner)


def _check_bounds(scenario: BaseModel) -> Iterator[str]:
    """A sentence for every number of the scenario that makes no sense, in file order."""
    for place, quantity in _list_quantities(scenario, ()):
        bounds = _find_bounds(place, quantity)
        for key in _CENTRES:
            number = getattr(quantity, key)
            if bounds and number is not None and not bounds.hold(number):
                yield f"{'.'.join(place)}: `{key}` must be {bounds.words}, and is {number:g}; {bounds.remedy}"


def _find_bounds(place: tuple[str, ...], quantity: Quantity) -> Bounds | None:
    """What the place allows, or else the unit."""
    group = (place[0], "*", *place[2:]) if place[0] in ("actors", "levers") else place
    return _OF_PLACE.get(group) or _OF_UNIT.get(quantity.unit)


def _list_quantities(part: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Quantity]]:
    """Every quantity with its place."""
    if isinstance(part, Quantity):
        yield place, part
    elif isinstance(part, BaseModel) and not isinstance(part, Weights):
        for name in type(part).model_fields:
            yield from _list_quantities(getattr(part, name), (*place, name))
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from _list_quantities(value, (*place, str(key)))
