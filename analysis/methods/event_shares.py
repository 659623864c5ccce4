"""Event shares: what runs count besides their outcome, with names for readers.

A column is a tag if it is named here or says whether a lever was executed; all other columns are state.
"""

from sim.ensemble.results import Results
from sim.i18n.messages import message

EVENT_COUNTS = tuple(
    """
    calls meetings summits cancellations failures concessions offers plans plans_unconfirmed plans_refused
    plans_refused_and_unconfirmed threats threats_dropped threats_executed executions strikes lobbying truces
    truces_violated agreements impositions signatures_repudiated breakdowns leavings
    """.split()
)
"""Columns that count events, in the order in which they are shown."""

EXECUTED = "executed_"
"""Begins the columns that say whether a lever was executed."""


def label_events(results: Results) -> dict[str, str]:
    """The tags that every source view has, in order, with names for readers."""
    shared = [set(view.columns) for view in results.views.values()]
    there = set.intersection(*shared) if shared else set()
    found = {name: message(f"report.event-{name}") for name in EVENT_COUNTS if name in there}
    for lever, text in results.manifest.text.get("levers", {}).items():
        if f"{EXECUTED}{lever}" in there:
            found[f"{EXECUTED}{lever}"] = message("report.event-executed", lever=text.get("label", lever))
    return found
