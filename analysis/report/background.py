"""Background: the parts of the page behind the figures - assumptions with passages, week 0, how to do it again."""

from collections.abc import Mapping

from analysis.figures.table import Table
from analysis.figures.words import percent
from analysis.questions.assumptions import Assumption, View, views
from analysis.questions.shares import Shares
from analysis.report.section import Section
from sim.ensemble.results import Results

Claims = Mapping[str, tuple[str, str]]
"""Place (`source ¶n`) and our reading, by claim."""


def assumptions(results: Results, claims: Claims, checked: tuple[int, int] | None) -> Section:
    """Every changed quantity of every source view, with the passages it rests on."""
    said = [
        "Each source view replaces quantities of the scenario; all others keep the scenario's own spreads. Readings "
        "are in our words. A passage gives the direction of a change, never its size: the sizes are ours."
    ]
    if checked is not None:
        said.append(f"{checked[0]:,} of {checked[1]:,} claims were checked by a second coder.")
    found = views(results)
    return Section(
        "assumptions",
        "Assumptions by source view",
        tuple(said),
        points=tuple((view.label, _view(view)) for view in found.values()),
        tables=tuple(_changes(view, claims) for view in found.values() if view.changed),
    )


def _view(view: View) -> str:
    """A source view in sentences."""
    cited = sum(1 for change in view.changed if change.because)
    ours = len(view.changed) - cited
    parts = [view.in_a_sentence]
    if view.changed:
        parts.append(f"Changes {len(view.changed)} quantities: {cited} on passages, {ours} on our own account.")
    else:
        parts.append("Changes nothing.")
    if view.reading:
        parts.append(f"Account of the run-up: {view.reading}.")
    parts += [f"Silent on {theme}: {why}" for theme, why in view.silent.items()]
    return " ".join(part for part in parts if part)


def _changes(view: View, claims: Claims) -> Table:
    rows = tuple(
        (change.place, change.theme, change.here, change.otherwise or "–", _reason(change, claims))
        for change in view.changed
    )
    return Table(f"What {view.label} changes", ("Quantity", "Theme", "Here", "In the scenario", "Why"), rows)


def _reason(change: Assumption, claims: Claims) -> str:
    """The passages behind a change with our reading of them, or our admission."""
    if not change.because:
        return f"ours: {change.assumed}"
    known = (claims.get(claim, (claim, "")) for claim in change.because)
    return " / ".join(f"{place}: {reading}" if reading else place for place, reading in known)


def week_0(results: Results, shares: Shares) -> Section:
    """Beliefs and state before week 1, among matching runs."""
    lenses = [results.lenses[name] for name in shares.lenses]
    rows = []
    for name in dict.fromkeys(name for lens in lenses for name in lens.opening):
        found = [lens.opening.get(name) for lens in lenses]
        if any(spread and any(spread) for spread in found):  # an actor without interests has only zeros
            rows.append((_opening_label(results, name), *(_spread(spread) for spread in found)))
    head = ("Quantity", *(lens.label for lens in shares.lenses.values()))
    said = (
        "Spreads are given for the start of the run-up; play and the condition on the reported run-up change them. "
        "This is what they have become by week 0: the middle, and where four runs in five lie. Beliefs and walk-away "
        "values run from 0 to 1; the balance is in logits, positive favours the first side.",
    )
    tables = (Table("Week 0: median (10th to 90th percentile) of matching runs", head, tuple(rows)),) if rows else ()
    return Section("week-0", "Where runs stand at week 0", said, tables=tables)


def _spread(found: tuple[float, float, float] | None) -> str:
    if found is None:
        return "–"
    low, middle, high = found
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def _opening_label(results: Results, name: str) -> str:
    """A quantity of week 0 in words: `a>b:hope`, `a:walk-away` or a plain name."""
    actors = results.manifest.text.get("actors", {})

    def called(actor: str) -> str:
        return str((actors.get(actor) or {}).get("label", actor))

    who, colon, what = name.rpartition(":")
    if not colon:
        return name.replace("_", " ")
    holder, about, other = who.partition(">")
    what = what.replace("_", " ").replace("-", " ")
    return f"{called(holder)} about {called(other)}: {what}" if about else f"{called(holder)}: {what}"


def tags(shares: Shares) -> Section:
    """What else happened in the runs."""
    lenses = list(shares.lenses.values())
    rows = []
    for name in lenses[0].tags:
        found = [lens.tags[name] for lens in lenses]
        cells = [f"{percent(tag.at_least_once.share)} ({tag.mean:.1f})" for tag in found]
        rows.append((found[0].label, *cells))
    table = Table(
        "Share of runs in which it happened at least once (mean count in a run)",
        ("Event", *(lens.label for lens in lenses)),
        tuple(rows),
    )
    said = ("What happens besides the outcome. Several of these can happen in the same run.",)
    return Section("events", "What else happens in the runs", said, tables=(table,) if rows else ())


def how_to_repeat(results: Results) -> Section:
    """Command, seed, digest and versions."""
    manifest = results.manifest
    points = [
        ("Command", manifest.command),
        ("Scenario file", manifest.source),
        *([("Changes", "; ".join(manifest.changes))] if manifest.changes else []),
        ("Seed", str(manifest.seed)),
        ("Digest", manifest.digest),
        ("Weeks", f"{manifest.run_up_weeks} of run-up, {manifest.horizon_weeks} from {manifest.starts}"),
        ("Versions", ", ".join(f"{name} {version}" for name, version in manifest.versions.items())),
        ("Made", manifest.made_at),
    ]
    said = ("The same scenario, seed and versions give the same results to the bit on any machine.",)
    return Section("repeat", "How to do it again", said, points=tuple(points))


def notes(results: Results) -> Section:
    """What the simulation had to say."""
    return Section("notes", "Notes", results.manifest.notes)
