"""Card: what the model is for, what it is not for, and how much of it was chosen freely."""

from typing import Any

from analysis.questions.numbers import numbers
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.language.tongue import number, say


def card(results: Results) -> Section:
    """The model card, after Mitchell and others (2019)."""
    found = numbers(results)
    counts: dict[str, Any] = {
        "free": number(found.free),
        "quantities": number(found.quantities),
        "cited": number(found.cited),
        "ours": number(found.quantities - found.cited),
        "replaced": number(found.replaced),
        "observations": number(found.observations),
    }
    told = {
        "purpose": say("report.card-purpose-said"),
        "not-for": say("report.card-not-for-said"),
        "hindsight": say("report.card-hindsight-said"),
        "numbers": say("report.card-numbers-said", **counts),
        "weak": say("report.card-weak-said"),
    }
    points = tuple((say(f"report.card-{name}"), text) for name, text in told.items())
    return Section("card", say("report.card"), points=points)
