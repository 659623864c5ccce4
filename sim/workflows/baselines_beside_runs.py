"""Baselines beside runs: a scenario is played, and plain forecasts stand beside what its runs agree on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from analysis.methods.baselines_beside_runs import BesideRuns, set_beside_runs
from analysis.methods.view_names import shorten_view_names
from analysis.report.baseline_gaps import build_baseline_sections
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.i18n.messages import get_language
from sim.workflows.build_report import SERIES_RUNS, find_package_worths
from sim.workflows.display import TextTable, format_text
from sim.workflows.load_scenario import CaseRequest
from sim.workflows.localized_results import localize, rebuild_view_in
from sim.workflows.replayed_signatures import replay_signatures
from sim.workflows.reporter import Reporter
from sim.workflows.run_scenario import run


@dataclass(frozen=True)
class RunsBeside:
    """Runs of a scenario beside plain forecasts."""

    results: Results
    """The runs."""
    views: Mapping[str, BesideRuns]
    """Forecasts and reasons by source view."""
    sections: tuple[Section, ...]
    """The same as a section of a page."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {name: _describe(one) for name, one in self.views.items()}

    def __str__(self) -> str:
        parts = []
        for section in self.sections:
            parts += [section.title, *section.sentences]
            parts += [format_text(TextTable((table.caption,), table.head, table.rows)) for table in section.tables]
        return "\n\n".join(parts)


def play_beside(
    request: CaseRequest,
    runs: int,
    horizon: int | None,
    seed: int | str | None,
    workers: int | None,
    reporter: Reporter,
) -> RunsBeside:
    """Play a scenario, and set plain forecasts beside its runs, in the language in use.

    Args:
        request: What is to be played.
        runs: Matching runs of each source view.
        horizon: Weeks; the scenario's if left out.
        seed: Seed of all random numbers; the scenario's if left out.
        workers: Processes; one per core if left out.
        reporter: Who is told how far it is.
    """
    played = run(
        request.case,
        view=list(request.views) or None,
        changes=list(request.changes),
        answers=list(request.answers),
        runs=runs,
        horizon=horizon,
        seed=seed,
        workers=workers,
        reporter=reporter,
    ).results
    replayed = replay_signatures(played, find_package_worths(played, SERIES_RUNS, 0, workers=1))
    said = shorten_view_names(localize(played, get_language()).results)
    scenarios = {name: rebuild_view_in(played.manifest, name, get_language()).scenario for name in replayed}
    return RunsBeside(
        said,
        set_beside_runs(said, scenarios, replayed),
        tuple(build_baseline_sections(said, scenarios, replayed)),
    )


def _describe(one: BesideRuns) -> dict[str, Any]:
    """One source view for machines."""
    why, agreed = one.status_quo, one.agreed
    return {
        "in_force": why.in_force,
        "not_in_force": dict(why.shares),
        "matching": why.matching,
        "blockers": {reason: asdict(one) for reason, one in why.blockers.items()},
        "issues": [
            {"issue": i.label, "nearest": i.named, "agreed": i.agreed, "share": i.share.share} for i in one.issues
        ],
        "agreed": None
        if agreed is None
        else {
            "runs": agreed.runs,
            "authors": dict(zip((*one.sides, "mediator"), agreed.authors, strict=True)),
            "largest_product": agreed.nash,
            "against_preference": dict(zip(("leaned_on", "threatened", "otherwise"), agreed.against, strict=True)),
            "forecasts": {
                name: {
                    "distance": steps.distance,
                    "lengths": dict(steps.lengths),
                    "gap": steps.gap.tolist(),
                    "steps": {step: part.tolist() for step, part in steps.steps.items()},
                    "longest": steps.main or None,
                    "refused": steps.refused,
                    "refuser": steps.refuser or None,
                }
                for name, steps in agreed.by_method.items()
            },
        },
    }
