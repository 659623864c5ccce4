"""Compare views: source views side by side - shares on the same draws, times, and what they say of the same numbers."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from itertools import combinations
from math import ceil
from pathlib import Path
from typing import Any

from analysis.figures import outcome_shares
from analysis.methods.change_words import describe_changes
from analysis.methods.named_attribution import ViewScenario, place_difference_as_json
from analysis.methods.shares import ANY_AGREEMENT, compute_shares
from analysis.methods.summary import NOTE
from analysis.methods.view_comparison import PairDifference, compare_pairs, find_times
from analysis.methods.view_statements import StatedPair, list_statements
from analysis.report.page import name_page, write_page
from analysis.report.view_comparison import (
    ComparedViews,
    build_pairs_table,
    build_shares_table,
    build_views_page,
    list_view_notes,
)
from analysis.report.view_findings import KeptFindings, Pair
from analysis.report.view_tables import list_short_notes
from sim.ensemble.dispatcher import NoMatchError
from sim.ensemble.plan import load_views, make_plans
from sim.ensemble.results import Results
from sim.errors import UsageError, display_path, require_known
from sim.experiments.theme_differences import THEMES, find_theme_differences, find_themes
from sim.i18n.messages import FIRST, use_language
from sim.loading.loader import list_views, require_views
from sim.loading.translations import Translation
from sim.schema.loaded_case import WEEK_1, LoadedCase
from sim.storage.atomic_write import make_folder
from sim.storage.results_folder import check_writable, choose_folder, copy_files
from sim.workflows.arguments import (
    OneOrMany,
    check_language,
    check_simulation,
    list_words,
    parse_half_width,
    parse_seed,
)
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.kept_findings import find_kept_findings, translate
from sim.workflows.load_scenario import Case, CaseRequest, resolve_case
from sim.workflows.localized_results import localize
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.run_batch import simulate_batch
from sim.workflows.workers import use_workers

PAGE_NAME, NUMBERS_NAME = "views.html", "views.json"


@dataclass(frozen=True, repr=False)
class ViewComparison(TableDisplay):
    """Source views side by side."""

    compared: ComparedViews
    """Shares, pairs, times and statements."""
    numbers: Path
    """File with the numbers."""
    page: Path | None
    """The page, if one was written."""

    @property
    def is_same(self) -> bool:
        """True if views are set beside themselves only, so that every difference is exactly 0."""
        return all(pair.is_same for pair in self.compared.pairs)

    def as_json(self) -> dict[str, Any]:
        """The same for machines; shares and differences from -1 to 1."""
        return {**_as_json(self.compared), "outputs": display_path(self.numbers.parent)}

    def to_frame(self) -> Any:
        """One row per pair of views and outcome, as a pandas data frame; `pip install pandas` first.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(
            {"first_view": pair.first, "second_view": pair.second, "outcome": key, **row}
            for pair in self.compared.pairs
            for key, row in pair.as_json()["differences"].items()
        )

    def figure(self) -> Any:
        """Shares of every outcome, all views on one line; a Plotly figure."""
        shares = self.compared.shares
        return outcome_shares.draw_figure(shares, lone=len(shares.views) == 1)

    def save(self, folder: str | Path) -> Path:
        """Keep the numbers, and the page if there is one, in another folder as well.

        Args:
            folder: The folder; it is made if it is not there.

        Returns:
            The folder.

        Raises:
            ResultsError: nothing can be written there.
        """
        return copy_files([self.numbers, *([self.page] if self.page else [])], Path(folder))

    def list_notes(self) -> list[str]:
        """What must be known to read the differences."""
        return list(list_view_notes(self.compared))

    def list_short_notes(self) -> list[str]:
        """The same; where there are many pairs, only the one that needs most runs."""
        return list(list_short_notes(self.compared))

    def describe_changed(self) -> str:
        """What was set and answered, in one line; empty if nothing was."""
        return describe_changes(self.compared.results.manifest)

    def build_text_table(self) -> TextTable:
        """Paired differences in any agreement, under the shares."""
        shares, pairs = build_shares_table(self.compared), build_pairs_table(self.compared)
        lines = [
            "; ".join(f"{name} {cell}" for name, cell in zip(shares.head[1:], row[1:], strict=True))
            for row in shares.rows
        ]
        before = (shares.caption, *(f"{row[0]}: {line}" for row, line in zip(shares.rows, lines, strict=True)))
        return TextTable((*before, pairs.caption), pairs.head, pairs.rows, tuple(self.list_notes()))


def compare_views(
    views: OneOrMany = (),
    *,
    case: Case = None,
    actor: OneOrMany = (),
    theme: OneOrMany = (),
    pool: bool = False,
    precision: float | str = 0.03,
    runs: int = 1000,
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
) -> ViewComparison:
    """Set source views side by side: shares on the same draws, times, and what they say of the same numbers.

    Args:
        views: Source views in order; all of them if left out. One that is named twice is set beside itself.
        case: Name, file, folder or loaded scenario; the default case if left out.
        actor: Only statements about these actors; shares stay those of all.
        theme: Only statements under these themes.
        pool: True to add the mean over the sources with equal weights.
        precision: Half-width of a difference that is asked for, as `3%` or 0.03; where it is not reached, the number of
            runs that it takes is said.
        runs: Matching runs of each view, 2 to 10,000,000.
        horizon: Weeks to play, 1 to 520; the scenario's if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        holds_from: From when changed values hold: `week-1`, so that they select no other runs, or `always`.
        out: Folder in which results are kept.
        workers: Processes; one per core if left out, and 1 plays in this process.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        scheduler: Address of a Dask scheduler whose workers play.
        lang: Language of the page.
        report: True to write a page.
        command: The command to put on record.
        reporter: Who is told how far it is.

    Returns:
        Shares, paired differences of every two views, times and statements, and where they are kept.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: there is no such view, actor or theme, or a single view is named, or an argument is out of bounds.
        EngineError: the engine is not installed.
        NoMatchError: no draw matches the reported run-up under one of the views.
    """
    check_simulation(runs, horizon, workers, fewest=2)
    check_language(lang)
    request, asked = resolve_case(case, views, changes, answers, holds_from), parse_half_width(precision) or 0.03
    names = _find_names(request)
    with use_workers(workers, engine, scheduler, reporter) as processes:
        check_writable(Path(out))
        cases = load_views(request.path, names, request.changes, request.answers, request.holds_from)
        filters = _check_filters(next(iter(cases.values())), list_words(actor), list_words(theme))
        plans = make_plans(
            [request.path],
            view_names=list(cases),
            runs=runs,
            horizon=horizon,
            seed=parse_seed(seed),
            changes=request.changes,
            answers=request.answers,
            holds_from=request.holds_from,
            command=command,
        )
        (results,) = simulate_batch(plans, processes, reporter, on_cluster=scheduler is not None, zone_runs=0)
    _require_runs(results, list(cases))
    _require_common_runs(results, names)
    kept = find_kept_findings(results.manifest, cases, names, Path(out))
    put_together = partial(
        _put_together, cases=cases, names=names, filters=filters, precision=asked, pool=pool, kept=kept
    )
    return _save(put_together, results, _choose_folder(results, names, Path(out)), lang if report else "")


def _require_runs(results: Results, names: list[str]) -> None:
    """Stop where something was not played to its end, or matches in no draw."""
    if not results.manifest.complete:
        raise KeyboardInterrupt("interrupted before there was anything to compare")
    if lacking := [name for name in names if name not in results.views or not results.views[name].n_matching]:
        raise NoMatchError(f"no draw matches the reported run-up under {', '.join(lacking)}")


def _require_common_runs(results: Results, names: Sequence[str]) -> None:
    """Stop where none of the draws that two views have both played matches under one of them."""
    for pair in combinations(names, 2):
        views = {name: results.views[name] for name in pair}
        draws = min(one.n_drawn for one in views.values())
        firsts = {name: int(one.columns["run"].min()) for name, one in views.items()}
        late = max(pair, key=lambda name: firsts[name])
        if firsts[late] < draws:
            continue
        needed = ceil(results.manifest.runs_asked * (firsts[late] + 1) / draws) + 1
        raise UsageError(
            f"of the {draws:,} draws that {pair[0]} and {pair[1]} have both played none matches the reported run-up "
            f"under {late}, so no draw matches jointly; ask for about {needed:,} matching runs or more, with `runs=`"
        )


def _put_together(
    shown: Results,
    texts: Translation,
    cases: Mapping[str, LoadedCase],
    names: Sequence[str],
    filters: tuple[list[str], list[str]],
    precision: float,
    pool: bool,
    kept: KeptFindings,
) -> ComparedViews:
    """Everything that is compared, with names and numbers in the language in use."""
    return ComparedViews(
        results=shown,
        shares=compute_shares(shown),
        pairs=compare_pairs(shown, names),
        times={name: find_times(shown, name) for name in cases},
        statements=_list_all_statements(cases, names, *filters),
        silences={name: dict(shown.manifest.view_texts[name].get("silent") or {}) for name in cases},
        claims=next(iter(cases.values())).claims,
        coders=next(iter(cases.values())).coders,
        precision=precision,
        pool=pool,
        kept=translate(kept, shown.manifest.labels, texts),
    )


def _save(
    put_together: Callable[[Results, Translation], ComparedViews], results: Results, folder: Path, lang: str
) -> ViewComparison:
    """Keep the numbers, and write the page if there is a language for it."""
    compared, page = put_together(results, Translation(FIRST)), None
    numbers = _write_numbers(compared, folder)
    if lang:
        with use_language(lang):
            said = localize(results, lang)
            made = build_views_page(put_together(said.results, said.texts))
        page = write_page(folder / name_page(PAGE_NAME, lang), made)
    return ViewComparison(compared, numbers, page)


def _find_names(request: CaseRequest) -> list[str]:
    """The views that are meant, in order, at least two."""
    known = list_views(request.path)
    if not known:
        raise UsageError(f"{request.case} has no source views to set side by side")
    require_views(request.path, request.views)
    names = list(request.views) or known
    if len(names) == 1:
        raise UsageError(f"{names[0]} stands alone; name another source view, or leave all out to compare all")
    return names


def _check_filters(case: LoadedCase, actors: list[str], themes: list[str]) -> tuple[list[str], list[str]]:
    """Actors and themes that are known."""
    return (
        [require_known(name, case.scenario.actors, "actor") for name in actors],
        [require_known(name, THEMES, "theme") for name in themes],
    )


def _list_all_statements(
    cases: Mapping[str, LoadedCase], names: Sequence[str], actors: list[str], themes: list[str]
) -> dict[Pair, tuple[StatedPair, ...]]:
    """What every two views say of the same numbers."""
    seen = {name: ViewScenario(case.text, find_themes(case)) for name, case in cases.items()}
    return {
        (first, second): list_statements(
            find_theme_differences(cases[first], cases[second]), seen[first], seen[second], actors, themes
        )
        for first, second in combinations(names, 2)
    }


def _as_json(compared: ComparedViews) -> dict[str, Any]:
    manifest, shares = compared.results.manifest, compared.shares
    mean = shares.source_mean if compared.pool else None
    return {
        "note": NOTE,
        "scenario": manifest.scenario,
        "seed": manifest.seed,
        "horizon_weeks": manifest.horizon_weeks,
        "views": {
            name: {
                "matching": one.n_matching,
                "drawn": one.n_drawn,
                "outcomes": {
                    ANY_AGREEMENT: asdict(one.any_agreement),
                    **{key: asdict(at) for key, at in one.outcomes.items()},
                },
                "weeks": {key: asdict(at) for key, at in compared.times[name].items()},
                "silent": dict(compared.silences[name]),
            }
            for name, one in shares.views.items()
        },
        "ranges": {
            ANY_AGREEMENT: asdict(shares.agreement_range),
            **{key: asdict(one) for key, one in shares.ranges.items()},
        },
        "pool": None if mean is None else asdict(mean.any_agreement),
        "pairs": [_pair_as_json(compared, pair) for pair in compared.pairs],
    }


def _pair_as_json(compared: ComparedViews, pair: PairDifference) -> dict[str, Any]:
    statements = compared.statements[pair.first, pair.second]
    said = [{"theme": one.theme, "agree": one.agree, **place_difference_as_json(one.says)} for one in statements]
    return {
        **pair.as_json(),
        "needed_for_precision": pair.count_needed(compared.precision, compared.results.manifest.runs_asked),
        "statements": said,
    }


def _choose_folder(results: Results, names: Sequence[str], out: Path) -> Path:
    manifest = results.manifest
    asked = sha256(f"{manifest.fingerprint} {' '.join(names)}".encode()).hexdigest()[:8]
    return choose_folder(manifest, out).with_name(f"views-{manifest.made_at[:10]}-{asked}")


def _write_numbers(compared: ComparedViews, folder: Path) -> Path:
    make_folder(folder)
    made = compared.results.manifest.model_dump(mode="json", exclude={"precision"})
    text = json.dumps({**_as_json(compared), "manifest": made}, ensure_ascii=False, indent=1, allow_nan=False)
    return write_page(folder / NUMBERS_NAME, text + "\n")
