"""The agenda, told: what the scenario dates, as distinct from what an actor chose."""

from collections.abc import Iterator

from sim.play.glance import Glance
from sim.play.story import Event


def agenda(glance: Glance) -> Iterator[Event]:
    """Dated deeds, summits, plans and departures of this week."""
    scenario, dated = glance.scenario, glance.scenario.agenda
    for row, (key, lever) in enumerate(scenario.levers.items()):
        if lever.decided_in_week == glance.week and glance.now("lever", "done", row) > 0.0:
            yield glance.event("dated-deed", "agenda", f"done/{key}", (0.0, 1.0), lever.holder, lever=lever.label)
    if dated.summit and glance.world("summit_due") > 0.0:
        side = glance.name(dated.summit.side)
        yield glance.event("dated-summit", "agenda", "summit_due", (0.0, 1.0), dated.summit.side, side=side)
    if dated.plan and glance.world("plan_due") > 0.0:
        content, path = scenario.menu.focal[dated.plan.content].label, scenario.paths[dated.plan.path].label
        side = glance.name(dated.plan.side)
        numbers = (0.0, 1.0)
        yield glance.event(
            "dated-plan", "agenda", "plan_due", numbers, dated.plan.side, side=side, content=content, path=path
        )
    if dated.mediator_leaves_in_week == glance.week and glance.world("left_now") > 0.0:
        yield glance.event("dated-departure", "agenda", "left_now", (0.0, 1.0), scenario.mediator)
