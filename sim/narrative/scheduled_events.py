"""The agenda, told: what the scenario dates, as distinct from what an actor chose."""

from collections.abc import Iterator

from sim.narrative.story import Event
from sim.narrative.week_view import WeekView


def narrate_scheduled_events(week_view: WeekView) -> Iterator[Event]:
    """Dated deeds, summits, plans and departures of this week."""
    scenario, dated = week_view.scenario, week_view.scenario.schedule
    for row, (key, lever) in enumerate(scenario.levers.items()):
        if lever.scheduled_week == week_view.week and week_view.current("lever", "executed_now", row) > 0.0:
            yield week_view.make_event(
                "scheduled-execution",
                "scheduled_events",
                f"executed_now/{key}",
                (0.0, 1.0),
                lever.holder,
                lever=lever.label,
            )
    if dated.summit and week_view.world("summit_due") > 0.0:
        side = week_view.name_actor(dated.summit.side)
        yield week_view.make_event(
            "scheduled-summit", "scheduled_events", "summit_due", (0.0, 1.0), dated.summit.side, side=side
        )
    if dated.plan and week_view.world("plan_due") > 0.0:
        terms, sequence = scenario.menu.named[dated.plan.terms].label, scenario.sequences[dated.plan.sequence].label
        side = week_view.name_actor(dated.plan.side)
        numbers = (0.0, 1.0)
        yield week_view.make_event(
            "scheduled-plan",
            "scheduled_events",
            "plan_due",
            numbers,
            dated.plan.side,
            side=side,
            terms=terms,
            sequence=sequence,
        )
    if dated.mediator_leaves_in_week == week_view.week and week_view.world("left_now") > 0.0:
        yield week_view.make_event("scheduled-departure", "scheduled_events", "left_now", (0.0, 1.0), scenario.mediator)
