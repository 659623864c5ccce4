"""Coverage of the flagship: nothing in the texts is left out silently, and every contradiction has sides to take."""

import datetime
from itertools import combinations

import pytest

from sim.evidence.coverage import find_register_use
from sim.evidence.register import read_register
from sim.loading.discovery import find_scenario
from sim.loading.extends import resolve_extends
from sim.loading.loader import list_views, load_case
from sim.workflows.coverage import list_known_places
from tests.theory.simulate import FLAGSHIP

ROWS = {
    "positions": 274,
    "levers": 140,
    "mechanisms": 59,
    "contradictions": 69,
    "outcomes": 37,
    "events": 79,
    "quantities": 115,
}
CHANGE = "2025-10-22"
DATES = ("before-22-october", "from-22-october")
PLAIN = load_case(FLAGSHIP)
LISTED = read_register(resolve_extends(find_scenario(FLAGSHIP)))
MOVING = {key: one for key, one in LISTED.contradictions.items() if not one.no_difference}


@pytest.fixture(scope="module")
def accounts():
    return find_register_use(FLAGSHIP, list_known_places())


def test_every_row_is_on_the_list(accounts):
    counts = {kind: sum(row.kind == kind for row in accounts.rows) for kind in accounts.kinds}
    assert counts == ROWS


def test_ids_of_numbered_rows_have_no_gap():
    for kind, start in {"positions": "POS", "levers": "LEV", "events": "EVT", "quantities": "QTY"}.items():
        assert list(LISTED.rows[kind]) == [f"{start}{n:03d}" for n in range(1, ROWS[kind] + 1)]
    for kind, start in {"mechanisms": "M", "contradictions": "X"}.items():
        assert list(LISTED.rows[kind]) == [f"{start}{n:02d}" for n in range(1, ROWS[kind] + 1)]


def test_nothing_is_left_out_silently(accounts):
    assert [str(mistake) for mistake in accounts.problems] == []
    assert [row.key for row in accounts.rows if row.is_left_out] == []


def test_every_contradiction_of_the_list_has_its_sides():
    assert set(LISTED.rows["contradictions"]) <= set(LISTED.contradictions)


@pytest.mark.parametrize("key", MOVING)
def test_an_open_question_changes_what_is_believed_and_nothing_else(key):
    sides = {name: load_answer(key, name) for name in MOVING[key].sides}
    alike = [pair for pair in combinations(sides, 2) if sides[pair[0]] == sides[pair[1]]]
    still = [name for name, side in MOVING[key].sides.items() if not side.has_effect]
    assert all({"levers", "actors", "issues", "outcomes"} <= set(text) for text in sides.values())
    assert len(alike) < len(list(combinations(sides, 2))), f"{key}: every side comes to the same"
    assert all(sides[name] == PLAIN.text for name in still)


@pytest.mark.parametrize("key", MOVING)
def test_a_side_lies_on_top_of_every_source_view(key):
    views = list_views(FLAGSHIP)
    for number, name in enumerate(MOVING[key].sides, start=list(MOVING).index(key)):
        case = load_case(FLAGSHIP, view=views[number % len(views)], answers=[f"{key}={name}"])
        assert case.answers == (f"{key}={name}",)


def test_dates_of_one_author_stand_apart():
    dated = {key: one for key, one in LISTED.contradictions.items() if set(DATES) & set(one.sides)}
    assert len(dated) >= 6
    for key, contradiction in dated.items():
        for name, late in zip(DATES, (False, True), strict=True):
            published = {find_date(claim) for claim in contradiction.sides[name].claims}
            assert all((day >= CHANGE) == late for day in published), f"{key}: {name} rests on {sorted(published)}"


@pytest.mark.parametrize("key", LISTED.events)
def test_weeks_of_the_history_follow_the_calendar(key):
    event = LISTED.events[key]
    starts = PLAIN.scenario.calendar.starts
    first = event.date.split("/")[0]
    if event.week is not None and len(first) == len("2025-08-04"):
        assert event.week == (datetime.date.fromisoformat(first) - starts).days // 7 + 1
    if event.week is not None:
        assert (event.week < 1) == (event.stands == "before")
    else:
        assert (first < "2025-08") == (event.stands == "before") or event.stands == "observed"


def find_date(claim):
    return LISTED.sources[LISTED.claims[claim].source].published


def load_answer(key, side):
    return load_case(FLAGSHIP, answers=[f"{key}={side}"]).text


def test_no_run_reads_the_history():
    views = (None, *list_views(FLAGSHIP))
    read = {path.name for view in views for path in load_case(FLAGSHIP, view=view).files}
    assert "base.yaml" in read
    assert "history.yaml" not in read
