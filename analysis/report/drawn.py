"""Drawn: the sections of a page that are figures with their sentences and tables."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analysis.figures import (
    agreement_zone,
    belief_ledgers,
    cumulative_incidence,
    kept_share,
    off_menu,
    outcome_shares,
    paths,
    positions,
)
from analysis.figures.bars import BELOW
from analysis.figures.style import fills
from analysis.questions.beliefs import beliefs
from analysis.questions.cumulative import Course
from analysis.questions.paths import Paths
from analysis.questions.positions import positions as positions_of
from analysis.questions.shares import Shares
from analysis.questions.zone import zone
from analysis.report.section import Folded, Panel, Section
from sim.ensemble.results import Results
from sim.ensemble.trace import Trace
from sim.spec.scenario import Scenario


def outcomes(shares: Shares) -> Section:
    """Outcome shares, all source views side by side."""
    panel = Panel(outcome_shares.figure(shares, lone=len(shares.lenses) == 1), outcome_shares.in_words(shares))
    table = outcome_shares.table(shares)
    return Section("outcomes", outcome_shares.title(), (outcome_shares.how(),), (panel,), tables=(table,))


def weeks(found: Mapping[str, Course]) -> Section:
    """When outcomes are entered for good; the colours stand above all figures."""
    legend = _legend(next(iter(found.values())).outcomes)
    return several("weeks", cumulative_incidence, {course.label: course for course in found.values()}, legend)


def steps(found: Mapping[str, Paths]) -> Section:
    """Paths from the first week to the outcome."""
    section = several("paths", paths, {one.view: one for one in found.values()})
    return under_one_legend(section, next(iter(found.values())).outcomes)


def under_one_legend(section: Section, named: Mapping[str, str]) -> Section:
    """The section with the colours above all figures instead of in each, where narrow pages would cut them."""
    return replace(section, panels=tuple(_without_legend(one) for one in section.panels), legend=_legend(named))


def _legend(named: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Colour, number and name of every outcome."""
    look = fills(named)
    return tuple((look[key].colour, f"{n} {label}") for n, (key, label) in enumerate(named.items(), start=1))


def _without_legend(panel: Panel) -> Panel:
    """A figure whose own legend the section's replaces; the room for it goes too."""
    layout = panel.figure.layout
    layout.update(height=layout.height - layout.margin.b + BELOW, showlegend=False)
    layout.margin.update(b=BELOW)
    return panel


def replayed(results: Results, scenarios: Mapping[str, Scenario], traces: Mapping[str, Trace]) -> list[Section]:
    """Positions, and what some runs of every source view looked like week by week."""
    called = {name: results.manifest.labels.get(name, name) for name in scenarios}
    found = []
    if scenarios:
        wants = {label: positions_of(scenarios[name], label) for name, label in called.items()}
        found.append(first_of("positions", positions, wants))
    if traces:
        zones = {called[name]: zone(trace, scenarios[name], called[name]) for name, trace in traces.items()}
        ledgers = {called[name]: beliefs(trace, scenarios[name], called[name]) for name, trace in traces.items()}
        found.append(several("zone", agreement_zone, zones))
        found += [first_of("beliefs", belief_ledgers, ledgers)] if any(one.kinds for one in ledgers.values()) else []
    return found


def matching(shares: Shares) -> Section:
    """Runs that match the reported run-up."""
    return several("matching", kept_share, {"": shares})


def menu(shares: Shares) -> Section:
    """Agreements not on the menu."""
    return several("menu", off_menu, {"": shares})


def several(key: str, module: Any, found: Mapping[str, Any], legend: tuple[tuple[str, str], ...] = ()) -> Section:
    """A section with one figure of a module for each thing found, by its title."""
    return Section(
        key,
        module.title(),
        (module.how(),),
        tuple(Panel(module.figure(one), module.in_words(one), title) for title, one in found.items()),
        legend,
        tuple(module.table(one) for one in found.values()),
    )


def first_of(key: str, module: Any, found: Mapping[str, Any]) -> Section:
    """A section that shows the first figure; the others, which are tall and much alike, are folded away."""
    (first, one), *others = found.items()
    shown = several(key, module, {first: one})
    folded = (Folded(title, panels=(Panel(module.figure(each), module.in_words(each)),)) for title, each in others)
    return replace(shown, tables=tuple(module.table(each) for each in found.values()), folded=tuple(folded))
