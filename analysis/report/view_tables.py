"""View tables: the comparison of source views cut to a screenful - what is most frequent, and what is left out."""

from collections.abc import Iterator, Sequence

from analysis.figures.attribution import format_theme
from analysis.figures.contradiction_tornado import format_part
from analysis.figures.direct_labels import make_short_names
from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_estimate, format_list, format_range
from analysis.figures.share_change_text import format_fine_share, format_points
from analysis.methods.named_attribution import Statement
from analysis.methods.shares import ANY_AGREEMENT
from analysis.methods.view_comparison import PairDifference
from analysis.methods.view_statements import StatedPair
from analysis.report.view_comparison import ComparedViews, describe_pair, judge_statement, list_view_notes
from analysis.report.view_findings import Pair
from sim.i18n.messages import format_number, message

OUTCOMES, NUMBERS, PAIRS = 6, 9, 3
"""Outcomes and numbers that are shown at most, and pairs up to which each has a sentence of its own."""


def build_short_shares(given: ComparedViews) -> Table:
    """Any agreement and the outcomes that are most frequent under some view, with short names of the views."""
    shares, short = given.shares, _shorten_names(given)
    several, mean = len(shares.sources) > 1, shares.source_mean if given.pool else None
    head = [message("views.column-outcome"), *(short[name] for name in shares.views)]
    head += [message("views.column-range")] if several else []
    head += [message("views.column-pool")] if mean else []
    rows = []
    for key in (ANY_AGREEMENT, *_list_frequent(given)):
        agreed = key == ANY_AGREEMENT
        spread = shares.agreement_range if agreed else shares.ranges[key]
        cells = [one.any_agreement if agreed else one.outcomes[key] for one in shares.views.values()]
        row = [message("figures.any-agreement") if agreed else shares.outcomes[key], *map(format_estimate, cells)]
        row += [format_range(spread.low, spread.high)] if several else []
        row += [format_estimate(mean.any_agreement if agreed else mean.outcomes[key])] if mean else []
        rows.append(tuple(row))
    caption = message("views.shares-table", weeks=format_number(shares.horizon_weeks))
    return Table(caption, tuple(head), tuple(rows))


def _list_frequent(given: ComparedViews) -> list[str]:
    """Outcomes that are most frequent under some view, in the order of the scenario."""
    highest = {
        key: max(one.outcomes[key].share for one in given.shares.views.values()) for key in given.shares.outcomes
    }
    most = sorted(highest, key=lambda key: -highest[key])[:OUTCOMES]
    return [key for key in given.shares.outcomes if key in most]


def _shorten_names(given: ComparedViews) -> dict[str, str]:
    return make_short_names({name: view.label for name, view in given.shares.views.items()})


def build_short_pairs(given: ComparedViews) -> Table:
    """Every pair in a line: both shares on the same draws, their difference, both half-widths, draws."""
    short = _shorten_names(given)
    names = ("pair", "pair-shares", "difference", "errors", "pair-draws")
    rows = tuple(
        (
            f"{short[pair.first]} → {short[pair.second]}",
            f"{format_fine_share(one.change.unchanged)} / {format_fine_share(one.change.changed)}",
            format_part(one.change.difference),
            " / ".join(format_points(half).lstrip("+") for half in one.half_widths),
            f"{format_number(one.n_both)} / {format_number(one.draws)}",
        )
        for pair, one in zip(given.pairs, given.name_pairs(), strict=True)
    )
    caption = message("views.short-pairs", what=message("figures.any-agreement"))
    return Table(caption, tuple(message(f"views.column-{name}") for name in names), rows)


def build_short_statements(given: ComparedViews) -> Table:
    """The first numbers of which views speak, without passages: those that differ, then alike ones, then silence."""
    short = _shorten_names(given)
    rows = tuple(
        (
            format_theme(one.theme),
            one.says.place,
            *(
                f"{short[name]}: {_tell(said)}"
                for name, said in zip(pair, (one.says.first, one.says.second), strict=True)
            ),
            judge_statement(one, *(short[name] for name in pair)),
        )
        for pair, one in _list_numbers(given)[:NUMBERS]
    )
    names = ("theme", "quantity", "first", "second", "agree")
    return Table(message("views.short-statements"), tuple(message(f"views.column-{name}") for name in names), rows)


def _tell(said: Statement) -> str:
    return message("views.own" if said.own else "views.not-own", number=said.number)


def _list_numbers(given: ComparedViews) -> list[tuple[Pair, StatedPair]]:
    """Every number of which two views speak: those on which they differ first, those on which one is silent last."""
    found = [(pair, one) for pair, statements in given.statements.items() for one in statements]
    return sorted(found, key=lambda row: (not (row[1].says.first.own and row[1].says.second.own), row[1].agree))


def list_left_out(given: ComparedViews, *, statements: bool) -> str:
    """What is not shown of the comparison, in a sentence.

    Args:
        given: The comparison.
        statements: True if the first numbers of which views speak are shown.
    """
    outcomes = len(given.shares.outcomes) - len(_list_frequent(given))
    numbers = len(_list_numbers(given)) - (NUMBERS if statements else 0)
    parts = [message("views.more-shares", count=outcomes)] if outcomes > 0 else []
    parts += [message("views.more-statements", count=numbers)] if numbers > 0 else []
    parts += [message("views.more-times"), message("views.more-passages")]
    return message("views.more", what=format_list(parts))


def list_short_notes(given: ComparedViews) -> Iterator[str]:
    """What must be known to read the comparison; where there are many pairs, only the one that needs most runs."""
    if len(given.pairs) <= PAIRS:
        yield from list_view_notes(given)
        return
    yield from (text for pair in _find_notable(given) for text in describe_pair(given, pair, counts=False))
    yield from list_view_notes(given, pairs=False)


def _find_notable(given: ComparedViews) -> Sequence[PairDifference]:
    """Pairs set beside themselves, those without a joint draw, and the one that needs most runs."""
    asked = given.results.manifest.runs_asked
    neediest = max(given.pairs, key=lambda pair: pair.count_needed(given.precision, asked))
    return [pair for pair in given.pairs if pair.is_same or not pair.n_both or pair is neediest]
