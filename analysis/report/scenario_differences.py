"""Scenario differences: the page that says what scenario files change, under each source's assumptions."""

from collections.abc import Sequence

from analysis.figures import scenario_differences
from analysis.figures.registry import FIGURES
from analysis.methods.change_words import describe_changes
from analysis.methods.scenario_differences import Comparison
from analysis.methods.shares import compute_shares
from analysis.report.caveats import describe_off_menu, describe_sharpness
from analysis.report.figure_sections import build_figures_section, build_wide_section
from analysis.report.image_text import describe_runs
from analysis.report.page import render_page
from analysis.report.paired_change import list_splits
from analysis.report.run_details import build_repeat_section
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.i18n.messages import message


def build_comparison_page(comparison: Comparison, results: Sequence[Results]) -> str:
    """The page, in the language in use.

    Args:
        comparison: The scenarios against the reference.
        results: Runs of all of them, the reference first.
    """
    reference = results[0]
    first = Section(
        "first",
        message("report.first"),
        points=(*scenario_differences.list_caveats(comparison), *describe_reference(reference)),
    )
    said, tables = (message("report.in-points"),), (scenario_differences.build_overview(comparison),)
    what = Section(
        "scenarios",
        message("report.compared"),
        said,
        points=scenario_differences.describe_files(comparison),
        tables=tables,
    )
    is_compared = any(one.views for one in comparison.scenarios.values())
    agreed = [build_wide_section(FIGURES.agreement_differences, comparison)] if is_compared else []
    splits = _build_split_sections(comparison, results)
    opening = [*agreed, *splits, build_differences_section(comparison)]
    sections = [what, first, build_repeat_section(reference)]
    title = message("report.compare-title", reference=comparison.label)
    changed = describe_changes(reference.manifest) or "; ".join(
        one.changed for one in comparison.scenarios.values() if one.changed
    )
    return render_page(
        title, reference.manifest.question, opening, sections, (), changed, describe_runs(reference.manifest)
    )


def _build_split_sections(comparison: Comparison, results: Sequence[Results]) -> list[Section]:
    """Effect and selection apart, for each scenario whose change selects other runs."""
    title = message("report.paired-title")
    found = list_splits(comparison, [one.manifest for one in results[1:]])
    return [
        Section(f"paired-change-{number}", title, notes, tables=(table,), tables_open=True)
        for number, (table, notes) in enumerate(found, start=1)
    ]


def build_differences_section(comparison: Comparison) -> Section:
    """One figure and one table for every scenario that has runs to compare."""
    shown = [(one.label, comparison.select(name)) for name, one in comparison.scenarios.items() if one.views]
    return build_figures_section(FIGURES.scenario_differences, shown)


def describe_reference(reference: Results) -> tuple[tuple[str, str], ...]:
    """What must be known of the reference besides: its menu and how sharply its actors choose."""
    known = {"off-menu": describe_off_menu(compute_shares(reference)), "sharpness": describe_sharpness(reference)}
    return tuple(
        (message("report.compare-of-reference", name=message(f"report.{key}")), text) for key, text in known.items()
    )
