"""Patterns: which behaviour that texts describe occurs in the runs, with the passages that describe it."""

from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_estimate
from analysis.methods.pattern_shares import PatternShares
from analysis.report.notes import Notes
from analysis.report.section import Section
from sim.i18n.messages import format_number, message


def build_patterns_sections(found: PatternShares | None, notes: Notes) -> list[Section]:
    """The section, if the scenario has patterns and runs in which they were looked for."""
    if found is None or not found.patterns or not found.shares:
        return []
    return [
        Section(
            "patterns",
            message("report.patterns"),
            (
                message("report.patterns-said"),
                message("report.patterns-how", weeks=format_number(found.horizon_weeks)),
                message("report.patterns-placebo-said"),
            ),
            tables=(build_pattern_table(found), _build_passages_table(found, notes)),
        )
    ]


def build_pattern_table(found: PatternShares) -> Table:
    """Share of runs that show each pattern, then that in shuffled weeks, if any; one column for each source view."""
    rows: list[tuple[str, ...]] = []
    for key, pattern in found.patterns.items():
        seen = [shares[key] for shares in found.shares.values()]
        rows.append((pattern.label, *(format_estimate(one.share) for one in seen)))
        if placebos := [one.placebo for one in seen if one.placebo]:
            rows.append((message("report.patterns-placebo"), *(format_estimate(one) for one in placebos)))
    runs = (message("report.patterns-runs"), *(format_number(found.runs[view]) for view in found.shares))
    head = (message("report.column-pattern"), *(found.labels[view] for view in found.shares))
    return Table(message("report.patterns-table"), head, (*rows, runs))


def _build_passages_table(found: PatternShares, notes: Notes) -> Table:
    """What each pattern is, with the notes of the passages that describe it, or of why we look for it."""
    head = (message("report.column-pattern"), message("report.column-behaviour"))
    rows = tuple((one.label, notes.cite(one.summary, one.because, one.assumed)) for one in found.patterns.values())
    return Table(message("report.patterns-passages"), head, rows)
