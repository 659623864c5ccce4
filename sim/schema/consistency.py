"""Consistency: do the pieces of a scenario fit together? Every problem is listed with place and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from sim.errors import suggest
from sim.schema.reachability import find_unreachable
from sim.schema.roles import find_role_conflicts
from sim.schema.term_matching import satisfies

MOST_PACKAGES = 50_000
"""Packages that runs can weigh: terms, one option of every issue, by sequences."""

_MOST_TRIED = 20_000

if TYPE_CHECKING:
    from sim.schema.actor import Actor
    from sim.schema.conditions import RunCondition, TermsCondition
    from sim.schema.pattern import PatternEvent
    from sim.schema.scenario import Scenario


def describe_unknown(place: str, name: str, known: Iterable[str], what: str) -> str:
    """Sentence for a name that does not exist, with the nearest one that does."""
    return f"{place}: no {what} {name!r}; {suggest(name, known)}"


def find_inconsistencies(scenario: Scenario) -> list[str]:
    """All problems that one piece alone cannot see."""
    names = (
        _check_sides,
        _check_schedule,
        _check_levers,
        _check_beliefs,
        _check_actors,
        _check_issues,
        _check_menu,
        _check_outcomes,
        _check_expectations,
        _check_patterns,
    )
    problems = [problem for check in names for problem in check(scenario)] + list(find_role_conflicts(scenario))
    meanings = (_check_size, _check_ends, _check_lines, find_unreachable)
    return problems or [problem for check in meanings for problem in check(scenario)]


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
            if actor.veto_player.must_consent:
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
        for issue in (*(set(options) - set(s.issues)), *(key for key in s.issues if key not in options)):
            if issue in s.issues:
                yield f"{place}: names no option of {issue}; name one of {', '.join(s.issues[issue].options)}"
            else:
                yield describe_unknown(place, issue, s.issues, "issue")
        for issue, option in options.items():
            if issue in s.issues and option not in s.issues[issue].options:
                yield describe_unknown(f"{place}.{issue}", option, s.issues[issue].options, "option")
    if s.tracked_terms and s.tracked_terms not in s.menu.named:
        yield describe_unknown("tracked_terms", s.tracked_terms, s.menu.named, "terms")


def _check_outcomes(s: Scenario) -> Iterator[str]:
    for key in list(s.outcomes)[:-1]:
        if s.outcomes[key].when.otherwise:
            yield f"outcomes.{key}.when: `otherwise` takes every run that comes to it; it must be the last outcome"
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


def _check_size(s: Scenario) -> Iterator[str]:
    """More packages than a machine can weigh."""
    count = prod(len(issue.options) for issue in s.issues.values()) * len(s.sequences)
    if count > MOST_PACKAGES:
        made = f"their options in {len(s.sequences)} sequences make {count:,} packages"
        yield f"issues: {made}, and {MOST_PACKAGES:,} can be weighed; merge options or issues"


def _check_ends(s: Scenario) -> Iterator[str]:
    """Ends of the contest that are all alike, or better for the side that loses."""
    ends = (s.contest.first_prevails, s.contest.stalemate, s.contest.second_prevails)
    if all(end == ends[0] for end in ends):
        yield "contest.first_prevails: all ends of the contest have the same terms; say what each side gets by winning"
        return
    for side, won, lost in (("first", ends[0], ends[2]), ("second", ends[2], ends[0])):
        key = getattr(s.contest, side)
        if _mean_worth(s, key, won) < _mean_worth(s, key, lost) - 1e-9:
            text = f"{key} gets less where it prevails ({_mean_worth(s, key, won):g}) than where the other side does"
            yield f"contest.{side}_prevails: {text} ({_mean_worth(s, key, lost):g}); perhaps the ends are swapped"


def _mean_worth(s: Scenario, actor: str, terms: Mapping[str, str]) -> float:
    """Worth of terms to an actor with mean weights."""
    interests = s.actors[actor].interests
    shares = interests.weights.shares if interests else {}
    return sum(shares[name] * issue.options[terms[name]].worth[actor] for name, issue in s.issues.items())


def _check_lines(s: Scenario) -> Iterator[str]:
    """Conditions on agreements that no terms at all can meet."""
    for key, actor in s.actors.items():
        asked: dict[str, TermsCondition] = {}
        if actor.veto_player and actor.veto_player.must_consent:
            asked[f"actors.{key}.veto_player.must_consent"] = actor.veto_player.must_consent
        if actor.interests:
            lines = actor.interests.red_lines.items()
            asked |= {f"actors.{key}.interests.red_lines.{name}.when": line.when for name, line in lines}
            asked |= {f"actors.{key}.interests.ratifies": found for found in (actor.interests.ratifies,) if found}
        for place, condition in asked.items():
            if not _can_be_met(condition, s):
                yield f"{place}: no terms can be such, whatever is agreed; look at the order of the options"


def _can_be_met(condition: TermsCondition, s: Scenario) -> bool:
    """True if some terms meet it, or if there are too many to try."""
    issues = {name: s.issues[name] for name in _list_issues(condition)}
    if prod(len(issue.options) for issue in issues.values()) > _MOST_TRIED:
        return True
    tried = (
        dict(zip(issues, chosen, strict=True)) for chosen in product(*(issue.options for issue in issues.values()))
    )
    return any(satisfies(condition, terms, s.issues) for terms in tried)


def _list_issues(condition: TermsCondition) -> set[str]:
    """The issues that a condition speaks about."""
    found = {*condition.sum_of, *([condition.issue] if condition.issue else [])}
    return found.union(*(_list_issues(inner) for inner in (*condition.any_of, *condition.all_of)))


def _check_expectations(s: Scenario) -> Iterator[str]:
    for name, expectation in s.expected.items():
        where = f"expected.{name}"
        for key in expectation.outcomes:
            if key not in s.outcomes:
                yield describe_unknown(f"{where}.outcomes", key, s.outcomes, "outcome")
        for issue, options in expectation.agreed.items():
            if issue not in s.issues:
                yield describe_unknown(f"{where}.agreed", issue, s.issues, "issue")
                continue
            for option in options:
                if option not in s.issues[issue].options:
                    yield describe_unknown(f"{where}.agreed.{issue}", option, s.issues[issue].options, "option")


def _check_patterns(s: Scenario) -> Iterator[str]:
    """Actors, levers and sequences that the steps of patterns name."""
    for key, pattern in s.patterns.items():
        for number, step in enumerate(pattern.steps):
            place = f"patterns.{key}.steps[{number}]"
            yield from check_pattern_event(s, place, step)
            for inner, event in enumerate(step.without):
                yield from check_pattern_event(s, f"{place}.without[{inner}]", event)


def check_pattern_event(s: Scenario, place: str, event: PatternEvent) -> Iterator[str]:
    """Actors, levers and sequences that an event names and that are not there, or do not go together."""
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
