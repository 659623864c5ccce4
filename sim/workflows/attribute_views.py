"""Attribute views: where does the difference between two source views come from, theme by theme?"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from analysis.methods.attribution import Attribution, compute_attribution
from analysis.methods.named_attribution import (
    NamedAttribution,
    PlaceDifference,
    ViewScenario,
    compare_statements,
    place_difference_as_json,
)
from analysis.methods.summary import NOTE
from analysis.report.attribution import build_attribution_page, format_counts
from analysis.report.page import write_page
from sim.engines import base
from sim.ensemble.manifest import Manifest
from sim.ensemble.plan import load_views, make_plans
from sim.ensemble.process_pool import use_cluster
from sim.ensemble.results import Results
from sim.errors import UsageError, display_path, require_known
from sim.experiments.coupled_draws import NOT_MATCHED
from sim.experiments.theme_coalitions import Design, simulate_coalitions
from sim.experiments.theme_differences import ThemeDifference, find_theme_differences, find_themes
from sim.i18n.messages import message, use_language
from sim.loading.discovery import find_scenario
from sim.loading.loader import list_views
from sim.schema.loaded_case import LoadedCase
from sim.storage.results_folder import check_writable, choose_folder
from sim.workflows.localized_results import localize
from sim.workflows.reporter import Reporter, SilentReporter

PAGE_NAME, NUMBERS_NAME = "attribution.html", "attribution.json"


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
            "outcome": self.outcome or "any_agreement",
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
class ViewAttribution:
    """The difference between two source views, shared out among their themes."""

    pair: ViewPair
    """The two views, and how they were played."""
    found: Attribution
    """Shapley values of the themes, with paired intervals."""
    numbers: Path
    """File with the numbers."""
    page: Path | None
    """The page, if one was written."""

    @property
    def named(self) -> NamedAttribution:
        """The values with the names of views and themes."""
        return self.pair.name_attribution(self.found)

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {**self.pair.as_json(self.found), "outputs": display_path(self.numbers.parent)}

    def figure(self) -> Any:
        """A waterfall from the first view's share to the second's; a Plotly figure."""
        from analysis.figures.attribution import draw_figure

        return draw_figure(self.named)

    def list_notes(self) -> list[str]:
        """What must be known to read the values."""
        counts, seed = format_counts(self.named), self.pair.manifest.seed
        names = ("forecast", "intervals", "seed")
        said = [message(f"attribution.note-{name}", seed=seed, **counts) for name in names]
        return [*said, *(f"Note: {text}" for text in self.pair.manifest.notes)]

    def __repr__(self) -> str:
        from analysis.figures.attribution import summary_text

        return summary_text(self.named)


def attribute(
    case: str,
    first: str,
    second: str,
    *,
    outcome: str | None = None,
    draws: int = 700,
    horizon: int | None = None,
    seed: int | None = None,
    changes: Sequence[str] = (),
    answers: Sequence[str] = (),
    out: Path = Path("outputs"),
    workers: int | None = None,
    engine: str | None = None,
    scheduler: str | None = None,
    lang: str = "en",
    page: bool = True,
    command: str = "",
    reporter: Reporter | None = None,
) -> ViewAttribution:
    """Play every set of the themes in which two source views differ; say what each accounts for (Shapley 1953).

    Args:
        case: Name, file or folder of the scenario.
        first: The source view from which the difference starts.
        second: The source view at which it ends.
        outcome: Key of the outcome whose share is explained; any agreement in force without one.
        draws: Draws played for every set of themes, matching or not; 2 or more.
        horizon: Weeks to play; the scenario's without one.
        seed: Seed of all random numbers; the scenario's without one.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        out: Folder in which results are kept.
        workers: Processes; one per core without a word.
        engine: compiled, numpy or mesa; the fastest that is installed without one.
        scheduler: Address of a Dask scheduler whose workers play.
        lang: Language of the page.
        page: True if a page is to be written.
        command: The command that asked for it, for the manifest.
        reporter: Who is told how far it is.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: the views do not differ, or there is no such outcome.
        EngineError: the engine is not installed.
    """
    reporter = reporter or SilentReporter()
    base.select_engine(engine)
    check_writable(out)
    how = {"draws": draws, "horizon": horizon, "seed": seed, "changes": changes, "answers": answers}
    pair = load_view_pair(case, first, second, outcome, how | {"command": command})
    reporter.note(f"{2 ** len(pair.themes):,} sets of {len(pair.themes)} themes, {pair.draws:,} draws each.")
    if scheduler is None:
        base.compile_ahead(pair.first.scenario, reporter.note)
    with use_cluster(scheduler), reporter.show_progress() as progress:
        played = simulate_coalitions(pair.design, workers, progress)
    found = compute_attribution(played.themes, played.outcomes, pair.count_effects, NOT_MATCHED)
    return _save(pair, found, out, lang if page else "")


def load_view_pair(case: str, first: str, second: str, outcome: str | None, how: Mapping[str, Any]) -> ViewPair:
    """Two views of a scenario, loaded; every mistake at once."""
    path = find_scenario(case)
    if not list_views(path):
        raise UsageError(f"{case} has no source views to set side by side")
    cases = load_views(path, [first, second], how["changes"], how["answers"])
    asked = {name: how[name] for name in ("horizon", "seed", "changes", "answers", "command")}
    manifest = make_plans([path], view_names=[first, second], runs=how["draws"], **asked)[0].manifest
    if outcome is not None:
        require_known(outcome, manifest.outcomes, "outcome")
    themes = find_theme_differences(cases[first], cases[second])
    if not themes:
        raise UsageError(f"{first} and {second} do not differ in this scenario, so there is nothing to attribute")
    return ViewPair(cases[first], cases[second], (first, second), manifest, themes, how["draws"], outcome or "")


def _save(pair: ViewPair, found: Attribution, out: Path, lang: str) -> ViewAttribution:
    """Keep the numbers, and write the page if there is a language for it."""
    manifest = pair.manifest
    folder = choose_folder(manifest, out).with_name(f"attribute-{manifest.made_at[:10]}-{pair.fingerprint[:8]}")
    folder.mkdir(parents=True, exist_ok=True)
    made = manifest.model_dump(mode="json", exclude={"runs_asked", "precision"})
    text = json.dumps({**pair.as_json(found), "manifest": made}, ensure_ascii=False, indent=1, allow_nan=False)
    numbers = write_page(folder / NUMBERS_NAME, text + "\n")
    page = write_page(folder / PAGE_NAME, _write_attribution_page(pair, found, lang)) if lang else None
    return ViewAttribution(pair, found, numbers, page)


def _write_attribution_page(pair: ViewPair, found: Attribution, lang: str) -> str:
    """The page, in a language."""
    claims = {key: (claim.place, claim.we_read) for key, claim in pair.first.claims.items()}
    with use_language(lang):
        said = localize(Results(pair.manifest, {}), lang)
        return build_attribution_page(
            pair.name_attribution(found, said.results.manifest), said.results, claims, said.untranslated
        )
