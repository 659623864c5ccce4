"""Attribute views: where does the difference between two source views come from, theme by theme?"""

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from analysis.figures.attribution import build_table, draw_figure, summary_text
from analysis.methods.attribution import Attribution, compute_attribution
from analysis.methods.change_words import describe_changes
from analysis.methods.named_attribution import (
    NamedAttribution,
    PlaceDifference,
    ViewScenario,
    compare_statements,
    place_difference_as_json,
)
from analysis.methods.paired_change import PartOfChange
from analysis.methods.shares import ANY_AGREEMENT
from analysis.methods.summary import NOTE
from analysis.methods.theme_interactions import compute_interactions
from analysis.report.attribution import build_attribution_page, format_counts
from analysis.report.coders import describe_coders, tell_claims
from analysis.report.page import name_page, write_page
from sim.engines import base
from sim.ensemble.fingerprint import compute_code_fingerprint
from sim.ensemble.manifest import Manifest
from sim.ensemble.plan import load_views, make_plans
from sim.ensemble.results import Results
from sim.errors import UsageError, display_path, require_known
from sim.experiments.coupled_draws import NOT_MATCHED
from sim.experiments.theme_coalitions import Coalitions, Design, simulate_coalitions
from sim.experiments.theme_differences import ThemeDifference, find_theme_differences, find_themes
from sim.export.csv_file import make_csv_writer
from sim.i18n.messages import message, use_language
from sim.loading.loader import list_views
from sim.loading.tables.formula_guard import guard_row
from sim.schema.loaded_case import WEEK_1, LoadedCase
from sim.storage.atomic_write import make_folder
from sim.storage.bounded_read import MEGABYTE
from sim.storage.results_folder import check_writable, choose_folder, copy_files
from sim.storage.sealed_arrays import load_sealed, save_sealed
from sim.workflows.arguments import OneOrMany, check_language, check_range, check_simulation, parse_seed
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.load_scenario import Case, CaseRequest, resolve_case
from sim.workflows.localized_results import localize
from sim.workflows.reporter import SILENT, ProgressCallback, Reporter
from sim.workflows.workers import use_workers

PAGE_NAME, NUMBERS_NAME, TABLE_NAME = "attribution.html", "attribution.json", "attribution.csv"
KEPT_NAME, MOST_BYTES = "draws.npz", 256 * MEGABYTE
COLUMNS = ("theme", "with", "value", "low", "high", "kind")
MOST_DRAWS = 100_000
GOES_ON = "interrupted; the same command goes on with what is left"


@dataclass(frozen=True)
class ViewPair:
    """Two source views, and what is asked about them."""

    first: LoadedCase
    """The case through the first view."""
    second: LoadedCase
    """The case through the second one."""
    names: tuple[str, str]
    """Names of both views."""
    manifest: Manifest
    """How they are played."""
    themes: tuple[ThemeDifference, ...]
    """Themes in which they differ."""
    draws: int
    """Draws of every set of themes."""
    outcome: str
    """Key of the outcome; empty for all agreements in force."""

    @property
    def design(self) -> Design:
        """What is to be played."""
        weeks, seed = self.manifest.horizon_weeks, self.manifest.seed
        return Design(self.first.scenario, self.second.scenario, self.themes, seed, self.draws, weeks)

    @property
    def count_effects(self) -> tuple[int, ...]:
        """Numbers of the outcomes that count."""
        keys = (self.outcome,) if self.outcome else self.manifest.agreements
        return tuple(n for n, key in enumerate(self.manifest.outcomes) if key in keys)

    @property
    def fingerprint(self) -> str:
        """Stands for everything that decides the numbers."""
        asked = f"{self.manifest.fingerprint} {' '.join(self.names)} {self.outcome}"
        return sha256(asked.encode()).hexdigest()

    def state_differences(self) -> dict[str, tuple[PlaceDifference, ...]]:
        """What the views say differently, by theme, in the language in use."""
        first, second = (ViewScenario(case.text, find_themes(case)) for case in (self.first, self.second))
        return {theme.theme: compare_statements(theme, first, second) for theme in self.themes}

    def name_attribution(self, found: Attribution, manifest: "Manifest | None" = None) -> NamedAttribution:
        """The attribution with names for readers; those of another manifest if it is given."""
        known = manifest or self.manifest
        first, second = (known.labels[name] for name in self.names)
        what = known.outcomes[self.outcome] if self.outcome else ""
        return NamedAttribution(first, second, what, known.horizon_weeks, found, self.state_differences())

    def as_json(self, found: Attribution) -> dict[str, Any]:
        """Everything as plain mappings; shares and shifts from -1 to 1."""
        manifest = self.manifest
        return {
            "note": NOTE,
            "scenario": manifest.scenario,
            "views": list(self.names),
            "outcome": self.outcome or ANY_AGREEMENT,
            "seed": manifest.seed,
            "horizon_weeks": manifest.horizon_weeks,
            "fingerprint": self.fingerprint,
            **found.as_json(),
            "says": {
                name: [place_difference_as_json(one) for one in differ]
                for name, differ in self.state_differences().items()
            },
        }


@dataclass(frozen=True, repr=False)
class ViewAttribution(TableDisplay):
    """The difference between two source views, shared out among their themes."""

    pair: ViewPair
    """The two views, and how they were played."""
    found: Attribution
    """Shapley values of the themes, with paired intervals."""
    numbers: Path
    """File with the numbers."""
    page: Path | None
    """The page, if one was written."""
    interactions: dict[tuple[str, str], PartOfChange] = field(default_factory=dict)
    """What every two themes do only together, if that was asked for."""

    @property
    def named(self) -> NamedAttribution:
        """The values with the names of views and themes."""
        return self.pair.name_attribution(self.found)

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        data = {**self.pair.as_json(self.found), "outputs": display_path(self.numbers.parent)}
        return data | _interactions_as_json(self.interactions)

    def figure(self) -> Any:
        """A waterfall from the first view's share to the second's; a Plotly figure."""
        return draw_figure(self.named)

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
        """What must be known to read the values."""
        counts, seed = format_counts(self.named), self.pair.manifest.seed
        names = ("forecast", "intervals", "seed")
        said = [message(f"attribution.note-{name}", seed=seed, **counts) for name in names]
        return [*said, *(f"Note: {text}" for text in self.pair.manifest.notes)]

    def to_frame(self) -> Any:
        """One row per theme, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame({"theme": theme, **asdict(shift)} for theme, shift in self.found.themes.items())

    def describe_changed(self) -> str:
        """What was set and answered, in one line; empty if nothing was."""
        return describe_changes(self.pair.manifest)

    def build_text_table(self) -> TextTable:
        """What each theme accounts for, with intervals."""
        table = build_table(self.named)
        return TextTable((table.caption,), table.head, table.rows, (summary_text(self.named), *self.list_notes()))


def attribute(
    first: str,
    second: str,
    *,
    case: Case = None,
    outcome: str | None = None,
    draws: int = 700,
    interactions: bool = False,
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
) -> ViewAttribution:
    """Play every set of the themes in which two source views differ; say what each accounts for (Shapley 1953).

    Args:
        first: The source view from which the difference starts.
        second: The source view at which it ends.
        case: Name, file, folder or loaded scenario; the default case if left out.
        outcome: Key of the outcome whose share is explained; any agreement in force if left out.
        draws: Draws played for every set of themes, matching or not; 2 to 100,000.
        interactions: True to say for every two themes what they do only together (Grabisch and Roubens 1999).
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
        Shapley value of each theme in shares from -1 to 1, with paired intervals, and where they are kept. What was
        played is kept, too: asked again, only what is missing is played, after an interruption as well.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: the views do not differ, or there is no such outcome, or an argument is out of its bounds.
        EngineError: the engine is not installed.
    """
    check_range("draws", draws, 2, MOST_DRAWS)
    check_simulation(None, horizon, workers)
    check_language(lang)
    if first == second:
        raise UsageError(f"{first} would be set beside itself; name another source view")
    with use_workers(workers, engine, scheduler, reporter) as processes:
        check_writable(Path(out))
        request = resolve_case(case, (first, second), changes, answers, holds_from)
        pair = load_view_pair(request, outcome, draws, horizon, parse_seed(seed), command)
        reporter.note(f"{2 ** len(pair.themes):,} sets of {len(pair.themes)} themes, {pair.draws:,} draws each.")
        if scheduler is None:
            base.compile_ahead(pair.first.scenario, reporter.note)
        with reporter.show_progress() as progress:
            played = play_pair(pair, Path(out), processes, reporter, progress)
    return save_attribution(pair, played, Path(out), lang if report else "", interactions=interactions)


def play_pair(
    pair: ViewPair, out: Path, workers: int | None, reporter: Reporter, progress: ProgressCallback
) -> Coalitions:
    """All sets of themes of two views; those that are kept from before are not played again.

    Args:
        pair: The views.
        out: Folder in which results are kept.
        workers: Processes; one per core if left out.
        reporter: Who is told how many sets are kept.
        progress: Called after each piece of work.

    Raises:
        KeyboardInterrupt: it was interrupted; what is finished is kept.
        NoMatchError: in some set no draw matches the reported run-up.
    """
    folder = choose_attribution_folder(pair, out)
    asked = f"{compute_code_fingerprint()} {pair.fingerprint} {pair.draws}"
    path, seal = folder / KEPT_NAME, sha256(asked.encode()).hexdigest()
    kept = load_sealed(path, seal, MOST_BYTES)
    if known := {int(name): ends for name, ends in kept.items() if _fits(name, ends, pair)}:
        reporter.note(f"{len(known):,} of {2 ** len(pair.themes):,} sets are kept from before.")
    try:
        return simulate_coalitions(pair.design, workers, progress, known)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(*([GOES_ON] if known else [])) from None
    finally:
        if len(known) > len(kept):
            make_folder(folder)
            save_sealed(path, seal, {str(number): ends for number, ends in known.items()})


def _fits(name: str, ends: Any, pair: ViewPair) -> bool:
    """True for how every draw ends in one of the sets of themes."""
    is_set = name.isdecimal() and len(name) < 10 and int(name) < 2 ** len(pair.themes)
    return bool(is_set and ends.shape == (pair.draws,) and ends.dtype == np.uint8)


def choose_attribution_folder(pair: ViewPair, out: Path) -> Path:
    """Where an attribution is kept: one folder for each pair, outcome, seed, horizon and number of draws."""
    name = f"attribute-{'-'.join(pair.names)}-{pair.fingerprint[:8]}"
    return choose_folder(pair.manifest, out).with_name(name)


def load_view_pair(
    request: CaseRequest, outcome: str | None, draws: int, horizon: int | None, seed: int | None, command: str
) -> ViewPair:
    """Two views of a scenario, loaded; every mistake at once.

    Args:
        request: The scenario with exactly two source views.
        outcome: Key of the outcome that counts; any agreement in force without one.
        draws: Draws of every set of themes.
        horizon: Weeks to play.
        seed: Seed of all random numbers.
        command: The command to put on record.

    Raises:
        UsageError: the views do not differ, or there are none.
    """
    path, (first, second) = request.path, request.views
    if not list_views(path):
        raise UsageError(f"{request.case} has no source views to set side by side")
    cases = load_views(path, request.views, request.changes, request.answers, request.holds_from)
    (plan,) = make_plans(
        [path],
        view_names=request.views,
        runs=draws,
        horizon=horizon,
        seed=seed,
        changes=request.changes,
        answers=request.answers,
        holds_from=request.holds_from,
        command=command,
    )
    manifest = plan.manifest
    if outcome is not None:
        require_known(outcome, manifest.outcomes, "outcome")
    themes = find_theme_differences(cases[first], cases[second])
    if not themes:
        raise UsageError(f"{first} and {second} do not differ in this scenario, so there is nothing to attribute")
    return ViewPair(cases[first], cases[second], (first, second), manifest, themes, draws, outcome or "")


def _interactions_as_json(interactions: dict[tuple[str, str], PartOfChange]) -> dict[str, Any]:
    """What themes do only together, as plain data; nothing if it was not asked for."""
    rows = [{"theme": one, "with": other, **asdict(shift)} for (one, other), shift in interactions.items()]
    return {"interactions": rows} if rows else {}


def _format_table(found: Attribution, interactions: dict[tuple[str, str], PartOfChange]) -> str:
    """Themes, then pairs of themes, as CSV."""
    rows = [{"theme": theme, "with": "", **asdict(shift)} for theme, shift in found.themes.items()]
    rows += _interactions_as_json(interactions).get("interactions", [])
    text = StringIO()
    make_csv_writer(text).writerows([COLUMNS, *(guard_row([row[name] for name in COLUMNS]) for row in rows)])
    return text.getvalue()


def save_attribution(
    pair: ViewPair, played: Coalitions, out: Path, lang: str, *, interactions: bool = False
) -> ViewAttribution:
    """Share out the difference, keep the numbers, and write the page if there is a language for it.

    Args:
        pair: The views.
        played: All sets of their themes.
        out: Folder in which results are kept.
        lang: Language of the page; empty for none.
        interactions: True to say for every two themes what they do only together.
    """
    asked = (played.themes, played.outcomes, pair.count_effects, NOT_MATCHED)
    found, together = compute_attribution(*asked), compute_interactions(*asked) if interactions else {}
    folder = choose_attribution_folder(pair, out)
    make_folder(folder)
    made = pair.manifest.model_dump(mode="json", exclude={"runs_asked", "precision"})
    made["code"] = compute_code_fingerprint()
    data = {**pair.as_json(found), **_interactions_as_json(together), "manifest": made}
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    numbers = write_page(folder / NUMBERS_NAME, text + "\n")
    write_page(folder / TABLE_NAME, _format_table(found, together))
    page = write_page(folder / name_page(PAGE_NAME, lang), _write_attribution_page(pair, found, lang)) if lang else None
    return ViewAttribution(pair, found, numbers, page, together)


def _write_attribution_page(pair: ViewPair, found: Attribution, lang: str) -> str:
    """The page, in a language."""
    case = pair.first
    with use_language(lang):
        said, coders = localize(Results(pair.manifest, {}), lang), describe_coders(case.claims.values(), case.coders)
        named = pair.name_attribution(found, said.results.manifest)
        return build_attribution_page(named, said.results, tell_claims(case.claims), coders, said.untranslated)
