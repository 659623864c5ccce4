"""Sensitivity: which quantities, which themes, and how much luck decide how often an outcome occurs?"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from analysis.figures import sensitivity_indices
from analysis.figures.number_text import format_estimate
from analysis.figures.registry import FIGURES
from analysis.methods.intervals import estimate_share
from analysis.methods.labelled_sensitivity import LabelledEffects, LabelledIndices
from analysis.methods.nested_shares import NestedShares, analyze_nested
from analysis.methods.sensitivity import LUCK, Array, GroupIndex, ScreenedQuantity, analyze_groups, analyze_screening
from analysis.methods.shares import ANY_AGREEMENT
from analysis.report.figure_sections import build_figures_section
from analysis.report.page import list_language_notes, render_page, write_page
from sim.engines import base
from sim.ensemble.dispatcher import Progress
from sim.ensemble.plan import load_views
from sim.errors import UsageError, require_known
from sim.experiments.quantity_groups import ACTORS, group_places
from sim.experiments.sensitivity_designs import (
    LEVELS,
    Design,
    list_varied_places,
    make_group_design,
    make_nested_design,
    make_screening,
)
from sim.experiments.sensitivity_runs import find_matching_draws, simulate_design
from sim.i18n.messages import format_number, format_percent, message, use_language
from sim.loading.translations import translate_case
from sim.schema.loaded_case import ALWAYS, LoadedCase
from sim.schema.scenario import Scenario
from sim.workflows.arguments import OneOrMany, check_language, check_range, check_simulation, parse_seed
from sim.workflows.display import TextDisplay, TextTable, format_text, make_frame
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.page_file import check_page_file
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.workers import use_workers

MOST_DRAWS, MOST_TRAJECTORIES, MOST_REPEATS = 100_000, 1000, 1000
SHOWN = 15
"""Quantities that are shown; `as_json` and `to_frame` have all."""


@dataclass(frozen=True, repr=False)
class SensitivityResult(TextDisplay):
    """What an outcome's share depends on, under one source view."""

    case: LoadedCase
    """The scenario through the source view, in the language of the words."""
    view: str | None
    """Name of the source view; none where the scenario has none."""
    outcome: str
    """Key of the outcome; empty for any agreement in force."""
    horizon: int
    """Weeks after the run-up."""
    share: float
    """Share of all draws with the outcome."""
    matching: int
    """Draws that match what is reported of the run-up."""
    matching_share: float | None
    """Share of them with the outcome; none without any."""
    screening: tuple[ScreenedQuantity, ...]
    """Elementary effects of every quantity, the largest first; none if it was left out."""
    groups: tuple[GroupIndex, ...]
    """Indices of every theme or part of the scenario, and of luck, the largest total first."""
    draws: int
    """Draws behind the indices."""
    trajectories: int
    """Trajectories of the screening."""
    repeats: int
    """Runs at each of their points."""
    nested: NestedShares | None
    """Shares of assumptions and luck by the nested design; none if it was left out."""
    lang: str
    """Language of its words."""
    page: Path | None = None
    """The page with the figures, if one was written."""

    @property
    def indices(self) -> LabelledIndices:
        """The indices with the names of their groups."""
        with use_language(self.lang):
            labels = {one.group: self._name_group(one.group) for one in self.groups}
            return LabelledIndices(self._name_question(), labels, self.groups)

    @property
    def effects(self) -> LabelledEffects:
        """The effects of all quantities that were screened."""
        with use_language(self.lang):
            return LabelledEffects(self._name_question(), self.screening)

    def figure(self) -> Any:
        """Indices of themes and luck with their intervals; a Plotly figure."""
        with use_language(self.lang):
            return sensitivity_indices.draw_figure(self.indices)

    @property
    def luck(self) -> GroupIndex:
        """The indices of luck; its total index is the aleatory share of the variance."""
        return next(one for one in self.groups if one.group == LUCK)

    @property
    def inert(self) -> tuple[str, ...]:
        """Places of quantities that moved nothing on any trajectory."""
        return tuple(one.place for one in self.screening if one.size == 0.0)

    def as_json(self) -> dict[str, Any]:
        """The same for machines; indices are shares of the variance, effects shares of runs per whole spread."""
        return {
            "scenario": self.case.name,
            "view": self.view,
            "outcome": self.outcome or ANY_AGREEMENT,
            "horizon_weeks": self.horizon,
            "share": self.share,
            "matching": self.matching,
            "matching_share": self.matching_share,
            "draws": self.draws,
            "aleatory": self.luck.total,
            "epistemic": 1.0 - self.luck.total,
            "groups": [asdict(one) for one in self.groups],
            "trajectories": self.trajectories,
            "repeats": self.repeats,
            "quantities": [asdict(one) for one in self.screening],
            "inert": list(self.inert),
            "nested": None if self.nested is None else asdict(self.nested),
        }

    def to_frame(self) -> Any:
        """One row per group, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(map(asdict, self.groups))

    def __str__(self) -> str:
        with use_language(self.lang):
            tables = [self._build_groups()]
            if self.screening:
                tables.append(self._build_screening())
            return "\n\n".join(map(format_text, tables))

    def format_title(self) -> str:
        """What is asked about, and how often it occurs."""
        what = self._name_outcome()
        view = self.case.view.label if self.case.view else message("sensitivity.no-view")
        return message(
            "sensitivity.title", title=self.case.title, view=view, what=what, weeks=self.horizon,
            share=self._format_shares(),
        )  # fmt: skip

    def _format_shares(self) -> str:
        """Share of all draws, and of those that match the reported run-up where not all do."""
        every = message("sensitivity.share", share=format_percent(100 * self.share, 1))
        if self.matching == self.draws or self.matching_share is None:
            return every
        few = estimate_share(self.matching_share * self.matching, self.matching)
        return message("sensitivity.shares", every=every, share=format_estimate(few), n=format_number(self.matching))

    def _build_groups(self) -> TextTable:
        before = (
            self.format_title(),
            message("sensitivity.how-groups", draws=format_number(self.draws)),
        )  # fmt: skip
        head = tuple(message(f"sensitivity.{name}") for name in ("group", "first", "total"))
        rows = tuple(
            (self._name_group(one.group), _format(one.first, one.first_error), _format(one.total, one.total_error))
            for one in self.groups
        )
        return TextTable(before, head, rows, tuple(self.list_notes()))

    def list_notes(self) -> Iterator[str]:
        """What must be known to read the indices."""
        total = self.luck.total
        yield message(
            "sensitivity.luck",
            aleatory=format_percent(100 * total),
            epistemic=format_percent(100 * (1.0 - total)),
            error=format_percent(100 * self.luck.total_error),
        )
        if self.nested is not None:
            yield self._describe_nested(self.nested)
        yield message("sensitivity.every-draw")
        if self.matching < self.draws:
            yield message("sensitivity.not-matching")

    def _describe_nested(self, found: NestedShares) -> str:
        """Both shares by the nested design, and whether the assumptions are told apart from nothing."""
        return message(
            f"sensitivity.nested-{'clear' if found.low > 0.0 else 'unclear'}",
            draws=format_number(found.draws),
            replicates=format_number(found.replicates),
            epistemic=format_percent(100 * found.epistemic),
            low=format_percent(100 * found.low),
            high=format_percent(100 * found.high),
            aleatory=format_percent(100 * (1.0 - found.epistemic)),
            noise=format_number(found.replicate_noise, 4),
            variance=format_number(found.epistemic_variance, 4),
        )

    def _build_screening(self) -> TextTable:
        before = (message("sensitivity.how-screening", trajectories=self.trajectories, repeats=self.repeats),)
        head = tuple(message(f"sensitivity.{name}") for name in ("quantity", "size", "mean", "spread"))
        rows = tuple(
            (one.place, _format(100 * one.size, 100 * one.size_error, 1), *(_points(x) for x in (one.mean, one.spread)))
            for one in self.screening[:SHOWN]
        )
        counts = {"n": len(self.inert), "all": len(self.screening)}
        return TextTable(before, head, rows, (message("sensitivity.inert", **counts), *self._list_inert()))

    def _list_inert(self) -> Iterator[str]:
        """The first places that moved nothing, and how many more there are."""
        names, more = ", ".join(self.inert[:SHOWN]), len(self.inert) - SHOWN
        if names:
            yield names if more <= 0 else message("sensitivity.inert-some", names=names, n=more)

    def _name_question(self) -> str:
        view = self.case.view.label if self.case.view else message("sensitivity.no-view")
        return f"{self._name_outcome()}, {view}"

    def _name_outcome(self) -> str:
        if not self.outcome:
            return message("sensitivity.any-agreement")
        return self.case.scenario.outcomes[self.outcome].label

    def _name_group(self, group: str) -> str:
        if group.startswith(f"{ACTORS}."):
            actor = group.removeprefix(f"{ACTORS}.")
            return message("sensitivity.actor", actor=self.case.scenario.actors[actor].label)
        if group == LUCK or group in type(self.case.scenario).model_fields:
            return message(f"sensitivity.part-{group}")
        return message(f"report.theme-{group}")


def _format(value: float, error: float, places: int = 2) -> str:
    return f"{format_number(value, places)} ± {format_number(error, places)}"


def _points(share: float) -> str:
    return format_number(100 * share, 1)


def sensitivity(
    case: Case = None,
    *,
    view: str | None = None,
    outcome: str | None = None,
    draws: int = 512,
    trajectories: int = 10,
    repeats: int = 8,
    nested: int = 0,
    replicates: int = 8,
    horizon: int | None = None,
    seed: int | str | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    to: str | Path | None = None,
    lang: str = "en",
    workers: int | None = None,
    engine: str | None = None,
    reporter: Reporter = SILENT,
) -> SensitivityResult:
    """Screen all quantities (Morris), and share out the variance among themes and luck (Sobol), with intervals.

    Args:
        case: Name, file, folder or loaded scenario; the default case if left out.
        view: Source view through which it is seen; the first one if left out.
        outcome: Key of the outcome; any agreement in force if left out.
        draws: Draws behind the indices of themes, 2 to 100,000; each is played once per theme and three times more.
        trajectories: Trajectories of the screening, 2 to 1,000, or 0 to leave it out; each passes every quantity once.
        repeats: Runs at each point of a trajectory, 1 to 1,000.
        nested: Draws of the assumptions in a nested design, 2 to 100,000, or 0 to leave it out.
        replicates: Runs of each of these draws, each with luck of its own, 2 to 1,000.
        horizon: Weeks to play, 1 to 520; the scenario's if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        changes: Values to set, each as path=value; they hold in the run-up, too, as every draw counts here.
        answers: Answers to open questions, each as name=answer.
        to: File for a page with the figures, such as sensitivity.html; none is written if left out.
        lang: Language of the words, such as en or de.
        workers: Processes; one per core if left out, and 1 plays in this process.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        reporter: Who is told how far it is.

    Returns:
        Elementary effects of quantities, and indices of themes and of luck.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: an argument is out of its bounds, nothing varies, or the outcome is the same in every run.
        MissingPartError: SALib is not installed.
        EngineError: the engine is not installed.
    """
    _check_numbers(draws, trajectories, repeats, nested, replicates)
    check_simulation(None, horizon, workers)
    check_language(lang)
    page = None if to is None else check_page_file(Path(to))
    request = resolve_case(case, view, changes, answers, ALWAYS)
    cases = load_views(request.path, (), request.changes, request.answers, request.holds_from)
    name = require_known(request.views[0], cases, "view") if request.views else next(iter(cases))
    loaded, scenario, asked = cases[name], cases[name].scenario, parse_seed(seed)
    weeks = scenario.calendar.horizon if horizon is None else horizon
    number = scenario.defaults.seed if asked is None else asked
    if outcome is not None:
        require_known(outcome, scenario.outcomes, "outcome")
    groups = group_places(list_varied_places(scenario), cases.values())
    if not groups:
        raise UsageError("no quantity of this scenario has a spread, so there is nothing to vary")
    with use_workers(workers, engine, None, reporter) as processes, reporter.show_progress() as tell:
        base.compile_ahead(scenario, reporter.note)
        played = _Experiment(scenario, outcome, number, weeks, processes, tell)
        share, matched, indices = played.explain_groups(groups, draws)
        screened = played.screen(trajectories, repeats) if trajectories else ()
        inside = played.nest(nested, replicates) if nested else None
    with use_language(lang):
        translated, _ = translate_case(loaded, lang)
    counts = (draws, trajectories, repeats)
    result = SensitivityResult(
        translated, name or None, outcome or "", weeks, share, *matched, screened, indices, *counts, inside, lang, page
    )
    if page is not None:
        _write(page, result)
    return result


def _check_numbers(draws: int, trajectories: int, repeats: int, nested: int, replicates: int) -> None:
    """Refuse numbers out of their bounds."""
    check_range("draws", draws, 2, MOST_DRAWS)
    check_range("trajectories", trajectories, 0 if trajectories == 0 else 2, MOST_TRAJECTORIES)
    check_range("repeats", repeats, 1, MOST_REPEATS)
    check_range("nested", nested, 0 if nested == 0 else 2, MOST_DRAWS)
    check_range("replicates", replicates, 2, MOST_REPEATS)


def _require_both(hits: Array) -> None:
    """Refuse an outcome of which there is no variance to share out."""
    if hits.min() == hits.max():
        raise UsageError("the outcome is the same in every run; ask about another one, or about another horizon")


def _write(path: Path, result: SensitivityResult) -> None:
    """A page with the figures, and what must be known to read them."""
    with use_language(result.lang):
        notes = tuple(result.list_notes())
        sections = [replace(build_figures_section(FIGURES.sensitivity_indices, [("", result.indices)]), notes=notes)]
        if result.screening:
            sections.append(build_figures_section(FIGURES.screened_quantities, [("", result.effects)]))
        question = message("sensitivity.page-question")
        write_page(path, render_page(result.format_title(), question, sections, [], list_language_notes(())))


@dataclass(frozen=True)
class _Experiment:
    """What is played, and how."""

    scenario: Scenario
    outcome: str | None
    seed: int
    weeks: int
    workers: int | None
    tell: Progress | None

    def explain_groups(
        self, groups: Mapping[str, tuple[str, ...]], draws: int
    ) -> tuple[float, tuple[int, float | None], tuple[GroupIndex, ...]]:
        """Share of draws with the outcome; how many match, and their share; indices of all groups and of luck."""
        hits = self._find_hits(make_group_design(self.scenario, self.seed, draws, groups))
        _require_both(hits)
        plain = hits.reshape(draws, -1)[:, 0]
        matching = plain[find_matching_draws(self.scenario, self.seed, draws)]
        matched = (matching.size, float(matching.mean()) if matching.size else None)
        return float(plain.mean()), matched, analyze_groups((*groups, LUCK), hits)

    def screen(self, trajectories: int, repeats: int) -> tuple[ScreenedQuantity, ...]:
        """Elementary effects of all quantities."""
        design, points = make_screening(self.scenario, self.seed, trajectories, repeats)
        shares = self._find_hits(design).reshape(-1, repeats).mean(axis=1)
        return analyze_screening(design.places, points, shares, LEVELS)

    def nest(self, draws: int, replicates: int) -> NestedShares:
        """Shares of assumptions and luck, each draw of the assumptions played several times."""
        hits = self._find_hits(make_nested_design(self.scenario, self.seed, draws, replicates))
        _require_both(hits)
        return analyze_nested(hits.reshape(draws, replicates))

    def _find_hits(self, design: Design) -> Array:
        """1 for runs that end with the outcome, or with any agreement in force."""
        ends = simulate_design(self.scenario, self.seed, design, self.weeks, self.workers, self.tell)
        wanted = [
            number
            for number, (key, one) in enumerate(self.scenario.outcomes.items())
            if (one.agreement if self.outcome is None else key == self.outcome)
        ]
        return np.isin(ends, wanted).astype(float)
