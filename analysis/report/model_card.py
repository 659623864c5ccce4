"""Model card: what the model is for, what it is not for, and how much of it was chosen freely."""

from typing import Any

from analysis.methods.parameter_count import count_parameters
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message


def build_model_card(results: Results) -> Section:
    """The model card, after Mitchell and others (2019)."""
    found = count_parameters(results)
    counts: dict[str, Any] = {
        "free": format_number(found.free),
        "quantities": format_number(found.quantities),
        "cited": format_number(found.cited),
        "ours": format_number(found.quantities - found.cited),
        "replaced": format_number(found.replaced),
        "observations": format_number(found.observations),
    }
    texts = {
        "purpose": message("report.card-purpose-said"),
        "not-for": message("report.card-not-for-said"),
        "hindsight": message("report.card-hindsight-said"),
        "numbers": message("report.card-numbers-said", **counts),
        "weak": message("report.card-weak-said"),
    }
    points = tuple((message(f"report.card-{name}"), text) for name, text in texts.items())
    return Section("card", message("report.card"), points=points)
