"""Background: the parts of the page behind the figures - what else happens, week 0, how to do it again."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from analysis.figures.table import Table
from analysis.figures.words import listed, percent
from analysis.questions.late import Late, late
from analysis.questions.shares import Shares
from analysis.report.section import English, Section
from sim.ensemble.results import Results
from sim.language.tongue import date, number, say
from sim.spec.scenario import Scenario

LEDGERS = ("walk-away", "hope", "credibility", "sincerity", "commitment", "honour", "trust")
"""What is known of an actor, or of one actor about another, at week 0."""


def week_0(results: Results, shares: Shares) -> Section:
    """Beliefs and state before week 1, among matching runs."""
    lenses = [results.lenses[name] for name in shares.lenses]
    rows = []
    for name in dict.fromkeys(name for lens in lenses for name in lens.opening):
        found = [lens.opening.get(name) for lens in lenses]
        if any(spread and any(spread) for spread in found):  # an actor without interests has only zeros
            rows.append((_opening_label(results, name), *(_spread(spread) for spread in found)))
    head = (say("report.column-quantity"), *(lens.label for lens in shares.lenses.values()))
    tables = (Table(say("report.week-0-table"), head, tuple(rows)),) if rows else ()
    return Section("week-0", say("report.week-0"), (say("report.week-0-said"),), tables=tables)


def _spread(found: tuple[float, float, float] | None) -> str:
    if found is None:
        return "–"
    low, middle, high = (number(value, 2) for value in found)
    return say("report.week-0-cell", low=low, middle=middle, high=high)


def _opening_label(results: Results, name: str) -> str:
    """A quantity of week 0 in words: `a>b:hope`, `a:walk-away` or a plain name."""
    actors = results.manifest.text.get("actors", {})

    def called(actor: str) -> str:
        return str((actors.get(actor) or {}).get("label", actor))

    who, colon, what = name.rpartition(":")
    if not colon:
        return say("report.balance") if name == "balance" else name.replace("_", " ")
    what = say(f"report.ledger-{what}") if what in LEDGERS else what.replace("_", " ").replace("-", " ")
    holder, about, other = who.partition(">")
    if about:
        return say("report.of-another", holder=called(holder), other=called(other), what=what)
    return say("report.of-one", actor=called(holder), what=what)


def tags(shares: Shares) -> Section:
    """What else happened in the runs."""
    lenses = list(shares.lenses.values())
    rows = []
    for name in lenses[0].tags:
        found = [lens.tags[name] for lens in lenses]
        shown = [(percent(tag.at_least_once.share), number(tag.mean, 1)) for tag in found]
        cells = [say("report.events-cell", share=share, mean=mean) for share, mean in shown]
        rows.append((found[0].label, *cells))
    head = (say("report.column-event"), *(lens.label for lens in lenses))
    tables = (Table(say("report.events-table"), head, tuple(rows)),) if rows else ()
    return Section("events", say("report.events"), (say("report.events-said"),), tables=tables)


def how_to_repeat(results: Results) -> Section:
    """Command, seed, digest and versions."""
    manifest = results.manifest
    weeks: dict[str, Any] = {"run_up": number(manifest.run_up_weeks), "horizon": number(manifest.horizon_weeks)}
    points = [
        ("command", manifest.command),
        ("file", manifest.source),
        *([("changes", "; ".join(manifest.changes))] if manifest.changes else []),
        ("seed", str(manifest.seed)),
        ("digest", manifest.digest),
        ("weeks", say("report.repeat-weeks-said", **weeks, starts=date(datetime.fromisoformat(manifest.starts)))),
        ("versions", ", ".join(f"{name} {version}" for name, version in manifest.versions.items())),
        ("made", _made(manifest.made_at)),
    ]
    told = tuple((say(f"report.repeat-{key}"), text) for key, text in points)
    return Section("repeat", say("report.repeat"), (say("report.repeat-said"),), points=told)


def _made(at: str) -> str:
    """A moment in words, by the clock of the whole world."""
    moment = datetime.fromisoformat(at).astimezone(UTC)
    return f"{date(moment)}, {moment:%H:%M} UTC"


def late_levers(results: Results, scenarios: Mapping[str, Scenario]) -> list[Section]:
    """Levers that cannot take effect before the horizon; as the results say it, where the scenario is not known."""
    if not scenarios and results.manifest.notes:
        return [Section("late", say("report.late"), tuple(English(note) for note in results.manifest.notes))]
    if not any(scenario.levers for scenario in scenarios.values()):
        return []
    weeks = number(results.manifest.horizon_weeks)
    found = late(scenarios, results.manifest.horizon_weeks)
    if not found:
        return [Section("late", say("report.late"), (say("report.late-no", weeks=weeks),))]
    rows = tuple((one.label, *_when(one), _views(results, one, len(scenarios))) for one in found)
    head = tuple(say(f"report.column-{name}") for name in ("lever", "delay", "dated", "views"))
    tables = (Table(say("report.late-table"), head, rows),)
    return [Section("late", say("report.late"), (say("report.late-said", weeks=weeks),), tables=tables)]


def _when(one: Late) -> tuple[str, str]:
    return number(one.delay, int(one.delay % 1 > 0)), "–" if one.week == 1 else number(one.week)


def _views(results: Results, one: Late, everyone: int) -> str:
    labels = [results.manifest.labels.get(name, name) for name in one.lenses]
    return say("report.late-all") if len(labels) == everyone else listed(labels)
