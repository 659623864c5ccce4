"""Model card: what the model is for, what it is not for, and how much of it was chosen freely."""

from collections.abc import Mapping
from typing import Any

from analysis.figures.figure_table import Table
from analysis.methods.asymmetries import Asymmetry, list_asymmetries
from analysis.methods.parameter_count import count_parameters
from analysis.report.notes import Notes
from analysis.report.section import English, Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message
from sim.schema.scenario import Scenario


def build_model_card(results: Results, scenarios: Mapping[str, Scenario], notes: Notes) -> Section:
    """The model card, after Mitchell and others (2019), with every difference between the two disputants."""
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
        **({"hindsight": message("report.card-hindsight-said")} if notes.has_passages else {}),
        "numbers": message("report.card-numbers-said", **counts),
        "weak": message("report.card-weak-said"),
    }
    differences = _collect_asymmetries(scenarios)
    if scenarios:
        many, cited = len(differences), sum(1 for one in differences if one.because)
        said: dict[str, Any] = {"many": format_number(many), "cited": format_number(cited)}
        texts["sides"] = message("report.card-sides-said", **said)
    points = tuple((message(f"report.card-{name}"), text) for name, text in texts.items())
    tables = (_build_asymmetries_table(differences, scenarios, notes),) if differences else ()
    return Section("card", message("report.card"), points=points, tables=tables)


def _collect_asymmetries(scenarios: Mapping[str, Scenario]) -> dict[Asymmetry, list[str]]:
    """Every difference between the two sides, with the source views in which it stands so; by place."""
    found: dict[Asymmetry, list[str]] = {}
    for name, scenario in scenarios.items():
        for one in list_asymmetries(scenario):
            found.setdefault(one, []).append(name)
    order = {place: number for number, place in enumerate(dict.fromkeys(one.place for one in found))}
    return dict(sorted(found.items(), key=lambda each: order[each[0].place]))


def _build_asymmetries_table(
    differences: Mapping[Asymmetry, list[str]], scenarios: Mapping[str, Scenario], notes: Notes
) -> Table:
    """What each side has, in which source views, and what the difference rests on."""
    scenario = next(iter(scenarios.values()))
    sides = [scenario.actors[key].label for key in scenario.find_by_role("disputant")]
    head = tuple(message(f"report.column-{name}") for name in ("place", "views", "rests"))
    rows = tuple(
        (
            English(one.place),
            one.first,
            one.second,
            message("report.every-view") if len(views) == len(scenarios) else ", ".join(views),
            notes.cite(message(f"report.{'passages' if one.because else 'ours'}"), one.because, one.assumed),
        )
        for one, views in differences.items()
    )
    return Table(message("report.card-sides"), (head[0], *sides, *head[1:]), rows)
