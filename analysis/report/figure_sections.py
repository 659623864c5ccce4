"""Figure sections: the sections of a page that are figures with their sentences and tables."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analysis.figures import (
    agreement_zone,
    beliefs,
    cumulative_incidence,
    matching_share,
    off_menu,
    outcome_shares,
    preferences,
    talks_funnel,
)
from analysis.figures.stacked_bars import BELOW
from analysis.figures.style import assign_fills
from analysis.methods.agreement_zone import compute_agreement_zone
from analysis.methods.beliefs import compute_beliefs
from analysis.methods.cumulative_incidence import OutcomeCurves
from analysis.methods.preferences import read_preferences as positions_of
from analysis.methods.shares import Shares
from analysis.methods.talks_funnel import TalksFunnel
from analysis.report.section import Collapsible, Panel, Section
from sim.ensemble.results import Results
from sim.experiments.weekly_series import WeeklySeries
from sim.schema.scenario import Scenario


def build_outcomes_section(shares: Shares) -> Section:
    """Outcome shares, all source views side by side."""
    panel = Panel(outcome_shares.draw_figure(shares, lone=len(shares.views) == 1), outcome_shares.summary_text(shares))
    table = outcome_shares.build_table(shares)
    return Section("outcomes", outcome_shares.title(), (outcome_shares.how_to_read(),), (panel,), tables=(table,))


def build_weeks_section(curves: Mapping[str, OutcomeCurves]) -> Section:
    """When outcomes are entered for good; the colours stand above all figures."""
    legend = _make_legend(next(iter(curves.values())).outcomes)
    return build_figures_section(
        "weeks", cumulative_incidence, {course.label: course for course in curves.values()}, legend
    )


def build_talks_section(funnels: Mapping[str, TalksFunnel]) -> Section:
    """Paths from the first week to the outcome."""
    section = build_figures_section("paths", talks_funnel, {one.view_label: one for one in funnels.values()})
    return share_legend(section, next(iter(funnels.values())).outcomes)


def share_legend(section: Section, named: Mapping[str, str]) -> Section:
    """The section with the colours above all figures instead of in each, where narrow pages would cut them."""
    return replace(section, panels=tuple(_remove_legend(one) for one in section.panels), legend=_make_legend(named))


def _make_legend(named: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Colour, number and name of every outcome."""
    look = assign_fills(named)
    return tuple((look[key].colour, f"{n} {label}") for n, (key, label) in enumerate(named.items(), start=1))


def _remove_legend(panel: Panel) -> Panel:
    """A figure whose own legend the section's replaces; the room for it goes too."""
    layout = panel.figure.layout
    layout.update(height=layout.height - layout.margin.b + BELOW, showlegend=False)
    layout.margin.update(b=BELOW)
    return panel


def build_replayed_sections(
    results: Results, scenarios: Mapping[str, Scenario], series: Mapping[str, WeeklySeries]
) -> list[Section]:
    """Positions, and what some runs of every source view looked like week by week."""
    called = {name: results.manifest.labels.get(name, name) for name in scenarios}
    found = []
    if scenarios:
        wants = {label: positions_of(scenarios[name], label) for name, label in called.items()}
        found.append(build_first_figure_section("positions", preferences, wants))
    if series:
        zones = {
            called[name]: compute_agreement_zone(trace, scenarios[name], called[name]) for name, trace in series.items()
        }
        bands = {called[name]: compute_beliefs(trace, scenarios[name], called[name]) for name, trace in series.items()}
        found.append(build_figures_section("zone", agreement_zone, zones))
        found += (
            [build_first_figure_section("beliefs", beliefs, bands)] if any(one.kinds for one in bands.values()) else []
        )
    return found


def build_matching_section(shares: Shares) -> Section:
    """Runs that match the reported run-up."""
    return build_figures_section("matching", matching_share, {"": shares})


def build_menu_section(shares: Shares) -> Section:
    """Agreements not on the menu."""
    return build_figures_section("menu", off_menu, {"": shares})


def build_figures_section(
    key: str, module: Any, inputs: Mapping[str, Any], legend: tuple[tuple[str, str], ...] = ()
) -> Section:
    """A section with one figure of a module for each thing found, by its title."""
    return Section(
        key,
        module.title(),
        (module.how_to_read(),),
        tuple(Panel(module.draw_figure(one), module.summary_text(one), title) for title, one in inputs.items()),
        legend,
        tuple(module.build_table(one) for one in inputs.values()),
    )


def build_first_figure_section(key: str, module: Any, inputs: Mapping[str, Any]) -> Section:
    """A section that shows the first figure; the others, which are tall and much alike, are folded away."""
    (first, one), *others = inputs.items()
    shown = build_figures_section(key, module, {first: one})
    collapsed = (
        Collapsible(title, panels=(Panel(module.draw_figure(each), module.summary_text(each)),))
        for title, each in others
    )
    return replace(
        shown, tables=tuple(module.build_table(each) for each in inputs.values()), collapsibles=tuple(collapsed)
    )
