"""Caveats: what a reader must know before the first number."""

from analysis.figures.number_text import format_list, format_share
from analysis.methods.assumptions import format_quantity
from analysis.methods.sequence_shares import compute_sequence_shares
from analysis.methods.shares import Shares
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message


def build_caveats_section(results: Results, shares: Shares) -> Section:
    """The first section of every report."""
    several = len(shares.views) > 1
    points = [
        (message("report.not-a-forecast"), message(f"report.not-a-forecast-{'each' if several else 'one'}")),
        (message("report.directions"), message("report.directions-said")),
        (message("report.counts"), _describe_counts(results, shares)),
        (message("report.intervals"), message("report.intervals-said")),
        (message("report.off-menu"), describe_off_menu(shares)),
        (message("report.sharpness"), describe_sharpness(results)),
        *_warn_of_answered_sequences(results),
        *_warn_of_single_view(shares),
        *_warn_of_missing_runs(results, shares),
    ]
    return Section("first", message("report.first"), points=tuple(points))


def _describe_counts(results: Results, shares: Shares) -> str:
    """Draws and matching runs of every view."""
    parts = [
        message(
            "report.counts-view",
            view=view.label,
            matching=format_number(view.n_matching),
            drawn=format_number(view.n_drawn),
        )
        for view in shares.views.values()
    ]
    key = "matching" if results.manifest.run_up_weeks else "all"
    return message(f"report.counts-{key}", weeks=format_number(shares.horizon_weeks), views="; ".join(parts))


def describe_off_menu(shares: Shares) -> str:
    """How much the list of proposals leaves out."""
    found = [view.menu_zone.off_menu.share for view in shares.views.values() if view.menu_zone]
    if not found:
        return message("report.off-menu-unknown")
    low, high = format_share(min(found)), format_share(max(found))
    return (
        message("report.off-menu-in", share=low)
        if low == high
        else message("report.off-menu-between", low=low, high=high)
    )


def describe_sharpness(results: Results) -> str:
    """How sharply actors choose, in the scenario and where a view changes it."""
    known = results.manifest.text.get("choice", {}).get("precision")
    changed = [
        results.manifest.labels.get(name, name)
        for name, text in results.manifest.view_texts.items()
        if any("precision" in (part or {}).get("choice", {}) for part in (text.get("assumes") or {}).values())
    ]
    size = format_quantity(known) if known else message("report.sharpness-unknown")
    said = message("report.sharpness-said", size=size)
    return f"{said} {message('report.sharpness-other', views=format_list(changed))}" if changed else said


def _warn_of_answered_sequences(results: Results) -> list[tuple[str, str]]:
    """How much hangs on a sequence that nobody but an answer proposes."""
    labels, found = results.manifest.labels, []
    for one in compute_sequence_shares(results):
        carried = [f"{labels.get(name, name)} {format_share(share)}" for name, share in one.shares.items()]
        said = message("report.answered-sequence-said", sequence=one.label, shares="; ".join(carried) or "0")
        found.append((message("report.answered-sequence"), said))
    return found


def _warn_of_single_view(shares: Shares) -> list[tuple[str, str]]:
    return [] if len(shares.views) > 1 else [(message("report.lone"), message("report.lone-said"))]


def _warn_of_missing_runs(results: Results, shares: Shares) -> list[tuple[str, str]]:
    """Runs that were broken off, views without runs."""
    found = []
    if not results.manifest.complete:
        found.append((message("report.interrupted"), message("report.interrupted-said")))
    if shares.without_runs:
        names = [results.manifest.labels.get(name, name) for name in shares.without_runs]
        found.append((message("report.without-runs"), message("report.without-runs-said", views=format_list(names))))
    return found
