"""Vary: what do shares become when some numbers take other values?"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from analysis.methods.change_words import describe_place
from analysis.methods.intervals import estimate_share
from analysis.methods.paired_change import PairedChange, compute_paired_change
from analysis.methods.varied_shares import UnchangedShare, VariedFactor, VariedSetting, VariedShares
from analysis.report.page import name_page, write_page
from analysis.report.varied_shares import build_varied_page
from sim.engines import base
from sim.ensemble.dispatcher import NoMatchError
from sim.ensemble.plan import Plan, make_plans
from sim.ensemble.results import Results
from sim.ensemble.simulate import simulate_plans
from sim.errors import UsageError, require_known
from sim.experiments.same_numbers import has_same_numbers
from sim.i18n.messages import use_language
from sim.schema.loaded_case import WEEK_1
from sim.storage.atomic_write import make_folder
from sim.storage.results_folder import check_writable, choose_folder
from sim.workflows.arguments import (
    OneOrMany,
    check_language,
    check_range,
    check_simulation,
    list_words,
    parse_seed,
)
from sim.workflows.load_scenario import Case, CaseRequest, resolve_case
from sim.workflows.localized_results import localize
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.varied_design import MOST_SETTINGS, TOGETHER, VariedDesign, check_values, plan_settings
from sim.workflows.varied_factors import Factor, name_setting, parse_factors, refuse_set
from sim.workflows.varied_result import NUMBERS_NAME, PAGE_NAME, TABLE_NAME, VariedResult
from sim.workflows.workers import use_workers

RUNS = 1000
"""Matching runs per setting and source view, unless said otherwise."""


def vary(
    case: Case = None,
    factors: OneOrMany = (),
    *,
    samples: int | None = None,
    outcome: str | None = None,
    view: OneOrMany | None = None,
    runs: int = RUNS,
    horizon: int | None = None,
    seed: int | str | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    holds_from: str = WEEK_1,
    out: str | Path = "outputs",
    workers: int | None = None,
    engine: str | None = None,
    scheduler: str | None = None,
    lang: str = "en",
    report: bool = True,
    command: str = "",
    reporter: Reporter = SILENT,
) -> VariedResult:
    """Play a case at many settings of some of its numbers, each paired with the unchanged case.

    Args:
        case: Name, file, folder or loaded scenario; the default case if left out.
        factors: What is varied, each as `name=a,b,c` or `name=low..high:5`, where the name is a place in the scenario
            or a question that is left open; `*0.5` is a factor on what the scenario has.
        samples: Settings of a Latin hypercube, 2 to 1,000; every combination of values if left out.
        outcome: Key of the outcome that is shown; any agreement in force if left out.
        view: Source views; all of them if left out.
        runs: Matching runs per setting and source view, 2 to 10,000,000.
        horizon: Weeks to play, 1 to 520; the scenario's if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        changes: Values to set at every setting and in the unchanged case, each as path=value.
        answers: Answers to open questions in all of them, each as name=answer.
        holds_from: From when values hold: `week-1`, so that the same runs match at every setting, or `always`.
        out: Folder in which results are kept.
        workers: Processes; one per core if left out, and 1 plays in this process.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        scheduler: Address of a Dask scheduler whose workers play.
        lang: Language of the page.
        report: True to write a page.
        command: The command to put on record.
        reporter: Who is told how far it is.

    Returns:
        Shares at every setting, with paired differences, and where they are kept. If it was interrupted, the settings
        played so far.

    Raises:
        ScenarioError: a name is unknown, a range is empty or goes downwards, or a value does not fit.
        UsageError: nothing is varied, there are too many settings, or an argument is out of its bounds.
        EngineError: the engine is not installed.
        KeyboardInterrupt: it was interrupted before the first settings were played.
    """
    check_simulation(runs, horizon, workers, fewest=2)
    check_range("samples", samples, 2, MOST_SETTINGS)
    check_language(lang)
    if not list_words(factors):
        raise UsageError("nothing is varied; give `factors=`, for example levers.embargo.price=*0.5,*2")
    wanted = parse_factors(list_words(factors), samples)
    refuse_set(wanted, [*list_words(changes), *list_words(answers)])
    with use_workers(workers, engine, scheduler, reporter) as processes:
        check_writable(Path(out))
        request = resolve_case(case, view, changes, answers, holds_from)
        first = _make_first_plan(request, runs, horizon, parse_seed(seed), command)
        if outcome is not None:
            require_known(outcome, first.manifest.outcomes, "outcome")
        if scheduler is None:
            base.compile_ahead(next(iter(first.views.values())), reporter.note)
        design = VariedDesign(request, first, wanted, plan_settings(first, wanted, samples, processes))
        check_values(design)
        unchanged, found = _simulate(design, processes, reporter)
    kept = _Kept(design, found, samples is not None, outcome or "")
    return _save(kept, unchanged, Path(out), lang if report else "")


def _make_first_plan(request: CaseRequest, runs: int, horizon: int | None, seed: int | None, command: str) -> Plan:
    """The plan of the unchanged case."""
    (plan,) = make_plans(
        [request.path],
        view_names=request.views or None,
        runs=runs,
        horizon=horizon,
        seed=seed,
        changes=request.changes,
        answers=request.answers,
        holds_from=request.holds_from,
        command=command,
    )
    return plan


def _simulate(
    design: VariedDesign, workers: int | None, reporter: Reporter
) -> tuple[Results, list[tuple[tuple[str, ...], PairedChange]]]:
    """The unchanged case, and every setting against it; as many as were played if it was interrupted."""
    found: list[tuple[tuple[str, ...], PairedChange]] = []
    unchanged, start = None, time.perf_counter()
    settings, names = design.settings, len(design.first.views)
    reporter.note(f"{len(settings):,} settings of {names} source view{'s' * (names > 1)} and the unchanged case.")
    with reporter.show_progress() as progress:
        for at in range(0, len(settings), TOGETHER):
            some = settings[at : at + TOGETHER]
            played = _simulate_some(design, some, workers, alone=unchanged is not None)
            if played is None:
                break
            unchanged = played.pop(0) if unchanged is None else unchanged
            found += [
                (values, compute_paired_change(unchanged, one, is_same_case=_is_same_case(design, values)))
                for values, one in zip(some, played, strict=True)
            ]
            if progress is not None:
                progress("settings", len(found), len(settings))
            if at == 0 and len(settings) > TOGETHER:
                _tell_time(reporter, (time.perf_counter() - start) / len(some), len(settings) - len(some))
    if unchanged is None:
        raise KeyboardInterrupt("interrupted before the first settings were played")
    return unchanged, found


def _is_same_case(design: VariedDesign, values: tuple[str, ...]) -> bool:
    """True if a setting has the numbers of the unchanged case."""
    views = design.make_plan(name_setting(design.factors, values)).views
    return all(has_same_numbers(one, design.first.views[name]) for name, one in views.items())


def _tell_time(reporter: Reporter, seconds: float, many: int) -> None:
    """Say how long the other settings will take."""
    reporter.note(f"The other {many:,} settings take about {seconds * many:,.0f} seconds.")


def _simulate_some(
    design: VariedDesign, some: Sequence[tuple[str, ...]], workers: int | None, *, alone: bool
) -> list[Results] | None:
    """Some settings, after the unchanged case unless they are `alone`; none if it was interrupted."""
    plans = [] if alone else [design.first]
    try:
        plans += [design.make_plan(name_setting(design.factors, values)) for values in some]
        played = simulate_plans(plans, workers=workers, zone_runs=0)
    except KeyboardInterrupt:
        return None
    except NoMatchError:
        if not alone:
            raise
        return [Results(plan.manifest, {}) for plan in plans]
    return played if all(one.manifest.complete for one in played) else None


@dataclass(frozen=True)
class _Kept:
    """What was played."""

    design: VariedDesign
    """What was to be played."""
    found: Sequence[tuple[tuple[str, ...], PairedChange]]
    """Every setting that was, against the unchanged case."""
    is_sampled: bool
    """True for a Latin hypercube."""
    outcome: str
    """Key of the outcome that is shown; empty for any agreement in force."""

    def gather(self, unchanged: Results) -> VariedShares:
        """Shares at every setting, with the words of the unchanged case's manifest."""
        manifest = unchanged.manifest
        keys = (self.outcome,) if self.outcome else manifest.agreements
        numbers = [place for place, key in enumerate(manifest.outcomes) if key in keys]
        views = {
            name: UnchangedShare(
                estimate_share(sum(view.count(place) for place in numbers), view.n_matching),
                view.n_matching,
                view.n_drawn,
            )
            for name, view in unchanged.views.items()
            if view.n_matching
        }
        return VariedShares(
            factors=tuple(_name_factor(manifest.text, factor) for factor in self.design.factors),
            settings=tuple(VariedSetting(values, change) for values, change in self.found),
            is_sampled=self.is_sampled,
            outcome=self.outcome,
            outcome_label=manifest.outcomes.get(self.outcome, ""),
            unchanged=views,
            view_labels={name: manifest.labels[name] for name in views},
            horizon_weeks=manifest.horizon_weeks,
            run_up_weeks=manifest.run_up_weeks,
            holds_from=self.design.request.holds_from,
            complete=len(self.found) == len(self.design.settings),
        )


def _name_factor(text: Any, factor: Factor) -> VariedFactor:
    """A factor in words."""
    question = (text.get("open_questions") or {}).get(factor.name) or {}
    label = question.get("label") or describe_place(text, factor.name.split("."))
    values = factor.list_extremes()
    return VariedFactor(factor.name, str(label), all(value.startswith("*") for value in values))


def _save(kept: _Kept, unchanged: Results, out: Path, lang: str) -> VariedResult:
    """Keep the table and the numbers, and write the page if there is a language for it."""
    manifest, varied = unchanged.manifest, kept.gather(unchanged)
    words = [" ".join(values) for values in kept.design.settings]
    names = [factor.name for factor in kept.design.factors]
    digest = sha256(" ".join([manifest.fingerprint, kept.outcome, *names, *words]).encode()).hexdigest()[:8]
    folder = choose_folder(manifest, out).with_name(f"vary-{manifest.made_at[:10]}-{digest}")
    make_folder(folder)
    write_page(folder / TABLE_NAME, varied.as_csv())
    page = None
    if lang:
        with use_language(lang):
            said = localize(unchanged, lang)
            page = write_page(
                folder / name_page(PAGE_NAME, lang),
                build_varied_page(kept.gather(said.results), said.results, said.untranslated),
            )
    found = VariedResult(varied, unchanged, folder, page)
    made = manifest.model_dump(mode="json", exclude={"precision"})
    text = json.dumps({**found.as_json(), "manifest": made}, ensure_ascii=False, indent=1, allow_nan=False)
    write_page(folder / NUMBERS_NAME, text + "\n")
    return found
