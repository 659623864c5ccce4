"""Tags: what runs count besides their outcome, with names for readers.

A column is a tag if it is named here or says whether a lever was executed; all other columns are state.
"""

from sim.ensemble.results import Results

COUNTS: dict[str, str] = {
    "calls": "calls",
    "meetings": "meetings",
    "summits": "summits held",
    "cancellations": "summits cancelled",
    "failed_summits": "summits without result",
    "concessions": "concessions",
    "offers": "offers",
    "plans": "plans put forward",
    "plans_unconfirmed": "plans not confirmed",
    "plans_refused": "plans a party declined",
    "plans_refused_and_unconfirmed": "plans declined and not confirmed",
    "threats": "threats",
    "deeds": "levers executed",
    "strikes": "strikes",
    "lobbying": "rounds of lobbying",
    "truces": "symbolic steps that began a partial truce",
    "truces_violated": "partial truces violated",
    "agreements": "agreements signed",
    "impositions": "agreements under pressure on a party",
    "breakdowns": "agreements that broke",
    "leavings": "departures of the mediator",
}
"""Columns that count events, in the order in which they are shown."""

EXECUTED = "executed_"
"""Begins the columns that say whether a lever was executed."""


def tag_labels(results: Results) -> dict[str, str]:
    """The tags that every source view has, in order, with names for readers."""
    shared = [set(lens.columns) for lens in results.lenses.values()]
    there = set.intersection(*shared) if shared else set()
    found = {name: label for name, label in COUNTS.items() if name in there}
    for lever, text in results.manifest.text.get("levers", {}).items():
        if f"{EXECUTED}{lever}" in there:
            found[f"{EXECUTED}{lever}"] = f"executed: {text.get('label', lever)}"
    return found
