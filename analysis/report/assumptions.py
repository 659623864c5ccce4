"""Assumptions: what each source view assumes, and the passages or our own reasons behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.figures.figure_table import Table
from analysis.methods.assumptions import Assumption, ViewAssumptions, list_scenario_assumptions, list_view_assumptions
from analysis.report.notes import Claims, Notes
from analysis.report.section import English, Mixed, Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message

NOTHING = "null"
"""What a scenario file writes to take a place out of the file it extends."""


def build_assumptions_section(results: Results, notes: Notes, coders: str) -> Section:
    """Every changed quantity of every source view, and the scenario's own, with the notes they rest on."""
    said = [message("report.assumptions-said"), *([coders] if coders else [])]
    found = list_view_assumptions(results)
    changing = [view for view in found.values() if view.changed]
    own = {one.place: one for one in list_scenario_assumptions(results)}
    changed = {one.place for view in changing for one in view.changed}
    others = [one for place, one in own.items() if place not in changed]
    return Section(
        "assumptions",
        message("report.assumptions"),
        tuple(said),
        points=tuple((view.label, _describe_view(view)) for view in found.values()),
        tables=(
            *([_build_changes_table(changing, own, notes, results.manifest.labels)] if changing else []),
            _build_own_table(others, notes),
        ),
    )


def _build_own_table(others: Sequence[Assumption], notes: Notes) -> Table:
    """The scenario's own quantities that no source view shown changes."""
    rows = tuple((English(one.place), notes.cite(one.here, one.because, one.assumed)) for one in others)
    head = tuple(message(f"report.column-{column}") for column in ("quantity", "here"))
    return Table(message("report.assumptions-own"), head, rows)


def _describe_view(view: ViewAssumptions) -> str:
    """What a source view changes and what it is silent on, in sentences; its reading stands at the top."""
    cited = sum(1 for change in view.changed if change.because)
    ours = len(view.changed) - cited
    parts = []
    if view.changed:
        many = format_number(len(view.changed))
        parts.append(message("report.view-changes", many=many, cited=format_number(cited), ours=format_number(ours)))
    else:
        parts.append(message("report.view-changes-nothing"))
    if view.account:
        parts.append(message("report.view-account", account=view.account))
    parts += [message("report.view-silent", theme=_format_theme(theme), why=why) for theme, why in view.silent.items()]
    return " ".join(part for part in parts if part)


def _format_theme(name: str) -> str:
    return message(f"report.theme-{name}")


def _build_changes_table(
    views: Sequence[ViewAssumptions], own: Mapping[str, Assumption], notes: Notes, labels: Mapping[str, str]
) -> Table:
    """A row for each quantity that some source view changes, a column for each of these views."""
    places: dict[tuple[str, str], str] = {}
    for view in views:
        for one in view.changed:
            places.setdefault((one.theme, one.place), one.otherwise)
    changed = [{(one.theme, one.place): one for one in view.changed} for view in views]
    rows = []
    for key in sorted(places, key=lambda key: list(dict.fromkeys(theme for theme, _ in places)).index(key[0])):
        cells = [_cite(by.get(key), notes) for by in changed]
        here = _cite(own.get(key[1]), notes) or places[key] or "–"
        rows.append((English(key[1]), _format_theme(key[0]), here, *cells))
    head = [message(f"report.column-{column}") for column in ("quantity", "theme", "scenario")]
    return Table(message("report.changes-of"), (*head, *(labels[view.name] for view in views)), tuple(rows))


def _cite(change: Assumption | None, notes: Notes) -> str:
    """What a view sets, with its notes; empty where it changes nothing."""
    return "" if change is None else notes.cite(change.here, change.because, change.assumed)


def format_citations(because: Sequence[str], claims: Claims) -> Mixed:
    """Passages with our reading of them, which is English on every page."""
    pieces: list[str] = []
    for place, reading in (claims.get(claim, (claim, "")) for claim in because):
        pieces += [" / "] if pieces else []
        pieces += [f"{place}: ", English(reading)] if reading else [place]
    return Mixed(*pieces)


@dataclass(frozen=True)
class Change:
    """What a scenario file changes."""

    places: tuple[tuple[str, str], ...]
    """Each changed place with what it is set to."""
    because: tuple[str, ...]
    """Claims it rests on."""
    assumed: str
    """Why we made it, where no claim supports it."""
    words: tuple[str, ...] = ()
    """The changed places in words, as one would say them; what it assumes is said with the results' own changes."""


def build_changes_sections(change: Change | None, claims: Claims) -> list[Section]:
    """The section on a scenario file's own changes, if it is one that changes another."""
    if change is None:
        return []
    reason = format_citations(change.because, claims) if change.because else English(change.assumed)
    points = ((message(f"report.changed-{'passages' if change.because else 'ours'}"), reason),)
    head = (message("report.column-quantity"), message("report.column-here"))
    rows = tuple((English(place), message("report.taken-out") if to == NOTHING else to) for place, to in change.places)
    table = Table(message("report.changed-table"), head, rows)
    return [
        Section("changed", message("report.changed"), (message("report.changed-said"),), tables=(table,), points=points)
    ]
