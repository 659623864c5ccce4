"""Class rooms: a student has its own seat and no other, a teacher leads all of them, and a restart loses nothing."""

import re
import sqlite3
from html import unescape

import pytest
from starlette.testclient import TestClient

import sim
from analysis.figures.number_text import format_estimate
from analysis.methods.intervals import estimate_share
from analysis.methods.shares import compute_shares
from sim.errors import UsageError
from sim.loading.loader import load_case
from sim.storage.room_file import FILE, RoomFile
from sim.storage.room_record import GameState
from sim.web import room_page, seat_page
from sim.web.app import make_app
from sim.web.board_moves import name_move
from sim.web.explore_page import explorer
from sim.workflows.explore import Exploration
from sim.workflows.seat import class_room
from sim.workflows.seat.class_room import find_position
from sim.workflows.seat.position import MOVES_COUNTED

HERE = "http://127.0.0.1:8765"
FORM = {"origin": HERE}
EMPTY_THREAT = "textbook/empty-threat"
TOWNS, THREE = "textbook/two-towns", "textbook/three-parties"
WEEKS = (0, 3, 5)
"""Weeks of a fine in three games; none in the first."""

BESIDE = (
    "Each of the model’s runs beside the class has the events of one game that is over, in the same weeks, in turn."
)


class School:
    """A server, its teacher, and students elsewhere in the room."""

    def __init__(self, out):
        self.out, self.app = out, make_app(warm=False, out=out)
        self.teacher = TestClient(self.app, base_url=HERE, client=("127.0.0.1", 5000))
        self.student = TestClient(self.app, base_url=HERE, client=("10.0.0.9", 5000))
        self.file = RoomFile(out / FILE)

    def open(self, case=TOWNS, **form):
        answer = self.teacher.post("/rooms?lang=en", data={"case": case, **form}, headers=FORM)
        assert answer.status_code == 200, answer.text
        return re.search(r"/r/([A-Z]{5})/teacher", str(answer.url))[1]

    def join(self, code, nickname, **form):
        return self.student.post(f"/r/{code}?lang=en", data={"nickname": nickname, **form}, headers=FORM)

    def lead(self, room, wish, **form):
        return self.teacher.post(f"/r/{room}/teacher?lang=en", data={"do": wish, **form}, headers=FORM)

    def move(self, seat, move, version=None):
        page = self.student.get(seat).text
        found = re.search(r'name="version" value="(\d+)"', page)
        version = (found[1] if found else "0") if version is None else version
        return self.student.post(seat, data={"move": move, "version": version}, headers=FORM)


@pytest.fixture(scope="module", autouse=True)
def fewer():
    """Fewer continuations in a debrief than outside tests, and rooms of one seed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seat_page, "BRANCHES", 20)
        patch.setattr(room_page, "RUNS", 100)
        patch.setattr(class_room, "MOST_PREPARED", 2)
        patch.setattr(class_room, "parse_seed", lambda _: 7)
        yield


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    found = School(tmp_path_factory.mktemp("school"))
    with found.teacher:
        yield found


def test_three_students_play_to_the_results(school):
    code = school.open(first="north")
    seats = [str(school.join(code, name).url) for name in ("Ada", "Bo", "Çelik")]
    assert "Ada" in school.teacher.get(f"/r/{code}/teacher").text
    assert "Results appear here" in school.student.get(f"/r/{code}/board?lang=en").text
    for seat in seats:
        answer = school.student.get(seat)
        while 'name="move"' in answer.text:
            answer = school.move(seat, "a")
        assert "The look back opens when the teacher" in answer.text
        assert "/play/" in str(school.student.get(seat.replace("?", "/debrief?")).url)
        assert "Your path against the model" not in school.student.get(seat.replace("?", "/debrief?")).text
    assert "<td>3</td>" not in school.student.get(f"/r/{code}/board?lang=en").text
    school.lead(code, "reveal")
    board = school.student.get(f"/r/{code}/board?lang=en").text
    assert "3 of 3 games are over" in board
    assert 'class="zone"' in board
    assert f"share of {room_page.RUNS:,} runs" in re.sub(r"\s+", " ", board).replace("Dots: ", "")
    assert "Your path against the model" in school.student.get(seats[0].replace("?", "/debrief?")).text
    lines = school.teacher.get(f"/r/{code}/results.csv").text.splitlines()
    assert len(lines) == 4
    assert ",Ada,north," in lines[1]


def test_two_play_against_each_other_and_neither_sees_or_moves_the_other(school):
    answer = school.student.post(
        "/pair?lang=en", data={"case": TOWNS, "first": "north", "second": "south"}, headers=FORM
    )
    first, link = str(answer.url), re.search(r"/r/[A-Z]{5}", answer.text)[0]
    assert 'name="move"' not in answer.text, "the other is not there yet"
    second = str(school.student.post(f"{link}?lang=en", data={}, headers=FORM).url)
    third = school.student.post(f"{link}?lang=en", data={}, headers=FORM)
    assert "This room is full" in third.text
    room = school.file.find_room(link[3:])
    (game,) = school.file.list_games(room.code)
    sheets = [find_position(room, game, actor, "en").sheet for actor in ("north", "south")]
    lines = [{line for part in sheet.confidential for line in part.lines} for sheet in sheets]
    pages = [school.student.get(seat).text for seat in (first, second)]
    for mine, other in ((0, 1), (1, 0)):
        assert not [line for line in lines[other] - lines[mine] if line in pages[mine]]
        assert sum(line in pages[mine] for line in lines[mine] - lines[other]) > 3
    assert 'name="move"' in pages[0]
    assert 'name="move"' not in pages[1]
    assert "Somebody else is asked now" in school.move(second, "w", version=str(game.version)).text
    school.move(first, "op3")
    (after,) = school.file.list_games(room.code)
    assert after.moves == "op3"
    assert "op3" not in school.student.get(second).text, "who chooses at the same time does not see what the other said"
    assert 'name="move"' in school.student.get(second).text


def test_an_observer_sees_what_is_done_in_the_open_and_nothing_that_one_side_knows(school):
    code = school.open(first="north", second="south")
    watch = f"/r/{code}/watch?lang=en"
    assert "Nobody has a seat yet" in school.student.get(watch).text
    ada, bo = (str(school.join(code, name).url) for name in ("Ada", "Bo"))
    school.move(ada, "op3")
    school.move(bo, "w")
    page, seat = school.student.get(watch).text, school.student.get(ada).text
    assert f'href="/r/{code}/watch' in school.student.get(f"/r/{code}?lang=en").text
    (game,) = school.file.list_games(code)
    room = school.file.find_room(code)
    for actor in ("north", "south"):
        position = find_position(room, game, actor, "en")
        assert position.public_news
        assert all(one.text in unescape(page) for one in position.public_news)
        assert not {one.text for one in position.public_news} - {one.text for one in position.history}
        secrets = [line for part in position.sheet.confidential for line in part.lines]
        public = [line for part in position.sheet.public for line in part.lines]
        assert secrets
        assert not [line for line in secrets if line in unescape(page) and line not in public]
        assert all(line in unescape(page) for line in public)
    assert "Reservation value" in seat or "reservation value" in seat
    assert "reservation value" not in page.lower()
    assert "Ada" not in page
    assert "Bo" not in unescape(page).split()
    assert 'name="move"' not in page
    for number in ("2", "0", "-1", "x", "9" * 30, "²"):
        assert school.student.get(f"{watch}&game={number}").status_code == 200
    assert school.student.get("/r/QQQQQ/watch?lang=en").status_code == 404


def test_two_presses_of_a_button_are_one_move(school):
    code = school.open(first="north")
    seat = str(school.join(code, "Ada").url)
    version = re.search(r'name="version" value="(\d+)"', school.student.get(seat).text)[1]
    for _ in range(2):
        assert school.move(seat, "w", version=version).status_code == 200
    assert [game.moves for game in school.file.list_games(code)] == ["w"]


def test_a_game_is_kept_once_from_where_it_was_read(school):
    code = school.open(first="north")
    school.join(code, "Ada")
    (read,) = school.file.list_games(code)
    states = [GameState(moves=moves, week=2, horizon=52, outcome=read.outcome) for moves in ("w", "a")]
    assert [school.file.save_game(read, state) for state in states] == [True, False]
    assert school.file.find_game(read.id).moves == "w"


def test_a_restart_in_the_middle_loses_nothing(school, tmp_path):
    code = school.open(first="south", hide="1")
    seat = str(school.join(code, "Ada").url)
    school.move(seat, "w")
    before = school.student.get(seat)
    again = School(school.out)
    with again.teacher:
        after = again.student.get(seat)
        assert after.text == before.text
        assert again.move(seat, "w").status_code == 200
        assert "Ada" in again.teacher.get(f"/r/{code}/teacher").text


def test_a_teacher_pauses_hides_and_fires_an_event(school):
    code = school.open(THREE, first="north")
    seat = str(school.join(code, "Ada").url)
    school.lead(code, "pause")
    paused = school.student.get(seat).text
    assert "paused the room" in paused
    assert 'name="move"' not in paused
    (game,) = school.file.list_games(code)
    refused = school.move(seat, "w", version=str(game.version)).text
    assert "The room is paused; nothing was done" in refused
    assert f'href="{seat.removeprefix(HERE)}"' in refused
    assert f'href="/r/{code}?lang=en"' in school.join(code, "Ada").text
    assert school.student.get("/lessons/veto/teacher?lang=en").status_code == 422
    school.lead(code, "resume")
    assert "model: " in school.student.get(seat).text
    school.lead(code, "hide")
    hidden = school.student.get(seat).text
    assert "model: " not in hidden
    assert "the model would" not in hidden
    school.move(seat, "w")
    (before,) = school.file.list_games(code)
    room = school.file.find_room(code)
    history = find_position(room, before, "north", "en").history
    assert "it will happen: 1;" in school.lead(code, "fire", event="levers.fine").text
    assert "without it: 1." in school.lead(code, "fire", event="levers.fine").text
    (after,) = school.file.list_games(code)
    assert after.changes == (f"levers.fine.scheduled_week={before.week + 1}",)
    assert find_position(room, after, "north", "en").history == history, "the weeks before stay as they were"
    page = school.teacher.get(f"/r/{code}/teacher?lang=en").text
    assert f"(week {before.week + 1}, games: 1). Each of the model’s runs beside" in page
    while find_position(room, school.file.find_game(after.id), "north", "en").standing.week <= before.week + 1:
        school.move(seat, "a")
    assert "as the teacher decided" in school.student.get(seat).text
    assert "no such event" in school.lead(code, "fire", event="actors.north.resilience").text


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("mediator_leaves_in_week", "left the mediation, as the teacher decided"),
        ("summit.south", "took place, as the teacher decided"),
        ("plan.", "lay on the table, as the teacher decided"),
    ],
)
def test_a_teacher_fires_whatever_a_scenario_can_date(school, event, said):
    code = school.open(THREE, first="county")
    seat = str(school.join(code, "Ada").url)
    school.move(seat, "w")
    (before,) = school.file.list_games(code)
    room = school.file.find_room(code)
    history = find_position(room, before, "county", "en").history
    page = school.teacher.get(f"/r/{code}/teacher?lang=en").text
    key = re.search(rf'<option value="({event}[^"]*)">', page)[1]
    assert "it will happen: 1;" in school.lead(code, "fire", event=key).text
    assert "without it: 1." in school.lead(code, "fire", event=key).text, "it happens once"
    assert "it will happen: 1;" in school.lead(code, "fire", event="levers.fine").text, "two events in one game"
    (after,) = school.file.list_games(code)
    assert find_position(room, after, "county", "en").history == history, "the weeks before stay as they were"
    while (now := school.file.find_game(after.id)).week <= before.week + 1 and not now.is_over:
        school.move(seat, "a")
    assert said in "".join(one.text for one in find_position(room, now, "county", "en").history)
    german = "".join(one.text for one in find_position(room, now, "county", "de").history)
    assert german.count("wie die Lehrkraft es entschieden hat") == 2
    assert "datiert" not in german


def test_a_room_of_the_same_seed_begins_the_same_games(school):
    page = school.teacher.get(f"/r/{school.open(first='north', seed='4711')}/teacher?lang=en").text
    assert "Seed 4711" in page
    rooms = [school.open(first="north", seed="4711") for _ in range(2)]
    seats = [str(school.join(room, "Ada").url) for room in rooms]
    first, second = (
        re.sub(r"[A-Z]{5}|/play/[\w-]+|data-version=.*?>", "", school.student.get(one).text) for one in seats
    )
    assert first == second


def test_the_board_counts_games_that_are_over_beside_runs_of_the_rooms_seed(school):
    code = school.open(first="north", seed="11")
    for name in ("Ada", "Bo", "Cem"):
        school.join(code, name)
    first, second, _ = school.file.list_games(code)
    ended = GameState(moves="w", week=52, horizon=52, outcome="settled", package=2, is_over=True)
    assert school.file.save_game(first, ended)
    assert school.file.save_game(second, ended)
    school.lead(code, "reveal")
    board = school.student.get(f"/r/{code}/board?lang=en").text
    rows = dict(re.findall(r'<tr><th scope="row">([^<]+)</th><td>([^<]+)</td>', board.split("moves-head")[0]))
    outcomes = load_case(TOWNS).scenario.outcomes
    assert rows[outcomes["settled"].label] == "2 (100%)"
    assert "2 ×</text>" in board
    results = explorer.play(Exploration(TOWNS, seed=11, runs=room_page.RUNS))
    (shares,) = compute_shares(results).views.values()
    assert f"<td>{format_estimate(shares.outcomes['settled'])}</td>" in board


def test_the_board_counts_moves_of_a_game_as_runs_count_them(school):
    code = school.open(THREE, first="county", seed="11")
    seat = str(school.join(code, "Ada").url)
    while 'name="move"' in school.student.get(seat).text:
        school.move(seat, "a")
    school.lead(code, "reveal")
    (game,) = school.file.list_games(code)
    (view,) = explorer.play(Exploration(THREE, seed=11, runs=room_page.RUNS)).views.values()
    (place,) = [place for place, run in enumerate(view.columns["run"]) if run == game.run]
    page = school.student.get(f"/r/{code}/board?lang=en").text.split('id="moves-head"')[1].split("zone-head")[0]
    rows = dict(re.findall(r'<tr><th scope="row">([^<]+)</th><td>([^<]+)</td>', page))
    assert len(rows) > 3
    scenario = load_case(THREE).scenario
    for kind in MOVES_COUNTED:
        label = name_move(kind, scenario)
        made = f"{view.columns[kind][place]:.1f}"
        assert rows.get(label, "0.0") == made, "a game that is left to the model is the run itself"


@pytest.mark.parametrize(
    ("outcome", "package", "said"),
    [
        ("fined", 0, "a difference of this size may well be luck."),
        ("settled", 2, "Intervals of class and model do not touch for agreement in force on every question"),
    ],
)
def test_the_board_says_what_may_be_luck_and_which_events_were_fired(school, outcome, package, said):
    code = school.open(THREE, first="north")
    for name in ("Ada", "Bo", "Cem"):
        school.join(code, name)
    for game, week in zip(school.file.list_games(code), WEEKS, strict=True):
        fired = _fine_in(week)
        assert school.file.save_game(game, GameState("w", 52, 52, outcome, package, is_over=True, changes=fired))
    school.lead(code, "reveal")
    board = school.student.get(f"/r/{code}/board?lang=en").text
    assert said in board
    assert ("do not touch" in board) == bool(package)
    fired = re.search(r"<strong>Events fired:</strong> ([^<]+)</p>", board)[1]
    assert "(week 3, games: 1); " in fired
    assert fired.endswith("(week 5, games: 1). " + BESIDE)
    rows = re.findall(r'<tr><th scope="row">[^<]+</th><td>[^<]+</td><td>([^<]+)</td>', board.split("moves-head")[0])
    turns = [_play_with_fine(week) for week in WEEKS]
    ended = [turns[run % 3].columns["outcome"][run] for run in range(room_page.RUNS)]
    counts = [ended.count(number) for number in range(len(load_case(THREE).scenario.outcomes))]
    assert rows[-2:] == [format_estimate(estimate_share(count, room_page.RUNS)) for count in counts if count]
    assert all(counts != [one.count(number) for number in range(len(counts))] for one in turns), "each counts"


def _fine_in(week):
    return (f"levers.fine.scheduled_week={week}",) if week else ()


def _play_with_fine(week):
    """What a room of seed 7 is set beside if a fine is due in a week in every game, or in none."""
    asked = Exploration(THREE, seed=7, runs=room_page.RUNS, changes=_fine_in(week))
    (view,) = explorer.play(asked).views.values()
    return view


def test_roles_that_nobody_chooses_are_dealt_in_turn(school):
    page = school.teacher.get(f"/rooms/new?case={THREE}&lang=en").text
    assert "selected" not in page.split('id="first"')[1].split("</select>")[0]
    code = school.open(THREE)
    assert '<option value="">any, in turn</option>' in school.student.get(f"/r/{code}?lang=en").text
    for name in ("Ada", "Bo", "Cy", "Dora", "Eve"):
        school.join(code, name)
    assert [one.actor for one in school.file.list_seats(code)] == ["north", "south", "county", "east", "north"]


def test_source_views_are_named_in_the_language_of_the_page(school):
    for path in ("/rooms/new?case=alaska-budapest&lang=de", "/seat/alaska-budapest?teacher=1&lang=de"):
        page = school.teacher.get(path).text
        assert ">Weite Spannen</option>" in page
        assert "Wide spreads" not in page


def test_a_pair_at_one_computer_is_told_that_no_other_opens_its_link(school):
    form = {"case": TOWNS, "first": "north", "second": "south"}
    page = school.teacher.post("/pair?lang=en", data=form, headers=FORM).text
    assert "Only this computer can open it" in page


def test_a_case_in_play_is_shut_to_students_until_the_teacher_opens_it(tmp_path):
    school = School(tmp_path)
    with school.teacher:
        _require_shut(school)


def _require_shut(school):
    code = school.open(THREE, first="north")
    ask = f"actors.east.interests.no_deal={0.1}"
    paths = [f"/explore/{THREE}", f"/explore/{THREE}/results", f"/explore/{THREE}/zone", f"/replay/case/{THREE}"]
    paths += [f"/explore/{THREE}/zone?piece=1", f"/explore/{THREE}/scenario.yaml?set={ask}"]

    def read(path, lang="en"):
        return school.student.get(f"{path}{'&' if '?' in path else '?'}lang={lang}&runs=300")

    for path in paths:
        assert read(path).status_code == 422, path
        assert "they open with the results of the room" in read(path).text
        assert "Eine Klasse spielt gerade diesen Fall" in read(path, "de").text
        assert school.teacher.get(f"{path}{'&' if '?' in path else '?'}lang=en&runs=300").status_code == 200
    assert school.student.get("/explore/textbook/logrolling?lang=en&runs=300").status_code == 200, "another stays open"
    seat = f"/seat/{EMPTY_THREAT}?lang=en&actor=north"
    related = [f"/explore/{EMPTY_THREAT}", f"/replay/case/{EMPTY_THREAT}", f"/explore/{TOWNS}", "/lessons/veto"]
    assert [read(path).status_code for path in (*related, seat)] == [422] * 5, "what tells the same of an actor"
    assert school.teacher.get(seat).status_code == school.teacher.get("/lessons/veto?lang=en").status_code == 200
    assert "students cannot explore this case" in school.teacher.get(f"/r/{code}/teacher?lang=en").text
    school.lead(code, "open")
    assert "Students may explore this case" in school.teacher.get(f"/r/{code}/teacher?lang=en").text
    assert [read(path).status_code for path in paths] == [200] * len(paths)
    assert read(related[0]).status_code == 200
    for case in (THREE, EMPTY_THREAT):
        assert school.student.get(f"/seat/{case}?lang=en&actor=south&run=0").status_code == 422, "seats stay shut"
    school.lead(code, "shut")
    assert read(paths[0]).status_code == 422
    school.lead(code, "reveal")
    assert read(paths[0]).status_code == 200
    school.open(THREE, first="north", open="1")
    assert read(paths[0]).status_code == 200


def test_a_scenario_file_that_changes_a_case_in_play_is_shut_too(school):
    school.open("alaska-budapest", first="ukraine")
    for case in ("alaska-budapest", "alaska-budapest/treaty-first"):
        answer = school.student.get(f"/explore/{case}?lang=en&care=read&runs=300")
        assert "they open with the results of the room" in answer.text, case


def test_a_file_of_rooms_of_an_older_version_is_read(tmp_path):
    old = School(tmp_path)
    with old.teacher:
        code = old.open(first="north", open="1")
        with sqlite3.connect(tmp_path / FILE) as file:
            file.execute("ALTER TABLE rooms DROP COLUMN opens_case")
        assert not RoomFile(tmp_path / FILE).find_room(code).opens_case
        old.lead(code, "open")
        assert RoomFile(tmp_path / FILE).find_room(code).opens_case


def test_no_departure_is_fired_where_the_mediator_has_left(school):
    code = school.open(THREE, first="county", second="north")
    county, north = (str(school.join(code, name).url) for name in ("Ada", "Bo"))
    school.move(county, "l")
    while 'name="move"' in school.student.get(county).text:
        school.move(north, "w")
    school.move(north, "w")
    page = school.teacher.get(f"/r/{code}/teacher?lang=en").text
    for event in ("mediator_leaves_in_week", "summit.south", re.search(r'"(plan\.[^"]+)"', page)[1]):
        assert "it will happen: 0; games that go on without it: 1." in school.lead(code, "fire", event=event).text
    assert "it will happen: 1;" in school.lead(code, "fire", event="levers.fine").text


def test_the_model_plays_seats_that_stay_free(school):
    code = school.open(first="north", second="south")
    seat = str(school.join(code, "Ada").url)
    assert "still free" in school.student.get(seat).text
    school.lead(code, "model")
    assert 'name="move"' in school.student.get(seat).text
    school.join(code, "Bo")
    assert len(school.file.list_games(code)) == 2


def test_a_seat_is_freed_and_taken_by_another(school):
    code = school.open(first="north", second="south")
    first, gone = (str(school.join(code, name).url) for name in ("Ada", "Bo"))
    school.move(first, "w")
    school.lead(code, "free", nickname="Bo")
    assert school.student.get(gone).status_code == 404
    assert "still free" in school.student.get(first).text
    again = str(school.join(code, "Cem").url)
    assert 'name="move"' in school.student.get(again).text
    assert [game.moves for game in school.file.list_games(code)] == ["w"]
    school.lead(code, "free", nickname="Ada")
    school.lead(code, "free", nickname="Cem")
    assert not school.file.list_games(code)


def test_students_lead_no_room_and_open_none(school):
    code = school.open(first="north")
    key = school.file.find_room(code).key
    assert school.student.get("/rooms").status_code == 422
    assert "at the computer" in school.student.post("/rooms?lang=en", data={"case": TOWNS}, headers=FORM).text
    assert "Only the teacher" in school.student.get(f"/r/{code}/teacher?lang=en&key=wrong").text
    assert "Only the teacher" in school.student.get(f"/r/{code}/results.csv?lang=en").text
    assert (
        "Only the teacher"
        in school.student.post(f"/r/{code}/teacher?lang=en", data={"do": "reveal"}, headers=FORM).text
    )
    assert not school.file.find_room(code).is_revealed
    assert key not in school.student.get(f"/r/{code}").text + school.student.get(f"/r/{code}/board").text
    assert school.student.get(f"/r/{code}/teacher?key={key}").status_code == 200
    assert "A class plays this case" in school.student.get(f"/seat/{TOWNS}?lang=en&actor=south&run=0").text
    school.lead(code, "delete", code=code.lower())
    assert school.file.find_room(code) is None


@pytest.mark.parametrize(
    ("nickname", "said"),
    [
        ("", "1 to 24 letters"),
        ("   ", "1 to 24 letters"),
        ("x" * 25, "1 to 24 letters"),
        ("a\x00b", "1 to 24 letters"),
        ("\u202eevil", "1 to 24 letters"),
        ("A\u200dda", "1 to 24 letters"),
        ("👩\u200d\u200d🚀", "1 to 24 letters"),
        ("ADA", "somebody here has this nickname"),
    ],
)
def test_nicknames_that_are_none(school, nickname, said):
    code = school.open(first="north")
    school.join(code, "Ada")
    answer = school.join(code, nickname)
    assert answer.status_code == 422
    assert said.casefold() in answer.text.casefold()


def test_joined_emoji_scripts_and_formulas_in_nicknames_are_words(school):
    code = school.open(first="north")
    for name in ("👩\u200d🚀", "🏴\u200d☠️", "<script>x()</script>", '=cmd|"/c"', "'; DROP TABLE rooms"):
        assert school.join(code, name).status_code == 200
    page = school.teacher.get(f"/r/{code}/teacher").text
    assert "<script>x" not in page
    assert "&lt;script&gt;x()" in page
    table = school.teacher.get(f"/r/{code}/results.csv").text
    assert "'=cmd" in table
    assert school.file.find_room(code) is not None


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("/r/NOPE1", {"nickname": "x"}, 404),
        ("/r/..%2f..%2fetc", {"nickname": "x"}, 404),
        ("/play/" + "x" * 3000, {"move": "w"}, 404),
        ("/play/x", {"move": "w", "version": "9" * 400}, 404),
        ("/rooms", {"case": "../../etc/passwd"}, 404),
        ("/rooms", {"case": TOWNS, "first": "nobody"}, 422),
        ("/rooms", {"case": TOWNS, "first": "north", "second": "north"}, 422),
        ("/pair", {"case": TOWNS, "first": "north"}, 422),
        ("/rooms", {"case": "x" * 30_000}, 413),
        ("/rooms", {str(n): "" for n in range(400)}, 400),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(school, path, form, status):
    answer = school.teacher.post(path, data=form, headers=FORM)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert len(re.sub("<[^>]*>", "", answer.text).split()) > 3


@pytest.mark.parametrize("path", ["/rooms", "/pair", "/r/ABCDE", "/r/ABCDE/teacher", "/play/x"])
def test_forms_of_other_sites_and_names_are_refused(school, path):
    for headers in ({"origin": "http://evil.example"}, {}, FORM | {"host": "evil.example"}):
        assert school.teacher.post(path, data={"case": TOWNS}, headers=headers).status_code == 403
    assert school.teacher.get("/rooms", headers={"host": "evil.example"}).status_code == 400


def test_rooms_are_listed_written_and_deleted_with_one_command(school, tmp_path):
    code = school.open(first="north")
    school.join(code, "Ada")
    found = sim.rooms(code, to=tmp_path / "room.csv", out=school.out)
    assert [(row.code, row.students) for row in found.rows] == [(code, 1)]
    assert ",Ada,north," in (tmp_path / "room.csv").read_text(encoding="utf-8")
    assert code in str(found)
    with pytest.raises(UsageError, match="there is no room 'ZZZZZ'"):
        sim.rooms("ZZZZZ", out=school.out)
    sim.rooms(delete=True, out=school.out)
    assert not sim.rooms(out=school.out).rows
    with sqlite3.connect(school.out / FILE) as file:
        assert [file.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("games", "seats")] == [0, 0]
    assert b"Ada" not in (school.out / FILE).read_bytes()
    assert not sim.rooms(out=tmp_path).rows


def test_a_damaged_file_is_said_in_a_sentence(tmp_path):
    (tmp_path / FILE).write_bytes(b"no rooms here" * 100)
    with pytest.raises(UsageError, match=r"rooms\.sqlite cannot be used for class rooms"):
        sim.rooms(out=tmp_path)
    broken = School(tmp_path)
    with broken.teacher:
        assert "cannot be used for class rooms" in broken.teacher.get("/rooms?lang=en").text
