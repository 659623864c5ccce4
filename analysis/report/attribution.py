"""Attribution: the page that says what the difference between two source views comes from."""

from typing import Any

from analysis.figures import attribution as figure
from analysis.figures.registry import FIGURES
from analysis.methods.change_words import describe_changes
from analysis.methods.named_attribution import NamedAttribution, PlaceDifference, Statement
from analysis.report.assumptions import format_citations
from analysis.report.caveats import describe_sharpness
from analysis.report.figure_sections import build_figures_section
from analysis.report.image_text import describe_runs
from analysis.report.notes import Claims
from analysis.report.page import list_language_notes, render_page
from analysis.report.run_details import build_repeat_section
from analysis.report.section import Collapsible, English, Section
from sim.ensemble.results import Results
from sim.experiments.theme_differences import ACCOUNT
from sim.i18n.messages import format_number, message

CAVEATS = ("forecast", "model", "values", "together", "draws", "intervals")
"""What a reader must know before the first number, in order."""


def build_attribution_page(
    given: NamedAttribution,
    results: Results,
    claims: Claims,
    coders: str = "",
    untranslated: frozenset[str] = frozenset(),
) -> str:
    """The page, in the language in use.

    Args:
        given: The attribution.
        results: How the views were played; their runs are not needed.
        claims: Place with kind and speaker, and our reading, by claim.
        coders: How many claims were read twice, and by whom.
        untranslated: Places that have no text in the language.
    """
    manifest = results.manifest
    shown = build_figures_section(FIGURES.attribution, [("", given)])
    sections = [
        _build_first_section(given, results),
        _build_statements_section(given, claims, coders),
        build_repeat_section(results),
    ]
    title = message("attribution.page-title", title=manifest.title, first=given.first, second=given.second)
    notes, changed = list_language_notes(untranslated), describe_changes(manifest)
    return render_page(title, manifest.question, [shown], sections, notes, changed, describe_runs(manifest))


def _build_first_section(given: NamedAttribution, results: Results) -> Section:
    """What must be known first."""
    points = [(message(f"attribution.caveat-{name}"), _format_caveat(name, given)) for name in CAVEATS]
    points.append((message("report.sharpness"), describe_sharpness(results)))
    return Section("first", message("report.first"), points=tuple(points))


def _format_caveat(name: str, given: NamedAttribution) -> str:
    found = given.attribution
    known = len(set(found.matching)) == 1 and found.matching[0] == found.draws
    key = f"attribution.caveat-{name}-{'all' if name == 'draws' and known else 'said'}"
    return message(key, first=given.first, second=given.second, **format_counts(given))


def format_counts(given: NamedAttribution) -> dict[str, Any]:
    """How many themes, sets, draws and weeks there are."""
    found = given.attribution
    return {
        "themes": format_number(len(found.themes)),
        "sets": format_number(len(found.shares)),
        "draws": format_number(found.draws),
        "weeks": format_number(given.weeks),
        "fewest": format_number(min(found.matching)),
        "most": format_number(max(found.matching)),
    }


def _build_statements_section(given: NamedAttribution, claims: Claims, coders: str) -> Section:
    """Every theme with what the views say differently, folded away."""
    folded = tuple(_build_theme(name, given, claims) for name in given.attribution.ranked_themes)
    said = (message("attribution.says-said"), *([coders] if coders else []))
    return Section("says", message("attribution.says"), said, collapsibles=folded)


def _build_theme(name: str, given: NamedAttribution, claims: Claims) -> Collapsible:
    differ = given.place_differences[name]
    named: dict[str, Any] = {
        "theme": figure.format_theme(name),
        "shift": figure.format_shift(given.attribution.themes[name]),
    }
    many = message("attribution.says-many", count=len(differ))
    title = (
        message("attribution.says-account", **named)
        if name == ACCOUNT
        else message("attribution.says-theme", many=many, **named)
    )
    return Collapsible(title, parts=tuple((English(one.place), _list_lines(one, given, claims)) for one in differ))


def _list_lines(difference: PlaceDifference, given: NamedAttribution, claims: Claims) -> tuple[str, ...]:
    return (
        *_describe_statement(given.first, difference.first, claims),
        *_describe_statement(given.second, difference.second, claims),
    )


def _describe_statement(view_label: str, statement: Statement, claims: Claims) -> list[str]:
    """What one view says at a place, and what that rests on."""
    key = "attribution.says-number" if statement.own else "attribution.says-scenario"
    lines = [message(key, view=view_label, number=statement.number)]
    if statement.because:
        lines.append(format_citations(statement.because, claims))
    elif statement.assumed:
        lines.append(message("attribution.says-ours", why=statement.assumed))
    return lines
