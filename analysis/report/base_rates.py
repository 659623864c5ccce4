"""Base rates: how fast agreements break under each source view, beside what is known from elsewhere."""

from collections.abc import Mapping

from analysis.figures.figure_table import Table
from analysis.report.section import English, Section
from sim.ensemble.results import Results
from sim.experiments.breakdown_rates import SPANS, compute_breakdown_rates
from sim.i18n.messages import format_number, message
from sim.schema.scenario import Scenario


def build_base_rates_sections(results: Results, scenarios: Mapping[str, Scenario]) -> list[Section]:
    """The section, where the source views are at hand."""
    if not scenarios:
        return []
    tables = (_build_rates_table(results, scenarios), _build_references_table(next(iter(scenarios.values()))))
    said = (message("report.base-rates-said"), message("report.base-rates-how"))
    return [Section("base-rates", message("report.base-rates"), said, tables=tuple(one for one in tables if one.rows))]


def _build_rates_table(results: Results, scenarios: Mapping[str, Scenario]) -> Table:
    """Broken truces and treaties by source view."""
    rows = []
    for name, scenario in scenarios.items():
        found = compute_breakdown_rates(scenario, results.manifest.seed)
        for kind, rates in (("truce", found.truce), ("settled", found.settled)):
            label = results.manifest.labels.get(name, name)
            rows.append((label, message(f"report.base-rate-{kind}"), *(_format_share(rates[span]) for span in SPANS)))
    head = ("view", "agreement", "first-month", "first-year", "five-years")
    return Table(
        message("report.base-rates-table"), tuple(message(f"report.column-{name}") for name in head), tuple(rows)
    )


def _build_references_table(scenario: Scenario) -> Table:
    """What the case names from elsewhere."""
    rows = tuple(
        (
            one.label,
            message(f"report.base-rate-{one.about}"),
            message("report.base-rate-ever")
            if one.within_weeks is None
            else message("report.unit-weeks", number=format_number(one.within_weeks)),
            " – ".join(dict.fromkeys((_format_share(one.low), _format_share(one.high)))),
            English(one.source),
        )
        for one in scenario.base_rates.values()
    )
    head = ("reference", "agreement", "within", "share", "source")
    return Table(
        message("report.base-rates-references"), tuple(message(f"report.column-{name}") for name in head), rows
    )


def _format_share(share: float) -> str:
    """A share in whole percent."""
    return f"{share * 100:.0f} %"
