"""Discover: in which corners of its assumptions does a scenario end with an outcome far more or far less often?"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from analysis.figures.number_text import format_estimate, format_share
from analysis.methods.change_words import describe_changes_of_case
from analysis.methods.discovery import Bound, Box, Discovery, discover_boxes
from analysis.methods.shares import ANY_AGREEMENT
from sim.engines import base
from sim.ensemble.plan import load_views
from sim.errors import UsageError, require_known
from sim.experiments.sensitivity_designs import make_plain_design
from sim.experiments.sensitivity_runs import simulate_design
from sim.i18n.messages import format_number, message, use_language
from sim.loading.translations import translate_case
from sim.schema.loaded_case import ALWAYS, LoadedCase
from sim.workflows.arguments import OneOrMany, check_language, check_range, check_simulation, parse_seed
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.workers import use_workers

DISCOVERY_DRAWS = 4000
"""Draws that are played, unless said otherwise."""

FEWEST_DRAWS, MOST_DRAWS, MOST_SPLITS = 16, 200_000, 5


@dataclass(frozen=True, repr=False)
class DiscoveryResult(TableDisplay):
    """Boxes of an outcome under one source view."""

    case: LoadedCase
    """The scenario through the source view, in the language of the words."""
    view: str | None
    """Name of the source view; none where the scenario has none."""
    outcome: str
    """Key of the outcome; empty for any agreement in force."""
    horizon: int
    """Weeks after the run-up."""
    draws: int
    """Draws that were played."""
    found: Discovery
    """The boxes, with coverage and density."""
    lang: str = "en"
    """Language of its words."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines; bounds are parts of each quantity's spread, from 0 to 1."""
        return {
            "scenario": self.case.name,
            "view": self.view,
            "outcome": self.outcome or ANY_AGREEMENT,
            "horizon_weeks": self.horizon,
            **(asdict(self.found) | {"draws": self.draws, "draws_counted": self.found.draws}),
        }

    def to_frame(self) -> Any:
        """One row per box, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(
            {"box": format_box(box), "draws": box.draws, "density": box.density.share, "coverage": box.coverage}
            for box in (*self.found.more, *self.found.less)
        )

    def build_text_table(self) -> TextTable:
        """Boxes with more of the outcome, then those with less."""
        with use_language(self.lang):
            head = tuple(message(f"discovery.{name}") for name in ("box", "density", "coverage", "draws"))
            rows = tuple(self._make_row(box) for box in (*self.found.more, *self.found.less))
            return TextTable(tuple(self._list_heads()), head, rows, tuple(self._list_notes()))

    def _make_row(self, box: Box) -> tuple[str, ...]:
        cells = (format_estimate(box.density), format_share(box.coverage), format_number(box.draws))
        return (format_box(box), *cells)

    def _list_heads(self) -> Iterator[str]:
        known = self.case.scenario.outcomes
        what = known[self.outcome].label if self.outcome else message("sensitivity.any-agreement")
        view = self.case.view.label if self.case.view else message("sensitivity.no-view")
        share = format_share(self.found.share)
        yield message("discovery.title", title=self.case.title, view=view, what=what, weeks=self.horizon, share=share)
        if changed := describe_changes_of_case(self.case):
            yield changed
        yield message("discovery.how", draws=format_number(self.found.draws))

    def _list_notes(self) -> Iterator[str]:
        if not (self.found.more or self.found.less):
            yield message("discovery.none")
        yield message("discovery.every-draw")


def format_box(box: Box) -> str:
    """A box in plain words."""
    return "; ".join(map(_format_bound, box.bounds))


def _format_bound(bound: Bound) -> str:
    """Where in its spread a quantity stands."""
    low, high = (f"{100 * end:.0f}" for end in (bound.low, bound.high))
    if bound.low <= 0.0:
        return message("discovery.lowest", place=bound.place, part=high)
    if bound.high >= 1.0:
        return message("discovery.highest", place=bound.place, part=f"{100 - 100 * bound.low:.0f}")
    return message("discovery.between", place=bound.place, low=low, high=high)


def discover(
    case: Case = None,
    *,
    view: str | None = None,
    outcome: str | None = None,
    draws: int = DISCOVERY_DRAWS,
    splits: int = 3,
    horizon: int | None = None,
    seed: int | str | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    lang: str = "en",
    workers: int | None = None,
    engine: str | None = None,
    reporter: Reporter = SILENT,
) -> DiscoveryResult:
    """Look for corners of the assumptions in which an outcome occurs more or less often, with coverage and density.

    Args:
        case: Name, file, folder or loaded scenario; the default case if left out.
        view: Source view through which it is seen; the first one if left out.
        outcome: Key of the outcome; any agreement in force if left out.
        draws: Draws that are played, 16 to 200,000; half of them find the corners, the others count them.
        splits: Quantities that bound a corner at most, 1 to 5.
        horizon: Weeks to play, 1 to 520; the scenario's if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        changes: Values to set, each as path=value; they hold in the run-up, too, as every draw counts here.
        answers: Answers to open questions, each as name=answer.
        lang: Language of the words, such as en or de.
        workers: Processes; one per core if left out, and 1 plays in this process.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        reporter: Who is told how far it is.

    Returns:
        Boxes with more and with less of the outcome.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: an argument is out of its bounds, nothing varies, or the outcome is the same in every run.
        MissingPartError: scikit-learn is not installed.
        EngineError: the engine is not installed.
    """
    check_range("draws", draws, FEWEST_DRAWS, MOST_DRAWS)
    check_range("splits", splits, 1, MOST_SPLITS)
    check_simulation(None, horizon, workers)
    check_language(lang)
    request = resolve_case(case, view, changes, answers, ALWAYS)
    cases = load_views(request.path, (), request.changes, request.answers, request.holds_from)
    name = require_known(request.views[0], cases, "view") if request.views else next(iter(cases))
    loaded, asked = cases[name], parse_seed(seed)
    if outcome is not None:
        require_known(outcome, loaded.scenario.outcomes, "outcome")
    weeks = loaded.scenario.calendar.horizon if horizon is None else horizon
    number = loaded.scenario.defaults.seed if asked is None else asked
    with use_workers(workers, engine, None, reporter) as processes:
        found = _search(loaded, outcome, (number, draws, splits, weeks), processes, reporter)
    with use_language(lang):
        translated, _ = translate_case(loaded, lang)
    return DiscoveryResult(translated, name or None, outcome or "", weeks, draws, found, lang)


def _search(
    case: LoadedCase, outcome: str | None, numbers: tuple[int, int, int, int], workers: int | None, reporter: Reporter
) -> Discovery:
    """Play the draws and grow the tree."""
    (seed, draws, splits, weeks), scenario = numbers, case.scenario
    design = make_plain_design(scenario, seed, draws)
    if not design.places:
        raise UsageError("no quantity of this scenario has a spread, so there is nothing to look for")
    base.compile_ahead(scenario, reporter.note)
    with reporter.show_progress() as tell:
        ends = simulate_design(scenario, seed, design, weeks, workers, tell)
    wanted = [
        place
        for place, (key, one) in enumerate(scenario.outcomes.items())
        if (one.agreement if outcome is None else key == outcome)
    ]
    hits = np.isin(ends, wanted)
    if hits.all() or not hits.any():
        raise UsageError("the outcome is the same in every run; ask about another one, or about another horizon")
    return discover_boxes(design.places, design.uniforms, hits, splits)
