"""View comparison: source views side by side, as tables for a terminal and as a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.figures.attribution import format_theme
from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_estimate, format_list, format_share
from analysis.figures.registry import FIGURES
from analysis.figures.share_change_text import format_points
from analysis.methods.change_words import describe_changes
from analysis.methods.named_attribution import Statement
from analysis.methods.shares import ANY_AGREEMENT, Shares
from analysis.methods.source_range import SourceRange
from analysis.methods.view_comparison import NamedPair, PairDifference, TimeToOutcome
from analysis.methods.view_statements import StatedPair
from analysis.report.attribution_pairs import make_pair_filter
from analysis.report.coders import describe_coders, describe_coders_shortly, format_place
from analysis.report.figure_sections import build_figures_section, build_wide_section
from analysis.report.image_text import describe_runs
from analysis.report.page import render_page
from analysis.report.run_details import build_repeat_section
from analysis.report.section import Collapsible, English, Filter, Mixed, Section
from analysis.report.view_findings import (
    KeptFindings,
    Pair,
    key_pair,
    list_contradiction_sections,
    list_theme_sections,
)
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message
from sim.schema.claim import Claim
from sim.schema.coder import Coder


@dataclass(frozen=True)
class ComparedViews:
    """Source views side by side, with the names of all they speak of."""

    results: Results
    """Runs of all views, with names in the language in use."""
    shares: Shares
    """Shares by view."""
    pairs: tuple[PairDifference, ...]
    """Every two of them on the same draws."""
    times: Mapping[str, Mapping[str, TimeToOutcome]]
    """When outcomes come about, by view."""
    statements: Mapping[Pair, tuple[StatedPair, ...]]
    """What they say of the same numbers, by pair."""
    silences: Mapping[str, Mapping[str, str]]
    """Themes on which a view is silent, with the reason."""
    claims: Mapping[str, Claim]
    """The case's claims."""
    coders: Mapping[str, Coder]
    """Who or what made and read them, by initial."""
    precision: float
    """Half-width, as a share, that is asked for."""
    pool: bool
    """True if the mean over the sources is asked for."""
    kept: KeptFindings = field(default_factory=KeptFindings)
    """What was played before of themes and contradictions."""

    def get_label(self, view: str) -> str:
        """Name of a view for readers."""
        return self.results.manifest.labels.get(view, view)

    def name_pairs(self, key: str = ANY_AGREEMENT) -> tuple[NamedPair, ...]:
        """Every pair in one outcome, with names for readers."""
        what = message("figures.any-agreement") if key == ANY_AGREEMENT else self.results.outcomes[key]
        weeks = self.results.manifest.horizon_weeks
        return tuple(
            pair.name_outcome((self.get_label(pair.first), self.get_label(pair.second)), what, weeks, key)
            for pair in self.pairs
        )

    @property
    def unranged(self) -> list[str]:
        """Names of the views that do not count for the range, as they read no author."""
        return [view.label for name, view in self.shares.views.items() if name not in self.shares.sources]


def build_shares_table(given: ComparedViews) -> Table:
    """Outcomes down, source views across, with their range, and their mean on request."""
    shares, mean = given.shares, given.shares.source_mean if given.pool else None
    head = [message("views.column-outcome"), *(view.label for view in shares.views.values())]
    several = len(shares.sources) > 1
    head += [_name_range(given)] if several else []
    head += [message("views.column-pool")] if mean else []
    rows = []
    for key, label in {ANY_AGREEMENT: message("figures.any-agreement"), **shares.outcomes}.items():
        cells = [
            format_estimate(one.any_agreement if key == ANY_AGREEMENT else one.outcomes[key])
            for one in shares.views.values()
        ]
        if several:
            cells.append(_format_range(given, shares.agreement_range if key == ANY_AGREEMENT else shares.ranges[key]))
        if mean:
            cells.append(format_estimate(mean.any_agreement if key == ANY_AGREEMENT else mean.outcomes[key]))
        rows.append((label, *cells))
    caption = message("views.shares-table", weeks=format_number(shares.horizon_weeks))
    return Table(caption, tuple(head), tuple(rows))


def _name_range(given: ComparedViews) -> str:
    if given.unranged:
        return message("views.column-range-without", views=format_list(given.unranged))
    return message("views.column-range")


def _format_range(given: ComparedViews, found: SourceRange) -> str:
    if found.low == found.high:
        return format_share(found.low)
    return message(
        "views.range",
        low=format_share(found.low),
        high=format_share(found.high),
        lowest=given.get_label(found.lowest),
        highest=given.get_label(found.highest),
    )


def build_pairs_table(given: ComparedViews, key: str = ANY_AGREEMENT) -> Table:
    """Every pair with both shares, their difference in one outcome, both half-widths, and both numbers of draws."""
    return FIGURES.view_differences.build_table(given.name_pairs(key))


def build_times_table(given: ComparedViews) -> Table:
    """When outcomes come about: outcomes down, source views across."""
    head = (message("views.column-outcome"), *(given.get_label(view) for view in given.times))
    rows = tuple(
        (label, *(_format_time(times.get(key)) for times in given.times.values()))
        for key, label in given.results.outcomes.items()
    )
    return Table(message("views.times-table"), head, rows)


def _format_time(time: TimeToOutcome | None) -> str:
    if time is None:
        return "–"
    low, median, high = (format_number(value) for value in (time.low, time.median, time.high))
    return message("views.time", median=median, low=low, high=high)


def build_statements_table(given: ComparedViews, pair: Pair) -> Table:
    """What two views say of the same numbers, with both spreads and both citations."""
    first, second = (given.get_label(name) for name in pair)
    head = (message("views.column-theme"), message("views.column-quantity"), first, second)
    rows = tuple(
        (
            format_theme(one.theme),
            one.says.place,
            _describe(one.says.first, one.densities[0], given.claims),
            _describe(one.says.second, one.densities[1], given.claims),
            judge_statement(one, first, second),
        )
        for one in given.statements[pair]
    )
    caption = message("views.statements-table", first=first, second=second)
    return Table(caption, (*head, message("views.column-agree")), rows)


def judge_statement(one: StatedPair, first: str, second: str) -> str:
    """Whether two views agree on a number, or one of them is silent.

    Args:
        one: What both say.
        first: Name of the first view.
        second: Name of the second one.
    """
    for statement, label in ((one.says.first, first), (one.says.second, second)):
        if not statement.own:
            return message("views.silent", view=label)
    return message("views.agree" if one.agree else "views.differ")


def _describe(statement: Statement, density: str, claims: Mapping[str, Claim]) -> Mixed:
    """A number, its spread, and what it rests on; reported voices name their speaker."""
    key = "views.own" if statement.own else "views.not-own"
    pieces = [message(key, number=statement.number), f" | {density.replace(' ', '▁')}" if density else ""]
    for name in statement.because:
        pieces.append(" | ")
        pieces += [f"{format_place(claims[name])}: ", English(claims[name].we_read)] if name in claims else [name]
    if statement.own and statement.assumed:
        before, after = message("attribution.says-ours", why="\0").split("\0")
        pieces += [f" | {before}", English(statement.assumed), after]
    return Mixed(*pieces)


def list_view_notes(given: ComparedViews, *, pairs: bool = True, brief: bool = True) -> Iterator[str]:
    """What must be known to read the comparison, in sentences.

    Args:
        given: The comparison.
        pairs: True to say what concerns single pairs, too.
        brief: True to say in one line who read the claims.
    """
    yield from dict.fromkeys(text for pair in given.pairs if pairs for text in describe_pair(given, pair))
    if all(pair.is_same for pair in given.pairs):
        return
    draws = sorted(pair.draws for pair in given.pairs)
    yield message("views.note-pairs", draws=format_number(draws[-1]))
    if any(pair.changes[ANY_AGREEMENT].difference.is_bound for pair in given.pairs):
        yield message("views.note-bound")
    many = [
        message("views.note-runs-of-view", view=view.label, runs=format_number(view.n_matching))
        for view in given.shares.views.values()
    ]
    fewest, most = format_number(draws[0]), format_number(draws[-1])
    yield message("views.note-draws", counts=", ".join(many), fewest=fewest, most=most)
    if given.unranged and len(given.shares.sources) > 1:
        yield message("views.note-range", views=format_list(given.unranged))
    yield message("views.note-silent")
    manifest = given.results.manifest
    yield message("views.note-seed", seed=str(manifest.seed), weeks=format_number(manifest.horizon_weeks))
    describe = describe_coders_shortly if brief else describe_coders
    if coders := describe(given.claims.values(), given.coders):
        yield coders


def describe_pair(given: ComparedViews, pair: PairDifference, *, counts: bool = True) -> Iterator[str]:
    """What must be known to read the difference of two views.

    Args:
        given: The comparison.
        pair: The two views.
        counts: True to say on how many numbers they differ.
    """
    names: dict[str, Any] = {"first": given.get_label(pair.first), "second": given.get_label(pair.second)}
    if pair.is_same:
        yield message("views.same", view=names["first"])
        return
    if not pair.n_both:
        yield message("views.joint-none", **names)
    if needed := pair.count_needed(given.precision, given.results.manifest.runs_asked):
        yield message(
            "views.needed",
            **names,
            precision=format_points(given.precision).lstrip("+"),
            needed=format_number(needed),
            fewest=format_number(min(pair.n_first, pair.n_second)),
            both=format_number(pair.n_both),
        )
    if counts:
        yield _describe_counts(given.statements[pair.first, pair.second], names)


def _describe_counts(statements: tuple[StatedPair, ...], names: dict[str, Any]) -> str:
    """On how many numbers two views differ and agree, and on how many only one of them speaks."""
    silent = sum(not (one.says.first.own and one.says.second.own) for one in statements)
    agree = sum(one.agree for one in statements)
    counts = {"differ": len(statements) - silent - agree, "agree": agree, "silent": silent}
    many: dict[str, Any] = {name: format_number(number) for name, number in counts.items()}
    key = "silence" if silent and silent == len(statements) else "counts"
    return message(f"views.note-{key}", **names, **many)


def build_views_page(given: ComparedViews) -> str:
    """The page, in the language in use."""
    manifest = given.results.manifest
    opening = [_build_shares_section(given)] if len(given.shares.views) > 1 else []
    figure = FIGURES.view_differences
    pairs = build_figures_section(figure, [("", given.name_pairs())])
    times = Section("times", message("views.times"), tables=(build_times_table(given),))
    reading = Section("first", message("report.first"), tuple(list_view_notes(given, brief=False)))
    sections = [*list_theme_sections(given.kept, manifest)]
    sections += list_contradiction_sections(given.kept, given.claims, manifest)
    sections += [_build_statements(given, pair) for pair in given.statements if given.statements[pair]]
    sections += [times, reading, build_repeat_section(given.results)]
    title = message("views.title", title=manifest.title)
    changed, made = describe_changes(manifest), describe_runs(manifest)
    return render_page(title, manifest.question, [*opening, pairs], sections, (), changed, made, list_filters(given))


def _build_shares_section(given: ComparedViews) -> Section:
    """Shares of all views, with a table that names whose the ends of the range are."""
    return replace(build_wide_section(FIGURES.outcome_shares, given.shares), tables=(build_shares_table(given),))


def list_filters(given: ComparedViews) -> tuple[Filter, ...]:
    """Actors and themes of which the compared views say something, in the order of the scenario."""
    found = [one for statements in given.statements.values() for one in statements]
    about = {key for one in found for key in one.says.parts}
    themes = dict.fromkeys(one.theme for one in found)
    actors = tuple((key, one.get("label", key)) for key, one in _get_actors(given).items() if key in about)
    choices = {"actor": actors, "theme": tuple((theme, format_theme(theme)) for theme in themes)}
    filters = [Filter(name, message(f"views.filter-{name}"), some) for name, some in choices.items() if some]
    pairs = dict.fromkeys([*given.statements, *given.kept.attributions])
    if len(pairs) > 1:
        named = {key_pair(pair): (given.get_label(pair[0]), given.get_label(pair[1])) for pair in pairs}
        filters.append(make_pair_filter(named))
    return tuple(filters)


def _get_actors(given: ComparedViews) -> Mapping[str, Any]:
    return given.results.manifest.text.get("actors") or {}


def _build_statements(given: ComparedViews, pair: Pair) -> Section:
    """What two views say, theme by theme."""
    first, second = (given.get_label(name) for name in pair)
    actors = _get_actors(given)
    parts: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    about: dict[str, list[tuple[str, ...]]] = {}
    for row, one in zip(build_statements_table(given, pair).rows, given.statements[pair], strict=True):
        lines = (Mixed(f"{first}: ", row[2]), Mixed(f"{second}: ", row[3]), row[4])
        parts.setdefault(one.theme, []).append((English(row[1]), lines))
        about.setdefault(one.theme, []).append(tuple(key for key in one.says.parts if key in actors))
    folded = tuple(
        Collapsible(format_theme(theme), parts=tuple(some), theme=theme, part_actors=tuple(about[theme]))
        for theme, some in parts.items()
    )
    key = f"says-{'-'.join(pair)}"
    title, points = message("views.statements", first=first, second=second), _list_silences(given, pair)
    themes = tuple(theme for view in pair for theme in given.silences.get(view, {}))
    return Section(key, title, points=points, point_themes=themes, collapsibles=folded, pair=key_pair(pair))


def _list_silences(given: ComparedViews, pair: Pair) -> tuple[tuple[str, str], ...]:
    """Themes on which one of two views is silent, with the reason."""
    return tuple(
        (given.get_label(view), message("views.silent-on", view="", theme=format_theme(theme), why=why).lstrip())
        for view in pair
        for theme, why in given.silences.get(view, {}).items()
    )
