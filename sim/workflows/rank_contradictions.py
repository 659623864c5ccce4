"""Rank contradictions: which of the questions over which sources differ moves an outcome most, and is worth knowing?"""

import json
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from analysis.figures.contradiction_tornado import build_short_table, draw_figure, summary_text
from analysis.methods.change_words import describe_changes
from analysis.methods.contradiction_ranking import NamedRanking, find_voices, find_within, rank_questions
from analysis.methods.knowledge_value import KnowledgeValue, compute_knowledge_values
from analysis.methods.shares import ANY_AGREEMENT
from analysis.methods.summary import NOTE
from analysis.report.coders import describe_coders, describe_coders_shortly
from analysis.report.contradictions import build_ranking_page, list_ranking_notes
from analysis.report.page import name_page, write_page
from analysis.report.section import English
from sim.engines import base
from sim.ensemble.dispatcher import simulate_views
from sim.ensemble.fingerprint import compute_code_fingerprint
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results
from sim.errors import display_path, require_known
from sim.experiments.contradiction_flips import Played, simulate_flips
from sim.experiments.coupled_draws import NOT_MATCHED, DrawOutcomes
from sim.export.csv_file import make_csv_writer
from sim.i18n.messages import use_language
from sim.loading.tables.formula_guard import guard_row
from sim.loading.translations import translate_contradictions
from sim.schema.loaded_case import WEEK_1
from sim.schema.scenario import Scenario
from sim.storage.atomic_write import make_folder
from sim.storage.bounded_read import MEGABYTE
from sim.storage.results_folder import check_writable, choose_folder, copy_files
from sim.storage.sealed_arrays import load_sealed, save_sealed
from sim.workflows.arguments import (
    OneOrMany,
    check_language,
    check_range,
    check_simulation,
    list_words,
    parse_holds_from,
    parse_seed,
    parse_share,
)
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.flip_plan import AS_IS, FlipPlan, make_flip_plan
from sim.workflows.list_contradictions import describe_claims
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.localized_results import localize
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.side_numbers import find_side_numbers
from sim.workflows.side_sizes import find_side_sizes
from sim.workflows.workers import use_workers

MARGIN = 0.05
"""A difference closer to zero than this is negligible, unless another margin is asked for."""

PAGE_NAME, NUMBERS_NAME, DRAWS_NAME = "contradictions.html", "contradictions.json", "draws.npz"
MOST_DRAWS, MOST_BYTES = 100_000, 256 * MEGABYTE


@dataclass(frozen=True, repr=False)
class ContradictionRanking(TableDisplay):
    """Questions over which sources differ, in the order in which they move an outcome under one source view."""

    plan: FlipPlan
    """What was played."""
    named: NamedRanking
    """The ranking with the names of all it speaks of."""
    outcome: str
    """Key of the outcome; empty for all agreements in force."""
    numbers: Path
    """File with the numbers."""
    page: Path | None
    """The page, if one was written."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines; shares and differences from -1 to 1."""
        return {**_as_json(self.plan, self.named, self.outcome), "outputs": display_path(self.numbers.parent)}

    def to_frame(self) -> Any:
        """One row per side, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(list_side_rows(self.named))

    def figure(self) -> Any:
        """A tornado: bars about zero, the widest question on top; a Plotly figure."""
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
        return copy_files(
            [self.numbers, self.numbers.with_suffix(".csv"), *([self.page] if self.page else [])], Path(folder)
        )

    def list_notes(self) -> list[str]:
        """What must be known to read the ranking."""
        coders = describe_coders_shortly(self.plan.case.claims.values(), self.plan.case.coders)
        return [*list_ranking_notes(self.named, self.plan.plan.manifest.seed), *([coders] if coders else [])]

    def describe_changed(self) -> str:
        """What was set and answered, in one line; empty if nothing was."""
        return describe_changes(self.plan.plan.manifest)

    def build_text_table(self) -> TextTable:
        """The side that decides, or else the widest, of each of the questions that move most."""
        table = build_short_table(self.named)
        return TextTable((table.caption,), table.head, table.rows, (summary_text(self.named), *self.list_notes()))


def list_side_rows(named: NamedRanking) -> list[dict[str, Any]]:
    """One row per side: differences from -1 to 1 with their ends, and the kinds and speakers of the side's claims."""
    return [
        {"question": key, "asked": named.questions[key], "verdict": one["verdict"], "side": side}
        | {"shown": side == one["shown"], "decides": row["decides"]}
        | {
            name if end == "value" else f"{name}_{end}": (row[name] or {}).get(end)
            for name in ("difference", "effect", "selection")
            for end in ("value", "low", "high")
        }
        | {name: row[name] for name in ("share", "p", "p_holm", "matching", "jointly_matching")}
        | {"kinds": "; ".join(dict.fromkeys(kind for kind, _ in named.voices.get((key, side), ())))}
        | {"speakers": "; ".join(dict.fromkeys(who for _, who in named.voices.get((key, side), ()) if who))}
        | _list_relations(named, (key, side))
        for key, one in named.ranking.as_json()["questions"].items()
        for side, row in one["sides"].items()
    ]


def _list_relations(named: NamedRanking, look: tuple[str, str]) -> dict[str, str]:
    """Source views that have the numbers of a side, and sides of other questions that set some of them."""
    found = named.numbers[look].as_json() if look in named.numbers else {}
    shared = [f"{one['with']} ({one['numbers']})" for one in found.get("shares", [])]
    return {"views": "; ".join(found.get("views", [])), "shares": "; ".join(shared)}


def rank_contradictions(
    view: str,
    *,
    case: Case = None,
    outcome: str | None = None,
    runs: int = 1000,
    horizon: int | None = None,
    seed: int | str | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    holds_from: str = WEEK_1,
    policy: OneOrMany = (),
    margin: float | str = MARGIN,
    out: str | Path = "outputs",
    workers: int | None = None,
    engine: str | None = None,
    scheduler: str | None = None,
    lang: str = "en",
    report: bool = True,
    command: str = "",
    reporter: Reporter = SILENT,
) -> ContradictionRanking:
    """Lay every side of every contradiction over a source view, one at a time; rank them by how far a share moves.

    Args:
        view: The source view.
        case: Name, file, folder or loaded scenario; the default case if left out.
        outcome: Key of the outcome whose share is asked about; any agreement in force if left out.
        runs: Matching runs of the view as it is, 2 to 100,000; every side is played on the same draws.
        horizon: Weeks to play, 1 to 520; the scenario's if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        holds_from: From when a side holds: `week-1`, so that the same runs match with and without it, or `always`, in
            the reported run-up, too.
        policy: Scenario files to choose from besides the case itself: how often does another one become the best, and
            what is it worth to know the answer first? `all` for all of the case.
        margin: Distance from zero within which a difference is called negligible, as `5%` or 0.05.
        out: Folder in which results are kept.
        workers: Processes; one per core if left out, and 1 plays in this process.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        scheduler: Address of a Dask scheduler whose workers play.
        lang: Language of the page.
        report: True to write a page.
        command: The command to put on record.
        reporter: Who is told how far it is.

    Returns:
        Differences of the share with effect and selection apart, with intervals that hold together, and where they are
        kept. What was played is kept, too: asked again, only what is missing is played, after an interruption as well.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: the case has no contradictions, or there is no such outcome, or an argument is out of its bounds.
        EngineError: the engine is not installed.
        NoMatchError: hardly any draw matches the reported run-up.
    """
    check_range("runs", runs, 2, MOST_DRAWS)
    check_simulation(None, horizon, workers)
    check_language(lang)
    width = parse_share(margin, "margin", "5% or 0.05")
    with use_workers(workers, engine, scheduler, reporter) as processes:
        check_writable(Path(out))
        since = parse_holds_from(holds_from)
        request = resolve_case(case, (view,), changes, answers, since)
        plan = make_flip_plan(request, list_words(policy), runs, horizon, parse_seed(seed), command)
        if outcome is not None:
            require_known(outcome, plan.plan.manifest.outcomes, "outcome")
        played = _play(plan, Path(out), processes, reporter, compile_ahead=scheduler is None)
    return _save(plan, played, (outcome or "", width), Path(out), lang if report else "")


def _play(plan: FlipPlan, out: Path, workers: int | None, reporter: Reporter, *, compile_ahead: bool) -> Played:
    """How every draw ends with every side; what was played before is not played again."""
    manifest = plan.plan.manifest
    first = plan.scenarios[plan.looks[plan.files[0], *AS_IS]]
    if compile_ahead:
        base.compile_ahead(first, reporter.note)
    draws = _count_draws(plan, first, workers)
    folder = _choose_folder(plan, out)
    seal = sha256(f"{compute_code_fingerprint()} {manifest.seed} {draws} {manifest.horizon_weeks}".encode()).hexdigest()
    kept = load_sealed(folder / DRAWS_NAME, seal, MOST_BYTES)
    fit = {name for name, ends in kept.items() if ends.shape == (draws,) and ends.dtype == np.uint8}
    played = {name: kept[name] for name in plan.scenarios if name in fit}
    left = len(plan.scenarios) - len(played)
    reporter.note(f"{left:,} cases to play, {draws:,} draws each{'; the others are kept' if played else ''}.")
    try:
        with reporter.show_progress() as progress:
            simulate_flips(plan.scenarios, manifest.seed, draws, manifest.horizon_weeks, played, workers, progress)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("interrupted; the same command goes on with what is left") from None
    finally:
        if left and played:
            make_folder(folder)
            save_sealed(folder / DRAWS_NAME, seal, {**kept, **played})
    return played


def _count_draws(plan: FlipPlan, scenario: Scenario, workers: int | None) -> int:
    """Draws after which as many match as were asked for."""
    manifest = plan.plan.manifest
    found, complete = simulate_views({plan.view: scenario}, manifest.seed, manifest.runs_asked, 1, workers, zone_runs=0)
    if not complete:
        raise KeyboardInterrupt
    return found[plan.view].n_drawn


def _rank(plan: FlipPlan, played: Played, outcome: str, margin: float, manifest: Manifest) -> NamedRanking:
    """The ranking, and what knowing is worth, with the names of a manifest."""
    home, keys = plan.files[0], (outcome,) if outcome else manifest.agreements
    counted = [number for number, key in enumerate(manifest.outcomes) if key in keys]

    def find(file: str, question: str, side: str) -> DrawOutcomes:
        return played[plan.looks[file, question, side]]

    flips = {key: {side: find(home, key, side) for side in sides} for key, sides in plan.moving.items()}
    ranking = rank_questions(find(home, *AS_IS), flips, counted, NOT_MATCHED, margin, plan.list_same())
    values: dict[str, KnowledgeValue] = {}
    if len(plan.files) > 1:
        answers = {
            key: {side: {file: find(file, key, side) for file in plan.files} for side in plan.contradictions[key].sides}
            for key in plan.moving
        }
        as_is = {file: find(file, *AS_IS) for file in plan.files}
        values = compute_knowledge_values(as_is, answers, counted, NOT_MATCHED)
    return NamedRanking(
        view=manifest.labels[plan.view],
        outcome_label=manifest.outcomes[outcome] if outcome else "",
        weeks=manifest.horizon_weeks,
        holds_from=plan.holds_from,
        ranking=ranking,
        questions={key: one.question for key, one in plan.contradictions.items()},
        n_without_effect=len(plan.contradictions) - len(flips),
        values=values,
        files=plan.files if values else (),
        voices=find_voices(plan.contradictions, plan.case.claims),
        within=find_within(plan.contradictions, plan.case.claims, plan.case.sources),
        numbers=find_side_numbers(plan),
    )


def _as_json(plan: FlipPlan, named: NamedRanking, outcome: str) -> dict[str, Any]:
    manifest, found = plan.plan.manifest, named.ranking.as_json()
    for key, one in found["questions"].items():
        one["question"] = named.questions[key]
        for name, sizes in find_side_sizes(plan.case, plan.contradictions[key]).items():
            if name in one["sides"]:
                one["sides"][name]["sets"] = [asdict(size) for size in sizes]
                one["sides"][name]["claims"] = describe_claims(plan.contradictions[key].sides[name], plan.case.claims)
                one["sides"][name] |= named.numbers[key, name].as_json()
        if key in named.values:
            one["knowing"] = asdict(named.values[key])
    return {
        "note": NOTE,
        "scenario": manifest.scenario,
        "view": plan.view,
        "outcome": outcome or ANY_AGREEMENT,
        "seed": manifest.seed,
        "horizon_weeks": manifest.horizon_weeks,
        "holds_from": plan.holds_from,
        "contradictions": len(plan.contradictions),
        "without_effect": named.n_without_effect,
        "files": list(named.files),
        **found,
    }


def _choose_folder(plan: FlipPlan, out: Path) -> Path:
    """Where a ranking is kept: one folder for each view, seed, horizon and set of changes."""
    manifest = plan.plan.manifest
    asked = f"{manifest.fingerprint} {plan.view} {plan.holds_from}"
    name = f"contradictions-{plan.view}-{sha256(asked.encode()).hexdigest()[:8]}"
    return choose_folder(manifest, out).with_name(name)


def _name_file(name: str, outcome: str, margin: float) -> str:
    """A file of its own for every outcome and margin that was asked for, so that none takes another's place."""
    asked = "".join([f"-{outcome}" * bool(outcome), f"-within-{margin:g}" * (margin != MARGIN)])
    return f"{Path(name).stem}{asked}{Path(name).suffix}"


def _save(plan: FlipPlan, played: Played, asked: tuple[str, float], out: Path, lang: str) -> ContradictionRanking:
    """Keep the numbers, as JSON and as CSV, and write the page if there is a language for it."""
    manifest, (outcome, margin) = plan.plan.manifest, asked
    named, folder = _rank(plan, played, outcome, margin, manifest), _choose_folder(plan, out)
    make_folder(folder)
    made = manifest.model_dump(mode="json", exclude={"precision"}) | {"code": compute_code_fingerprint()}
    data = {**_as_json(plan, named, outcome), "manifest": made}
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    numbers = write_page(folder / _name_file(NUMBERS_NAME, outcome, margin), text + "\n")
    write_page(numbers.with_suffix(".csv"), _format_csv(named))
    page = None
    if lang:
        with use_language(lang):
            built = _build_page(plan, named, outcome, lang)
        page = write_page(folder / name_page(_name_file(PAGE_NAME, outcome, margin), lang), built)
    return ContradictionRanking(plan, named, outcome, numbers, page)


def _format_csv(named: NamedRanking) -> str:
    """One row per side, as text."""
    rows, text = list_side_rows(named), StringIO()
    make_csv_writer(text).writerows([list(rows[0]) if rows else [], *(guard_row([*row.values()]) for row in rows)])
    return text.getvalue()


def _build_page(plan: FlipPlan, named: NamedRanking, outcome: str, lang: str) -> str:
    """The page, in the language in use."""
    said = localize(Results(plan.plan.manifest, {}), lang)
    labels, outcomes = said.results.manifest.labels, said.results.manifest.outcomes
    told = translate_contradictions(plan.contradictions, said.texts, English)
    shown = replace(
        named,
        view=labels[plan.view],
        outcome_label=outcomes[outcome] if outcome else "",
        questions={key: one.question for key, one in told.items()},
    )
    sizes = {
        (key, name): tuple(map(str, some))
        for key, one in plan.contradictions.items()
        for name, some in find_side_sizes(plan.case, one).items()
    }
    claims = plan.case.claims
    coders = describe_coders(claims.values(), plan.case.coders)
    return build_ranking_page(shown, said.results, told, claims, sizes, coders)
