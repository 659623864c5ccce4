"""Explore page: the levers of a case on one side, what they move on the other."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from analysis.figures.number_text import format_range
from analysis.figures.outcome_shares import build_table, summary_text
from analysis.figures.share_change_text import format_part
from analysis.methods.change_words import describe_change
from analysis.methods.paired_change import PairedChange
from analysis.methods.shares import Shares, compute_shares
from analysis.report.paired_change import build_paired_change_table, list_paired_change_notes
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results, ViewRuns
from sim.errors import ScenarioError
from sim.i18n.messages import format_number, message
from sim.loading.discovery import find_scenario, find_scenarios
from sim.loading.extends import find_scenario_changes, resolve_extends
from sim.loading.loader import list_views, load_case
from sim.loading.resolve_questions import find_open_questions
from sim.loading.translations import load_translation, translate_case
from sim.web import charts
from sim.web.controls import build_panel
from sim.web.page_state import RUNS, USUAL, PageState
from sim.web.picture import describe_picture
from sim.web.week_panels import WeekPanels, build_week_panels
from sim.workflows.explore import Explored, Explorer
from sim.workflows.localized_results import localize

explorer = Explorer()
"""What is kept for all pages of this server."""


def build_explore(state: PageState) -> dict[str, Any]:
    """Everything that the page shows.

    Args:
        state: What the address asks for.

    Raises:
        ScenarioError: something in it does not fit the case.
        NoMatchError: hardly any draw matches the reported run-up.
    """
    names = tuple(list_views(state.case))
    view = state.views[0] if len(state.views) == 1 else None
    case, _ = translate_case(load_case(state.case, view=view), state.lang)
    quick = len(state.views or names) > 1 and state.runs == USUAL
    shown = build_results(replace(state, runs=RUNS[0]) if quick else state)
    return {
        "case": case,
        "panel": build_panel(case, state.changes),
        "views": [(name, shown["labels"].get(name) or _find_label(state, name)) for name in names],
        "presets": list(list_presets(state)),
        "attempts": [
            (one.label, replace(state, changes=tuple(one.changes)).address(), state.changes == one.changes)
            for one in case.scenario.attempts.values()
            if not any(change.startswith("calendar.") for change in one.changes)
        ],
        "questions": _list_questions(state),
        "more_runs": RUNS[-1],
        **shown,
        "refined": not quick,
    } | {"state": state}


def _find_label(state: PageState, name: str) -> str:
    """What a source view is called that is not played."""
    view = translate_case(load_case(state.case, view=name), state.lang)[0].view
    return name if view is None else view.label


def _list_questions(state: PageState) -> list[dict[str, Any]]:
    """Questions that the scenario file leaves open."""
    texts = load_translation(state.case, state.lang)
    taken = dict(answer.partition("=")[::2] for answer in state.answers)
    found = []
    for name, (_, question) in find_open_questions(resolve_extends(find_scenario(state.case))).items():
        answers = [
            (key, texts.translate(("open_questions", name, "answers", key, "label"), one.label) or one.label)
            for key, one in question.answers.items()
        ]
        label = texts.translate(("open_questions", name, "label"), question.label) or question.label
        found.append({"name": name, "label": label, "answers": answers, "taken": taken.get(name, "")})
    return found


def list_presets(state: PageState) -> list[tuple[str, str, bool]]:
    """The case and the scenario files that change it: title, address, and whether it is shown."""
    base = resolve_extends(find_scenario(state.case))
    first = base[len(find_scenario_changes(base))].path
    found = []
    for one in find_scenarios():
        try:
            chain = resolve_extends(one.path)
        except ScenarioError:
            continue
        changed = find_scenario_changes(chain)
        if chain[len(changed)].path == first and (changed or one.path == first):
            texts = load_translation(one.path, state.lang)
            title = texts.translate(("title",), one.title) or one.title
            address = PageState(
                one.name, state.lang, state.views, seed=state.seed, is_care_read=state.is_care_read
            ).address()
            found.append((title, address, one.name == state.case))
    return found if len(found) > 1 else []


def build_results(state: PageState) -> dict[str, Any]:
    """What the right side of the page shows; the rest of it stays as it is while a slider is moved.

    Args:
        state: What the address asks for.

    Raises:
        ScenarioError: something in it does not fit the case.
        NoMatchError: hardly any draw matches the reported run-up.
    """
    found = explorer.explore(state.exploration)
    local = localize(found.results, state.lang)
    results, manifest = local.results, local.results.manifest
    shares = compute_shares(results)
    before = None if found.change is None else compute_shares(localize(found.reference, state.lang).results)
    moved = [] if found.change is None else list(_describe_moves(found.change, manifest))
    rows = charts.build_rows(shares, before)
    return {
        "state": state,
        "manifest": manifest,
        "brief": _say_in_brief(rows[0]),
        "labels": manifest.labels,
        "shown_views": [(place, manifest.labels.get(name, name)) for place, name in enumerate(shares.views)],
        "rows": rows,
        "outside_range": [manifest.labels.get(name, name) for name in shares.views if name not in shares.sources],
        **_describe_changes(manifest, state),
        "sentence": " ".join([_say_finding(shares, before, moved), *_say_when(found, results)]),
        "moved": moved,
        "shares_table": build_table(shares),
        "paired": None if found.change is None else build_paired_change_table(manifest, found.change),
        "paired_notes": [] if found.change is None else list(list_paired_change_notes(manifest, found.change)),
        **_build_weeks(found, results),
        "untranslated": bool(local.untranslated),
        "usual": USUAL,
        "matching": [
            (manifest.labels.get(name, name), format_number(view.n_matching), format_number(view.n_drawn))
            for name, view in results.views.items()
        ],
        "agreements": len(shares.agreements),
    }


def _describe_changes(manifest: Manifest, state: PageState) -> dict[str, Any]:
    """What is changed, and what pictures of the page say of it."""
    changed = [describe_change(manifest.text, change) for change in (*manifest.assumed, *state.changes)]
    return {"changed": changed, "picture": describe_picture(manifest, changed)}


def _say_in_brief(row: charts.Row) -> str:
    """The first row, for a line that stays in sight on a small screen."""
    before = [line.before.share for line in row.lines if line.before is not None]
    if not before:
        return message("pages.brief", label=row.label, share=row.span)
    return message("pages.brief-was", label=row.label, share=row.span, before=format_range(min(before), max(before)))


def _build_weeks(found: Explored, results: Results) -> dict[str, Any]:
    """The charts over weeks, and what they need."""
    return {
        "weeks": _draw_weeks(found, results),
        "week_tables": charts.build_week_table(results),
        "fills": charts.draw_fills(results.outcomes),
        "outcomes": list(enumerate(results.outcomes.values())),
    }


def _draw_weeks(found: Explored, said: Results) -> WeekPanels:
    """For every view its chart, and that of the reference case if something is changed."""
    same = list(found.reference.outcomes) == list(found.results.outcomes)
    drawn = []
    for name, view in found.results.views.items():
        label = said.manifest.labels.get(name, name)
        drawn.append((f"{label} – {message('pages.with-change')}" if found.change else label, view, False))
        if found.change and same and name in found.reference.views:
            drawn.append((f"{label} – {message('pages.reference')}", found.reference.views[name], True))
    return build_week_panels(said.manifest, drawn, said.outcomes)


def _describe_moves(change: PairedChange, manifest: Manifest) -> list[str]:
    """For every view, how far any agreement in force moves."""
    return [
        message("pages.moved", view=manifest.labels.get(name, name), points=format_part(view.agreement.difference))
        for name, view in change.views.items()
    ]


def _say_when(found: Explored, said: Results) -> Iterator[str]:
    """The median week of the signature, where that is what the case expects something of."""
    expected = said.manifest.text.get("expected") or {}
    if not any("signed_from_week" in (one or {}) for one in expected.values()):
        return
    for name, view in found.results.views.items():
        old = found.reference.views.get(name)
        week, before = (None if one is None else _find_signing_week(one) for one in (view, old))
        if week is not None:
            key = "pages.when-signed" if found.change is None or before is None else "pages.when-signed-was"
            was = format_number(week if before is None else before)
            yield message(key, view=said.manifest.labels.get(name, name), week=format_number(week), before=was)


def _find_signing_week(view: ViewRuns) -> int | None:
    """The median week of the last signature among runs that have one."""
    weeks = view.columns["week_signed"]
    signed = weeks[weeks > 0.0]
    return int(np.median(signed)) if signed.size else None


def _say_finding(shares: Shares, before: Shares | None, moved: list[str]) -> str:
    """The chart in sentences, for everybody who does not see it."""
    said = summary_text(shares)
    return said if before is None else f"{said} {message('pages.against')} {'; '.join(moved)}."
