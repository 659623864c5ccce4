"""Late outcomes: which outcomes cannot come about before the horizon, and from which week on could they?

Read aloud
    An agreement is in force when the weeks of its sequence have passed since the signature, so by a sequence that takes
    52 weeks nothing signed in week 1 is in force before week 53. A lever that is dated is not executed before its week.
    An outcome that asks for such things cannot come about earlier than the latest of them. What was signed before
    week 1 may come into force earlier, so this is said only beside a share of zero.
"""

from collections.abc import Mapping
from math import ceil

from sim.schema.conditions import RunCondition
from sim.schema.scenario import Scenario


def find_late_outcomes(scenario: Scenario, horizon: int) -> Mapping[str, int]:
    """First week in which an outcome could come about, for those for which this is after the horizon.

    Args:
        scenario: The scenario.
        horizon: Weeks played.
    """
    weeks = {key: _find_first_week(outcome.when, scenario) for key, outcome in scenario.outcomes.items()}
    return {key: week for key, week in weeks.items() if week > horizon}


def find_late_outcomes_of_all(scenarios: Mapping[str, Scenario], horizon: int) -> Mapping[str, int]:
    """The same for outcomes that come too late under every source view, with the earliest of their weeks."""
    found = [find_late_outcomes(scenario, horizon) for scenario in scenarios.values()]
    every = set.intersection(*(set(one) for one in found)) if found else set()
    return {key: min(one[key] for one in found) for key in found[0] if key in every} if found else {}


def find_late_sequences_of_all(scenarios: Mapping[str, Scenario], horizon: int) -> Mapping[str, int]:
    """First week in which what is signed from week 1 on is in force, for sequences too slow under every view."""
    found = [{key: _find_week_in_force(one, key) for key in one.sequences} for one in scenarios.values()]
    keys = found[0] if found else {}
    weeks = {key: min(one[key] for one in found) for key in keys if all(key in one for one in found)}
    return {key: week for key, week in weeks.items() if week > horizon}


def _find_first_week(condition: RunCondition, scenario: Scenario) -> int:
    """First week in which a condition could hold, as far as sequences and dates of levers say."""
    weeks = [1]
    agreed = (condition.in_force, condition.settled, condition.imposed, condition.terms, condition.sequence)
    if any(agreed):
        named = condition.sequence or tuple(scenario.sequences)
        weeks.append(min(_find_week_in_force(scenario, key) for key in named if key in scenario.sequences))
    if condition.executed:
        levers = [
            lever.scheduled_week or 1
            for key, lever in scenario.levers.items()
            if lever.executes and (key in condition.executed or (lever.major and "major" in condition.executed))
        ]
        weeks += [min(levers)] if levers else []
    if condition.any_of:
        weeks.append(min(_find_first_week(inner, scenario) for inner in condition.any_of))
    return max(weeks)


def _find_week_in_force(scenario: Scenario, sequence: str) -> int:
    """First week in which an agreement signed in week 1 is in force."""
    return 1 + max(ceil(scenario.sequences[sequence].weeks.numbers[0]), 1)
