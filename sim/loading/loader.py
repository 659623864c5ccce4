"""Loader: from scenario files to a checked case; every problem at once, with file, line and remedy.

Read aloud
    A scenario file may extend another one; what it changes is laid over that one, then the source view, then --set.
    What a scenario file changes holds from week 1; in the run-up, the file it extends is played. What a source view
    changes holds in both; what --set or a side of a contradiction changes holds in both, or from week 1 if asked so.
    sources.yaml, claims.yaml, coders.yaml and views/ stand beside the file, or beside the one it extends.
    Every `because` names a claim, every claim a source and a place that the source has.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path

from sim.errors import ErrorCollector, Problem, ScenarioError, stop, suggest
from sim.loading.case_evidence import CaseEvidence, find_missing_claims, find_missing_claims_of_view, read_case_evidence
from sim.loading.discovery import ScenarioListing, derive_name, find_scenario, find_scenarios
from sim.loading.extends import Chain, find_scenario_changes, list_assumed, merge_chain, resolve_extends
from sim.loading.layered_data import LayeredData, layer_from_file
from sim.loading.merge import apply_source_view, leave_out_sequences
from sim.loading.overrides import apply_override
from sim.loading.resolve_questions import ResolvedAnswers, apply_answers, find_open_questions, resolve_answers
from sim.loading.strict_yaml import YamlFile, read_yaml
from sim.loading.validation import validate
from sim.schema.consistency import find_uneven_worth
from sim.schema.loaded_case import ALWAYS, WEEK_1, HoldsFrom, LoadedCase
from sim.schema.scenario import Scenario
from sim.schema.source_view import SourceView

__all__ = ["LoadedCase", "ScenarioError", "ScenarioListing", "find_scenarios", "list_views", "load_case"]


def load_case(
    path: str | Path,
    *,
    view: str | None = None,
    changes: Sequence[str] = (),
    answers: Sequence[str] = (),
    holds_from: HoldsFrom | None = None,
    assumes: bool = True,
) -> LoadedCase:
    """Load a scenario file, a folder (its base.yaml or scenario.yaml) or a name found under scenarios/.

    Args:
        path: File, folder or name.
        view: Source view; the scenario as it is written if left out.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        holds_from: From when hold what scenario files assume, what a side of a contradiction believes and what is
            set; if left out, from week 1 where a scenario file assumes something, and always where none does.
        assumes: False to leave out what scenario files assume.

    Raises:
        ScenarioError: every mistake at once.
    """
    chain = resolve_extends(find_scenario(path))
    seen = ErrorCollector()
    evidence = read_case_evidence(chain, seen)
    view_file = seen.attempt(lambda: _read_view_file(chain, view), None)
    source_view = seen.attempt(lambda: _validate_view(view_file), None)
    found = seen.attempt(lambda: resolve_answers(chain, answers, find_view_paths(chain)), ResolvedAnswers())
    assumed = tuple(list_assumed(chain)) if assumes else ()
    all_changes = (*assumed, *found.changes, *changes)
    layered = _layer_files(chain, found, view_file, all_changes, seen)
    seen.problems += _find_missing_claims(evidence, layered, view_file, chain)
    scenario = _validate_scenario(layered, seen)
    holds_from = (holds_from or (WEEK_1 if assumed else ALWAYS)) if all_changes and scenario.run_up.weeks else ALWAYS
    anew = bool(find_scenario_changes(chain) or found.answers or holds_from == WEEK_1)
    before = _layer_run_up(chain, layered, view_file, all_changes if holds_from == ALWAYS else ()) if anew else None
    return LoadedCase(
        name=derive_name(chain[0].path),
        path=chain[0].path,
        scenario=scenario if before is None else scenario.with_run_up(validate(Scenario, before.data, before)),
        view=source_view,
        sources=evidence.sources,
        claims=evidence.claims,
        coders=evidence.coders,
        text=layered.data,
        run_up_text=None if before is None else before.data,
        changes=all_changes,
        assumed=assumed,
        answers=tuple(answers),
        holds_from=holds_from,
        files=_list_paths(chain, view_file, evidence),
    )


def _list_paths(chain: Chain, view_file: YamlFile | None, evidence: CaseEvidence) -> tuple[Path, ...]:
    """Every file that was read, the scenario file first."""
    return tuple(file.path for file in (*chain, *([view_file] if view_file else []), *evidence.files))


def _find_missing_claims(
    evidence: CaseEvidence, layered: LayeredData, view_file: YamlFile | None, chain: Chain
) -> list[Problem]:
    """Claims that the case names and does not have, if all its evidence can be read."""
    if not evidence.is_complete:
        return []
    found = find_missing_claims(layered, evidence.claims, chain)
    return [*found, *find_missing_claims_of_view(view_file, evidence.claims)]


def _validate_scenario(layered: LayeredData, seen: ErrorCollector) -> Scenario:
    """The scenario of the layered data, if nothing at all is wrong."""
    seen.problems += [Problem(*layered.locate_unfit(place), text) for place, text in find_uneven_worth(layered.data)]
    scenario = seen.attempt(lambda: validate(Scenario, layered.data, layered), None)
    if scenario is None or seen.problems:
        raise ScenarioError(seen.problems)
    return scenario


def list_views(path: str | Path) -> list[str]:
    """Names of the source views of a scenario, `wide` first, the others by alphabet."""
    return list(find_view_paths(resolve_extends(find_scenario(path))))


def require_views(path: str | Path, views: Sequence[str]) -> None:
    """Stop at source views that a scenario does not have; the file itself is not checked.

    Args:
        path: File, folder or name of the scenario.
        views: Names of source views.

    Raises:
        ScenarioError: it names every one that is not there.
    """
    chain, seen = resolve_extends(find_scenario(path)), ErrorCollector()
    paths = find_view_paths(chain)
    for view in views:
        seen.attempt(partial(_find_view_path, chain, paths, view), None)
    seen.stop_if_any()


def _layer_files(
    chain: Chain, found: ResolvedAnswers, view: YamlFile | None, changes: Sequence[str], seen: ErrorCollector
) -> LayeredData:
    """The files of a chain, seen through the source view and with the values that the command line sets."""
    whole = seen.attempt(lambda: apply_answers(merge_chain(chain), found), None)
    if whole is None:
        raise ScenarioError(seen.problems)
    layered = whole if view is None else seen.attempt(partial(apply_source_view, whole, view), whole)
    for change in changes:
        layered = seen.attempt(partial(apply_override, layered, change), layered)
    return leave_out_sequences(layered)


def _layer_run_up(chain: Chain, layered: LayeredData, view: YamlFile | None, changes: Sequence[str]) -> LayeredData:
    """What holds before week 1: the case without its scenario files, but with their account of the run-up."""
    before = merge_chain(chain[len(find_scenario_changes(chain)) :])
    before = before if view is None else apply_source_view(before, view)
    before = leave_out_sequences(apply_possible_overrides(before, changes))
    return LayeredData(before.data | {"run_up": layered.data.get("run_up", {})}, before.layers)


def apply_possible_overrides(layered: LayeredData, changes: Sequence[str]) -> LayeredData:
    """The data with the changes that are about something it has."""
    for change in changes:
        layered = ErrorCollector().attempt(partial(apply_override, layered, change), layered)
    return layered


def select_scenario_answers(path: str | Path, answers: Sequence[str]) -> tuple[str, ...]:
    """Those of the answers that scenario files offer, not sides of contradictions."""
    own = find_open_questions(resolve_extends(find_scenario(path)))
    return tuple(answer for answer in answers if answer.partition("=")[0].strip() in own)


def find_view_paths(chain: Chain) -> dict[str, Path]:
    """Files of the source views of a chain, `wide` first, the others by alphabet."""
    found: dict[str, Path] = {}
    for file in chain:
        for path in (file.path.parent / "views").glob("*.yaml"):
            found.setdefault(path.stem, path)
    return {name: found[name] for name in sorted(found, key=lambda name: (name != "wide", name))}


def _read_view_file(chain: Chain, view: str | None) -> YamlFile | None:
    if view is None:
        return None
    return read_yaml(_find_view_path(chain, find_view_paths(chain), view))


def _find_view_path(chain: Chain, paths: Mapping[str, Path], view: str) -> Path:
    if view not in paths:
        remedy = suggest(view, paths) if paths else "it has no source views; leave `view=` out"
        raise stop(chain[0].name, 0, f"there is no source view {view!r} for this scenario", remedy)
    return paths[view]


@lru_cache(maxsize=64)
def _validate_view(file: YamlFile | None) -> SourceView | None:
    if file is None:
        return None
    view = validate(SourceView, file.data, layer_from_file(file))
    if view.view != file.path.stem:
        remedy = f"write `view: {file.path.stem}` or rename the file"
        raise stop(file.name, file.find_line(("view",)), f"view: {view.view!r} is not the name of this file", remedy)
    return view
