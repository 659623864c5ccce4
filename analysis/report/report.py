"""Report: the page of one scenario - what the model cannot know, then figures and stories, then their grounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.questions.cumulative import courses
from analysis.questions.paths import paths
from analysis.questions.shares import Shares
from analysis.questions.sweep import Sweeps
from analysis.report import drawn
from analysis.report.background import how_to_repeat, late_levers, tags, week_0
from analysis.report.card import card
from analysis.report.caveats import caveats
from analysis.report.evidence import Change, assumptions, changed
from analysis.report.section import Section
from analysis.report.shell import lacking, shell, write
from analysis.report.stories import Told, stories
from analysis.report.swept import swept
from analysis.report.switches import Question, switches
from sim.ensemble.results import Results
from sim.ensemble.trace import Trace
from sim.spec.scenario import Scenario


@dataclass(frozen=True)
class Extras:
    """What a report shows besides the results."""

    claims: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Place (`source ¶n`) and our reading of every claim."""
    claims_checked: tuple[int, int] | None = None
    """Claims that a second coder checked, and claims in all."""
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    """The scenario as each source view sees it, with its texts in the language in use."""
    traces: Mapping[str, Trace] = field(default_factory=dict)
    """Some runs of each source view, week by week."""
    told: tuple[Told, ...] = ()
    """Typical runs, told."""
    not_told: tuple[str, ...] = ()
    """Frequent outcomes for which no run is told."""
    sweeps: Sweeps | None = None
    """The scenario with other magnitudes, if it was played so."""
    change: Change | None = None
    """What the scenario file changes, if it changes another one."""
    questions: tuple[Question, ...] = ()
    """Questions that the scenario file leaves open."""
    lacking: frozenset[str] = frozenset()
    """Places of the scenario that have no text in the language in use."""
    unsaid: set[str] = field(default_factory=set)
    """Sentences of ours that the language in use lacks; it fills while the page is made."""
    more: tuple[Section, ...] = ()
    """Further sections, such as comparisons, shown after the figures."""


def write_report(results: Results, shares: Shares, path: Path, extras: Extras | None = None) -> Path:
    """Write the page; the old one stays until the new one is whole."""
    return write(path, page(results, shares, extras or Extras()))


def page(results: Results, shares: Shares, extras: Extras) -> str:
    """The page itself, in the language in use."""
    found = sections(results, shares, extras)
    return shell(results.manifest.title, results.manifest.question, found, lacking(extras.lacking | extras.unsaid))


def sections(results: Results, shares: Shares, extras: Extras) -> list[Section]:
    """Every part of the page, in order."""
    found = [caveats(results, shares), *changed(extras.change, extras.claims)]
    found += [drawn.outcomes(shares), drawn.weeks(courses(results)), *extras.more]
    found += stories(extras.told, extras.not_told)
    found += drawn.replayed(results, extras.scenarios, extras.traces)
    found += [drawn.steps(paths(results))]
    found += swept(results, extras.sweeps)
    found += [drawn.matching(shares)] if results.manifest.run_up_weeks else []
    found += [drawn.menu(shares)] if any(lens.zone for lens in shares.lenses.values()) else []
    found += [tags(shares), week_0(results, shares)]
    found += late_levers(results, extras.scenarios)
    found += switches(extras.questions)
    found += [assumptions(results, extras.claims, extras.claims_checked), card(results)]
    return [*found, how_to_repeat(results)]
