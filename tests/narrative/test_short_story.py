"""Short story: one page at 80 columns, no line over the width, everyone's yes and no, and words that are the case's."""

import re
from functools import cache

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.experiments.weekly_series import compute_weekly_series
from sim.i18n.messages import FIRST, list_languages, load_catalogue, use_language
from sim.loading.loader import find_scenarios, list_views, load_case
from sim.loading.translations import translate_case
from sim.narrative.digest import Verdict
from sim.narrative.items import Item, describe_frequency, draw_together
from sim.narrative.names import Name, join_names, parse_name
from sim.narrative.narrator import narrate_run
from sim.narrative.short_story import PAGE, RUN_UP_PAGE, WIDTH, format_short_story, wrap_lines
from sim.narrative.story import Story
from sim.narrative.turning_points import tell_ultimatums
from sim.narrative.votes import describe_votes
from sim.schema.actor import Actor

LARGE = "alaska-budapest"
TEXTBOOK = [found.name for found in find_scenarios() if found.name.startswith("textbook/")]
each_language = pytest.mark.parametrize("code", list_languages())
each_view = pytest.mark.parametrize("view", list_views(LARGE))


@cache
def load(name: str, view: str | None, code: str):
    return translate_case(load_case(name, view=view), code)[0]


def tell(name: str, view: str | None, run: int, code: str = FIRST, seed: int | None = None) -> Story:
    with use_language(code):
        return narrate_run(load(name, view, code), run, seed)


def join_lines(lines: list[str]) -> str:
    """A wrapped text as one line again."""
    return " ".join(line.strip() for line in lines)


@each_language
@each_view
@pytest.mark.parametrize("seeds", [range(1), pytest.param(range(1, 10), marks=pytest.mark.slow)], ids=["one", "more"])
def test_one_page_at_eighty_columns(view, code, seeds):
    for seed in seeds:
        story = tell(LARGE, view, 0, code, 2 * seed + (code == FIRST))
        lines = format_short_story(story)
        assert len(lines) <= PAGE, "\n".join(lines)
        assert max(map(len, lines)) <= WIDTH
        both = format_short_story(story, run_up=True)
        assert len(both) <= PAGE + RUN_UP_PAGE, "\n".join(both)


@each_language
@pytest.mark.parametrize("width", [24, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width, code):
    story = tell(LARGE, "wide", 7, code)
    for lines in (
        format_short_story(story, width),
        format_short_story(story, width, run_up=True),
        wrap_lines(story.format_lines(), width),
    ):
        assert max(map(len, lines)) <= width
    narrow, page = format_short_story(story, width), format_short_story(story, WIDTH)
    assert join_lines(narrow).replace(" ", "") == join_lines(page).replace(" ", "")


def test_nothing_is_lost_by_wrapping():
    lines = tell(LARGE, "wide", 7).format_lines()
    assert join_lines(wrap_lines(lines, 50)) == join_lines([" ".join(line.split()) for line in lines])


@each_language
@pytest.mark.parametrize("name", [*TEXTBOOK, LARGE])
def test_every_signature_and_refusal_names_everybody_who_was_asked(name, code):
    view, signed, told = next(iter(list_views(name)), None), load_catalogue(code)["short_stories.signed"][0], 0
    for run in range(5):
        story = tell(name, view, run, code)
        text = join_lines(format_short_story(story))
        for ballot in story.digest.ballots:
            if not ballot.passed or ballot.week < 1:
                continue
            told += 1
            with use_language(code):
                line = describe_votes(ballot.verdicts)
            assert line in text, text
            assert {str(verdict.name) for verdict in ballot.verdicts} >= set(map(str, story.digest.cast.sides))
            assert all(str(verdict.name) in line for verdict in ballot.verdicts)
    assert told or name in ("textbook/no-zone", "textbook/three-parties", "textbook/empty-threat", LARGE), signed


def test_a_signature_needs_everybody_whose_consent_the_rules_ask_for():
    case = load("textbook/three-parties", None, FIRST)
    assert case.scenario.actors["east"].veto_player
    for run in range(10):
        for ballot in narrate_run(case, run).digest.ballots:
            if ballot.passed:
                assert len(ballot.verdicts) == 4
                assert all(verdict.yes for verdict in ballot.verdicts)


def test_verdicts_say_yes_and_no_with_the_surplus_and_where_luck_decided():
    name = Name(["Upton"])
    said = describe_votes(
        (
            Verdict(name, yes=True, surplus=0.0512, margin=0.05, by_luck=False),
            Verdict(Name(["Loweton"]), yes=False, surplus=0.01, margin=0.01, by_luck=True),
            Verdict(Name(["Sedge"]), yes=False, surplus=0.01, margin=-0.02, by_luck=False),
            Verdict(Name(["the board"]), yes=False, surplus=None, margin=0.0, by_luck=False),
        )
    )
    assert said == (
        "Yes: Upton (+.051); no: Loweton (+.010, luck decided), Sedge (+.010, less than bargaining on) "
        "and the board (by its own rule)"
    )


def test_repetitions_are_drawn_together():
    weeks = [1, 2, 3, 9, 10, 30]
    assert draw_together(weeks, lambda _: "x", lambda week: week, 2) == [[1, 2, 3], [9, 10], [30]]
    assert draw_together(weeks, lambda week: week % 2, lambda week: week, 50) == [[1, 3, 9], [2, 10, 30]]
    assert [describe_frequency(found) for found in ([1], [1, 2], [1, 2, 3], [1, 9], [1, 2, 9])] == [
        *("", " in both weeks", " every week", " twice", " 3 times")
    ]
    assert Item(6, 14, 0, "Ukraine struck every week").format() == "Weeks 6–14: Ukraine struck every week."


STANDING = re.compile("(It still|one|[0-9]+) stood at the end")


@pytest.mark.parametrize(
    ("name", "view", "changes"),
    [
        (LARGE, "wide", []),
        (LARGE, "portnikov-2025", []),
        ("alaska-budapest/tomahawks-delivered", "wide", []),
        (LARGE, "wide", ["levers.aid-cut.scheduled_week=3", "levers.oil-sanctions.scheduled_week=3"]),
        ("textbook/empty-threat", None, []),
        ("textbook/empty-threat", None, ["levers.fine.executes=true", "levers.fine.scheduled_week=2"]),
    ],
)
def test_ultimatums_stand_at_the_end_only_where_their_deadline_runs(name, view, changes):
    case, horizon, count = load_case(name, view=view, changes=changes), 26, 12
    seed = case.scenario.defaults.seed
    series = compute_weekly_series(case.scenario, seed, np.arange(count), horizon)
    for column, run in enumerate(series.runs):
        story = narrate_run(case, int(run), horizon=horizon)
        last = story.week if story.has_ended else horizon
        standing = sum(float(lever["threat_left"][last][column]) > 0.0 for lever in series.levers.values())
        texts = [item.text for item in tell_ultimatums(story.events, 4)]
        told = [found[1] for text in texts for found in STANDING.finditer(text)]
        assert sum(int(word) if word.isdigit() else 1 for word in told) == standing, (run, texts)


def test_names_have_cases_and_numbers():
    choir, states = parse_name("der Chor | den Chor | dem Chor"), parse_name("die USA | die USA | den USA")
    both = join_names([choir, states])
    said = "{a} {a:rief|riefen} {b.acc} an und {b:gab|gaben} {a.dat} recht"
    assert said.format(a=choir, b=states) == "der Chor rief die USA an und gaben dem Chor recht"
    with use_language("de"):
        both = join_names([choir, states])
    assert said.format(a=both, b=choir) == "der Chor und die USA riefen den Chor an und gab dem Chor und den USA recht"
    assert parse_name("Oberau").dat == "Oberau"
    assert not parse_name("die Ukraine | die Ukraine | der Ukraine").plural


ALIEN = {
    "textbook/strike": {"en": r"\b(war|truce|summit|ministers?|fighting)\b", "de": r"Krieg|Waffenruhe|Gipfel|Minister"},
    "textbook/logrolling": {"en": r"\b(war|fighting|summit|ministers?)\b", "de": r"Krieg|kämpf|Gipfel|Minister"},
    "textbook/two-towns": {"en": r"\b(war|fighting|summit|ministers?|truce)\b", "de": r"Krieg|Gipfel|Minister"},
}


@each_language
@pytest.mark.parametrize("name", ALIEN)
def test_a_case_is_told_in_its_own_words(name, code):
    for run in range(4):
        story = tell(name, None, run, code)
        lines = [*format_short_story(story), *story.format_lines()]
        own = [re.sub(r"\[[^\]]*\]", "", line) for line in lines]  # names of rules belong to the model
        assert not [line for line in own if re.search(ALIEN[name][code], line, re.IGNORECASE)]
        assert not [line for line in own if re.search(r"\bsource|Quelle", line)]


@each_language
def test_the_case_names_its_contest_and_its_moves(code):
    text = "\n".join(tell(LARGE, "wide", 7, code).format_lines())
    assert {"en": "Russia struck Ukraine.", "de": "Russland griff die Ukraine massiv an."}[code] in text
    assert {"en": "surplus over the war", "de": "Überschuss gegenüber dem Krieg"}[code] in text


@pytest.mark.parametrize(
    ("clause", "message"),
    [
        ("{actor} struck", "lacks the place {often}, as in '{actor} struck {target}{often}'"),
        ("{actor} struck {foe}{often}", "has the place {foe}; there are {actor}, {target}, {often}"),
        ("{actor struck{often}", "places stand in braces, as in '{actor} struck {target}{often}'"),
    ],
)
def test_a_clause_that_cannot_be_filled_is_refused(clause, message):
    with pytest.raises(ScenarioError, match=re.escape(message)):
        load_case("textbook/two-towns", changes=[f'words.strike="{clause}"'])


def test_an_unknown_word_of_a_case_is_refused_with_the_nearest():
    with pytest.raises(ScenarioError, match="contest"):
        load_case("textbook/two-towns", changes=["words.contst=the row"])


def test_a_name_is_the_label_where_it_is_left_out():
    assert Actor.model_fields["name"].default is None
    assert str(tell("textbook/two-towns", None, 0).digest.cast.sides[0]) == "Upton"


def test_wrapping_indents_what_goes_on():
    assert wrap_lines(["  one two three"], 9) == ["  one two", "    three"]
    assert wrap_lines(["", "short"], 20) == ["", "short"]
    assert wrap_lines(["a line left alone"], None) == ["a line left alone"]
