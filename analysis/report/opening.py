"""Opening: what a reader sees first - what was found, how sure it is, what was changed, and the lead figure."""

from collections.abc import Sequence

from analysis.figures import outcome_shares
from analysis.figures.finding_text import describe_finding, format_row_label, format_span
from analysis.figures.number_text import format_share
from analysis.methods.outcome_rows import OutcomeRow, compute_outcome_rows
from analysis.methods.parameter_sweep import SweepResult
from analysis.methods.shares import Shares
from analysis.report.assumptions import Change
from analysis.report.section import Panel, Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message

MOST_CHANGES = 6
"""Changes that are named at the top; the others are counted."""


def build_opening_sections(
    results: Results,
    shares: Shares,
    sweep: SweepResult | None,
    change: Change | None,
    agreed: Sequence[Section] = (),
) -> list[Section]:
    """Three sentences, the lead figure, and what was agreed."""
    said = (describe_found(shares), describe_certainty(shares, sweep), describe_changed(results, change))
    return [Section("in-short", message("report.in-short"), said), build_lead_section(shares), *agreed]


def build_lead_section(shares: Shares) -> Section:
    """The lead figure under the finding as its title, with the shares as a table."""
    lone = len(shares.views) == 1
    panel = Panel(
        outcome_shares.draw_figure(shares, lone=lone),
        outcome_shares.summary_text(shares),
        narrow=outcome_shares.draw_figure(shares, lone=lone, narrow=True),
    )
    table = outcome_shares.build_table(shares)
    return Section(
        "outcomes",
        outcome_shares.describe(shares),
        (),
        (panel,),
        tables=(table,),
        notes=(outcome_shares.how_to_read(),),
    )


def describe_found(shares: Shares) -> str:
    """What was found: the finding with its range, and the most frequent outcome."""
    rows = compute_outcome_rows(shares)
    most = max((row for row in rows if row.kind == "outcome"), key=lambda row: row.spread.high, default=rows[0])
    several = len(shares.views) > 1 and rows[0].kind == "agreement"
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
    return message("report.in-short-sure", spread=spread, error=counted, sweeps=magnitudes)


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
    """What was changed: places of the scenario file, changes of the call and answers."""
    places = [f"{place} = {to}" for place, to in change.places] if change else []
    found = [*results.manifest.changes, *results.manifest.answers, *places]
    if not found:
        return message("report.in-short-nothing")
    shown = "; ".join(found[:MOST_CHANGES])
    more = f"; + {format_number(len(found) - MOST_CHANGES)}" if len(found) > MOST_CHANGES else ""
    return message("report.in-short-changed", changes=f"{shown}{more}")
