"""Same numbers: do two scenarios differ in anything but the reasons that they give for their numbers?"""

from typing import Any

from sim.schema.scenario import Scenario

REASONS = frozenset({"because", "assumed"})


def has_same_numbers(one: Scenario, other: Scenario) -> bool:
    """True if two scenarios are equal, in the run-up and after it, whatever their numbers are taken from.

    Args:
        one: A scenario.
        other: Another one.
    """
    pairs = ((one, other), (one.in_run_up, other.in_run_up))
    return all(_leave_out(first.model_dump()) == _leave_out(second.model_dump()) for first, second in pairs)


def _leave_out(data: Any) -> Any:
    """Plain data without reasons."""
    if isinstance(data, dict):
        return {key: _leave_out(value) for key, value in data.items() if key not in REASONS}
    return [_leave_out(value) for value in data] if isinstance(data, list | tuple) else data
