"""Scenario differences: the page that says what scenario files change, under each source's assumptions."""

from analysis.figures import scenario_differences
from analysis.figures.registry import FIGURES
from analysis.methods.scenario_differences import Comparison
from analysis.methods.shares import compute_shares
from analysis.report.caveats import describe_off_menu, describe_sharpness
from analysis.report.figure_sections import build_figures_section
from analysis.report.page import render_page
from analysis.report.run_details import build_repeat_section
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.i18n.messages import message


def build_comparison_page(comparison: Comparison, reference: Results) -> str:
    """The page, in the language in use."""
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
    opening = [build_differences_section(comparison)]
    sections = [what, first, build_repeat_section(reference)]
    return render_page(
        message("report.compare-title", reference=comparison.label), reference.manifest.question, opening, sections
    )


def build_differences_section(comparison: Comparison) -> Section:
    """One figure and one table for every scenario that has runs to compare."""
    shown = [(one.label, comparison.select(name)) for name, one in comparison.scenarios.items() if one.views]
    return build_figures_section("difference", FIGURES.scenario_differences, shown)


def describe_reference(reference: Results) -> tuple[tuple[str, str], ...]:
    """What must be known of the reference besides: its menu and how sharply its actors choose."""
    known = {"off-menu": describe_off_menu(compute_shares(reference)), "sharpness": describe_sharpness(reference)}
    return tuple(
        (message("report.compare-of-reference", name=message(f"report.{key}")), text) for key, text in known.items()
    )
