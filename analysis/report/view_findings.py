"""View findings: what a page of source views shows besides their shares - themes, contradictions, and how to add them.

What takes long is shown where it was played before; where not, the page says which command adds it.
"""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from analysis.figures.contradiction_tornado import summary_text
from analysis.figures.figure_table import Table
from analysis.figures.registry import FIGURES
from analysis.methods.contradiction_ranking import NamedRanking
from analysis.methods.named_attribution import NamedAttribution
from analysis.report.assumptions import format_citations
from analysis.report.attribution_pairs import build_waterfalls_section
from analysis.report.coders import tell_claims
from analysis.report.figure_sections import build_wide_section
from analysis.report.section import Collapsible, English, Mixed, Panel, Section
from sim.ensemble.manifest import Manifest
from sim.i18n.messages import format_number, message
from sim.schema.claim import Claim
from sim.schema.loaded_case import ALWAYS, WEEK_1
from sim.schema.open_question import Contradiction, ContradictionSide

COLUMNS = ("question", "asked", "side", "says", "passages", "effect")
"""Columns of the table of contradictions."""

Pair = tuple[str, str]
"""Names of two source views."""


@dataclass(frozen=True)
class KeptFindings:
    """What was played before of the same case, with the same seed and horizon."""

    attributions: Mapping[Pair, NamedAttribution] = field(default_factory=dict)
    """What themes account for, by pair of source views."""
    rankings: Mapping[str, NamedRanking] = field(default_factory=dict)
    """Which contradiction moves agreements most, by source view."""
    contradictions: Mapping[str, Contradiction] = field(default_factory=dict)
    """All questions over which sources differ."""
    unattributed: tuple[str, ...] = ()
    """Views of which some pair is not attributed yet; empty if all are."""
    unranked: tuple[str, ...] = ()
    """Views under which contradictions are not ranked yet."""
    folder: str = ""
    """Folder in which results are kept, if it is not the usual one."""


def key_pair(pair: Pair) -> str:
    """Key of a pair on the page."""
    return "-".join(pair)


def _spell(key: str, what: str, kept: KeptFindings, manifest: Manifest, since: str = "") -> str:
    """A command about the same case, seed and horizon; `since` says from when sides hold, else as the changes do."""
    parts = [message(f"views.command-{key}", what=what, case=shlex.quote(manifest.scenario))]
    parts.append(message("views.command-same", weeks=str(manifest.horizon_weeks), seed=str(manifest.seed)))
    parts += [message("views.command-set", what=shlex.quote(one)) for one in manifest.set_changes]
    parts += [message("views.command-answer", what=shlex.quote(one)) for one in manifest.answers]
    since = since or (manifest.holds_from if len(parts) > 2 else WEEK_1)
    parts += [message("views.command-from", what=since)] if since == ALWAYS else []
    parts += [message("views.command-out", what=shlex.quote(kept.folder))] if kept.folder else []
    return " ".join(parts)


def list_theme_sections(kept: KeptFindings, manifest: Manifest) -> Iterator[Section]:
    """The map of pair by theme, and the waterfall of every pair."""
    command = _spell("attribute", " ".join(kept.unattributed), kept, manifest)
    lacking = (message("views.lacking-attributions", command=command),) if kept.unattributed else ()
    if not kept.attributions:
        if lacking:
            yield Section("attribution-pairs", FIGURES.attribution_pairs.title(), lacking)
        return
    some = tuple(kept.attributions.values())
    draws = format_number(min(one.attribution.draws for one in some))
    whole = build_wide_section(FIGURES.attribution_pairs, some)
    said = (*whole.sentences, message("views.kept-attributions", draws=draws), *lacking)
    yield Section(whole.key, whole.title, said, whole.panels, tables=whole.tables)
    yield build_waterfalls_section({key_pair(pair): one for pair, one in kept.attributions.items()})


def list_contradiction_sections(
    kept: KeptFindings, claims: Mapping[str, Claim], manifest: Manifest
) -> Iterator[Section]:
    """The tornado of every source view that was ranked, and all contradictions with the passages of their sides.

    Args:
        kept: What was played before.
        claims: The case's claims.
        manifest: How the views were played.
    """
    if not kept.contradictions:
        return
    yield _build_tornados(kept, manifest)
    told = tell_claims(claims)
    head = tuple(message(f"contradictions.list-{name}") for name in COLUMNS)
    rows = tuple(
        (
            key,
            _ask(one, side),
            English(name),
            side.says,
            format_citations(side.claims, told),
            message(f"contradictions.list-effect-{'yes' if side.has_effect else 'side-no'}"),
        )
        for key, one in kept.contradictions.items()
        for name, side in one.sides.items()
    )
    many = format_number(len(kept.contradictions))
    none = sum(bool(one.no_difference) for one in kept.contradictions.values())
    said = (message("views.contradictions-said", many=many, none=format_number(none)),)
    caption = message("views.contradictions-table", many=many)
    title = message("views.contradictions")
    yield Section("contradictions", title, said, tables=(Table(caption, head, rows),))


def _ask(one: Contradiction, side: ContradictionSide) -> str:
    """The question; with its first side the reason why no side of it changes the model, if there is one."""
    if not one.no_difference or side is not next(iter(one.sides.values())):
        return one.question
    before, after = message("contradictions.list-effect-no", why="\0").split("\0")
    return Mixed(one.question, f" ({before}", one.no_difference, f"{after})")


def _describe_kept(one: NamedRanking, command: str) -> str:
    """From when sides hold in a ranking that was played before, and the command that gives the same."""
    runs = message("views.command-runs", runs=str(one.ranking.n_matching))
    draws, since = format_number(one.ranking.draws), message(f"views.kept-from-{one.holds_from}")
    return message("views.kept-ranking", draws=draws, since=since, command=f"{command} {runs}")


def _build_tornados(kept: KeptFindings, manifest: Manifest) -> Section:
    """The tornado of every source view that was ranked, and the commands that rank the others."""
    figure, labels = FIGURES.contradiction_tornado, manifest.labels
    folded = tuple(
        Collapsible(
            labels.get(view, view),
            (_describe_kept(one, _spell("rank", view, kept, manifest, one.holds_from)),),
            panels=(Panel(figure.draw_figure(one), summary_text(one)),),
            tables=(figure.build_table(one),),
        )
        for view, one in kept.rankings.items()
    )
    points = tuple(
        (labels.get(view, view), message("views.lacking-ranking", command=_spell("rank", view, kept, manifest)))
        for view in kept.unranked
    )
    said = (figure.how_to_read(),) if folded else ()
    return Section("contradiction-tornado", figure.title(), said, points=points, collapsibles=folded)
