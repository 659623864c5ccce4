"""Baseline gaps: what runs agree on, beside plain forecasts that know positions, salience and power alone."""

from collections.abc import Mapping

from analysis.figures.figure_table import Table
from analysis.methods.baseline_gaps import Range, find_baseline_gaps
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message
from sim.schema.scenario import Scenario

COLUMNS = ("issue", "mean", "median", "agreed", "gap")


def build_baseline_sections(results: Results, scenarios: Mapping[str, Scenario]) -> list[Section]:
    """The section, where something is agreed and the source views are at hand."""
    found = find_baseline_gaps(results, scenarios)
    if not found:
        return []
    rows = tuple((one.issue, *map(_format, (one.mean, one.median, one.agreed, one.gap))) for one in found)
    head = tuple(message(f"baselines.column-{name}") for name in COLUMNS)
    far = ", ".join(one.issue for one in found if one.is_far)
    differ = message("baselines.differ", issues=far) if far else message("baselines.alike")
    said = (message("baselines.beside"), differ, message("baselines.beside-how"))
    title = message("baselines.section")
    return [Section("baselines", title, said, tables=(Table(message("baselines.beside-table"), head, rows),))]


def _format(ends: Range) -> str:
    """Both ends, or one where they are alike."""
    return " – ".join(dict.fromkeys(format_number(end, 2) for end in ends))
