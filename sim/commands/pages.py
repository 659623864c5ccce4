"""Pages: from stored results to the page of a scenario - what is translated, traced and told is gathered here."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.hands import all_done
from sim.commands.spoken import change_of, questions, spoken, view_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analysis.questions.medoid import Typical
    from analysis.questions.sweep import Sweeps
    from analysis.report.report import Extras
    from analysis.report.stories import Told
    from sim.commands.spoken import Spoken
    from sim.ensemble.manifest import Manifest
    from sim.ensemble.results import Results
    from sim.ensemble.trace import Trace
    from sim.play.story import Story
    from sim.spec.case import Case

REPORT, SWEEPS = "report.html", "sweeps.json"
TRACED = 100
"""Matching runs of each source view that are played again week by week."""


def write_page(
    results: "Results",
    folder: Path,
    lang: str,
    path: Path | None = None,
    workers: int | None = None,
) -> Path:
    """Write the page of results that are kept in a folder, in a language; says where."""
    from analysis.questions.shares import shares
    from analysis.report.report import write_report
    from sim.language.tongue import speaking

    sweeps, traces = kept_sweeps(folder, results.manifest.digest), _traces(results, folder, workers)
    with speaking(lang) as unsaid:
        said = spoken(results, lang)
        extras = replace(_extras(said, results.manifest, lang, workers), sweeps=sweeps, traces=traces, unsaid=unsaid)
        return write_report(said.results, shares(said.results), path or folder / REPORT, extras)


def _extras(said: "Spoken", manifest: "Manifest", lang: str, workers: int | None) -> "Extras":
    """What the page shows besides the results."""
    from analysis.questions.medoid import typical_runs
    from analysis.report.report import Extras

    typical = typical_runs(said.results)
    views = {name: view_in(manifest, name, lang) for name, lens in said.results.lenses.items() if lens.kept}
    told = all_done(told_run, [(one, manifest, lang) for one in typical.told], workers)
    claims, checked = _claims(manifest)
    return Extras(
        claims=claims,
        claims_checked=checked,
        scenarios={name: case.scenario for name, case in views.items()},
        told=tuple(one for one in told if one is not None),
        not_told=typical.left_out,
        change=change_of(manifest),
        questions=questions(manifest, said.texts),
        lacking=said.lacking,
    )


def _claims(manifest: "Manifest") -> tuple[dict[str, tuple[str, str]], tuple[int, int] | None]:
    """The claims of the case as it stands today, and how many a second coder checked; none if its files are gone."""
    from sim.spec.load import ScenarioError, load_case

    try:
        claims = load_case(manifest.source).claims
    except ScenarioError:
        return {}, None
    checked = sum(1 for claim in claims.values() if claim.checked_by)
    return {key: (claim.place, claim.we_read) for key, claim in claims.items()}, (checked, len(claims))


def _traces(results: "Results", folder: Path, workers: int | None) -> "dict[str, Trace]":
    """The first matching runs of every source view, week by week; kept beside the results for the next page."""
    import numpy as np

    from sim.ensemble.traced import kept_traces, save_traces

    first = {name: lens.columns["run"][:TRACED].astype(np.int64) for name, lens in results.lenses.items() if lens.kept}
    found = kept_traces(folder, results.manifest.digest)
    if set(found) == set(first) and all(np.array_equal(found[name].runs, runs) for name, runs in first.items()):
        return found
    made = all_done(traced, [(results.manifest, name, runs) for name, runs in first.items()], workers)
    found = dict(zip(first, made, strict=True))
    save_traces(folder, results.manifest.digest, found)
    return found


def traced(manifest: "Manifest", lens: str, runs: "NDArray[np.int64]") -> "Trace":
    """Some runs of a source view, played again."""
    from sim.ensemble.stored import view_of
    from sim.ensemble.trace import trace

    return trace(view_of(manifest, lens).scenario, manifest.seed, runs, manifest.horizon_weeks)


def told_run(typical: "Typical", manifest: "Manifest", lang: str) -> "Told | None":
    """A typical run, played again and told; none if the rules have changed so that it now ends otherwise."""
    from sim.language.tongue import speaking
    from sim.play.transcript import tell

    with speaking(lang):
        case = view_in(manifest, typical.lens, lang)
        story = tell(case, typical.run, manifest.seed, manifest.horizon_weeks)
        return _told(typical, story, case) if story.outcome == typical.outcome else None


def _told(typical: "Typical", story: "Story", case: "Case") -> "Told":
    """The weeks of a story after the run-up, as text and for the picture."""
    from analysis.questions.tracks import Happening, kind_of, tracks
    from analysis.report.stories import Told
    from sim.language.tongue import number, say

    called = {key: actor.label for key, actor in case.scenario.actors.items()}
    by_week: dict[int, list[str]] = {}
    rows = []
    for event in story.events:
        if event.week >= 1:
            by_week.setdefault(event.week, []).append(event.line())
            kind = kind_of(event.rule, event.what, event.before, event.after)
            rows.append(Happening(event.week, called.get(event.actor, ""), kind, event.sentence))
    heading = say("report.story", outcome=typical.outcome_label, view=typical.label, run=number(typical.run))
    weeks = (
        (say("report.story-week", week=week, date=story.date(week)), tuple(lines)) for week, lines in by_week.items()
    )
    return Told(typical, tracks(rows, tuple(called.values()), story.weeks[-1], heading), tuple(weeks))


def kept_sweeps(folder: Path, digest: str) -> "Sweeps | None":
    """The sweeps that were kept with results; none if there are none."""
    from analysis.questions.sweep import sweeps_from_json
    from sim.ensemble.storage import ResultsError
    from sim.spec.mistake import shown

    path = folder / SWEEPS
    if not path.exists():
        return None
    try:
        found = sweeps_from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        remedy = "remove it, or make it again with `zopa run --sweeps`"
        raise ResultsError(f"{shown(path)}: is damaged; {remedy}") from error
    if found.digest != digest:
        raise ResultsError(f"{shown(path)}: belongs to other results; remove it")
    return found
