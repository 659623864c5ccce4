"""Contradictions: the page that says which question over which sources differ moves an outcome, under one view."""

from collections.abc import Iterator, Mapping

from analysis.figures.contradiction_sides import format_side, format_views
from analysis.figures.contradiction_tornado import build_short_table, format_part
from analysis.figures.number_text import format_list
from analysis.figures.registry import FIGURES
from analysis.methods.change_words import describe_changes
from analysis.methods.contradiction_ranking import NamedRanking, RankedQuestion
from analysis.report.assumptions import format_citations
from analysis.report.coders import tell_claims
from analysis.report.figure_sections import build_figures_section
from analysis.report.image_text import describe_runs
from analysis.report.page import render_page
from analysis.report.run_details import build_repeat_section
from analysis.report.section import Collapsible, English, Mixed, Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message
from sim.schema.claim import Claim
from sim.schema.loaded_case import WEEK_1
from sim.schema.open_question import Contradiction

Sizes = Mapping[tuple[str, str], tuple[str, ...]]

CAVEATS = ("forecast", "sizes", "one", "split", "looks", "shared")
"""What a reader must know before the first number, in order."""


def build_ranking_page(
    given: NamedRanking,
    results: Results,
    contradictions: Mapping[str, Contradiction],
    claims: Mapping[str, Claim],
    sizes: Sizes,
    coders: str = "",
) -> str:
    """The page, in the language in use.

    Args:
        given: The ranking.
        results: How the view as it is was played; its runs are not needed.
        contradictions: All questions over which sources differ.
        claims: The case's claims.
        sizes: What a side sets beside the scenario's own number, place by place, by question and side.
        coders: How many claims were read twice, and by whom.
    """
    shown = build_figures_section(FIGURES.contradiction_tornado, [("", given)])
    first = Section("first", message("report.first"), points=tuple(_list_caveats(given)))
    tables = (build_short_table(given, len(given.ranking.questions)),) if given.values else ()
    said = (message("contradictions.questions-said"), *([coders] if coders else []))
    folded = tuple(
        _build_question(one, given, contradictions[one.key], claims, sizes) for one in given.ranking.questions
    )
    questions = Section(
        "questions", message("contradictions.questions-title"), said, tables=tables, collapsibles=folded
    )
    manifest = results.manifest
    title = message("contradictions.page-title", title=manifest.title, view=given.view)
    sections = [questions, first, build_repeat_section(results)]
    return render_page(
        title, manifest.question, [shown], sections, (), describe_changes(manifest), describe_runs(manifest)
    )


def _list_caveats(given: NamedRanking) -> Iterator[tuple[str, str]]:
    names = list(given.ranking.list_selecting()) if given.holds_from == WEEK_1 else []
    listed = format_list(names) if names else ""
    since = f"-{given.holds_from}{'-some' if names else ''}"
    for name in CAVEATS:
        key = f"contradictions.caveat-{name}-said{since if name == 'split' else ''}"
        looks = format_number(given.ranking.looks)
        yield message(f"contradictions.caveat-{name}"), message(key, looks=looks, names=listed)


def list_ranking_notes(given: NamedRanking, seed: int) -> Iterator[str]:
    """What must be known to read the numbers, in sentences."""
    yield from (f"{name}: {text}" for name, text in _list_caveats(given))
    yield message(
        "contradictions.note-seed",
        seed=str(seed),
        weeks=format_number(given.weeks),
        draws=format_number(given.ranking.draws),
        matching=format_number(given.ranking.n_matching),
    )


def _build_question(
    question: RankedQuestion,
    given: NamedRanking,
    contradiction: Contradiction,
    claims: Mapping[str, Claim],
    sizes: Sizes,
) -> Collapsible:
    """A question with what each side says, what it moves, and the passages it rests on."""
    flips = {flip.side: flip for flip in question.flips}
    parts = []
    for name, side in contradiction.sides.items():
        moved = (
            message("contradictions.side-moves", points=format_part(flips[name].effect))
            if name in flips
            else message("contradictions.side-none")
        )
        shown = format_side(given, question.key, flips[name], most=None) if name in flips else name
        heading = Mixed(f"{shown}: ", side.says)
        told = tell_claims({one: claims[one] for one in side.claims if one in claims})
        cited = tuple(format_citations([one], told) for one in side.claims)
        views = format_views(given, question.key, name)
        parts.append((heading, (moved, *([views] if views else []), *map(English, sizes[question.key, name]), *cited)))
    return Collapsible(Mixed(f"{question.key} ", contradiction.question), parts=tuple(parts))
