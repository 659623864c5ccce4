"""Figure sections: the sections of a page that are figures with their sentences and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from analysis.figures import agreed_terms
from analysis.figures.registry import FIGURES, Figure, find_section_key
from analysis.figures.stacked_bars import BELOW
from analysis.figures.style import assign_fills
from analysis.methods.agreed_terms import compute_agreed_terms
from analysis.methods.agreement_zone import compute_agreement_zone
from analysis.methods.beliefs import compute_beliefs
from analysis.methods.cumulative_incidence import OutcomeCurves
from analysis.methods.joint_worths import compute_joint_worths
from analysis.methods.late_outcomes import find_late_sequences_of_all
from analysis.methods.preferences import read_preferences
from analysis.methods.shares import Shares
from analysis.methods.talks_funnel import TalksFunnel
from analysis.report.section import Collapsible, Panel, Section
from sim.ensemble.results import Results
from sim.experiments.package_worths import PackageWorths
from sim.experiments.weekly_series import WeeklySeries
from sim.i18n.messages import format_number, message
from sim.schema.scenario import Scenario

Shown = TypeVar("Shown")
"""What a figure shows."""


def build_agreed_sections(results: Results, scenarios: Mapping[str, Scenario]) -> list[Section]:
    """What was agreed and when, all source views side by side; nothing where no agreement is in force."""
    agreed = compute_agreed_terms(results, scenarios)
    if not any(one.in_force for one in agreed.values()):
        return []
    section = build_figures_section(FIGURES.agreed_terms, [("", agreed)])
    missing = agreed_terms.list_unagreed(agreed)
    late = find_late_sequences_of_all(scenarios, results.manifest.horizon_weeks)
    labels = {key: one.label for key, one in next(iter(scenarios.values())).sequences.items()}
    more = [message("report.agreed-late", sequence=labels[key], week=format_number(week)) for key, week in late.items()]
    said = (*section.sentences, *([missing] if missing else []), *more)
    return [replace(section, sentences=said)]


def build_joint_sections(
    results: Results, scenarios: Mapping[str, Scenario], worths: Mapping[str, PackageWorths]
) -> list[Section]:
    """Packages as points, one figure for each source view; nothing where no worths were looked up."""
    shown = [
        (one.view_label, one)
        for name, found in worths.items()
        for one in (compute_joint_worths(results, results.views[name], scenarios[name], found),)
    ]
    return [build_first_figure_section(FIGURES.joint_worths, shown)] if shown else []


def build_weeks_section(curves: Mapping[str, OutcomeCurves]) -> Section:
    """When outcomes are entered for good; the colours stand above all figures."""
    legend = _make_legend(next(iter(curves.values())).outcomes)
    shown = [(one.label, one) for one in curves.values()]
    return build_figures_section(FIGURES.cumulative_incidence, shown, legend)


def build_talks_section(funnels: Mapping[str, TalksFunnel]) -> Section:
    """How far talks get from the first week on, and where the runs end."""
    shown = [(one.view_label, one) for one in funnels.values()]
    section = build_figures_section(FIGURES.talks_funnel, shown)
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
    """Preferences, and what some runs of every source view looked like week by week."""
    called = {name: results.manifest.labels.get(name, name) for name in scenarios}
    found = []
    if scenarios:
        wants = [(label, read_preferences(scenarios[name], label)) for name, label in called.items()]
        found.append(build_first_figure_section(FIGURES.preferences, wants))
    if series:
        known = [(called[name], one, scenarios[name]) for name, one in series.items()]
        zones = [(label, compute_agreement_zone(one, scenario, label)) for label, one, scenario in known]
        bands = [(label, compute_beliefs(one, scenario, label)) for label, one, scenario in known]
        found.append(build_figures_section(FIGURES.agreement_zone, zones))
        if any(one.kinds for _, one in bands):
            found.append(build_first_figure_section(FIGURES.beliefs, bands))
    return found


def build_matching_section(shares: Shares) -> Section:
    """Runs that match the reported run-up."""
    return build_figures_section(FIGURES.matching_share, [("", shares)])


def build_menu_section(shares: Shares) -> Section:
    """Agreements not on the menu."""
    return build_figures_section(FIGURES.off_menu, [("", shares)])


def build_figures_section(
    figure: Figure[Shown],
    shown: Sequence[tuple[str, Shown]],
    legend: tuple[tuple[str, str], ...] = (),
) -> Section:
    """A section with the same figure of several things, called like the figure.

    Args:
        figure: The figure.
        shown: Heading of each picture, and what it shows.
        legend: Colours and names that stand above all pictures.
    """
    return Section(
        find_section_key(figure),
        figure.title(),
        (figure.how_to_read(),),
        tuple(_build_panel(figure, one, title) for title, one in shown),
        legend,
        tuple(figure.build_table(one) for _, one in shown),
    )


def build_first_figure_section(figure: Figure[Shown], shown: Sequence[tuple[str, Shown]]) -> Section:
    """A section that shows the first figure; the others, which are tall and much alike, are folded away."""
    whole = build_figures_section(figure, shown[:1])
    collapsed = tuple(Collapsible(title, panels=(_build_panel(figure, one, ""),)) for title, one in shown[1:])
    return replace(whole, tables=tuple(figure.build_table(one) for _, one in shown), collapsibles=collapsed)


def _build_panel(figure: Figure[Shown], one: Shown, title: str) -> Panel:
    """A picture with its sentence."""
    return Panel(figure.draw_figure(one), figure.summary_text(one), title)
