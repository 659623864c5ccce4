"""Base rates: how fast agreements break under each source view, beside what is known from elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_list, format_range, format_share
from analysis.report.section import English, Section
from sim.ensemble.results import Results
from sim.experiments.breakdown_rates import SPANS, BreakdownRates, compute_breakdown_rates
from sim.i18n.messages import format_number, message
from sim.schema.base_rate import BaseRate, Standing
from sim.schema.scenario import Scenario


def build_base_rates_sections(results: Results, scenarios: Mapping[str, Scenario]) -> list[Section]:
    """The section, where the source views are at hand."""
    if not scenarios:
        return []
    found = {name: compute_breakdown_rates(one, results.manifest.seed) for name, one in scenarios.items()}
    first, labels = next(iter(scenarios.values())), results.manifest.labels
    references = [one for one in first.base_rates.values() if not one.is_of_runs]
    tables = (_build_rates_table(labels, found), _build_references_table(references))
    compared = (sentence for one in references for sentence in _compare(one, found, labels))
    said = (message("report.base-rates-said"), message("report.base-rates-how"), *compared)
    return [Section("base-rates", message("report.base-rates"), said, tables=tuple(one for one in tables if one.rows))]


def _compare(reference: BaseRate, found: Mapping[str, BreakdownRates], labels: Mapping[str, str]) -> Iterator[str]:
    """Where source views lie beside a reference, and what in the model makes the difference of those outside it."""
    span = SPANS[-1] if reference.within_weeks is None else reference.within_weeks
    if span not in SPANS:
        return
    shares = {name: (one.truce if reference.about == "truce" else one.settled)[span] for name, one in found.items()}
    for standing in get_args(Standing):
        names = [
            f"{labels.get(name, name)} {format_share(share)}"
            for name, share in shares.items()
            if reference.locate(share, share) == standing
        ]
        if names:
            yield message(
                f"report.base-rates-{standing}",
                reference=reference.label,
                low=format_share(reference.low),
                high=format_share(reference.high),
                weeks=format_number(span),
                views=format_list(names),
            )
    outside = [name for name, share in shares.items() if reference.locate(share, share) != "within"]
    if outside and reference.about == "truce":
        yield _explain_truces(found, outside, span)


def _explain_truces(found: Mapping[str, BreakdownRates], views: Sequence[str], span: int) -> str:
    """What breaks truces in the model, over some views."""
    paper = [found[name].on_paper[span] for name in views]
    slow = [found[name].truce[span] - found[name].on_paper[span] for name in views]
    return message("report.base-rates-why", paper=_format_span(paper), slow=_format_span(slow))


def _format_span(shares: Sequence[float]) -> str:
    """Percentage points from the smallest to the largest."""
    return " – ".join(dict.fromkeys(format_number(100 * one) for one in (min(shares), max(shares))))


def _build_rates_table(labels: Mapping[str, str], found: Mapping[str, BreakdownRates]) -> Table:
    """Broken truces and treaties by source view."""
    rows = []
    for name, one in found.items():
        for kind, rates in (("truce", one.truce), ("settled", one.settled)):
            label = labels.get(name, name)
            rows.append((label, message(f"report.base-rate-{kind}"), *(format_share(rates[span]) for span in SPANS)))
    head = ("view", "agreement", "first-month", "first-year", "five-years")
    return Table(
        message("report.base-rates-table"), tuple(message(f"report.column-{name}") for name in head), tuple(rows)
    )


def _build_references_table(references: Sequence[BaseRate]) -> Table:
    """What the case names from elsewhere."""
    rows = tuple(
        (
            one.label,
            message(f"report.base-rate-{one.about}"),
            message("report.base-rate-ever")
            if one.within_weeks is None
            else message("report.unit-weeks", number=format_number(one.within_weeks)),
            format_range(one.low, one.high),
            English(one.source),
        )
        for one in references
    )
    head = ("reference", "agreement", "within", "share", "source")
    return Table(
        message("report.base-rates-references"), tuple(message(f"report.column-{name}") for name in head), rows
    )
