"""Figure sections: the sections of a page that are figures with their sentences and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from analysis.figures import agreed_terms, beliefs, preferences, states_by_week
from analysis.figures.registry import FIGURES, Figure, WideAndNarrow, find_section_key
from analysis.figures.stacked_bars import BELOW
from analysis.figures.style import assign_fills
from analysis.methods.agreed_terms import compute_agreed_terms
from analysis.methods.agreement_zone import AgreementZone, compute_agreement_zone
from analysis.methods.beliefs import Beliefs, compute_beliefs
from analysis.methods.joint_worths import compute_joint_worths
from analysis.methods.late_outcomes import find_late_sequences_of_all
from analysis.methods.preferences import Preferences, read_preferences
from analysis.methods.shares import Shares
from analysis.methods.states_by_week import StatesByWeek
from analysis.methods.talks_funnel import TalksFunnel
from analysis.report.numbered_packages import find_numbers, number_packages, number_text
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
    return [_number_packages(build_first_figure_section(FIGURES.joint_worths, shown))] if shown else []


def _number_packages(section: Section) -> Section:
    """The section with packages named once, where several source views have them."""
    folded = section.collapsibles
    tables = [*section.tables, *(table for one in folded for table in one.tables)]
    numbers = find_numbers(tables)
    if not numbers:
        return section
    numbered = number_packages(tables, numbers)
    own = len(numbered) - len(folded)
    later = tuple(
        replace(one, tables=(its,), panels=tuple(_number_panel(panel, numbers) for panel in one.panels))
        for one, its in zip(folded, numbered[own:], strict=True)
    )
    return replace(section, tables=numbered[:own], collapsibles=later)


def _number_panel(panel: Panel, numbers: Mapping[str, str]) -> Panel:
    """A figure whose sentence names packages by number."""
    return replace(panel, summary_text=number_text(panel.summary_text, numbers))


def build_weeks_section(states: Mapping[str, StatesByWeek]) -> Section:
    """In which state runs are, week by week."""
    whole = build_figures_section(FIGURES.states_by_week, [(one.view_label, one) for one in states.values()])
    several = len(states) > 1
    return replace(whole, tables=(states_by_week.build_common_table([*states.values()]),)) if several else whole


def build_talks_section(funnels: Mapping[str, TalksFunnel]) -> Section:
    """How far talks get from the first week on, all source views in one figure."""
    return build_wide_section(FIGURES.talks_funnel, funnels)


def build_wide_section(figure: WideAndNarrow[Shown], shown: Shown) -> Section:
    """A section with one large figure that is another one on a narrow page."""
    panels = (_build_wide_panel(figure, shown, ""),)
    table = (figure.build_table(shown),)
    return Section(find_section_key(figure), figure.title(), (figure.how_to_read(),), panels, tables=table)


def _build_narrow_panel(figure: WideAndNarrow[Shown], one: Shown) -> Panel:
    """The picture for a narrow page alone, which can be read on a wide one, too, and keeps pages small."""
    return Panel(figure.draw_figure(one, narrow=True), figure.summary_text(one))


def _build_wide_panel(figure: WideAndNarrow[Shown], one: Shown, title: str) -> Panel:
    """A picture with its sentence, and the one for a narrow page."""
    narrow = figure.draw_figure(one, narrow=True)
    return Panel(figure.draw_figure(one), figure.summary_text(one), title, narrow=narrow)


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
        found.append(_build_preferences_section(wants))
    if series:
        known = [(called[name], one, scenarios[name]) for name, one in series.items()]
        zones = {name: compute_agreement_zone(one, scenarios[name], called[name]) for name, one in series.items()}
        bands = [(label, compute_beliefs(one, scenario, label)) for label, one, scenario in known]
        found.append(_build_zone_section(zones))
        if any(one.kinds for _, one in bands):
            found.append(_build_beliefs_section(bands))
    return found


def _build_preferences_section(wants: Sequence[tuple[str, Preferences]]) -> Section:
    """The heat table of the first source view; of those with the same worths only weights; the others are folded."""
    figure, (_, first) = FIGURES.preferences, wants[0]
    whole = build_wide_section(figure, first)
    alike = [one for _, one in wants[1:] if one.has_same_worths(first)]
    folded = tuple(
        Collapsible(title, panels=(_build_narrow_panel(figure, one),), tables=(figure.build_table(one),))
        for title, one in wants[1:]
        if one not in alike
    )
    weights = (preferences.build_weights_table([first, *alike]),) if alike else ()
    return replace(whole, collapsibles=folded, tables=(*whole.tables, *weights))


def _build_zone_section(zones: Mapping[str, AgreementZone]) -> Section:
    """Room for an agreement under all source views in one small figure; what each side needs and gets is folded."""
    whole = build_figures_section(FIGURES.zone_shares, [("", zones)])
    figure = FIGURES.agreement_zone
    folded = tuple(_leave_to_table(_fold_figure(figure, one.view_label, one)) for one in zones.values())
    return replace(whole, collapsibles=(replace(folded[0], sentences=(figure.how_to_read(),)), *folded[1:]))


def _build_beliefs_section(bands: Sequence[tuple[str, Beliefs]]) -> Section:
    """Beliefs that move as lines, those of the first source view in sight; all of them in one table."""
    figure = FIGURES.beliefs
    drawn = [(title, one) for title, one in bands if beliefs.has_lines(one)]
    shown = [one for _, one in bands]
    table = beliefs.build_common_table(shown) if len(shown) > 1 else figure.build_table(shown[0])
    if not drawn:
        said = (message("figures.beliefs.no-lines"),)
        return Section(find_section_key(figure), figure.title(), said, tables=(table,))
    section = build_first_figure_section(figure, drawn)
    return replace(
        section, tables=(table,), collapsibles=tuple(replace(one, tables=()) for one in section.collapsibles)
    )


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
    return replace(whole, collapsibles=tuple(_fold_figure(figure, *one) for one in shown[1:]))


def _fold_figure(figure: Figure[Shown], title: str, one: Shown) -> Collapsible:
    """A picture with its table, folded away."""
    return Collapsible(title, panels=(_build_panel(figure, one, ""),), tables=(figure.build_table(one),))


def _leave_to_table(folded: Collapsible) -> Collapsible:
    """The same without the sentence below the picture, which the table says; a screen reader says it still."""
    return replace(folded, panels=tuple(replace(panel, caption="") for panel in folded.panels))


def _build_panel(figure: Figure[Shown], one: Shown, title: str) -> Panel:
    """A picture with its sentence."""
    return Panel(figure.draw_figure(one), figure.summary_text(one), title)
