"""Reachability: which outcomes can a run have at all? Every state that a run can be in is looked at once.

Only what conditions ask for is told apart. Whether an actor would ever do what leads there is left to the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress, product
from operator import not_
from typing import TYPE_CHECKING, get_args

from sim.schema.conditions import End, RunCondition, TermsCondition
from sim.schema.term_matching import satisfies

if TYPE_CHECKING:
    from sim.schema.scenario import Scenario

_MOST_LEVERS = 8
"""Levers that conditions tell apart, at most; with more of them nothing is said."""


@dataclass(frozen=True)
class RunState:
    """What conditions can ask of a run at the end of a week."""

    ended: str | None = None
    """How the contest ended, if it did."""
    signed: bool = False
    """An agreement is signed and not in force yet."""
    terms: tuple[tuple[str, str], ...] | None = None
    """Terms of the agreement in force, if there is one."""
    sequence: str = ""
    """The sequence by which it came."""
    settled: bool = False
    """It covers every issue."""
    imposed: bool = False
    """It was accepted under pressure."""
    broken: bool = False
    """A ceasefire broke, and none is in force."""
    truce: bool = False
    """A partial truce holds."""
    mediator_gone: bool = False
    """The mediator has left."""
    executed: frozenset[str] = frozenset()
    """Levers executed, and `major` if one of them is major."""


def find_unreachable(s: Scenario) -> Iterator[str]:
    """Outcomes that no run has, agreements without one in force, and a run-up that no run matches, as sentences."""
    states = list(list_states(s))
    if not states:
        return
    left = states
    for key, outcome in s.outcomes.items():
        fits = [holds(outcome.when, state, s) for state in left]
        fitting = list(compress(left, fits))
        if not fitting and not any(holds(outcome.when, state, s) for state in states):
            yield f"outcomes.{key}.when: can never hold; {_explain(outcome.when, s)}"
        elif not fitting:
            yield f"outcomes.{key}.when: every run that fits has an outcome above already; move it up or leave it out"
        if outcome.agreement and any(state.terms is None for state in fitting):
            remedy = "add `in_force: true` to `when`, or leave `agreement` out"
            yield f"outcomes.{key}.agreement: `when` holds without an agreement in force, too; {remedy}"
        left = list(compress(left, map(not_, fits)))
    before = states if s.run_up.weeks else [RunState()]
    if s.run_up.never and all(any(holds(one, state, s) for one in s.run_up.never) for state in before):
        yield "run_up.never: holds in every run, so that none matches; say what has not happened in the run-up"


def _explain(condition: RunCondition, s: Scenario) -> str:
    """What is probably wrong with a condition that never holds."""
    inner = list(_list_inner([condition]))
    if any(one.terms and not any(_fits(one.terms, terms, s) for terms in _list_menu(s)) for one in inner):
        return "no terms on the menu are such; put them on the menu, or ask for others"
    if any("major" in one.executed for one in inner) and not any(lever.major for lever in s.levers.values()):
        return "no lever is `major: true`"
    if any(one.mediator_gone for one in inner) and not s.mediator:
        return "there is no mediator"
    return "its parts exclude one another"


def holds(condition: RunCondition, state: RunState, s: Scenario) -> bool:
    """True if the condition holds in the state.

    Args:
        condition: What is asked.
        state: What has become of a run.
        s: The scenario, with its issues.
    """
    in_force = state.terms is not None
    wanted = [
        (condition.signed, state.signed),
        (condition.in_force, in_force),
        (condition.settled, in_force and state.settled),
        (condition.imposed, in_force and state.imposed),
        (condition.broken, state.broken),
        (condition.truce, state.truce),
        (condition.mediator_gone, state.mediator_gone),
        (condition.otherwise, True),
    ]
    checks = [wish == found for wish, found in wanted if wish is not None]
    checks += [condition.ended == state.ended] if condition.ended else []
    checks += [in_force and satisfies(condition.terms, dict(state.terms or ()), s.issues)] if condition.terms else []
    checks += [in_force and state.sequence in condition.sequence] if condition.sequence else []
    checks += [bool(state.executed & set(condition.executed))] if condition.executed else []
    checks += [any(holds(inner, state, s) for inner in condition.any_of)] if condition.any_of else []
    return all(checks) and not any(holds(inner, state, s) for inner in condition.none_of)


def _list_inner(conditions: Sequence[RunCondition]) -> Iterator[RunCondition]:
    """The conditions and all inside them."""
    for condition in conditions:
        yield condition
        yield from _list_inner((*condition.any_of, *condition.none_of))


def list_states(s: Scenario) -> Iterator[RunState]:
    """Every state that the conditions of outcomes and run-up tell apart; none if there are too many."""
    asked = list(_list_inner([outcome.when for outcome in s.outcomes.values()] + list(s.run_up.never)))
    named = sorted({name for one in asked for name in one.executed} & {*s.levers, "major"})
    if len(named) > _MOST_LEVERS:
        return
    asks = {name for one in asked for name in type(one).model_fields if getattr(one, name) is not None}
    gone = (False, True) if s.mediator and "mediator_gone" in asks else (False,)
    classes = _list_classes(s, asked)
    for executed, left in product(_list_executed(s, named), gone):
        start = RunState(mediator_gone=left, executed=executed)
        for ended, signed in product((None, *get_args(End)), _either("signed", asks)):
            for broken, truce in product(_either("broken", asks), _either("truce", asks)):
                if not (ended and signed):
                    yield replace(start, ended=ended, signed=signed, broken=broken, truce=truce)
        for terms, sequence, settled, imposed in product(
            classes, s.sequences, _either("settled", asks), _either("imposed", asks)
        ):
            yield replace(start, terms=terms, sequence=sequence, settled=settled, imposed=imposed)


def _either(name: str, asks: set[str]) -> tuple[bool, ...]:
    return (False, True) if name in asks else (False,)


def _list_executed(s: Scenario, named: Sequence[str]) -> Iterator[frozenset[str]]:
    """Levers that may have been executed, of those that conditions name; a major one brings `major`."""
    major = {key for key, lever in s.levers.items() if lever.major}
    for chosen in product((False, True), repeat=len(named)):
        found = frozenset(name for name, done in zip(named, chosen, strict=True) if done)
        if "major" not in named or ("major" in found and major) or ("major" not in found and not found & major):
            yield found


def _list_menu(s: Scenario) -> list[dict[str, str]]:
    return [options for _, options in s.list_terms()]


def _list_classes(s: Scenario, asked: Sequence[RunCondition]) -> list[tuple[tuple[str, str], ...]]:
    """Terms on the menu, one of each kind that the conditions tell apart."""
    wanted = [one.terms for one in asked if one.terms]
    kinds = {tuple(_fits(want, terms, s) for want in wanted): tuple(terms.items()) for terms in _list_menu(s)}
    return list(kinds.values())


def _fits(condition: TermsCondition, terms: dict[str, str], s: Scenario) -> bool:
    return satisfies(condition, terms, s.issues)
