"""Evidence: what each source view assumes, and the passages or our own reasons behind it."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.figures.table import Table
from analysis.questions.assumptions import Assumption, View, of_the_scenario, views
from analysis.report.section import English, Section
from sim.ensemble.results import Results
from sim.language.tongue import number, say

Claims = Mapping[str, tuple[str, str]]
"""Place (`source ¶n`) and our reading, by claim."""

NOTHING = "null"
"""What a scenario file writes to take a place out of the file it extends."""

COLUMNS = ("quantity", "theme", "here", "scenario", "rests", "why")


def assumptions(results: Results, claims: Claims, checked: tuple[int, int] | None) -> Section:
    """Every changed quantity of every source view, with the passages it rests on."""
    said = [say("report.assumptions-said")]
    if checked is not None:
        said.append(say("report.assumptions-checked", checked=number(checked[0]), all=number(checked[1])))
    found = views(results)
    return Section(
        "assumptions",
        say("report.assumptions"),
        tuple(said),
        points=tuple((view.label, _view(view)) for view in found.values()),
        tables=(*(_changes(view, claims) for view in found.values() if view.changed), _own(results, claims)),
    )


def _own(results: Results, claims: Claims) -> Table:
    """The scenario's own quantities."""
    rows = tuple((one.place, one.here, *_reason(one, claims)) for one in of_the_scenario(results))
    head = tuple(say(f"report.column-{column}") for column in ("quantity", "here", "rests", "why"))
    return Table(say("report.assumptions-own"), head, rows)


def _view(view: View) -> str:
    """A source view in sentences."""
    cited = sum(1 for change in view.changed if change.because)
    ours = len(view.changed) - cited
    parts = [view.in_a_sentence]
    if view.changed:
        many = number(len(view.changed))
        parts.append(say("report.view-changes", many=many, cited=number(cited), ours=number(ours)))
    else:
        parts.append(say("report.view-changes-nothing"))
    if view.reading:
        parts.append(say("report.view-reading", reading=view.reading))
    parts += [say("report.view-silent", theme=_theme(theme), why=why) for theme, why in view.silent.items()]
    return " ".join(part for part in parts if part)


def _theme(name: str) -> str:
    return say(f"report.theme-{name}")


def _changes(view: View, claims: Claims) -> Table:
    rows = tuple(
        (English(change.place), _theme(change.theme), change.here, change.otherwise or "–", *_reason(change, claims))
        for change in view.changed
    )
    head = tuple(say(f"report.column-{column}") for column in COLUMNS)
    return Table(say("report.changes-of", view=view.label), head, rows)


def _reason(change: Assumption, claims: Claims) -> tuple[str, str]:
    """What a change rests on: passages with our reading of them, or our own reason."""
    if not change.because:
        return say("report.ours"), English(change.assumed)
    return say("report.passages"), cited(change.because, claims)


def cited(because: tuple[str, ...], claims: Claims) -> English:
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


def changed(change: Change | None, claims: Claims) -> list[Section]:
    """The section on a scenario file's own changes, if it is one that changes another."""
    if change is None:
        return []
    reason = cited(change.because, claims) if change.because else English(change.assumed)
    points = ((say(f"report.changed-{'passages' if change.because else 'ours'}"), reason),)
    head = (say("report.column-quantity"), say("report.column-here"))
    rows = tuple((English(place), say("report.taken-out") if to == NOTHING else to) for place, to in change.places)
    table = Table(say("report.changed-table"), head, rows)
    return [Section("changed", say("report.changed"), (say("report.changed-said"),), tables=(table,), points=points)]
