"""Report: a page that opens without a network - what the model cannot know, then figures, then their grounds."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from string import Template

from plotly.offline import get_plotlyjs

from analysis.figures import cumulative_incidence, kept_share, off_menu, outcome_shares
from analysis.figures.style import fills
from analysis.questions.cumulative import Course, courses
from analysis.questions.shares import Shares
from analysis.report.background import assumptions, how_to_repeat, notes, tags, week_0
from analysis.report.caveats import caveats
from analysis.report.section import Panel, Section, html_of
from sim.ensemble.results import Results

PAGE = Path(__file__).with_name("page.html")


@dataclass(frozen=True)
class Extras:
    """What a report shows besides the results."""

    claims: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Place (`source ¶n`) and our reading of every claim."""
    claims_checked: tuple[int, int] | None = None
    """Claims that a second coder checked, and claims in all."""
    more: tuple[Section, ...] = ()
    """Further sections, such as comparisons, shown after the figures."""


def write_report(results: Results, shares: Shares, path: Path, extras: Extras | None = None) -> Path:
    """Write the page; the old one stays until the new one is whole."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_text(page(results, shares, extras or Extras()), encoding="utf-8")
    os.replace(unfinished, path)
    return path


def page(results: Results, shares: Shares, extras: Extras) -> str:
    """The page itself."""
    found = sections(results, shares, extras)
    contents = "".join(f'<li><a href="#{escape(one.key)}">{escape(one.title)}</a></li>' for one in found)
    return Template(PAGE.read_text(encoding="utf-8")).substitute(
        title=escape(results.manifest.title),
        question=escape(results.manifest.question),
        contents=contents,
        plotly=get_plotlyjs(),
        sections="\n".join(html_of(one) for one in found),
    )


def sections(results: Results, shares: Shares, extras: Extras) -> list[Section]:
    """Every part of the page, in order."""
    found = [caveats(results, shares), _outcomes(shares), _when(courses(results))]
    found += extras.more
    found += [_matching(shares)] if results.manifest.run_up_weeks else []
    found += [_menu(shares)] if any(lens.zone for lens in shares.lenses.values()) else []
    found += [tags(shares), week_0(results, shares)]
    found += [assumptions(results, extras.claims, extras.claims_checked)]
    found += [notes(results)] if results.manifest.notes else []
    return [*found, how_to_repeat(results)]


def _outcomes(shares: Shares) -> Section:
    lone = len(shares.lenses) == 1
    panel = Panel(outcome_shares.figure(shares, lone=lone), outcome_shares.in_words(shares))
    table = outcome_shares.table(shares)
    how = "Each dot is the share of runs under one assumption set, the thick bar its Monte Carlo interval."
    if len(shares.sources) > 1:
        how += " The thin grey line is the range across sources."
    return Section("outcomes", outcome_shares.TITLE, (how,), (panel,), tables=(table,))


def _when(found: Mapping[str, Course]) -> Section:
    outcomes = next(iter(found.values())).outcomes
    look = fills(outcomes)
    legend = tuple((look[key].colour, f"{n} {label}") for n, (key, label) in enumerate(outcomes.items(), start=1))
    return Section(
        "weeks",
        cumulative_incidence.TITLE,
        ("Share of runs that have reached, by each week, the state in which they end. What is left white is still "
         "on the move.",),
        tuple(
            Panel(cumulative_incidence.figure(course), cumulative_incidence.in_words(course), course.label)
            for course in found.values()
        ),
        legend,
        tuple(cumulative_incidence.table(course) for course in found.values()),
    )  # fmt: skip


def _matching(shares: Shares) -> Section:
    panel = Panel(kept_share.figure(shares), kept_share.in_words(shares))
    return Section("matching", kept_share.TITLE, (), (panel,), tables=(kept_share.table(shares),))


def _menu(shares: Shares) -> Section:
    panel = Panel(off_menu.figure(shares), off_menu.in_words(shares))
    return Section("menu", off_menu.TITLE, (), (panel,), tables=(off_menu.table(shares),))
