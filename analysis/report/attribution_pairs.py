"""Attribution pairs: the page with the map of pair by theme, and the waterfall of every pair."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.figures.registry import FIGURES
from analysis.figures.share_change_text import format_points
from analysis.methods.change_words import describe_changes
from analysis.methods.named_attribution import NamedAttribution
from analysis.report.figure_sections import build_wide_section
from analysis.report.image_text import describe_runs
from analysis.report.page import render_page
from analysis.report.run_details import build_repeat_section
from analysis.report.section import Collapsible, Filter, Panel, Section
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message


def build_attribution_pairs_page(given: Sequence[NamedAttribution], results: Results) -> str:
    """The page, in the language in use.

    Args:
        given: The attribution of every pair.
        results: How the first of them was played; its runs are not needed.
    """
    manifest, named = results.manifest, {f"pair-{number}": one for number, one in enumerate(given, start=1)}
    shown = build_wide_section(FIGURES.attribution_pairs, given)
    sections = [build_waterfalls_section(named), _build_first_section(given), build_repeat_section(results)]
    title = message("attribution.pairs-page-title", title=manifest.title)
    filters = [make_pair_filter({key: (one.first, one.second) for key, one in named.items()})]
    changed, made = describe_changes(manifest), describe_runs(manifest)
    return render_page(title, manifest.question, [shown], sections, (), changed, made, filters)


def list_pairs_notes(given: Sequence[NamedAttribution], manifests: Sequence[Manifest]) -> list[str]:
    """What must be known to read the numbers of all pairs, in sentences.

    Args:
        given: The attribution of every pair.
        manifests: How each of them was played.
    """
    sets, matching = [len(one.attribution.shares) for one in given], [one.attribution.matching for one in given]
    counts: dict[str, Any] = {
        "draws": format_number(given[0].attribution.draws),
        "sets": format_number(sum(sets)),
        "weeks": format_number(given[0].weeks),
        "fewest": format_number(min(min(some) for some in matching)),
        "most": format_number(max(max(some) for some in matching)),
    }
    seed = str(manifests[0].seed)
    said = [message(f"attribution.note-{name}", seed=seed, **counts) for name in ("forecast", "intervals", "seed")]
    told = dict.fromkeys(text for manifest in manifests for text in manifest.notes)
    return [*said, *(f"Note: {text}" for text in told)]


def make_pair_filter(pairs: Mapping[str, tuple[str, str]]) -> Filter:
    """A list of pairs to choose from.

    Args:
        pairs: Names of both views for readers, by the key of the pair on the page.
    """
    rows = tuple((key, f"{first} → {second}") for key, (first, second) in pairs.items())
    return Filter("pair", message("attribution.pairs-pair"), rows)


def build_waterfalls_section(named: Mapping[str, NamedAttribution], sentences: tuple[str, ...] = ()) -> Section:
    """The waterfall of every pair, folded away, each under its pair and the whole difference.

    Args:
        named: Attributions by the key of the pair on the page.
        sentences: What is said first.
    """
    figure = FIGURES.attribution
    folded = tuple(
        Collapsible(
            f"{one.first} → {one.second}: {format_points(one.attribution.difference.value)}",
            panels=(Panel(figure.draw_figure(one), figure.summary_text(one)),),
            tables=(figure.build_table(one),),
            pair=key,
        )
        for key, one in named.items()
    )
    said = (*sentences, *([figure.how_to_read()] if folded else []))
    return Section("waterfalls", message("attribution.waterfalls"), said, collapsibles=folded)


def _build_first_section(given: Sequence[NamedAttribution]) -> Section:
    """What must be known first."""
    counts: dict[str, Any] = {
        "draws": format_number(given[0].attribution.draws),
        "weeks": format_number(given[0].weeks),
    }
    names = ("forecast", "model", "together")
    points = [(message(f"attribution.caveat-{name}"), message(f"attribution.caveat-{name}-pairs")) for name in names]
    points.append((message("attribution.caveat-draws"), message("attribution.caveat-draws-pairs", **counts)))
    intervals = message("attribution.caveat-intervals-said")
    points.append((message("attribution.caveat-intervals"), intervals))
    return Section("first", message("report.first"), points=tuple(points))
