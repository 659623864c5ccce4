"""Event shares: what runs count besides their outcome, with names for readers.

A column is a tag if it is named here or says whether a lever was executed; all other columns are state.
"""

from collections.abc import Mapping
from typing import Any

from sim.ensemble.results import Results
from sim.i18n.messages import message
from sim.narrative.wording import name_hostile_act

EVENT_COUNTS = tuple(
    """
    calls meetings summits cancellations failures concessions offers plans plans_unconfirmed plans_refused
    plans_refused_and_unconfirmed threats threats_dropped threats_executed executions strikes lobbying truces
    truces_violated agreements impositions signatures_repudiated breakdowns leavings
    """.split()
)
"""Columns that count events, in the order in which they are shown."""

STRIKES = "strikes"
"""The column that each case has its own word for."""

EXECUTED = "executed_"
"""Begins the columns that say whether a lever was executed."""


def label_events(results: Results) -> dict[str, str]:
    """The tags that every source view has, in order, with names for readers."""
    shared = [set(view.columns) for view in results.views.values()]
    there = set.intersection(*shared) if shared else set()
    found = {name: _name_event(name, results.manifest.text) for name in EVENT_COUNTS if name in there}
    for lever, text in results.manifest.text.get("levers", {}).items():
        if f"{EXECUTED}{lever}" in there:
            found[f"{EXECUTED}{lever}"] = message("report.event-executed", lever=text.get("label", lever))
    return found


def _name_event(name: str, text: Mapping[str, Any]) -> str:
    """What a column counts, for readers; a strike in the words of the case."""
    if name == STRIKES:
        return name_hostile_act(text.get("words", {}).get("hostile_act"))
    return message(f"report.event-{name}")
