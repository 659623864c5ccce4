"""Overview: the page of a batch - all scenario files side by side, what each changes, and the way to its own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.figures import difference, scenario_grid, scenario_outcomes
from analysis.figures.words import listed
from analysis.questions.compare import Comparison, compare
from analysis.questions.grid import Grid, grid
from analysis.questions.late import late
from analysis.questions.shares import shares
from analysis.questions.summary import NOTE, summary
from analysis.report.background import how_to_repeat
from analysis.report.comparison import differences, of_reference
from analysis.report.drawn import several, under_one_legend
from analysis.report.section import Section
from analysis.report.shell import lacking, shell
from sim.ensemble.results import Results
from sim.language.tongue import number, say
from sim.spec.scenario import Scenario


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
    lacking: frozenset[str] = frozenset()
    """Places that have no text in the language in use."""


@dataclass(frozen=True)
class Batch:
    """All that was played, the reference first."""

    members: tuple[Member, ...]
    """Scenario files with matching runs."""
    wanted: int
    """Scenario files that were to be played."""

    @property
    def reference(self) -> Results:
        """What the others are compared with."""
        return self.members[0].results

    @property
    def complete(self) -> bool:
        """True if everything was played to its end."""
        return len(self.members) == self.wanted and all(one.results.manifest.complete for one in self.members)

    def comparison(self) -> Comparison:
        """Every scenario file against the reference."""
        return compare(self.reference, [one.results for one in self.members[1:]])

    def grid(self) -> Grid:
        """Shares side by side."""
        return grid([(one.results.manifest.title, shares(one.results)) for one in self.members])

    def as_json(self) -> dict[str, Any]:
        """The batch as plain mappings; shares and differences from 0 to 1."""
        return {
            "note": NOTE,
            "reference": self.reference.manifest.scenario,
            "scenarios": {one.results.manifest.scenario: _as_json(one) for one in self.members},
            "differences": self.comparison().as_json()["scenarios"],
            "complete": self.complete,
        }


def _as_json(one: Member) -> dict[str, Any]:
    found = late(one.scenarios, one.results.manifest.horizon_weeks)
    summed = summary(one.results, shares(one.results), one.folder)
    return summed | {"late_levers": {each.lever: list(each.lenses) for each in found}}


def overview_page(batch: Batch) -> str:
    """The page, in the language in use."""
    found, side_by_side = batch.comparison(), batch.grid()
    points = (*difference.caveats(found), *of_reference(batch.reference), *_broken_off(batch))
    sections = [
        Section("first", say("report.first"), points=points),
        replace(several("agreements", scenario_grid, {"": side_by_side}), unfolded=True),
        _files(batch, found),
        under_one_legend(several("outcomes", scenario_outcomes, {"": side_by_side}), side_by_side.outcomes),
        *([differences(found)] if any(one.lenses for one in found.scenarios.values()) else []),
        how_to_repeat(batch.reference),
    ]
    title = say("report.overview-title", title=batch.reference.manifest.title)
    places = {place for one in batch.members for place in one.lacking}
    return shell(title, say("report.overview-question"), sections, lacking(places))


def _broken_off(batch: Batch) -> Sequence[tuple[str, str]]:
    if batch.complete:
        return ()
    told = say("report.overview-broken", done=number(len(batch.members)), all=number(batch.wanted))
    return ((say("report.interrupted"), told),)


def _files(batch: Batch, found: Comparison) -> Section:
    """Every scenario file: what it changes, what cannot take effect, and its page."""
    told = dict(zip(found.scenarios, difference.files(found), strict=True))
    links = []
    for one in batch.members:
        manifest = one.results.manifest
        text = told[manifest.scenario][1] if manifest.scenario in told else say("report.overview-reference")
        links.append((manifest.title, one.page, f"{text}{_late(one)}"))
    tables = (difference.overview(found),) if found.scenarios else ()
    said = (f"{say('report.overview-files-said')} {say('report.in-points')}",)
    return Section("files", say("report.overview-files"), said, tables=tables, links=tuple(links))


def _late(one: Member) -> str:
    """Levers that cannot take effect, as a sentence after another; empty if there are none."""
    weeks = one.results.manifest.horizon_weeks
    labels = list(dict.fromkeys(each.label for each in late(one.scenarios, weeks)))
    return f" {say('report.overview-late', weeks=number(weeks), levers=listed(labels))}" if labels else ""
