"""Scenario page: what was found and how sure it is, then folded away what it rests on and what else there is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.methods.baselines_beside_runs import ReplayedView
from analysis.methods.change_words import describe_changes
from analysis.methods.late_outcomes import find_late_outcomes_of_all
from analysis.methods.paired_change import PairedChange
from analysis.methods.parameter_sweep import SweepResult
from analysis.methods.pattern_shares import PatternShares
from analysis.methods.shares import Shares
from analysis.methods.states_by_week import compute_states_by_week
from analysis.methods.talks_funnel import compute_talks_funnels
from analysis.report import figure_sections
from analysis.report.assumptions import Change, build_assumptions_section, build_changes_sections
from analysis.report.base_rates import build_base_rates_sections
from analysis.report.baseline_gaps import build_baseline_sections
from analysis.report.caveats import build_caveats_section
from analysis.report.image_text import describe_runs
from analysis.report.lesson import build_lesson_sections
from analysis.report.model_card import build_model_card
from analysis.report.notes import Notes
from analysis.report.open_questions import Question, build_open_questions_sections
from analysis.report.opening import build_opening_sections
from analysis.report.outside_view import build_outside_view_sections
from analysis.report.page import list_language_notes, render_page, write_page
from analysis.report.paired_change import build_paired_change_sections
from analysis.report.parameter_sweep import build_sweep_sections
from analysis.report.patterns import build_patterns_sections
from analysis.report.run_details import (
    build_events_section,
    build_late_levers_sections,
    build_repeat_section,
    build_week_0_section,
)
from analysis.report.section import Section
from analysis.report.typical_stories import TypicalStory, build_stories_sections
from sim.ensemble.results import Results
from sim.experiments.package_worths import PackageWorths
from sim.experiments.weekly_series import WeeklySeries
from sim.schema.scenario import Scenario


@dataclass(frozen=True)
class Extras:
    """What a report shows besides the results."""

    claims: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Place (`source ¶n`) with kind and speaker, and our reading, of every claim."""
    coders: str = ""
    """How many claims were read twice, and by whom; empty if the case has none, or its files are gone."""
    doubt: str = ""
    """The choice of ours that decides most, in a sentence; empty if the case names none."""
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    """The scenario as each source view sees it, with its texts in the language in use."""
    series: Mapping[str, WeeklySeries] = field(default_factory=dict)
    """Some runs of each source view, week by week."""
    worths: Mapping[str, PackageWorths] = field(default_factory=dict)
    """Worth of all packages to both sides in some runs of each source view, before week 1."""
    replayed: Mapping[str, ReplayedView] = field(default_factory=dict)
    """Runs of each source view in the week of a signature, and before week 1; none if they were not played again."""
    patterns: PatternShares | None = None
    """Behaviour that the texts describe, and the share of runs that show it; none if it was not looked for."""
    stories: tuple[TypicalStory, ...] = ()
    """Typical runs, narrated."""
    omitted_outcomes: tuple[str, ...] = ()
    """Frequent outcomes for which no run is narrated."""
    paired_change: PairedChange | None = None
    """What a changed assumption moves, if one was changed."""
    sweep: SweepResult | None = None
    """The scenario with other magnitudes, if it was played so."""
    change: Change | None = None
    """What the scenario file changes, if it changes another one."""
    open_questions: tuple[Question, ...] = ()
    """Questions that the scenario file leaves open."""
    untranslated: frozenset[str] = frozenset()
    """Places of the scenario that have no text in the language in use."""
    untranslated_messages: set[str] = field(default_factory=set)
    """Sentences of ours that the language in use lacks; it fills while the page is made."""
    more: tuple[Section, ...] = ()
    """Further sections, such as comparisons, shown after the figures."""


def write_report(results: Results, shares: Shares, path: Path, extras: Extras | None = None) -> Path:
    """Write the page; the old one stays until the new one is whole."""
    return write_page(path, build_scenario_page(results, shares, extras or Extras()))


def build_scenario_page(results: Results, shares: Shares, extras: Extras) -> str:
    """The page itself, in the language in use."""
    late = find_late_outcomes_of_all(extras.scenarios, shares.horizon_weeks)
    agreed = figure_sections.build_agreed_sections(results, extras.scenarios)
    opening = build_opening_sections(
        results, shares, extras.sweep, extras.change, late, extras.paired_change, extras.doubt
    )
    return render_page(
        results.manifest.title,
        results.manifest.question,
        [*opening, *agreed],
        build_sections(results, shares, extras),
        list_language_notes(extras.untranslated | extras.untranslated_messages),
        describe_changes(results.manifest),
        describe_runs(results.manifest),
    )


def build_sections(results: Results, shares: Shares, extras: Extras) -> list[Section]:
    """Every part of the page after its opening, in order."""
    notes = Notes(extras.claims)
    found = [build_caveats_section(results, shares), *build_changes_sections(extras.change, extras.claims)]
    found += build_lesson_sections(results, extras.scenarios)
    found += [
        *build_paired_change_sections(results.manifest, extras.paired_change),
        *figure_sections.build_joint_sections(results, extras.scenarios, extras.worths),
        *build_patterns_sections(extras.patterns, notes),
        figure_sections.build_weeks_section(compute_states_by_week(results)),
        *extras.more,
    ]
    found += build_stories_sections(results.manifest.scenario, extras.stories, extras.omitted_outcomes)
    found += figure_sections.build_replayed_sections(results, extras.scenarios, extras.series)
    found += [figure_sections.build_talks_section(compute_talks_funnels(results))]
    found += build_sweep_sections(results, extras.sweep)
    found += build_outside_view_sections(results, extras.scenarios)
    found += build_base_rates_sections(results, extras.scenarios)
    found += build_baseline_sections(results, extras.scenarios, extras.replayed, whole=False)
    found += [figure_sections.build_matching_section(shares)] if results.manifest.run_up_weeks else []
    found += (
        [figure_sections.build_menu_section(shares)] if any(view.menu_zone for view in shares.views.values()) else []
    )
    found += [build_events_section(shares), build_week_0_section(results, shares)]
    found += build_late_levers_sections(results, extras.scenarios)
    found += build_open_questions_sections(extras.open_questions)
    found += [build_assumptions_section(results, notes, extras.coders)]
    found += [build_model_card(results, extras.scenarios, notes)]
    return [*found, *notes.build_sections(), build_repeat_section(results)]
