"""Run details: the parts of the page behind the figures - what else happens, week 0, how to do it again."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_list, format_share
from analysis.methods.late_levers import LateLever, find_late_levers
from analysis.methods.shares import Shares, ViewShares
from analysis.report.section import English, Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_date, format_number, message
from sim.schema.scenario import Scenario

LABELLED_QUANTITIES = ("reservation", "hope", "credibility", "sincerity", "commitment", "honour", "trust")
"""What is known of an actor, or of one actor about another, at week 0."""


def build_week_0_section(results: Results, shares: Shares) -> Section:
    """Beliefs and state before week 1, among matching runs."""
    views = [results.views[name] for name in shares.views]
    rows = []
    for name in dict.fromkeys(name for view in views for name in view.opening):
        found = [view.opening.get(name) for view in views]
        if any(spread and any(spread) for spread in found):  # an actor without interests has only zeros
            rows.append((_label_quantity(results, name), *(_format_spread(spread) for spread in found)))
    head = (message("report.column-quantity"), *(view.label for view in shares.views.values()))
    tables = (Table(message("report.week-0-table"), head, tuple(rows)),) if rows else ()
    return Section("week-0", message("report.week-0"), (message("report.week-0-said"),), tables=tables)


def _format_spread(found: tuple[float, float, float] | None) -> str:
    if found is None:
        return "–"
    low, middle, high = (format_number(value, 2) for value in found)
    if found[0] < 0.0:  # a dash before a minus is hard to read
        return message("report.week-0-cell", low=low, middle=middle, high=high)
    return f"{middle} ({low}–{high})"


def _label_quantity(results: Results, name: str) -> str:
    """A quantity of week 0 in words: `a>b:hope`, `a:reservation` or a plain name."""
    actors = results.manifest.text.get("actors", {})

    def find_label(actor: str) -> str:
        return str((actors.get(actor) or {}).get("label", actor))

    who, colon, what = name.rpartition(":")
    if not colon:
        return message("report.balance") if name == "balance" else name.replace("_", " ")
    what = (
        message(f"report.quantity-{what}") if what in LABELLED_QUANTITIES else what.replace("_", " ").replace("-", " ")
    )
    holder, about, other = who.partition(">")
    if about:
        return message("report.of-another", holder=find_label(holder), other=find_label(other), what=what)
    return message("report.of-one", actor=find_label(holder), what=what)


def build_events_section(shares: Shares) -> Section:
    """What else happened in the runs."""
    views = list(shares.views.values())
    rows = []
    for name in views[0].event_shares:
        found = [view.event_shares[name] for view in views]
        shown = [(format_share(tag.at_least_once.share), format_number(tag.mean, 1)) for tag in found]
        cells = [message("report.events-cell", share=share, mean=mean) for share, mean in shown]
        rows.append((found[0].label, *cells))
    head = (message("report.column-event"), *(view.label for view in views))
    tables = (Table(message("report.events-table"), head, tuple(rows)),) if rows else ()
    said = (message("report.events-said"), *(_describe_threats(view) for view in views if view.threats))
    return Section("events", message("report.events"), said, tables=tables)


def _describe_threats(view: ViewShares) -> str:
    """Threats carried out beside threats believed, in words."""
    assert view.threats is not None
    return message(
        "report.events-threats",
        view=view.label,
        executed=format_share(view.threats.executed),
        dropped=format_share(view.threats.dropped),
        believed=format_share(view.threats.believed),
    )


def build_repeat_section(results: Results) -> Section:
    """Command, seed, fingerprint and versions."""
    manifest = results.manifest
    weeks: dict[str, Any] = {
        "run_up": format_number(manifest.run_up_weeks),
        "horizon": format_number(manifest.horizon_weeks),
    }
    points = [
        ("command", manifest.command),
        ("file", manifest.source),
        *([("changes", "; ".join(manifest.changes))] if manifest.changes else []),
        ("seed", str(manifest.seed)),
        ("fingerprint", manifest.fingerprint),
        (
            "weeks",
            message("report.repeat-weeks-said", **weeks, starts=format_date(datetime.fromisoformat(manifest.starts))),
        ),
        ("versions", ", ".join(f"{name} {version}" for name, version in manifest.versions.items())),
        ("made", _format_moment(manifest.made_at)),
    ]
    named = tuple((message(f"report.repeat-{key}"), text) for key, text in points)
    return Section("repeat", message("report.repeat"), (message("report.repeat-said"),), points=named)


def _format_moment(at: str) -> str:
    """A moment in words, by the clock of the whole world."""
    moment = datetime.fromisoformat(at).astimezone(UTC)
    return f"{format_date(moment)}, {moment:%H:%M} UTC"


def build_late_levers_sections(results: Results, scenarios: Mapping[str, Scenario]) -> list[Section]:
    """Levers that cannot take effect before the horizon; as the results say it, where the scenario is not known."""
    if not scenarios and results.manifest.notes:
        return [Section("late", message("report.late"), tuple(English(note) for note in results.manifest.notes))]
    if not any(scenario.levers for scenario in scenarios.values()):
        return []
    weeks = format_number(results.manifest.horizon_weeks)
    found = find_late_levers(scenarios, results.manifest.horizon_weeks)
    if not found:
        return [Section("late", message("report.late"), (message("report.late-no", weeks=weeks),))]
    rows = tuple((one.label, *_format_timing(one), _format_views(results, one, len(scenarios))) for one in found)
    head = tuple(message(f"report.column-{name}") for name in ("lever", "delay", "dated", "views"))
    tables = (Table(message("report.late-table"), head, rows),)
    return [Section("late", message("report.late"), (message("report.late-said", weeks=weeks),), tables=tables)]


def _format_timing(one: LateLever) -> tuple[str, str]:
    return format_number(one.delay, int(one.delay % 1 > 0)), "–" if one.week == 1 else format_number(one.week)


def _format_views(results: Results, one: LateLever, everyone: int) -> str:
    labels = [results.manifest.labels.get(name, name) for name in one.views]
    return message("report.late-all") if len(labels) == everyone else format_list(labels)
