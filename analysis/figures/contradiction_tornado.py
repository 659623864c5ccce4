"""Contradiction tornado: how far each side of a question moves the share of an outcome, the widest question on top."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from analysis.figures.contradiction_sides import format_side, format_voices
from analysis.figures.dot_intervals import make_heading
from analysis.figures.figure_table import Table
from analysis.figures.number_text import break_lines, escape_text, format_estimate
from analysis.figures.share_change_text import format_fine_share, format_points
from analysis.figures.style import COLOURS, GREY, INK, LINE, STEPS, apply_style
from analysis.methods.contradiction_ranking import Flip, NamedRanking, RankedQuestion, Verdict, group_same
from analysis.methods.paired_change import PartOfChange
from sim.i18n.messages import format_number, message

BAR, LINE_HEIGHT, MOST = 28, 16, 15
"""Pixels of a row for its bar and for each line of its question, and questions that are drawn; the table has all."""

NAMED, WHOLE = 10, 3
"""Questions named in the sentence, and those of them that are written out."""

VERDICTS: tuple[Verdict, ...] = ("matters", "negligible", "undecided")
"""What is said of a question, in the order of the sentence."""

UP, DOWN = "up", "down"
LOOKS = {UP: (COLOURS[0], ""), DOWN: (COLOURS[1], "/")}
"""Colour and pattern of each kind of bar."""

HEIGHTS = {UP: 0.7, DOWN: 0.3}
"""Where a bar lies in its row, so that no interval lies on another."""

COLUMNS = ("question", "side", "effect", "selection", "difference", "p", "draws", "verdict")


HEADING = {"yanchor": "bottom", "yshift": BAR - 4}
"""A question stands over its bar and grows upwards."""


@dataclass(frozen=True)
class _Row:
    """The row of a question."""

    text: str
    bottom: int
    """Pixels below the top of all rows."""


@dataclass(frozen=True)
class _Bar:
    """The side of a question that stands for it in one direction."""

    height: float
    flip: Flip
    part: PartOfChange


def title() -> str:
    """Title of the figure."""
    return message("contradictions.title")


def how_to_read() -> str:
    """How to read it."""
    return message("contradictions.how")


def draw_figure(given: NamedRanking) -> go.Figure:
    """Bars about a zero line, one question a row, each end with its interval and the name of the side."""
    groups = group_same(given.ranking.questions)[:MOST]
    rows = _lay_out_rows([f"{_join(some)} {_ask(given, some[0].key)} {_name_sides(given, some[0])}" for some in groups])
    placed = list(zip(groups, rows, strict=True))
    bars = {kind: [bar for some, row in placed for bar in _find_bar(some[0], row.bottom, kind)] for kind in LOOKS}
    ends = [0.0, *(end for some in bars.values() for bar in some for end in (bar.part.low, bar.part.high))]
    drawn = go.Figure([_draw_bars(kind, some) for kind, some in bars.items() if some] or [go.Scatter(x=[0], y=[0])])
    whole = -min((row.bottom for row in rows), default=-BAR)
    apply_style(drawn, height=whole + 120)
    drawn.update_layout(
        xaxis=_make_axis(given, 1.25 * max(max(ends), -min(ends), 0.01)),
        yaxis={"visible": False, "range": [-whole, 6], "fixedrange": True},
        annotations=[make_heading(row.text, row.bottom, lines=None) | HEADING for row in rows],
        bargap=0,
        barmode="overlay",
    )
    return drawn


def _ask(given: NamedRanking, key: str) -> str:
    """A question; one whose sides rest on one source says so."""
    asked = given.questions[key]
    return message("contradictions.within", asked=asked) if key in given.within else asked


def _name_sides(given: NamedRanking, question: RankedQuestion) -> str:
    """The sides of its bars, each with the way to which its bar points."""
    sides = {
        kind: [_name_side(given, question.key, bar.flip) for bar in _find_bar(question, 0, kind)] for kind in LOOKS
    }
    return " · ".join([*(f"← {side}" for side in sides[DOWN]), *(f"{side} →" for side in sides[UP])])


def _name_side(given: NamedRanking, key: str, flip: Flip) -> str:
    """The name of a side; one that no source view takes says so."""
    numbers = given.numbers.get((key, flip.side))
    if numbers is None or numbers.has_view:
        return flip.side
    return message("contradictions.side-notes", side=flip.side, notes=message("contradictions.side-no-view"))


def _lay_out_rows(texts: Sequence[str]) -> list[_Row]:
    """Rows one under another, each as high as its question needs."""
    rows, bottom = [], 0
    for text in texts:
        bottom -= BAR + LINE_HEIGHT * (break_lines(text, lines=None).count("<br>") + 1)
        rows.append(_Row(text, bottom))
    return rows


def _make_axis(given: NamedRanking, reach: float) -> dict[str, object]:
    """Points by which the share moves, about zero; the title says which share."""
    step = next((one for one in STEPS if reach / one <= 3), STEPS[-1])
    ticks = [n * step for n in range(-int(reach / step), int(reach / step) + 1)]
    said = message("contradictions.axis", what=format_outcome(given), weeks=format_number(given.weeks))
    return {
        "title": {"text": break_lines(said, lines=None), "standoff": 8, "font": {"size": 13}},
        "range": [-reach, reach],
        "tickvals": ticks,
        "ticktext": [format_points(at) for at in ticks],
        "gridcolor": LINE,
        "zerolinecolor": GREY,
        "fixedrange": True,
        "automargin": True,
    }


def _find_bar(question: RankedQuestion, bottom: int, kind: str) -> list[_Bar]:
    """The side that decides in one direction, or else the widest, if there is one."""
    some = [
        (flip, flip.effect)
        for flip in question.flips
        if flip.effect and (flip.effect.value > 0 if kind == UP else flip.effect.value < 0)
    ]
    shown = max(some, key=lambda pair: (pair[0].decides, abs(pair[1].value)), default=None)
    return [_Bar(bottom + BAR * HEIGHTS[kind], *shown)] if shown else []


def _draw_bars(kind: str, bars: list[_Bar]) -> go.Bar:
    """All bars of one direction."""
    colour, shape = LOOKS[kind]
    pattern = {"shape": shape, "fgcolor": INK, "bgcolor": colour, "size": 6, "solidity": 0.12}
    error = {
        "type": "data",
        "symmetric": False,
        "array": [bar.part.high - bar.part.value for bar in bars],
        "arrayminus": [bar.part.value - bar.part.low for bar in bars],
        "color": INK,
        "thickness": 1.2,
        "width": 4,
    }
    return go.Bar(
        x=[bar.part.value for bar in bars],
        y=[bar.height for bar in bars],
        width=BAR / 3,
        orientation="h",
        name=message(f"contradictions.bar-{kind}"),
        marker={"color": colour, "line": {"color": INK, "width": 0.6}, "pattern": pattern},
        error_x=error,
        hovertext=[f"{escape_text(bar.flip.side)}: {format_part(bar.part)}" for bar in bars],
        hoverinfo="text",
        showlegend=True,
    )


def format_part(part: PartOfChange | None) -> str:
    """A difference in points with its interval; a dash where there is none."""
    if part is None:
        return "–"
    if not (part.value or part.low or part.high):
        return format_number(0)
    low, high = format_points(part.low), format_points(part.high)
    return message("figures.difference.span", points=format_points(part.value), low=low, high=high)


def summary_text(given: NamedRanking) -> str:
    """How many questions matter, which, how many do not, and of how many the runs cannot tell."""
    ranking = given.ranking
    matters, small, unknown = (ranking.select(verdict) for verdict in VERDICTS)
    parts = [
        message(
            "contradictions.words",
            what=format_outcome(given),
            weeks=format_number(given.weeks),
            view=given.view,
            share=format_estimate(ranking.share),
        ),
        _describe_matters(given, matters),
        *_describe_others(given, len(small), len(unknown)),
        *_list_remarks(given),
    ]
    return " ".join([*parts, *([_describe_values(given)] if given.values else [])])


def _describe_others(given: NamedRanking, small: int, unknown: int) -> Iterator[str]:
    """Of how many questions the effect is small, unknown, or none; what is true of no question is not said."""
    many = {"small": small, "unknown": unknown, "nothing": given.n_without_effect}
    values: dict[str, Any] = {
        "margin": _format_margin(given.ranking.margin),
        "draws": format_number(given.ranking.draws),
    }
    said = [
        message(f"contradictions.words-{name}", many=message("contradictions.questions", count=count), **values)
        for name, count in many.items()
        if count
    ]
    if said:
        text = "; ".join(said)
        yield f"{text[0].upper()}{text[1:]}."


def _list_remarks(given: NamedRanking) -> Iterator[str]:
    """What is to be known of the count: questions that are one, a margin no side can leave, from when sides hold."""
    ranking = given.ranking
    judged = sum(len(ranking.select(verdict)) for verdict in VERDICTS) + given.n_without_effect
    listed = len(ranking.questions) + given.n_without_effect
    if judged < listed:
        yield message("contradictions.words-same", judged=format_number(judged), listed=format_number(listed))
    if ranking.share.share < ranking.margin:
        yield message("contradictions.words-below", margin=_format_margin(ranking.margin))
    yield message(f"contradictions.words-from-{given.holds_from}")
    if not any(question.shown.reach for question in ranking.questions) and not ranking.share.share:
        yield message("contradictions.words-never", draws=format_number(ranking.draws))


def _format_margin(margin: float) -> str:
    return format_points(margin).lstrip("+")


def _join(questions: tuple[RankedQuestion, ...]) -> str:
    """Names of questions whose shown sides change the same."""
    return " = ".join(one.key for one in questions)


def _describe_values(given: NamedRanking) -> str:
    """Of how many questions the answer would change the choice of a scenario file, and which is worth most."""
    files = message("contradictions.files", count=len(given.files))
    changed = [key for key, one in given.values.items() if one.n_changed]
    if not changed:
        return message("contradictions.words-value-none", files=files)
    best = max(given.values, key=lambda key: given.values[key].value)
    return message(
        "contradictions.words-value",
        files=files,
        best=best,
        points=format_points(given.values[best].value).lstrip("+"),
        changed=format_number(len(changed)),
        questions=message("contradictions.questions", count=len(given.values)),
        sure=format_number(sum(bool(one.surely_changed) for one in given.values.values())),
    )


def _describe_matters(given: NamedRanking, matters: tuple[tuple[RankedQuestion, ...], ...]) -> str:
    if not matters:
        return message("contradictions.words-none")
    named = [
        message(
            "contradictions.words-whole",
            asked=_ask(given, some[0].key),
            look=f"{_join(some)}: {_name_side(given, some[0].key, some[0].shown)}",
            points=format_part(some[0].shown.effect),
        )
        for some in matters[:WHOLE]
    ]
    effects = [(some, some[0].shown.effect) for some in matters[WHOLE:NAMED]]
    named += [f"{_join(some)} ({format_points(effect.value)})" for some, effect in effects if effect]
    return message(
        "contradictions.words-matter",
        many=message("contradictions.these", count=len(matters)),
        names="; ".join(named) + (" …" if len(matters) > NAMED else ""),
    )


def format_outcome(given: NamedRanking) -> str:
    """The outcome that was asked about."""
    if given.outcome_label:
        return message("attribution.outcome", outcome=given.outcome_label)
    return message("figures.any-agreement")


def build_table(given: NamedRanking) -> Table:
    """Every side of every question, what moves most first."""
    rows = tuple(
        (
            *_build_row(given, one, flip, one.key, first=not place),
            format_voices(given.voices.get((one.key, flip.side), ())),
        )
        for one in given.ranking.questions
        for place, flip in enumerate(one.flips)
    )
    head = tuple(message(f"contradictions.column-{name}") for name in (*COLUMNS, "voices"))
    return Table(_make_caption(given), head, rows)


def build_short_table(given: NamedRanking, most: int = MOST) -> Table:
    """The side that decides, or else the widest, of each of the questions that move most; what knowing is worth.

    Questions whose shown sides change the same share a row.
    """
    names, values = list(COLUMNS), given.values
    head = [message(f"contradictions.column-{name}") for name in names]
    rows = []
    for one, *_ in group_same(given.ranking.questions)[:most]:
        asked = f"{one.key} {_ask(given, one.key)}"
        rows.append((*_build_row(given, one, one.shown, asked), *([_format_value(given, one.key)] if values else [])))
    head += [message("contradictions.column-value")] if values else []
    return Table(_make_caption(given), tuple(head), tuple(rows))


def _make_caption(given: NamedRanking) -> str:
    return message(
        "contradictions.table",
        what=format_outcome(given),
        weeks=format_number(given.weeks),
        view=given.view,
        share=format_fine_share(given.ranking.share.share),
    )


def _build_row(
    given: NamedRanking, question: RankedQuestion, flip: Flip, asked: str, *, first: bool = True
) -> tuple[str, ...]:
    """A side; the verdict is on its question, and stands at the first of its sides alone."""
    change = flip.change
    parts = (change.effect, change.selection, change.difference) if change else (None, None, None)
    adjusted = message("contradictions.below", number=format_number(0.001, 3))
    return (
        asked,
        format_side(given, question.key, flip),
        *(format_part(part) for part in parts),
        adjusted if flip.adjusted < 0.001 else format_number(flip.adjusted, 3),
        format_number(flip.n_both),
        message(f"contradictions.verdict-{question.verdict}") if first else "",
    )


def _format_value(given: NamedRanking, key: str) -> str:
    """What it is worth to know the answer to a question."""
    value = given.values.get(key)
    if value is None:
        return "–"
    return message(
        "contradictions.value",
        points=format_points(value.value),
        low=format_points(value.low),
        high=format_points(value.high),
        changed=format_number(value.n_changed),
        sure=format_number(len(value.surely_changed)),
        answers=format_number(len(value.best_by_answer)),
    )
