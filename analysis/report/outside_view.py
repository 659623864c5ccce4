"""Outside view: what others counted or expected, beside the same share of runs under each source view."""

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_estimate, format_list, format_range, format_share
from analysis.methods.outside_view import SeenReference, compare_with_runs
from analysis.report.section import English, Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message
from sim.schema.base_rate import BaseRate, Standing
from sim.schema.scenario import Scenario


def build_outside_view_sections(results: Results, scenarios: Mapping[str, Scenario]) -> list[Section]:
    """The section, where the case names such references and the source views are at hand."""
    if not scenarios:
        return []
    scenario = next(iter(scenarios.values()))
    references = [one for one in scenario.base_rates.values() if one.is_of_runs]
    if not references:
        return []
    seen = [(one, compare_with_runs(one, results, scenario)) for one in references]
    labels = results.manifest.labels
    said = [message("report.outside-said")]
    for reference, found in seen:
        said += _compare(reference, found, labels)
    rows = tuple(row for reference, found in seen for row in _build_rows(reference, found, labels))
    head = tuple(message(f"report.column-{name}") for name in ("who", "outside-share", "within", "source"))
    table = Table(message("report.outside-table"), head, rows)
    return [Section("outside-view", message("report.outside"), tuple(said), tables=(table,))]


def _compare(reference: BaseRate, found: Mapping[str, SeenReference], labels: Mapping[str, str]) -> Iterator[str]:
    """Where source views lie beside a reference, and what makes it so in the model."""
    label, named = reference.label, format_range(reference.low, reference.high)
    weeks = format_number(reference.within_weeks or 0)
    if not found:
        yield message("report.outside-short", reference=label, share=named, weeks=weeks)
        return
    parts = []
    for standing in get_args(Standing):
        names = [
            f"{labels.get(name, name)} {format_share(one.share.share)}"
            for name, one in found.items()
            if one.standing == standing
        ]
        if names:
            parts.append(message(f"report.outside-{standing}", views=format_list(names)))
    yield message("report.outside-by", reference=label, share=named, weeks=weeks, parts="; ".join(parts))
    outside = [one for one in found.values() if one.standing != "within"]
    if outside:
        yield _explain(reference, outside, weeks)


def _explain(reference: BaseRate, seen: Sequence[SeenReference], weeks: str) -> str:
    """What the shares that differ are made of."""
    parts = [one.parts for one in seen]
    return message(
        f"report.outside-why-{reference.about}",
        weeks=weeks,
        in_force=_format_span([one.in_force for one in parts]),
        broken=_format_span([one.broken for one in parts]),
        prevailed=_format_span([one.prevailed for one in parts]),
        waiting=_format_span([one.waiting for one in parts]),
    )


def _format_span(shares: Sequence[float]) -> str:
    """From the smallest share to the largest."""
    return format_range(min(shares), max(shares))


def _build_rows(
    reference: BaseRate, found: Mapping[str, SeenReference], labels: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    """The reference, and each view's runs."""
    weeks = message("report.unit-weeks", number=format_number(reference.within_weeks or 0))
    yield reference.label, format_range(reference.low, reference.high), weeks, English(reference.source)
    for name, one in found.items():
        share = format_estimate(one.share)
        yield message("report.outside-runs", view=labels.get(name, name)), share, weeks, ""
