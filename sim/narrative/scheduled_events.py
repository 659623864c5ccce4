"""Scheduled events, narrated: what the scenario schedules, as distinct from what an actor chose."""

from collections.abc import Iterator

from sim.narrative.story import Event
from sim.narrative.week_view import WeekView, Words

RULE, HAPPENED = "scheduled_events", (0.0, 1.0)


def narrate_scheduled_events(week_view: WeekView) -> Iterator[Event]:
    """Scheduled executions, summits, plans and departures of this week."""
    scenario, schedule = week_view.scenario, week_view.scenario.schedule
    for row, (key, lever) in enumerate(scenario.levers.items()):
        if lever.scheduled_week == week_view.week and week_view.current("lever", "executed_now", row) > 0.0:
            what, label = f"executed_now/{key}", lever.label
            yield week_view.make_event("scheduled-execution", RULE, what, HAPPENED, lever.holder, lever=label)
    if schedule.summit and week_view.world("summit_due") > 0.0:
        side = week_view.name_actor(schedule.summit.side)
        yield week_view.make_event("scheduled-summit", RULE, "summit_due", HAPPENED, schedule.summit.side, side=side)
    if schedule.plan and week_view.world("plan_due") > 0.0:
        terms, sequence = (
            scenario.menu.named[schedule.plan.terms].label,
            scenario.sequences[schedule.plan.sequence].label,
        )
        side = week_view.name_actor(schedule.plan.side)
        words: Words = {"side": side, "terms": terms, "sequence": sequence}
        yield week_view.make_event("scheduled-plan", RULE, "plan_due", HAPPENED, schedule.plan.side, **words)
    if schedule.mediator_leaves_in_week == week_view.week and week_view.world("left_now") > 0.0:
        yield week_view.make_event("scheduled-departure", RULE, "left_now", HAPPENED, scenario.mediator)
