"""Opening: what a reader sees first - what was found, how sure it is, what was changed, and the lead figure."""

from collections.abc import Mapping

from analysis.figures import outcome_shares
from analysis.figures.finding_text import describe_finding, format_row_label, format_span
from analysis.figures.number_text import format_share
from analysis.figures.registry import find_section_key
from analysis.methods.assumptions import list_view_assumptions
from analysis.methods.change_words import describe_changes
from analysis.methods.outcome_rows import OutcomeRow, compute_outcome_rows
from analysis.methods.paired_change import PairedChange
from analysis.methods.parameter_sweep import SweepResult
from analysis.methods.shares import Shares
from analysis.report.assumptions import Change
from analysis.report.paired_change import describe_moved
from analysis.report.section import Collapsible, Panel, Section
from sim.ensemble.plan import AS_WRITTEN
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message

MOST_CHANGES = 6
"""Changes that are named at the top; the others are counted."""


def build_opening_sections(
    results: Results,
    shares: Shares,
    sweep: SweepResult | None,
    change: Change | None,
    late: Mapping[str, int],
    moved: PairedChange | None = None,
    doubt: str = "",
) -> list[Section]:
    """Three sentences and the lead figure.

    Args:
        results: The runs.
        shares: Their shares.
        sweep: The same with other magnitudes, if it was played so.
        change: What the scenario file changes, if it changes another one.
        late: First week in which an outcome could come about, for those that cannot before the horizon.
        moved: What was set or answered moves, if anything was.
        doubt: The choice of ours that decides most, in a sentence; empty if the case names none.
    """
    changed = describe_changed(results, change)
    if moved is not None and moved.views:
        changed = f"{changed} {describe_moved(moved, results.manifest.labels)}"
    sure = f"{describe_certainty(shares, sweep)} {doubt}".rstrip()
    said = (describe_found(shares), sure, changed)
    explained = (_explain_words(results, shares),)
    return [
        Section("in-short", message("report.in-short"), said, collapsibles=explained),
        build_lead_section(shares, late),
    ]


def _explain_words(results: Results, shares: Shares) -> Collapsible:
    """What a run is and whose assumptions are shown, for those who see such a page for the first time."""
    smallest = min((view.n_matching for view in shares.views.values()), default=0)
    weeks, runs = format_number(shares.horizon_weeks), format_number(smallest)
    whose = "own" if list(shares.views) == [AS_WRITTEN] else "source"
    said = (message("report.words-run", weeks=weeks, runs=runs), message(f"report.words-{whose}"))
    views = list_view_assumptions(results)
    parts = tuple((views[name].label, (views[name].summary,)) for name in shares.views if views[name].summary)
    return Collapsible(message("report.words"), said, parts)


def build_lead_section(shares: Shares, late: Mapping[str, int]) -> Section:
    """The lead figure under the finding as its title, with the shares as a table; zeros that time explains are said."""
    lone = len(shares.views) == 1
    panel = Panel(
        outcome_shares.draw_figure(shares, lone=lone),
        outcome_shares.summary_text(shares),
        narrow=outcome_shares.draw_figure(shares, lone=lone, narrow=True),
    )
    table = outcome_shares.build_table(shares)
    return Section(
        find_section_key(outcome_shares),
        outcome_shares.describe(shares),
        (),
        (panel,),
        tables=(table,),
        notes=(outcome_shares.how_to_read(), *_explain_zeros(shares, late)),
    )


def _explain_zeros(shares: Shares, late: Mapping[str, int]) -> list[str]:
    """Outcomes of no run that could not come about in the weeks played."""
    return [
        message("report.outcomes-late", outcome=shares.outcomes[key], week=format_number(week))
        for key, week in late.items()
        if all(view.outcomes[key].share == 0.0 for view in shares.views.values())
    ]


def describe_found(shares: Shares) -> str:
    """What was found: the finding with its range, and the most frequent outcome."""
    rows = compute_outcome_rows(shares)
    most = max((row for row in rows if row.kind == "outcome"), key=lambda row: row.spread.high, default=rows[0])
    if rows[0].kind != "agreement":
        weeks = format_number(shares.horizon_weeks)
        return message("report.in-short-alone", finding=describe_finding(shares), weeks=weeks)
    several = len(shares.views) > 1
    return message(
        "report.in-short-found",
        finding=describe_finding(shares),
        weeks=format_number(shares.horizon_weeks),
        range=message("report.in-short-range", range=format_span(rows[0])) if several else "",
        outcome=format_row_label(most),
        share=format_span(most),
    )


def describe_certainty(shares: Shares, sweep: SweepResult | None) -> str:
    """How sure it is: between sources, by counting, and with other magnitudes."""
    row = compute_outcome_rows(shares)[0]
    error = max(max(one.high - one.share, one.share - one.low) for one in row.views.values())
    counted, magnitudes = format_number(100 * error, 1), _describe_sweeps(row, sweep)
    if len(row.views) == 1:
        return message("report.in-short-sure-one", error=counted, sweeps=magnitudes)
    spread = format_number(100 * (row.spread.high - row.spread.low))
    if len(shares.sources) > 1:
        return message("report.in-short-sure", spread=spread, error=counted, sweeps=magnitudes)
    sources = format_number(len(shares.sources))
    return message("report.in-short-sure-views", sources=sources, spread=spread, error=counted, sweeps=magnitudes)


def _describe_sweeps(row: OutcomeRow, sweep: SweepResult | None) -> str:
    """The shares of an agreement in force with other magnitudes, for the sources that are ranked."""
    if sweep is None or row.kind != "agreement":
        return ""
    found = [
        moved.share
        for one in sweep.variants
        for name, moved in one.views.items()
        if moved is not None and name in sweep.ranking
    ]
    if not found:
        return ""
    return message("report.in-short-sweeps", low=format_share(min(found)), high=format_share(max(found)))


def describe_changed(results: Results, change: Change | None) -> str:
    """What was changed, in words: by the call, by answers, and by the scenario file."""
    called, words = describe_changes(results.manifest), list(change.words) if change else []
    if not called and not words:
        return message("report.in-short-nothing")
    more = [f"+ {format_number(len(words) - MOST_CHANGES)}"] if len(words) > MOST_CHANGES else []
    shown = [*words[:MOST_CHANGES], *more]
    said = "; ".join([called, *shown]) if called else message("changes.changed", changes="; ".join(shown))
    return f"{said[0].upper()}{said[1:]}."
