"""Tags: what runs count besides their outcome, with names for readers.

A column is a tag if it is named here or says whether a lever was executed; all other columns are state.
"""

from sim.ensemble.results import Results
from sim.language.tongue import say

COUNTS = tuple(
    """
    calls meetings summits cancellations failures concessions offers plans plans_unconfirmed plans_refused
    plans_refused_and_unconfirmed threats deeds strikes lobbying truces truces_violated agreements impositions
    breakdowns leavings
    """.split()
)
"""Columns that count events, in the order in which they are shown."""

EXECUTED = "executed_"
"""Begins the columns that say whether a lever was executed."""


def tag_labels(results: Results) -> dict[str, str]:
    """The tags that every source view has, in order, with names for readers."""
    shared = [set(lens.columns) for lens in results.lenses.values()]
    there = set.intersection(*shared) if shared else set()
    found = {name: say(f"report.tag-{name}") for name in COUNTS if name in there}
    for lever, text in results.manifest.text.get("levers", {}).items():
        if f"{EXECUTED}{lever}" in there:
            found[f"{EXECUTED}{lever}"] = say("report.tag-executed", lever=text.get("label", lever))
    return found
