"""Varied shares: the page about shares when assumptions are varied."""

from collections.abc import Iterator

from analysis.figures.number_text import format_list, format_share
from analysis.figures.registry import FIGURES
from analysis.figures.varied_shares import format_setting
from analysis.methods.change_words import describe_changes
from analysis.methods.varied_shares import VariedShares
from analysis.report.figure_sections import build_figures_section
from analysis.report.image_text import describe_runs
from analysis.report.page import list_language_notes, render_page
from analysis.report.run_details import build_repeat_section
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.i18n.messages import message
from sim.schema.loaded_case import WEEK_1

MOST_NAMED = 3
"""Settings named in a warning, at most."""


def build_varied_page(varied: VariedShares, results: Results, untranslated: frozenset[str] = frozenset()) -> str:
    """The page, in the language in use.

    Args:
        varied: Shares at every setting.
        results: The unchanged case, with its texts in the language.
        untranslated: Places that have no text in it.
    """
    manifest = results.manifest
    shown = build_figures_section(FIGURES.varied_shares, [("", varied)])
    known = Section("first", message("report.first"), tuple(list_varied_notes(varied)))
    factors = format_list([one.label for one in varied.factors])
    title = message("varied.page-title", title=manifest.title, factors=factors)
    notes, changed = list_language_notes(untranslated), describe_changes(manifest)
    sections = [known, build_repeat_section(results)]
    return render_page(title, manifest.question, [shown], sections, notes, changed, describe_runs(manifest))


def list_varied_notes(varied: VariedShares) -> Iterator[str]:
    """From when values hold, what that means for differences, and where few runs match."""
    yield from _list_unmoved(varied)
    if not varied.is_same_selection:
        yield message("report.paired-parts")
    for name, label in varied.view_labels.items():
        unchanged = varied.unchanged[name]
        share = format_share(unchanged.n_matching / unchanged.n_drawn)
        few = [one.values for one in varied.settings if name in one.change.views and one.change.views[name].matches_few]
        none = [one.values for one in varied.settings if name not in one.change.views]
        if few:
            yield message("varied.few", view=label, settings=_name_settings(varied, few), unchanged=share)
        if none:
            yield message("varied.none", view=label, settings=_name_settings(varied, none))
    if not varied.complete:
        yield message("varied.interrupted")


def _list_unmoved(varied: VariedShares) -> Iterator[str]:
    """From when values hold, and which settings change nothing, or move no share."""
    from_week_1 = varied.holds_from == WEEK_1 and varied.run_up_weeks > 0
    alike = [one.values for one in varied.settings if one.change.is_same_case]
    unmoved = [one.values for one in varied.settings if one.change.moves_no_share and not one.change.is_same_case]
    if varied.settings and len(alike) == len(varied.settings):
        yield message("report.paired-same")
        return
    if all(one.change.is_inert for one in varied.settings):
        yield message(f"report.paired-inert{'-week-1' if from_week_1 else ''}")
        return
    since = "week-1" if from_week_1 else "always"
    yield message(f"varied.holds-{since if varied.run_up_weeks else 'no-run-up'}")
    if alike:
        yield message("varied.alike", settings=_name_settings(varied, alike))
    if unmoved:
        why = f"varied.unmoved{'-week-1' if from_week_1 else ''}"
        yield message(why, settings=_name_settings(varied, unmoved))


def _name_settings(varied: VariedShares, found: list[tuple[str, ...]]) -> str:
    """Some settings by name, and how many more there are."""
    names = [format_setting(varied, values) for values in found[:MOST_NAMED]]
    more = len(found) - len(names)
    return "; ".join([*names, *([message("varied.more", count=more)] if more else [])])
