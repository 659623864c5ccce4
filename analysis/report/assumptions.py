"""Assumptions: what each source view assumes, and the passages or our own reasons behind it."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.figures.figure_table import Table
from analysis.methods.assumptions import Assumption, ViewAssumptions, list_scenario_assumptions, list_view_assumptions
from analysis.report.section import English, Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message

Claims = Mapping[str, tuple[str, str]]
"""Place (`source ¶n`) and our reading, by claim."""

NOTHING = "null"
"""What a scenario file writes to take a place out of the file it extends."""

COLUMNS = ("quantity", "theme", "here", "scenario", "rests", "why")


def build_assumptions_section(results: Results, claims: Claims, checked: tuple[int, int] | None) -> Section:
    """Every changed quantity of every source view, with the passages it rests on."""
    said = [message("report.assumptions-said")]
    if checked is not None:
        said.append(
            message("report.assumptions-checked", checked=format_number(checked[0]), all=format_number(checked[1]))
        )
    found = list_view_assumptions(results)
    return Section(
        "assumptions",
        message("report.assumptions"),
        tuple(said),
        points=tuple((view.label, _describe_view(view)) for view in found.values()),
        tables=(
            *(_build_changes_table(view, claims) for view in found.values() if view.changed),
            _build_own_table(results, claims),
        ),
    )


def _build_own_table(results: Results, claims: Claims) -> Table:
    """The scenario's own quantities."""
    rows = tuple((one.place, one.here, *_format_reason(one, claims)) for one in list_scenario_assumptions(results))
    head = tuple(message(f"report.column-{column}") for column in ("quantity", "here", "rests", "why"))
    return Table(message("report.assumptions-own"), head, rows)


def _describe_view(view: ViewAssumptions) -> str:
    """A source view in sentences."""
    cited = sum(1 for change in view.changed if change.because)
    ours = len(view.changed) - cited
    parts = [view.summary]
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


def _build_changes_table(view: ViewAssumptions, claims: Claims) -> Table:
    rows = tuple(
        (
            English(change.place),
            _format_theme(change.theme),
            change.here,
            change.otherwise or "–",
            *_format_reason(change, claims),
        )
        for change in view.changed
    )
    head = tuple(message(f"report.column-{column}") for column in COLUMNS)
    return Table(message("report.changes-of", view=view.label), head, rows)


def _format_reason(change: Assumption, claims: Claims) -> tuple[str, str]:
    """What a change rests on: passages with our reading of them, or our own reason."""
    if not change.because:
        return message("report.ours"), English(change.assumed)
    return message("report.passages"), format_citations(change.because, claims)


def format_citations(because: tuple[str, ...], claims: Claims) -> English:
    """Passages with our reading of them."""
    known = (claims.get(claim, (claim, "")) for claim in because)
    return English(" / ".join(f"{place}: {reading}" if reading else place for place, reading in known))


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
