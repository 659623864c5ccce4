"""Caveats: what a reader must know before the first number."""

from analysis.figures.words import listed, percent
from analysis.questions.assumptions import in_words
from analysis.questions.shares import Shares
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.language.tongue import number, say


def caveats(results: Results, shares: Shares) -> Section:
    """The first section of every report."""
    several = len(shares.lenses) > 1
    points = [
        (say("report.not-a-forecast"), say(f"report.not-a-forecast-{'each' if several else 'one'}")),
        (say("report.directions"), say("report.directions-said")),
        (say("report.counts"), _counts(results, shares)),
        (say("report.intervals"), say("report.intervals-said")),
        (say("report.off-menu"), off_menu(shares)),
        (say("report.sharpness"), sharpness(results)),
        *_lone(shares),
        *_unfinished(results, shares),
    ]
    return Section("first", say("report.first"), points=tuple(points))


def _counts(results: Results, shares: Shares) -> str:
    """Draws and matching runs of every view."""
    parts = [
        say("report.counts-view", view=lens.label, kept=number(lens.kept), drawn=number(lens.drawn))
        for lens in shares.lenses.values()
    ]
    key = "matching" if results.manifest.run_up_weeks else "all"
    return say(f"report.counts-{key}", weeks=number(shares.horizon_weeks), views="; ".join(parts))


def off_menu(shares: Shares) -> str:
    """How much the list of proposals leaves out."""
    found = [lens.zone.off_menu.share for lens in shares.lenses.values() if lens.zone]
    if not found:
        return say("report.off-menu-unknown")
    low, high = percent(min(found)), percent(max(found))
    return say("report.off-menu-in", share=low) if low == high else say("report.off-menu-between", low=low, high=high)


def sharpness(results: Results) -> str:
    """How sharply actors choose, in the scenario and where a view changes it."""
    known = results.manifest.text.get("choice", {}).get("precision")
    changed = [
        results.manifest.labels.get(name, name)
        for name, text in results.manifest.lens_texts.items()
        if any("precision" in (part or {}).get("choice", {}) for part in (text.get("assumes") or {}).values())
    ]
    size = in_words(known) if known else say("report.sharpness-unknown")
    said = say("report.sharpness-said", size=size)
    return f"{said} {say('report.sharpness-other', views=listed(changed))}" if changed else said


def _lone(shares: Shares) -> list[tuple[str, str]]:
    return [] if len(shares.lenses) > 1 else [(say("report.lone"), say("report.lone-said"))]


def _unfinished(results: Results, shares: Shares) -> list[tuple[str, str]]:
    """Runs that were broken off, views without runs."""
    found = []
    if not results.manifest.complete:
        found.append((say("report.interrupted"), say("report.interrupted-said")))
    if shares.without_runs:
        names = [results.manifest.labels.get(name, name) for name in shares.without_runs]
        found.append((say("report.without-runs"), say("report.without-runs-said", views=listed(names))))
    return found
