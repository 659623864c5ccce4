"""Debrief: what a player did, what the model would have done, and what it made of the chances of an agreement.

Read aloud
    After each decision the run is continued many times from the state it had reached, with other luck and the model in
    every seat; the share of continuations that end in an agreement says how things stood then. Where the player decided
    otherwise than the model would have, the week is played once more with the model's decision, and continued with the
    same luck: the two shares differ by that decision and by nothing else. The agreement is put on the map of packages
    as `zopa zone` draws it, for this run and the last week before it was signed. Questions are asked about what
    happened in this game, not in general.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from analysis.methods.joint_worths import JointWorths, ViewCounts, compose_joint_worths
from sim.engines.numpy_engine import NumpyEngine
from sim.experiments.branches import play_branches
from sim.experiments.package_worths import weigh_packages
from sim.i18n.messages import use_language
from sim.i18n.said_error import SaidError
from sim.model.simulation import Simulation
from sim.model.state import Snapshot
from sim.narrative.moves import name_move
from sim.rules.stages import SIGNED
from sim.rules.week import VALUES
from sim.workflows.arguments import check_range
from sim.workflows.seat.costs import POINTS
from sim.workflows.seat.decisions import follows_model
from sim.workflows.seat.discussion import Agreed, Turn, list_questions
from sim.workflows.seat.game import SeatPosition, replay_game
from sim.workflows.seat.moves_text import WAIT, SeatMove
from sim.workflows.seat.played_run import Decided, PlayedRun
from sim.workflows.seat.position import has_interests, is_in_force, weigh_package
from sim.workflows.seat.wording import begin, say

BRANCHES = 400
"""Continuations from one state, unless said otherwise."""

MOST_BRANCHES = 10_000
"""Continuations from one state, at most."""


@dataclass(frozen=True)
class ModelledStart:
    """How runs go from the same start with the model in the player's seat."""

    shares: Mapping[str, float]
    """Share of each outcome among the continuations from week 0."""
    agreement: float
    """Share that ends in an agreement."""
    gain: float | None
    """Mean gain of the player's actor in points as it counts in week 1, no agreement counted as 0; none for one without
    interests."""
    outcome: str
    """Outcome of this very run with the model alone, by its label."""
    same: bool
    """True if it is the outcome of the game too."""


@dataclass(frozen=True)
class SeatDebrief:
    """What is to be said of a game after it."""

    position: SeatPosition
    """Where the game ended."""
    branches: int
    """Continuations from each state."""
    outcomes: Mapping[str, str]
    """Outcomes of the scenario by their keys, with their labels."""
    outcome: str
    """Key of the outcome of the game."""
    turns: tuple[Turn, ...]
    """The player's decisions."""
    quiet_weeks: int
    """Weeks that passed without a question while something was open."""
    start: ModelledStart
    """What the model makes of the same start."""
    agreed: Agreed | None
    """The agreement that is in force at the end; none without one."""
    zone: JointWorths
    """Packages as points for both sides, in the last week before the signature, or at the end."""
    questions: tuple[str, ...]
    """Questions to discuss."""

    def as_json(self) -> dict[str, Any]:
        """The debrief for machines."""
        parts = {name: getattr(self, name) for name in ("branches", "outcomes", "outcome", "quiet_weeks", "questions")}
        parts |= {name: asdict(getattr(self, name)) for name in ("start", "zone")}
        return {
            **self.position.as_json(),
            **parts,
            "turns": [asdict(turn) for turn in self.turns],
            "agreed": asdict(self.agreed) if self.agreed else None,
        }


@dataclass(frozen=True)
class _Expected:
    """What continuations from one state bring."""

    shares: Mapping[str, float]
    agreement: float
    gain: float | None


class _Measure:
    """Continues runs and says what that brings; gains are those of one week of the game."""

    def __init__(self, played: PlayedRun, branches: int, gains: Any, signed: int) -> None:
        self.scenario, self.horizon = played.week_view.scenario, played.horizon
        self.branches, self.gains, self.signed = branches, gains, signed
        self.patience = played.state.own("weekly_discount") if gains is not None else 1.0
        listed = enumerate(self.scenario.outcomes.values())
        self.agreements = [number for number, outcome in listed if outcome.agreement]

    def discount(self, gains: Any, weeks: Any) -> Any:
        """Gains of agreements signed in some weeks, as they count in week 1."""
        return gains * self.patience ** (weeks - 1)

    def continue_from(self, snapshot: Snapshot, week: int) -> _Expected:
        """What many continuations from a state bring."""
        ends = play_branches(snapshot, week, self.horizon, self.branches)
        agreed = np.isin(ends.outcomes, self.agreements)
        counts = np.bincount(ends.outcomes, minlength=len(self.scenario.outcomes)) / self.branches
        gain = None
        if self.gains is not None:
            held = snapshot.state["world"]["stage"][0, 0] >= SIGNED
            signed = np.where(held & (ends.signed == week + 1), self.signed, ends.signed)
            gain = float(np.where(agreed, self.discount(self.gains[ends.drafts], signed), 0.0).mean())
        return _Expected(dict(zip(self.scenario.outcomes, counts.tolist(), strict=True)), float(agreed.mean()), gain)


def debrief_seat(position: SeatPosition, *, branches: int = BRANCHES) -> SeatDebrief:
    """Look back on a game.

    Args:
        position: Where it ended, or was stopped.
        branches: Continuations from each state, 1 to 10,000.

    Returns:
        The player's path beside the model's, the agreement among the packages, and questions to discuss.

    Raises:
        UsageError: nothing was decided yet, or the number of continuations is out of its bounds.
    """
    check_range("branches", branches, 1, MOST_BRANCHES)
    if not position.game.moves:
        raise SaidError("seat.refused-undecided")
    with use_language(position.game.lang):
        played = replay_game(position.game)
        return _look_back(position, played, branches)


def _look_back(position: SeatPosition, played: PlayedRun, branches: int) -> SeatDebrief:
    scenario = played.week_view.scenario
    week = _find_signing_week(played)
    gains = _list_gains(played, week) if has_interests(played.state) else None
    measure = _Measure(played, branches, gains, week + 1)
    turns = _list_turns(played, measure)
    zone = _map_packages(position, played, week)
    agreed = _find_agreed(played, measure, zone)
    outcome = list(scenario.outcomes)[played.outcomes[-1] if played.outcomes else 0]
    start = _play_start(played, measure, outcome)
    return SeatDebrief(
        position=position,
        branches=branches,
        outcomes={key: one.label for key, one in scenario.outcomes.items()},
        outcome=outcome,
        turns=turns,
        quiet_weeks=_count_quiet_weeks(played),
        start=start,
        agreed=agreed,
        zone=zone,
        questions=list_questions(played, turns, agreed, zone, None if start.same else start.outcome),
    )


def _count_quiet_weeks(played: PlayedRun) -> int:
    """Weeks that passed without a question while something was open."""
    asked = {one.pause.week for one in played.decided if one.asked}
    return len({one.pause.week for one in played.decided} - asked)


def _list_turns(played: PlayedRun, measure: _Measure) -> tuple[Turn, ...]:
    """The player's decisions, with what was to be expected after each."""
    last, turns = max(played.snapshots), []
    asked = [(place, one) for place, one in enumerate(played.decided) if one.asked]
    weeks = sorted({min(one.pause.week, last) for _, one in asked})
    after = {week: measure.continue_from(played.snapshots[week], week) for week in weeks}
    for place, one in asked:
        week, instead = one.pause.week, played.modelled_ends.get(place)
        mine = after[min(week, last)]
        its = mine if instead is None else measure.continue_from(instead, week)
        turns.append(_make_turn(played, one, mine, its))
    return tuple(turns)


def _make_turn(played: PlayedRun, one: Decided, mine: _Expected, its: _Expected) -> Turn:
    return Turn(
        week=one.pause.week,
        kind=one.pause.kind,
        move=str(one.move),
        label=say("turn-as-model") if follows_model(one.move) else name_decision(played, one, one.move),
        modelled=name_decision(played, one, one.pause.modelled),
        same=one.made == one.pause.modelled,
        agreement=mine.agreement,
        agreement_modelled=its.agreement,
        gain=mine.gain,
        gain_modelled=its.gain,
    )


def name_decision(played: PlayedRun, one: Decided, move: SeatMove) -> str:
    """What was or would have been decided, in words.

    Args:
        played: The run.
        one: Where it was decided.
        move: The decision.
    """
    if one.pause.kind != "move":
        return say(f"answer-{one.pause.kind}-{move.letter}")
    row = next((found.row for found in one.pause.open_moves if found.move == move.without_package), -1)
    if row < 0 or move.letter == WAIT:
        return say("option-wait")
    view = played.week_view
    named = begin(name_move(view, view.layout.moves[row]))
    return say("move-package", move=named, number=move.package) if move.package else named


def _find_signing_week(played: PlayedRun) -> int:
    """The last week at whose end nothing was signed, before the agreement that holds at the end; else the last week."""
    stages = {week: float(one.state["world"]["stage"][0, 0]) for week, one in played.snapshots.items()}
    last = max(stages)
    if stages[last] < SIGNED:
        return last
    return max((week for week, stage in stages.items() if stage < SIGNED), default=0)


def _map_packages(position: SeatPosition, played: PlayedRun, week: int) -> JointWorths:
    """Packages as points, as they were after a week of this run."""
    scenario, game = played.week_view.scenario, position.game
    at = max(week, 1) if 1 in played.snapshots else week
    worths = weigh_packages(NumpyEngine(played.snapshots[week], VALUES), at)
    agreed = {int(played.week_view.world("draft")): 1} if is_in_force(played) else {}
    label = game.case.view.label if game.case.view else game.case.title
    return compose_joint_worths(scenario, worths, ViewCounts(game.view, label, 1, played.horizon, agreed))


def _find_agreed(played: PlayedRun, measure: _Measure, zone: JointWorths) -> Agreed | None:
    """The agreement in force at the end, weighed as it was before it was signed."""
    if not is_in_force(played) or not zone.points or zone.reservations is None:
        return None
    number = int(played.week_view.world("draft"))
    point = zone.points[number]
    gains = (point.first - zone.reservations[0].median, point.second - zone.reservations[1].median)
    early = None
    if measure.gains is not None:
        early = float(measure.discount(measure.gains[number], measure.signed))
    return Agreed(
        week=measure.signed,
        number=number + 1,
        label=weigh_package(played, number).label,
        gain=None if measure.gains is None else float(measure.gains[number]),
        gain_in_week_1=early,
        gains=(POINTS * gains[0], POINTS * gains[1]),
        efficient=point.efficient,
    )


def _list_gains(played: PlayedRun, week: int) -> Any:
    """Gain of every package to the player's actor in points, after a week."""
    engine = NumpyEngine(played.snapshots[week], VALUES)
    engine.play_weeks(max(week, 1), max(week, 1))
    row = engine.layout.parties.index(played.state.actor)
    return POINTS * engine.read_variable("party_package", "surplus")[row, :, 0]


def _play_start(played: PlayedRun, measure: _Measure, outcome: str) -> ModelledStart:
    """What the model makes of the same start: many continuations, and this very run."""
    expected, scenario = measure.continue_from(played.snapshots[0], 0), played.week_view.scenario
    alone = list(scenario.outcomes)[_play_alone(played.snapshots[0], played.horizon)]
    return ModelledStart(
        shares=expected.shares,
        agreement=expected.agreement,
        gain=expected.gain,
        outcome=scenario.outcomes[alone].label,
        same=alone == outcome,
    )


def _play_alone(snapshot: Snapshot, horizon: int) -> int:
    """Outcome of this very run with the model in every seat."""
    simulation = Simulation(NumpyEngine(snapshot), 0)
    simulation.advance(horizon)
    return int(simulation.engine.read("world", "outcome", 0)[0])
