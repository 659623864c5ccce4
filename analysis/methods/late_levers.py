"""Late levers: which levers cannot take effect before the horizon, under which source views?

Read aloud
    A lever that is decided in week 1, or in its dated week, begins to work after its delay. If even the shortest delay
    reaches beyond the last week played, it can be threatened and feared, but never felt.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.schema.scenario import Scenario


@dataclass(frozen=True)
class LateLever:
    """A lever that comes too late."""

    lever: str
    """Its key."""
    label: str
    """Its name for readers."""
    delay: float
    """Shortest delay in weeks, or the middle of one that has no shortest."""
    week: int
    """Week in which it is dated; 1 if it is not."""
    views: tuple[str, ...]
    """Source views under which it comes too late."""


def find_late_levers(scenarios: Mapping[str, Scenario], horizon: int) -> tuple[LateLever, ...]:
    """Every lever that comes too late under some source view."""
    holders: dict[tuple[str, str, float, int], list[str]] = {}
    for name, scenario in scenarios.items():
        for key, lever in scenario.levers.items():
            week, delay = lever.scheduled_week or 1, lever.delay.numbers[0]
            if lever.executes and week + delay > horizon:
                holders.setdefault((key, lever.label, delay, week), []).append(name)
    return tuple(LateLever(*found, tuple(names)) for found, names in holders.items())
