"""Hindcast: shares beside what happened, scores, and whether views can be told apart; in its own report only."""

from collections.abc import Iterator, Sequence

from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_list, format_share
from analysis.methods.forecast_scores import (
    ForecasterScores,
    PairOfForecasters,
    Score,
    find_distinct_pairs,
    list_codings,
)
from analysis.methods.hindcast import EVEN, SOURCES, ComparedEvent, Hindcast
from analysis.report.section import Section
from sim.i18n.messages import format_date, format_number, message

COLUMNS = ("forecaster", "coding", "n", "brier", "log", "ranked")


def build_hindcast_section(found: Hindcast, runs: int) -> Section:
    """The whole report as one section."""
    return Section(
        "hindcast",
        message("hindcast.heading"),
        tuple(list_statements(found)),
        tables=build_hindcast_tables(found),
        tables_open=True,
        notes=tuple(list_notes(found, runs)),
    )


def build_hindcast_tables(found: Hindcast) -> tuple[Table, ...]:
    """Shares of events, and scores."""
    outside = [build_outside_table(found, name) for name in found.outside_scores]
    return (build_events_table(found), build_scores_table(found), *outside)


def build_events_table(found: Hindcast) -> Table:
    """Events down, what became of them and the shares of it across."""
    head = tuple(message(f"hindcast.{name}") for name in ("event", "period", "happened", "known"))
    rows = tuple(
        (
            event.label + (f" ({message('hindcast.given')})" if event.conditional else ""),
            " – ".join(dict.fromkeys(map(format_date, (event.first_day, event.last_day)))),
            format_coding(event),
            _format_known(event),
            *(_format_shares(view[key], event) for view in found.views.values()),
            *(name_outside(found, key)),
        )
        for key, event in found.events.items()
    )
    others = (message("hindcast.others"),) if found.outside else ()
    return Table(message("hindcast.events-table"), (*head, *found.labels.values(), *others), rows)


def name_outside(found: Hindcast, key: str) -> tuple[str, ...]:
    """What others say of an event, in one cell."""
    if not found.outside:
        return ()
    said = [
        f"{message(f'hindcast.by-{name}')} {format_share(shares[key][1])}"
        for name, shares in found.outside.items()
        if key in shares
    ]
    return ("; ".join(said) or "–",)


def build_scores_table(found: Hindcast) -> Table:
    """Scores of all views, under every coding."""
    return Table(message("hindcast.scores-table"), _head(), tuple(_list_scores(found, found.scores)))


def build_outside_table(found: Hindcast, name: str) -> Table:
    """Scores of one of the others, and of all views on the same events."""
    scores = found.outside_scores[name]
    caption = message(
        "hindcast.outside-table", whose=message(f"hindcast.by-{name}"), events=_name_events(found, scores)
    )
    return Table(caption, _head(), tuple(_list_scores(found, scores)))


def _head() -> tuple[str, ...]:
    return tuple(message(f"hindcast.{name}") for name in COLUMNS)


def _name_events(found: Hindcast, scores: Sequence[ForecasterScores]) -> str:
    longest = max((one.events for one in scores), key=len)
    return "; ".join(found.events[key].label for key in longest)


def _list_scores(found: Hindcast, scores: Sequence[ForecasterScores]) -> Iterator[tuple[str, ...]]:
    for one in scores:
        numbers = (one.brier, one.log, one.ranked)
        coding = message(f"hindcast.coding-{one.coding}")
        yield name_forecaster(found, one.forecaster), coding, str(len(one.events)), *map(format_score, numbers)


def name_forecaster(found: Hindcast, name: str) -> str:
    """A source view or one of the others, for readers."""
    if name in found.labels:
        return found.labels[name]
    return message(f"hindcast.by-{name}")


def list_statements(found: Hindcast) -> Iterator[str]:
    """What follows from the numbers; all of it computed."""
    known = [one for one in found.events.values() if one.in_hindsight]
    if known:
        counts = {"n": len(known), "all": len(found.events)}
        yield message("hindcast.hindsight", date=found.last_text, **counts)
    else:
        yield message("hindcast.no-hindsight", all=len(found.events))
    yield from _compare_pairs(found)
    yield from _compare_codings(found)
    yield _compare_with_even(found)


def _compare_pairs(found: Hindcast) -> Iterator[str]:
    """Whether any two views can be told apart."""
    if not found.pairs:
        return
    apart = find_distinct_pairs(found.pairs)
    counts = {"views": len(found.views), "n": len(found.events), "looks": len(found.pairs)}
    nearest = min(found.pairs, key=lambda one: one.p_value)
    if not apart:
        p_value, adjusted = (format_number(one, 2) for one in (nearest.p_value, nearest.adjusted))
        yield message("hindcast.none-apart", pair=_name_pair(found, nearest), p=p_value, adjusted=adjusted, **counts)
    for one in apart:
        said = format_number(one.adjusted, 3)
        yield message("hindcast.apart", pair=_name_pair(found, one), adjusted=said, looks=len(found.pairs))


def _name_pair(found: Hindcast, one: PairOfForecasters) -> str:
    coding = message(f"hindcast.coding-{one.coding}")
    return message("hindcast.pair", one=found.labels[one.one], other=found.labels[one.other], coding=coding)


def _compare_codings(found: Hindcast) -> Iterator[str]:
    """Which view has the smallest Brier score under each coding of ambiguous events."""
    ambiguous = sum(len(one.coding) > 1 for one in found.events.values())
    if not ambiguous or len(found.views) < 2:
        return
    best = {}
    for coding in list_codings(found.codings)[1:]:
        views = [one for one in found.scores if one.coding == coding and one.forecaster in found.views]
        best[coding] = min(views, key=lambda one: one.brier.mean)
    low, high = best["lower"], best["higher"]
    same = "same" if low.forecaster == high.forecaster else "other"
    yield message(
        f"hindcast.codings-{same}",
        n=ambiguous,
        low=found.labels[low.forecaster],
        high=found.labels[high.forecaster],
        low_score=format_number(low.brier.mean, 3),
        high_score=format_number(high.brier.mean, 3),
    )


def _compare_with_even(found: Hindcast) -> str:
    """Which views are better than equal shares for all possibilities, in the first coding."""
    first = found.scores[0].coding
    scores = {one.forecaster: one for one in found.scores if one.coding == first}
    even = scores[EVEN].brier.mean
    better = [found.labels[name] for name in found.views if scores[name].brier.mean < even]
    return message(
        "hindcast.even-said",
        n=len(better),
        names=format_list(better) if better else "–",
        even=format_number(even, 3),
        coding=message(f"hindcast.coding-{first}"),
        all=len(found.views),
    )


def list_notes(found: Hindcast, runs: int) -> Iterator[str]:
    """What must be known to read the scores."""
    yield message("hindcast.how", runs=format_number(runs))
    yield message("hindcast.how-scores")
    yield message("hindcast.dependent")
    if found.sources and SOURCES in found.plain:
        yield message("hindcast.mean-of-sources", n=len(found.sources))


def format_coding(event: ComparedEvent) -> str:
    """What happened, in words; both where accounts differ."""
    if not event.coding:
        return message("hindcast.open")
    said = [
        (message("hindcast.no") if rung == 0 else message("hindcast.yes"))
        if len(event.rungs) == 1
        else (message("hindcast.nothing") if rung == 0 else event.rungs[rung - 1])
        for rung in event.coding
    ]
    return said[0] if len(said) == 1 else message("hindcast.disputed", codings=" / ".join(said))


def _format_shares(shares: Sequence[float], event: ComparedEvent) -> str:
    """The share of yes, or those of all rungs."""
    if len(event.rungs) == 1:
        return format_share(shares[1])
    return " / ".join(format_share(one) for one in shares)


def _format_known(event: ComparedEvent) -> str:
    if event.known_since is None:
        return "–"
    return format_date(event.known_since)


def format_score(score: Score) -> str:
    """A mean score with its standard error."""
    if score.error is None:
        return format_number(score.mean, 3)
    return f"{format_number(score.mean, 3)} ± {format_number(score.error, 3)}"
