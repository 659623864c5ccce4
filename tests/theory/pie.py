"""Pie: a pie to split in fine pieces, made from the teaching case; with or without a contest, patient or not."""

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.schema.scenario import Scenario
from tests.theory.simulate import load_edited, play_weekly, world

PIECES = 100
NASH = 0.65
"""Share of the first side in the Nash solution, with the costs of the teaching case."""
SHARP = 2000.0
"""Sharpness at which choices are practically without mistakes."""

Worth = Callable[[float], float]


def linear(share: float) -> float:
    """Worth of a share to a side that is neutral to risk."""
    return share


def quantity(value: float, unit: str) -> dict[str, Any]:
    """A quantity of a test."""
    return {"value": value, "unit": unit, "assumed": "test"}


def pie(
    *,
    discounts: tuple[float, float] = (0.995, 0.995),
    costs: tuple[float, float] | None = (0.1, 0.2),
    outside: tuple[float, float] = (0.0, 0.0),
    worths: tuple[Worth, Worth] = (linear, linear),
    hope: float = 0.001,
    margin: float = 0.05,
    duration: float = 1.0,
    precision: float = SHARP,
) -> Scenario:
    """The scenario.

    Args:
        discounts: Weekly discount of either side.
        costs: Cost of a week of contest to either side; none if there is no contest.
        outside: Worth of the outside option of either side, where there is no contest.
        worths: Worth of a share to either side.
        hope: Belief of either side that the other is ready to take less.
        margin: How much less a ready side would take.
        duration: Weeks until the contest is decided, as both expect.
        precision: Sharpness of choice.
    """

    def edit(text: dict[str, Any]) -> None:
        names = [f"piece-{k}" for k in range(PIECES + 1)]
        shares = {name: k / PIECES for k, name in enumerate(names)}
        text["issues"]["pie"]["options"] = {
            name: {"label": name, "worth": {"north": worths[0](x), "south": worths[1](1.0 - x)}}
            for name, x in shares.items()
        }
        text["issues"]["pie"]["unresolved"] = names[0]
        ends = {"first_prevails": names[-1], "stalemate": names[PIECES // 2], "second_prevails": names[0]}
        text["contest"] |= {end: {"pie": name} for end, name in ends.items()}
        text["contest"]["duration"] = quantity(duration, "weeks")
        text["menu"] = {"named": {name: {"label": name, "options": {"pie": name}} for name in names[1:-1]}}
        text["protocol"]["ready_package"] = text["tracked_terms"] = names[round(NASH * PIECES)]
        text["choice"]["precision"] = quantity(precision, "factor")
        text["sequences"]["ceasefire"]["weeks"] = quantity(1, "weeks")
        text["agreement_durability"]["unravels"]["value"] = 0
        for belief in text["beliefs"].values():
            if belief["kind"] == "hope":
                belief["chance"] = quantity(hope, "chance")
        for row, side in enumerate(("north", "south")):
            actor = text["actors"][side]
            actor["disputant"] |= {"offer_price": quantity(0, "worth"), "ready_margin": quantity(margin, "worth")}
            interests = actor["interests"]
            interests["weekly_discount"] = quantity(discounts[row], "factor")
            if costs is None:
                for name in ("conflict_cost", "conflict_cost_growth", "optimism", "optimism_favours"):
                    interests.pop(name, None)
                interests["no_deal"] = quantity(outside[row], "worth")
            else:
                interests["conflict_cost"] = quantity(costs[row], "worth/week")

    return load_edited("split-the-pie", edit)


def splits(found: Scenario, runs: int = 100, weeks: int = 8) -> tuple[Any, Any, Any]:
    """Share of the first side in what each run signed first, the week, and 1 where the first side had tabled it."""
    share, week, by_first = np.full(runs, np.nan), np.full(runs, np.nan), np.full(runs, np.nan)
    for number, engine in enumerate(play_weekly(found, runs, weeks), 1):
        now = (world(engine, "signed_now") > 0.0) & np.isnan(share)
        share[now], week[now] = (world(engine, "draft")[now] + 1.0) / PIECES, number
        by_first[now] = engine.state["actor"]["at_table"][0][now]
    return share, week, by_first
