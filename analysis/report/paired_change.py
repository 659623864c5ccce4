"""Paired change: what a changed assumption moves, for the terminal and the page - effect and selection apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_share
from analysis.figures.share_change_text import format_fine_share, format_part
from analysis.methods.change_words import describe_changes
from analysis.methods.paired_change import PairedChange, SplitChange, ViewChange
from analysis.methods.scenario_differences import Comparison
from analysis.report.section import Section
from sim.ensemble.manifest import Manifest
from sim.i18n.messages import message
from sim.schema.loaded_case import WEEK_1

BEGINNINGS = ("beliefs.", "contest.balance")
"""Places of values at which something begins that weeks then move."""


def build_paired_change_sections(manifest: Manifest, found: PairedChange | None) -> list[Section]:
    """The section, if something was changed and the unchanged case was played, too."""
    if found is None or not found.views:
        return []
    said = tuple(list_paired_change_notes(manifest, found))
    table = build_paired_change_table(manifest, found)
    return [Section("paired-change", message("report.paired-title"), said, tables=(table,), tables_open=True)]


def build_paired_change_table(manifest: Manifest, found: PairedChange, changed: str = "") -> Table:
    """Every share that the change moves, by source view; any agreement in force always.

    Args:
        manifest: How the case with the change was made.
        found: What the change moves.
        changed: The change in words; what was set and answered if left out.
    """
    split = not found.is_same_selection
    names = ("view", "outcome", "unchanged", "changed", "points", *(("effect", "selection") if split else ()))
    rows = [
        (manifest.labels.get(name, name), label, *_format_cells(one, split=split))
        for name, view in found.views.items()
        for label, one in _list_moved(view, manifest.outcomes)
    ]
    caption = message("report.paired-table", changed=changed or describe_changes(manifest))
    return Table(caption, tuple(message(f"report.paired-{name}") for name in names), tuple(rows))


def build_batch_change_table(changes: Sequence[tuple[Manifest, PairedChange]]) -> Table:
    """How far a change moves agreements in force, by scenario file and source view.

    Args:
        changes: How each scenario file was made, and what was set or answered moves in it.
    """
    split = not all(view.is_same_selection for _, one in changes for view in one.views.values())
    names = ("scenario", "view", "unchanged", "changed", "points", *(("effect", "selection") if split else ()))
    rows = [
        (manifest.title, name, *_format_cells(view.agreement, split=split))
        for manifest, one in changes
        for name, view in one.views.items()
    ]
    caption = message("report.paired-batch", changed=describe_changes(changes[0][0]))
    return Table(caption, tuple(message(f"report.paired-{name}") for name in names), tuple(rows))


def list_splits(comparison: Comparison, others: Iterable[Manifest]) -> Iterator[tuple[Table, tuple[str, ...]]]:
    """A table for each scenario whose change selects other runs, and what must be known to read it.

    Args:
        comparison: The scenarios against the reference.
        others: How each of them was made, in order.
    """
    for manifest in others:
        one = comparison.scenarios[manifest.scenario]
        if one.split is not None and not one.split.is_same_selection:
            notes = tuple(list_paired_change_notes(manifest, one.split, always="view" in one.kinds))
            yield build_paired_change_table(manifest, one.split, one.changed), notes


def _list_moved(view: ViewChange, labels: Mapping[str, str]) -> Iterator[tuple[str, SplitChange]]:
    """Shares that differ, the largest difference first, after any agreement in force."""
    yield message("figures.any-agreement"), view.agreement
    moved = [(key, one) for key, one in view.outcomes.items() if one.changed != one.unchanged]
    for key, one in sorted(moved, key=lambda each: -abs(each[1].difference.value)):
        yield labels[key], one


def _format_cells(one: SplitChange, *, split: bool) -> tuple[str, ...]:
    parts = (one.difference, *((one.effect, one.selection) if split else ()))
    return (format_fine_share(one.unchanged), format_fine_share(one.changed), *(format_part(part) for part in parts))


def describe_moved(found: PairedChange, labels: Mapping[str, str]) -> str:
    """How far a change moves agreements in force, in a sentence for each source view.

    Args:
        found: What the change moves.
        labels: Names of source views for readers.
    """
    lone = len(found.views) == 1
    return " ".join(
        _describe_moved(view, "" if lone else message("report.paired-short-view", view=labels.get(name, name)))
        for name, view in found.views.items()
    )


def _describe_moved(view: ViewChange, begins: str) -> str:
    one, parts = view.agreement, ""
    if not view.is_same_selection:
        effect, selection = format_part(one.effect), format_part(one.selection)
        parts = message("report.paired-short-parts", effect=effect, selection=selection)
    told = one.difference if view.is_same_selection else one.effect
    unclear = message(f"report.paired-short-unclear{'-effect' if parts else ''}") if told and not told.is_clear else ""
    changed, unchanged = format_fine_share(one.changed), format_fine_share(one.unchanged)
    return message(
        "report.paired-short",
        begins=begins,
        changed=changed,
        unchanged=unchanged,
        difference=format_part(one.difference),
        parts=parts,
        unclear=unclear,
    )


def list_paired_change_notes(manifest: Manifest, found: PairedChange, *, always: bool = False) -> Iterator[str]:
    """From when the change holds, what that means for the difference, and where few runs match.

    Args:
        manifest: How the case with the change was made.
        found: What the change moves.
        always: True if it holds in the run-up whatever was asked for, as another source view does.
    """
    holds_from = manifest.holds_from if manifest.changes else WEEK_1  # an answer of the file is a decision
    since = "week-1" if holds_from == WEEK_1 and not always else "always" if manifest.run_up_weeks else "no-run-up"
    if found.is_same_case:
        since = "same"
    elif found.is_inert:
        since = "inert-week-1" if since == "week-1" and manifest.run_up_weeks else "inert"
    yield message(f"report.paired-{since}")
    if since == "week-1" and manifest.run_up_weeks and any(one.startswith(BEGINNINGS) for one in manifest.changes):
        yield message("report.paired-begins")
    if not found.is_same_selection:
        yield message("report.paired-parts")
    for name, view in found.views.items():
        if view.matches_few:
            changed, unchanged = (format_share(count / view.draws) for count in (view.n_changed, view.n_unchanged))
            label = manifest.labels.get(name, name)
            yield message("report.paired-few", view=label, changed=changed, unchanged=unchanged)
