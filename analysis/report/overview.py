"""Overview: the page of a batch - all scenario files side by side, what each changes, and the way to its own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.figures import scenario_differences
from analysis.figures.number_text import format_list
from analysis.figures.registry import FIGURES
from analysis.methods.change_words import describe_changes
from analysis.methods.late_levers import find_late_levers
from analysis.methods.paired_change import PairedChange
from analysis.methods.scenario_differences import ChangeKind, Comparison, compare_results
from analysis.methods.scenario_grid import ScenarioGrid, build_scenario_grid
from analysis.methods.shares import compute_shares
from analysis.methods.summary import NOTE, build_summary
from analysis.report.figure_sections import build_figures_section, build_wide_section, share_legend
from analysis.report.image_text import describe_runs
from analysis.report.page import list_language_notes, render_page
from analysis.report.paired_change import build_batch_change_table, list_paired_change_notes
from analysis.report.run_details import build_repeat_section
from analysis.report.scenario_differences import build_differences_section, describe_reference
from analysis.report.section import Section
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message
from sim.schema.scenario import Scenario


@dataclass(frozen=True)
class Member:
    """One scenario file of a batch that was played."""

    results: Results
    """Its results, with texts in the language in use."""
    scenarios: Mapping[str, Scenario]
    """The scenario as each source view sees it."""
    folder: str
    """Where its results are kept, for readers."""
    page: str
    """Address of its page from the overview; empty if it has none."""
    untranslated: frozenset[str] = frozenset()
    """Places that have no text in the language in use."""
    kinds: tuple[ChangeKind, ...] = ()
    """Whether its file holds decisions or assumptions."""
    change: PairedChange | None = None
    """What was set or answered moves in it; none if nothing was."""


@dataclass(frozen=True)
class Batch:
    """All that was played, the reference first."""

    members: tuple[Member, ...]
    """Scenario files with matching runs."""
    n_planned: int
    """Scenario files that were to be played."""

    @property
    def reference(self) -> Results:
        """What the others are compared with."""
        return self.members[0].results

    @property
    def complete(self) -> bool:
        """True if everything was played to its end."""
        return len(self.members) == self.n_planned and all(one.results.manifest.complete for one in self.members)

    def compare(self) -> Comparison:
        """Every scenario file against the reference."""
        others = self.members[1:]
        kinds = {one.results.manifest.scenario: one.kinds for one in others}
        return compare_results(self.reference, [one.results for one in others], kinds)

    def build_grid(self) -> ScenarioGrid:
        """Shares side by side."""
        return build_scenario_grid([(one.results.manifest.title, compute_shares(one.results)) for one in self.members])

    def list_changes(self) -> list[tuple[Manifest, PairedChange]]:
        """What was set or answered moves, for every scenario file in which something was."""
        return [(one.results.manifest, one.change) for one in self.members if one.change is not None]

    def as_json(self) -> dict[str, Any]:
        """The batch as plain mappings; shares and differences from 0 to 1."""
        return {
            "note": NOTE,
            "reference": self.reference.manifest.scenario,
            "scenarios": {one.results.manifest.scenario: _member_as_json(one) for one in self.members},
            "differences": self.compare().as_json()["scenarios"],
            "complete": self.complete,
        }


def _member_as_json(one: Member) -> dict[str, Any]:
    found = find_late_levers(one.scenarios, one.results.manifest.horizon_weeks)
    summed = build_summary(one.results, compute_shares(one.results), one.folder)
    change = {} if one.change is None else {"paired_change": one.change.as_json()}
    return summed | {"late_levers": {each.lever: list(each.views) for each in found}} | change


def build_overview_page(batch: Batch) -> str:
    """The page, in the language in use."""
    found, side_by_side = batch.compare(), batch.build_grid()
    shown = [("", side_by_side)]
    points = (
        *scenario_differences.list_caveats(found),
        *describe_reference(batch.reference),
        *_describe_interruption(batch),
    )
    is_compared = any(one.views for one in found.scenarios.values())
    grid = replace(build_figures_section(FIGURES.scenario_grid, shown), tables_open=True)
    opening = [build_wide_section(FIGURES.agreement_differences, found)] if is_compared else [grid]
    sections = [
        *_build_paired_sections(batch),
        *([grid] if is_compared else []),
        Section("first", message("report.first"), points=points),
        _build_files_section(batch, found),
        share_legend(build_figures_section(FIGURES.scenario_outcomes, shown), side_by_side.outcomes),
        *([build_differences_section(found)] if is_compared else []),
        build_repeat_section(batch.reference),
    ]
    title = message("report.overview-title", title=batch.reference.manifest.title)
    places = {place for one in batch.members for place in one.untranslated}
    changed, notes = describe_changes(batch.reference.manifest), list_language_notes(places)
    made = describe_runs(batch.reference.manifest)
    return render_page(title, message("report.overview-question"), opening, sections, notes, changed, made)


def _build_paired_sections(batch: Batch) -> list[Section]:
    """What a change moves in every scenario file, against the same runs without it; nothing if nothing was changed."""
    if not (changes := batch.list_changes()):
        return []
    said = dict.fromkeys(text for made, one in changes for text in list_paired_change_notes(made, one))
    table = build_batch_change_table(changes)
    return [Section("paired-change", message("report.paired-title"), tuple(said), tables=(table,), tables_open=True)]


def _describe_interruption(batch: Batch) -> Sequence[tuple[str, str]]:
    if batch.complete:
        return ()
    said = message("report.overview-broken", done=format_number(len(batch.members)), all=format_number(batch.n_planned))
    return ((message("report.interrupted"), said),)


def _build_files_section(batch: Batch, comparison: Comparison) -> Section:
    """Every scenario file: what it changes, what cannot take effect, and its page."""
    texts = dict(zip(comparison.scenarios, scenario_differences.describe_files(comparison), strict=True))
    links = []
    for one in batch.members:
        manifest = one.results.manifest
        text = texts[manifest.scenario][1] if manifest.scenario in texts else message("report.overview-reference")
        links.append((manifest.title, one.page, f"{text}{_describe_late_levers(one)}"))
    tables = (scenario_differences.build_overview(comparison),) if comparison.scenarios else ()
    said = (f"{message('report.overview-files-said')} {message('report.in-points')}",)
    return Section("files", message("report.overview-files"), said, tables=tables, links=tuple(links))


def _describe_late_levers(one: Member) -> str:
    """Levers that cannot take effect, as a sentence after another; empty if there are none."""
    weeks = one.results.manifest.horizon_weeks
    labels = list(dict.fromkeys(each.label for each in find_late_levers(one.scenarios, weeks)))
    return (
        f" {message('report.overview-late', weeks=format_number(weeks), levers=format_list(labels))}" if labels else ""
    )
