"""Contradiction tornado: how far each side of a question moves the share of an outcome, the widest question on top."""

from dataclasses import dataclass

import plotly.graph_objects as go

from analysis.figures.dot_intervals import make_heading
from analysis.figures.figure_table import Table
from analysis.figures.number_text import escape_text, format_estimate, format_list, shorten
from analysis.figures.share_change_text import format_fine_share, format_points
from analysis.figures.style import COLOURS, GREY, INK, LINE, STEPS, apply_style
from analysis.methods.contradiction_ranking import Flip, NamedRanking, RankedQuestion
from analysis.methods.paired_change import PartOfChange
from sim.i18n.messages import format_number, message

ROW, MOST = 44, 15
"""Height of a row in pixels, and questions that are drawn; the table has all of them."""

NAMED = 10
"""Questions named in the sentence."""

UP, DOWN = "up", "down"
LOOKS = {UP: (COLOURS[0], ""), DOWN: (COLOURS[1], "/")}
"""Colour and pattern of each kind of bar."""

COLUMNS = ("question", "side", "difference", "effect", "selection", "p", "draws", "verdict")


@dataclass(frozen=True)
class _Bar:
    """The side of a question that moves the share most in one direction."""

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
    questions = given.ranking.questions[:MOST]
    bars = {kind: [bar for row, one in enumerate(questions) for bar in _find_bar(one, row, kind)] for kind in LOOKS}
    ends = [0.0, *(end for some in bars.values() for bar in some for end in (bar.part.low, bar.part.high))]
    reach = 1.25 * max(max(ends), -min(ends), 0.01)
    drawn = go.Figure([_draw_bars(kind, some) for kind, some in bars.items() if some] or [go.Scatter(x=[0], y=[0])])
    apply_style(drawn, height=ROW * max(len(questions), 1) + 120)
    step = next((one for one in STEPS if reach / one <= 3), STEPS[-1])
    ticks = [n * step for n in range(-int(reach / step), int(reach / step) + 1)]
    texts = {key: shorten(f"{key} {text}") for key, text in given.questions.items()}
    drawn.update_layout(
        xaxis={
            "title": {"text": message("contradictions.axis"), "standoff": 8, "font": {"size": 13}},
            "range": [-reach, reach],
            "tickvals": ticks,
            "ticktext": [format_points(at) for at in ticks],
            "gridcolor": LINE,
            "zerolinecolor": GREY,
            "fixedrange": True,
            "automargin": True,
        },
        yaxis={"visible": False, "range": [-len(questions) + 0.5, 1.2], "fixedrange": True},
        annotations=[make_heading(texts[one.key], 0.45 - row) for row, one in enumerate(questions)],
        bargap=0,
        barmode="overlay",
    )
    return drawn


def _find_bar(question: RankedQuestion, row: int, kind: str) -> list[_Bar]:
    """The widest side in one direction, if there is one."""
    some = [
        (flip, flip.change.difference)
        for flip in question.flips
        if flip.change and (flip.difference > 0 if kind == UP else flip.difference < 0)
    ]
    widest = max(some, key=lambda pair: abs(pair[1].value), default=None)
    return [_Bar(-float(row), *widest)] if widest else []


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
        width=0.36,
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
    matters, small, unknown = (ranking.select(verdict) for verdict in ("matters", "negligible", "undecided"))
    parts = [
        message(
            "contradictions.words",
            what=format_outcome(given),
            weeks=format_number(given.weeks),
            view=given.view,
            share=format_estimate(ranking.share),
        ),
        _describe_matters(matters),
        message(
            "contradictions.words-others",
            small=message("contradictions.questions", count=len(small)),
            margin=format_points(ranking.margin).lstrip("+"),
            unknown=message("contradictions.questions", count=len(unknown)),
            draws=format_number(ranking.draws),
            nothing=message("contradictions.questions", count=given.n_without_effect),
        ),
    ]
    if not any(question.reach for question in ranking.questions) and not ranking.share.share:
        parts.append(message("contradictions.words-never", draws=format_number(ranking.draws)))
    return " ".join([*parts, *([_describe_values(given)] if given.values else [])])


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


def _describe_matters(matters: tuple[RankedQuestion, ...]) -> str:
    if not matters:
        return message("contradictions.words-none")
    named = [f"{one.key} ({format_points(one.widest.difference)})" for one in matters[:NAMED] if one.widest]
    return message(
        "contradictions.words-matter",
        many=message("contradictions.these", count=len(matters)),
        names=format_list(named) + (" …" if len(matters) > NAMED else ""),
    )


def format_outcome(given: NamedRanking) -> str:
    """The outcome that was asked about."""
    if given.outcome_label:
        return message("attribution.outcome", outcome=given.outcome_label)
    return message("figures.any-agreement")


def build_table(given: NamedRanking) -> Table:
    """Every side of every question, what moves most first."""
    rows = tuple(_build_row(one, flip) for one in given.ranking.questions for flip in one.flips)
    return Table(_make_caption(given), tuple(message(f"contradictions.column-{name}") for name in COLUMNS), rows)


def build_short_table(given: NamedRanking, most: int = MOST) -> Table:
    """The widest side of each of the questions that move most, and what knowing the answer is worth."""
    names, values = list(COLUMNS), given.values
    head = [message(f"contradictions.column-{name}") for name in names]
    rows = []
    for one in given.ranking.questions[:most]:
        if one.widest is not None:
            rows.append((*_build_row(one, one.widest), *([_format_value(given, one.key)] if values else [])))
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


def _build_row(question: RankedQuestion, flip: Flip) -> tuple[str, ...]:
    change = flip.change
    parts = (change.difference, change.effect, change.selection) if change else (None, None, None)
    adjusted = message("contradictions.below", number=format_number(0.001, 3))
    return (
        question.key,
        flip.side,
        *(format_part(part) for part in parts),
        adjusted if flip.adjusted < 0.001 else format_number(flip.adjusted, 3),
        format_number(flip.n_both),
        message(f"contradictions.verdict-{question.verdict}"),
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
