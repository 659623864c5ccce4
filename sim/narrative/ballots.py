"""Ballots: records who says yes or no to a package, whether luck decided, and how near a week comes to an agreement."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.narrative.digest import Ballot, Cast, Nearness, Start, Verdict
from sim.narrative.names import Name
from sim.narrative.week_view import WeekView
from sim.rules.stages import PLAN

EVEN = 0.5
"""Chance that a key turns above which a yes needs no luck."""


class BallotRecorder:
    """Records the answers to every package, in the order of the weeks."""

    def __init__(self) -> None:
        self.seat_verdict: Verdict | None = None

    def __call__(self, week_view: WeekView) -> Iterator[Ballot]:
        """The ballot of the week, if there was one."""
        if week_view.world("stage_before") == PLAN and week_view.world("tabled_now") == 0.0:
            yield self._record_consultation(week_view)
        if week_view.seat < 0:
            return
        self.seat_verdict = self._judge_at_table(week_view)
        if week_view.world("failed") > 0.0:
            yield self._make_ballot(week_view, (self.seat_verdict,), at_summit=True)

    def _judge_at_table(self, week_view: WeekView) -> Verdict:
        """The answer of the side at the table, which it gives before the others are asked."""
        yes = week_view.world("failed") == 0.0
        verdict = _judge(week_view, week_view.seat, yes=yes)
        tabled = week_view.mediator == "" or week_view.current("actor", "tabled", week_view.seat) > 0.0
        return Verdict(verdict.name, yes, verdict.surplus, verdict.margin, verdict.by_luck and not (yes and tabled))

    def _record_consultation(self, week_view: WeekView) -> Ballot:
        seat = self.seat_verdict or _judge(week_view, week_view.seat, yes=True)
        asked = [row for row in _list_asked(week_view) if row != week_view.seat]
        leaning, verdicts = week_view.world("leaning") > 0.0, [seat]
        for row in asked:
            refuses = week_view.current("actor", "refuses", row) > 0.0
            holds = refuses and (not leaning or week_view.current("actor", "holds_out", row) > 0.0)
            verdicts.append(_judge(week_view, row, yes=not holds, pressed=refuses and not holds))
        if week_view.mediator and week_view.world("mediated") > 0.0:
            row, yes = week_view.actors.index(week_view.mediator), week_view.world("confirmed") > 0.0
            verdicts.append(_judge(week_view, row, yes=yes))
        return self._make_ballot(week_view, tuple(verdicts), passed=week_view.world("signed_now") > 0.0)

    def _make_ballot(
        self, week_view: WeekView, verdicts: tuple[Verdict, ...], *, passed: bool = False, at_summit: bool = False
    ) -> Ballot:
        seat = week_view.name_row(week_view.seat)
        return Ballot(week_view.week, int(week_view.world("draft")), seat, verdicts, passed, at_summit)


def _list_asked(week_view: WeekView) -> list[int]:
    """Rows of those whose consent the draft needs, the mediator apart."""
    rows = [int(row) for row in week_view.layout.spaces["actor"].groups["consulted"]]
    return [row for row in rows if week_view.current("actor", "draft_needed", row) > 0.0]


def _judge(week_view: WeekView, row: int, *, yes: bool, pressed: bool = False) -> Verdict:
    """An answer, with what it rests on."""
    name = week_view.name_row(row)
    if week_view.current("actor", "institution", row) > 0.0:
        return Verdict(name, yes, None, 0.0, by_luck=False, pressed=pressed)
    surplus = week_view.current("actor", "draft_surplus", row)
    margin = surplus
    if row in week_view.sides:
        harm = week_view.current("actor", "threatened_harm", row)
        margin += harm - week_view.current("actor", "continuation", row)
    likely = week_view.current("actor", "draft_approval", row) > EVEN
    return Verdict(name, yes, surplus, margin, by_luck=yes != likely and not pressed, pressed=pressed)


def find_nearest(week_view: WeekView) -> Nearness:
    """The package that comes nearest to everyone whose consent it needs, after this week."""
    surplus, needed = _read_packages(week_view)
    least = np.where(needed, surplus, np.inf).min(axis=0)
    package = int(np.argmax(least))
    row = int(np.argmin(np.where(needed, surplus, np.inf)[:, package]))
    return Nearness(week_view.week, package, float(least[package]), week_view.name_actor(week_view.layout.parties[row]))


def describe_start(week_view: WeekView) -> Start:
    """Who could live with what, after this week."""
    surplus, needed = _read_packages(week_view)
    parties = week_view.layout.parties
    sides = [parties.index(week_view.actors[row]) for row in week_view.sides]
    accepts = surplus > 0.0
    counts = tuple((week_view.name_actor(parties[row]), int(accepts[row].sum())) for row in sides)
    by_all = int((accepts | ~needed).all(axis=0).sum())
    return Start(surplus.shape[1], counts, int(accepts[sides].all(axis=0).sum()), by_all)


def _read_packages(week_view: WeekView) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Surplus of every package to every party, and where that party's consent is needed and it weighs anything."""
    count = len(week_view.layout.parties)
    surplus = week_view.engine.read_variable("party_package", "surplus")[:count, :, 0]
    needed = week_view.engine.read_variable("party_package", "needed")[:count, :, 0] > 0.0
    rows = [week_view.actors.index(key) for key in week_view.layout.parties]
    weighs = np.array([week_view.current("actor", "institution", row) == 0.0 for row in rows])
    return surplus, needed & weighs[:, None]


def list_cast(week_view: WeekView) -> Cast:
    """Who takes part, and in which role."""
    spaces, mediator = week_view.layout.spaces, week_view.mediator
    consulted = [int(row) for row in spaces["actor"].groups["consulted"]]
    apart = {*week_view.sides, *(week_view.actors.index(key) for key in [mediator] if key)}
    consenting = [row for row in consulted if row not in apart]
    vetoing = _list_related(week_view, "veto", "member")
    complying = [row for row in _list_related(week_view, "compliance", "complier") if row not in vetoing]
    return Cast(
        sides=_name_all(week_view, week_view.sides),
        mediator=week_view.name_actor(mediator) if mediator else None,
        consenting=_name_all(week_view, consenting),
        complying=_name_all(week_view, complying),
        vetoing=_name_all(week_view, vetoing),
    )


def _name_all(week_view: WeekView, rows: list[int]) -> tuple[Name, ...]:
    return tuple(week_view.name_row(row) for row in rows)


def _list_related(week_view: WeekView, space: str, relation: str) -> list[int]:
    """Rows of the actors that a space names, each once."""
    found = week_view.layout.spaces[space]
    return list(dict.fromkeys(int(found.relations[relation].index[row]) for row in range(found.shape[0])))
