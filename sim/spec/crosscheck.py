"""Crosscheck: do the pieces of a scenario fit together? Every mistake is listed with place and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sim.spec.bounds import out_of_bounds
from sim.spec.mistake import nearest

if TYPE_CHECKING:
    from sim.spec.condition import Situation, Terms
    from sim.spec.scenario import Scenario


def unknown(place: str, name: str, known: Iterable[str], what: str) -> str:
    """Sentence for a name that does not exist, with the nearest one that does."""
    return f"{place}: no {what} {name!r}; {nearest(name, known)}"


def mistakes_in(scenario: Scenario) -> list[str]:
    """All mistakes that one piece alone cannot see."""
    checks = (_sides, _agenda, _levers, _beliefs, _actors, _issues, _menu, _outcomes, out_of_bounds)
    return [mistake for check in checks for mistake in check(scenario)]


def _sides(s: Scenario) -> Iterator[str]:
    for field, side in (("first", s.contest.first), ("second", s.contest.second)):
        if side not in s.actors:
            yield unknown(f"contest.{field}", side, s.actors, "actor")
    belligerents = {key for key, actor in s.actors.items() if actor.belligerent}
    sides = {s.contest.first, s.contest.second}
    if belligerents != sides and sides <= set(s.actors):
        named = ", ".join(sorted(belligerents))
        yield f"contest: the sides must be the two belligerents; belligerents are {named}"
    mediators = [key for key, actor in s.actors.items() if actor.mediator]
    if len(mediators) > 1:
        yield f"actors: there can be one mediator, not {', '.join(mediators)}"
    if s.protocol.ready_package not in s.menu.focal:
        yield unknown("protocol.ready_package", s.protocol.ready_package, s.menu.focal, "content")
    if s.protocol.ready_path not in s.paths:
        yield unknown("protocol.ready_path", s.protocol.ready_path, s.paths, "path")
    if s.run_up.reading and s.run_up.reading not in s.run_up.readings:
        yield unknown("run_up.reading", s.run_up.reading, s.run_up.readings, "reading")
    for name, reading in s.run_up.readings.items():
        for lever in reading.executed:
            if lever not in s.levers:
                yield unknown(f"run_up.readings.{name}.executed", lever, s.levers, "lever")


def _agenda(s: Scenario) -> Iterator[str]:
    sides = (s.contest.first, s.contest.second)
    dated = [(f"agenda.{name}", found) for name in ("summit", "plan") if (found := getattr(s.agenda, name))]
    if (dated or s.agenda.mediator_leaves_in_week) and not s.mediator:
        yield "agenda: there is no mediator"
    for place, found in dated:
        if found.side not in sides:
            yield unknown(f"{place}.side", found.side, sides, "belligerent")
    if plan := s.agenda.plan:
        if plan.content not in s.menu.focal:
            yield unknown("agenda.plan.content", plan.content, s.menu.focal, "content")
        if plan.path not in s.paths:
            yield unknown("agenda.plan.path", plan.path, s.paths, "path")


def _levers(s: Scenario) -> Iterator[str]:
    sides = (s.contest.first, s.contest.second)
    for key, lever in s.levers.items():
        place = f"levers.{key}"
        if lever.decided_in_week is not None and not lever.executes:
            yield f"{place}: is decided in week {lever.decided_in_week} and `executes: false` bars the deed; keep one"
        if lever.holder not in s.actors:
            yield unknown(f"{place}.holder", lever.holder, s.actors, "actor")
        for field, name in (("target", lever.target), ("beneficiary", lever.beneficiary)):
            if name and name not in sides:
                yield unknown(f"{place}.{field}", name, sides, "belligerent")
        for member in (*lever.buyers, *lever.unanimity_of):
            if member not in s.with_role("buyer"):
                yield unknown(f"{place}", member, s.with_role("buyer"), "actor with the role of buyer")
        for other in lever.effects.deters:
            if other not in s.levers:
                yield unknown(f"{place}.effects.deters", other, s.levers, "lever")


def _beliefs(s: Scenario) -> Iterator[str]:
    for key, belief in s.beliefs.items():
        for field, name in (("holder", belief.holder), ("about", belief.about)):
            if name not in s.actors:
                yield unknown(f"beliefs.{key}.{field}", name, s.actors, "actor")
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


def _actors(s: Scenario) -> Iterator[str]:
    sides = (s.contest.first, s.contest.second)
    for key, actor in s.actors.items():
        if actor.consenter:
            yield from _terms(s, f"actors.{key}.consenter.must_consent", actor.consenter.must_consent)
            if actor.consenter.presses and actor.consenter.presses not in sides:
                yield unknown(f"actors.{key}.consenter.presses", actor.consenter.presses, sides, "belligerent")
        if actor.interests is None:
            continue
        for issue in set(actor.interests.weights.shares) ^ set(s.issues):
            yield unknown(f"actors.{key}.interests.weights", issue, s.issues, "issue (or it lacks a weight)")
        for name, line in actor.interests.red_lines.items():
            yield from _terms(s, f"actors.{key}.interests.red_lines.{name}", line.when)
        if actor.interests.ratifies:
            yield from _terms(s, f"actors.{key}.interests.ratifies", actor.interests.ratifies)


def _issues(s: Scenario) -> Iterator[str]:
    valued = {key for key, actor in s.actors.items() if actor.interests}
    for key, issue in s.issues.items():
        for name, option in issue.options.items():
            yield from unfit_worth(f"issues.{key}.options.{name}.worth", option.worth, valued)
            for shift in option.shifts:
                if shift not in s.contest.shifts:
                    yield unknown(f"issues.{key}.options.{name}.shifts", shift, s.contest.shifts, "shift")


def unfit_worth(place: str, valued: Iterable[str], interested: Iterable[str]) -> Iterator[str]:
    """Actors with interests to whom an option gives no worth, and those to whom it should give none."""
    for actor in sorted(set(interested) - set(valued)):
        yield f"{place}: {actor} has interests but no worth here"
    for actor in sorted(set(valued) - set(interested)):
        yield unknown(place, actor, sorted(interested), "actor with interests")


def uneven_worth(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
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
                yield from ((place, sentence) for sentence in unfit_worth(".".join(place), worth, interested))


def _menu(s: Scenario) -> Iterator[str]:
    contents = [(f"menu.focal.{name}.options", content.options) for name, content in s.menu.focal.items()]
    ends = ("first_prevails", "stalemate", "second_prevails")
    contents += [(f"contest.{end}", getattr(s.contest, end)) for end in ends]
    for row in s.menu.nash:
        words = row.split()
        if len(words) != len(s.issues):
            yield f"menu.nash: {row!r} does not name one option for each of the {len(s.issues)} issues"
            continue
        contents.append((f"menu.nash {row!r}", dict(zip(s.issues, words, strict=True))))
    for place, options in contents:
        for issue in set(options) ^ set(s.issues):
            yield unknown(place, issue, s.issues, "issue (or it has no option here)")
        for issue, option in options.items():
            if issue in s.issues and option not in s.issues[issue].options:
                yield unknown(f"{place}.{issue}", option, s.issues[issue].options, "option")
    if s.probe and s.probe not in s.menu.focal:
        yield unknown("probe", s.probe, s.menu.focal, "content")


def _outcomes(s: Scenario) -> Iterator[str]:
    if not s.outcomes or list(s.outcomes.values())[-1].when.otherwise is not True:
        yield "outcomes: the last line must say `when: {otherwise: true}`, so that every run has an outcome"
    for key, outcome in s.outcomes.items():
        yield from _situation(s, f"outcomes.{key}.when", outcome.when)
    for situation in s.run_up.never:
        yield from _situation(s, "run_up.never", situation)


def _situation(s: Scenario, place: str, situation: Situation) -> Iterator[str]:
    for path in situation.path:
        if path not in s.paths:
            yield unknown(f"{place}.path", path, s.paths, "path")
    for lever in situation.executed:
        if lever not in (*s.levers, "major"):
            yield unknown(f"{place}.executed", lever, (*s.levers, "major"), "lever")
    if situation.terms:
        yield from _terms(s, f"{place}.terms", situation.terms)
    for inner in (*situation.any_of, *situation.none_of):
        yield from _situation(s, place, inner)


def _terms(s: Scenario, place: str, terms: Terms) -> Iterator[str]:
    for issue in (*((terms.issue,) if terms.issue else ()), *terms.sum_of):
        if issue not in s.issues:
            yield unknown(place, issue, s.issues, "issue")
    for option in (terms.at_least, terms.at_most):
        if option and terms.issue in s.issues and option not in s.issues[terms.issue].options:
            yield unknown(f"{place}.{terms.issue}", option, s.issues[terms.issue].options, "option")
    for inner in (*terms.any_of, *terms.all_of):
        yield from _terms(s, place, inner)
