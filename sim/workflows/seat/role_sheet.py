"""Role sheet: what a player is given to read - a public part for everybody, and a confidential part for one actor.

Read aloud
    The public part says what is negotiated, who takes part and in which role, and what can be threatened. The
    confidential part says what the actor wants, what no agreement is worth to it, which lines it must not cross, what
    waiting costs, and what it believes of the others. It is made from the scenario and from the run that is played:
    numbers that vary from run to run are those of this run.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.i18n.messages import format_percent
from sim.model.parameters import Draws, sample_parameters
from sim.narrative.names import join_words
from sim.schema.scenario import Scenario
from sim.workflows.seat.consents import list_consents, must_consent
from sim.workflows.seat.costs import POINTS
from sim.workflows.seat.played_run import PlayedRun
from sim.workflows.seat.position import has_interests, list_packages
from sim.workflows.seat.wording import format_gain, format_points, say

BEST_PACKAGES = 3
"""Packages that are named as the best ones."""


@dataclass(frozen=True)
class SheetSection:
    """A part of a role sheet."""

    title: str
    """Its heading."""
    lines: tuple[str, ...]
    """Its lines."""


@dataclass(frozen=True)
class RoleSheet:
    """What a player is given to read."""

    actor: str
    """Label of the actor."""
    name: str
    """Its name as it stands in a sentence."""
    summary: str
    """Who it is and what it does, in a sentence or two."""
    public: tuple[SheetSection, ...]
    """What everybody may read."""
    confidential: tuple[SheetSection, ...]
    """What only this player may read."""


def make_role_sheet(played: PlayedRun) -> RoleSheet:
    """The role sheet of a player, as things stand before the first week.

    Args:
        played: The run, before its first answer.
    """
    scenario, state = played.week_view.scenario, played.state
    actor = scenario.actors[state.actor]
    return RoleSheet(
        actor=actor.label,
        name=str(played.week_view.name_actor(state.actor)),
        summary=f"{actor.about} {say(f'role-{_find_part(played, state.actor)}', **_name_others(played))}",
        public=tuple(section for section in _list_public(played) if section.lines),
        confidential=tuple(section for section in _list_confidential(played) if section.lines),
    )


def _find_role(played: PlayedRun, key: str) -> str:
    """Which of the roles of an actor is told first."""
    roles = played.week_view.scenario.actors[key].roles
    return next((role for role in ("disputant", "mediator", "veto_player", "complier") if role in roles), "party")


def _find_part(played: PlayedRun, key: str) -> str:
    """Its first role; a third party whose consent is needed is told apart from one that only speaks up."""
    role = _find_role(played, key)
    is_needed = role == "veto_player" and must_consent(played.week_view.scenario, key)
    return "consenter" if is_needed else role


def _name_others(played: PlayedRun) -> dict[str, str]:
    view = played.week_view
    sides = [str(view.name_row(row)) for row in view.sides]
    other = next((view.name_row(row) for row in view.sides if row != played.state.row), "")
    return {"other": str(other), "sides": join_words(sides), "contest": str(view.things.contest)}


def _list_public(played: PlayedRun) -> Iterator[SheetSection]:
    view = played.week_view
    scenario = view.scenario
    yield SheetSection(say("sheet-question"), (scenario.question,))
    cast = [
        say("sheet-actor", name=actor.label, role=say(f"part-{_find_part(played, key)}"), about=actor.about)
        for key, actor in scenario.actors.items()
    ]
    yield SheetSection(say("sheet-cast"), tuple(cast))
    issues = [
        say(
            "sheet-issue",
            label=issue.label,
            asks=issue.asks,
            options="; ".join(o.label for o in issue.options.values()),
        )
        for issue in scenario.issues.values()
    ]
    yield SheetSection(say("sheet-issues"), tuple(issues))
    yield SheetSection(say("sheet-consents"), tuple(list_consents(view)))
    yield SheetSection(say("sheet-levers"), tuple(_list_levers(scenario)))
    kind = "mediated" if view.mediator else "direct"
    yield SheetSection(say("sheet-talks"), (say(f"talks-{kind}", case=view.things, weeks=played.horizon),))


def _list_levers(scenario: Scenario) -> Iterator[str]:
    for number, lever in enumerate(scenario.levers.values(), start=1):
        holder = scenario.actors[lever.holder].label
        yield say("sheet-lever", number=number, label=lever.label, holder=holder, about=lever.about)


def _list_confidential(played: PlayedRun) -> Iterator[SheetSection]:
    state = played.state
    if not has_interests(state):
        yield SheetSection(say("sheet-wants"), (say("wants-institution"),))
        return
    yield SheetSection(say("sheet-wants"), tuple(_list_wants(played)))
    yield SheetSection(say("sheet-no-deal"), tuple(_list_no_deal(played)))
    yield SheetSection(say("sheet-lines"), tuple(_list_lines(played)))
    yield SheetSection(say("sheet-best"), tuple(_list_best(played)))
    yield SheetSection(say("sheet-beliefs"), tuple(_list_beliefs(played)))


def _sample(played: PlayedRun) -> Draws:
    """The numbers of this run."""
    engine = played.engine
    return sample_parameters(engine.layout.sampling_plan, engine.seed, engine.runs)


def _read_draw(draws: Draws, place: str) -> float:
    return float(np.asarray(draws[place])[0])


def _list_wants(played: PlayedRun) -> Iterator[str]:
    """Points of every option, issue by issue, the weightiest first."""
    scenario, key, draws = played.week_view.scenario, played.state.actor, _sample(played)
    interests = scenario.actors[key].interests
    if interests is None:
        return
    place = f"actors.{key}.interests.weights"
    weights = {name: POINTS * _read_draw(draws, f"{place}.{name}") for name in interests.weights.shares}
    for name in sorted(weights, key=lambda name: -weights[name]):
        issue = scenario.issues[name]
        options = [f"{o.label} {format_points(weights[name] * o.worth[key])}" for o in issue.options.values()]
        yield say("wants-issue", label=issue.label, points=format_points(weights[name]), options="; ".join(options))


def _list_no_deal(played: PlayedRun) -> Iterator[str]:
    state, view = played.state, played.week_view
    contest = view.things.contest
    yield say("reservation", points=format_points(POINTS * state.own("reservation")), contest=contest)
    if state.own("flow_cost") > 0.0:
        yield say("flow-cost", points=format_points(POINTS * state.own("flow_cost")), contest=contest)
    interests = view.scenario.actors[state.actor].interests
    if interests and interests.awaits:
        yield say("awaits", label=interests.awaits.label, date=interests.awaits.date)


def _list_lines(played: PlayedRun) -> Iterator[str]:
    scenario, key, draws = played.week_view.scenario, played.state.actor, _sample(played)
    interests = scenario.actors[key].interests
    if interests is None:
        return
    for name, line in interests.red_lines.items():
        price = POINTS * _read_draw(draws, f"actors.{key}.interests.red_lines.{name}.price")
        yield say("red-line", label=line.label, points=format_points(price))
    if interests.private_cost is not None:
        price = POINTS * _read_draw(draws, f"actors.{key}.interests.private_cost")
        yield say("private-cost", points=format_points(price))


def _list_best(played: PlayedRun) -> Iterator[str]:
    """The best packages, and how many are better than none."""
    packages = list_packages(played)
    better = sum(1 for one in packages if (one.gain or 0.0) > 0.0)
    yield say("packages-better" if better else "packages-worse", better=better, many=len(packages))
    for one in packages[: min(BEST_PACKAGES, better or BEST_PACKAGES)]:
        yield say("package-best", number=one.number, label=one.label, gain=format_gain(one.gain or 0.0))


def _list_beliefs(played: PlayedRun) -> Iterator[str]:
    view = played.week_view
    for row, belief in enumerate(view.scenario.beliefs.values()):
        if belief.holder == played.state.actor:
            chance = format_percent(POINTS * view.current("belief", "chance", row))
            yield say(f"belief-{belief.kind}", about=view.name_actor(belief.about), chance=chance, case=view.things)
