"""Kept findings: attributions and rankings of the compared case that were played before, and which are missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from analysis.methods.attribution import attribution_from_json
from analysis.methods.contradiction_ranking import (
    NamedRanking,
    Voice,
    find_voices,
    find_within,
    ranking_from_json,
)
from analysis.methods.named_attribution import NamedAttribution, ViewScenario, compare_statements
from analysis.methods.shares import ANY_AGREEMENT
from analysis.methods.side_numbers import Look, SideNumbers, side_numbers_from_json
from analysis.report.section import English
from analysis.report.view_findings import KeptFindings, Pair
from sim.ensemble.fingerprint import compute_code_fingerprint
from sim.ensemble.manifest import Manifest
from sim.experiments.theme_differences import find_theme_differences, find_themes
from sim.loading.extends import resolve_extends
from sim.loading.resolve_questions import read_contradictions
from sim.loading.translations import Translation, translate_contradictions
from sim.schema.loaded_case import WEEK_1, LoadedCase
from sim.schema.open_question import Contradiction
from sim.storage.bounded_read import MEGABYTE, read_json_object
from sim.storage.results_folder import choose_folder
from sim.workflows import attribute_views, rank_contradictions
from sim.workflows.arguments import parse_holds_from

DEFAULT_OUT, MOST_BYTES = Path("outputs"), 64 * MEGABYTE

UNFIT = (KeyError, TypeError, ValueError, AttributeError)
"""What reading says of a file that somebody changed."""

SAME = ("scenario", "text", "run_up_text", "seed", "horizon_weeks", "changes", "outcomes")
"""What must be equal in what was played before."""


def find_kept_findings(
    manifest: Manifest, cases: Mapping[str, LoadedCase], names: Sequence[str], out: Path
) -> KeptFindings:
    """Attributions and rankings of the same case, seed, horizon and code, and what is missing of them.

    Args:
        manifest: How the views are played.
        cases: The case through every view.
        names: The views that are compared, in order.
        out: Folder in which results are kept.
    """
    folder, views = choose_folder(manifest, out).parent, list(dict.fromkeys(names))
    case = cases[views[0]]
    contradictions = read_contradictions(resolve_extends(case.path))
    voices = find_voices(contradictions, case.claims)
    attributions = _find_attributions(manifest, cases, views, folder)
    found = _find_rankings(manifest, contradictions, voices, views, folder)
    within = find_within(contradictions, case.claims, case.sources)
    rankings = {view: replace(one, within=within) for view, one in found.items()}
    paired = [name for name in views if manifest.authors[name]]
    paired = paired if len(paired) > 1 else views
    lacking = [pair for pair in combinations(paired, 2) if not {pair, pair[::-1]} & attributions.keys()]
    return KeptFindings(
        attributions,
        rankings,
        contradictions,
        unattributed=tuple(paired) if lacking else (),
        unranked=tuple(view for view in views if view not in rankings) if contradictions else (),
        folder="" if out == DEFAULT_OUT else str(out),
    )


def _read_kept(manifest: Manifest, paths: Iterator[Path]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What is kept of the same case, seed, horizon and code, each with how it was made; others are passed over."""
    known = manifest.model_dump(mode="json")
    for path in sorted(paths):
        try:
            data = read_json_object(path, MOST_BYTES)
        except (OSError, ValueError):
            continue
        made = data.get("manifest")
        if not isinstance(made, dict) or made.get("code") != compute_code_fingerprint():
            continue
        same_past = not known["changes"] or made.get("holds_from") == known["holds_from"]
        same = same_past and all(made.get(name) == known[name] for name in SAME)
        if same and data.get("outcome") == ANY_AGREEMENT:
            yield data, made


def _find_attributions(
    manifest: Manifest, cases: Mapping[str, LoadedCase], views: Sequence[str], folder: Path
) -> dict[Pair, NamedAttribution]:
    """Attributions of any agreement in force between two of the views; of several, that with the most draws."""
    seen = {name: ViewScenario(case.text, find_themes(case)) for name, case in cases.items()}
    texts, found = manifest.model_dump(mode="json")["view_texts"], dict[Pair, NamedAttribution]()
    for data, made in _read_kept(manifest, folder.glob(f"attribute-*/{attribute_views.NUMBERS_NAME}")):
        try:
            first, second = data["views"]
            if not {first, second} <= {*views} or made["view_texts"] != {one: texts[one] for one in (first, second)}:
                continue
            known = attribution_from_json(data)
        except UNFIT:
            continue
        differ = find_theme_differences(cases[first], cases[second])
        says = {theme.theme: compare_statements(theme, seen[first], seen[second]) for theme in differ}
        before = found.get((first, second))
        if {*says} == {*known.themes} and (before is None or known.draws >= before.attribution.draws):
            labels = manifest.labels[first], manifest.labels[second]
            found[first, second] = NamedAttribution(*labels, "", manifest.horizon_weeks, known, says)
    order = {pair: number for number, pair in enumerate(combinations(views, 2))}
    straight = {pair: one for pair, one in found.items() if pair in order or pair[::-1] not in found}
    return dict(sorted(straight.items(), key=lambda item: order.get(item[0], order.get(item[0][::-1], 0))))


def _find_rankings(
    manifest: Manifest,
    contradictions: Mapping[str, Contradiction],
    voices: Mapping[Look, tuple[Voice, ...]],
    views: Sequence[str],
    folder: Path,
) -> dict[str, NamedRanking]:
    """Rankings by any agreement in force under the views, one for each view."""
    texts, found = manifest.model_dump(mode="json")["view_texts"], dict[str, NamedRanking]()
    for data, made in _read_kept(manifest, folder.glob(f"contradictions-*/{rank_contradictions.NUMBERS_NAME}")):
        try:
            view = data["view"]
            if view not in views or made["view_texts"] != {view: texts[view]}:
                continue
            ranking, nothing = ranking_from_json(data), int(data["without_effect"])
            since, numbers = parse_holds_from(data["holds_from"]), _read_side_numbers(data)
        except UNFIT:
            continue
        if {one.key for one in ranking.questions} <= contradictions.keys():
            asked = {key: one.question for key, one in contradictions.items()}
            names = manifest.labels[view], "", manifest.horizon_weeks, since
            named = NamedRanking(*names, ranking, asked, nothing, {}, (), voices, numbers=numbers)
            found[view] = max((named, *([found[view]] if view in found else [])), key=_rate)
    return {view: found[view] for view in views if view in found}


def _read_side_numbers(data: Mapping[str, Any]) -> dict[Look, SideNumbers]:
    """What was kept of the numbers that sides set."""
    read = {
        (str(key), str(side)): side_numbers_from_json(row)
        for key, one in data["questions"].items()
        for side, row in one["sides"].items()
    }
    return {look: numbers for look, numbers in read.items() if numbers is not None}


def _rate(one: NamedRanking) -> tuple[bool, int]:
    """The ranking that the command makes unasked is shown, where sides hold from week 1 on; of several, the largest."""
    return one.holds_from == WEEK_1, one.ranking.draws


def translate(kept: KeptFindings, labels: Mapping[str, str], texts: Translation) -> KeptFindings:
    """The same with the names of views and the words of contradictions in a language.

    Args:
        kept: What was played before.
        labels: Names of the views.
        texts: What the case says in the language.
    """
    told = translate_contradictions(kept.contradictions, texts, English)
    asked = {key: one.question for key, one in told.items()}
    return replace(
        kept,
        attributions={
            (first, second): replace(one, first=labels[first], second=labels[second])
            for (first, second), one in kept.attributions.items()
        },
        rankings={view: replace(one, view=labels[view], questions=asked) for view, one in kept.rankings.items()},
        contradictions=told,
    )
