"""Seat pages: the same address is the same game; every move that is shown can be made; nothing of others is told."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from sim.web.app import make_app
from sim.web.seat_state import SeatState
from sim.workflows.seat.game import open_seat, see_from

HERE = "http://127.0.0.1:8765"
TOWNS = "/seat/textbook/two-towns"
UPTON = f"{TOWNS}?actor=north&seed=1&run=0&lang=en"


@pytest.fixture(scope="module")
def client():
    """Whoever sits at the computer on which the pages are made."""
    with TestClient(make_app(warm=False), base_url=HERE, client=("127.0.0.1", 5000)) as found:
        yield found


@pytest.fixture(scope="module")
def student(client):
    """Somebody else in the room; the same server."""
    return TestClient(client.app, base_url=HERE, client=("10.0.0.9", 5000))


def read_moves(address):
    return parse_qs(urlsplit(str(address)).query).get("moves", [""])[0]


def test_the_address_names_the_whole_game(client):
    answer = client.get(f"{TOWNS}?actor=north&lang=en")
    assert str(answer.url).partition("#")[0] == f"{HERE}{UPTON}"
    assert client.get(UPTON).text == client.get(UPTON).text
    position = open_seat("textbook/two-towns", actor="north", seed=1, run=0, moves="op3-w")
    page = client.get(f"{UPTON}&moves=op3-w").text
    assert position.standing.date in page
    assert all(one.text in page for one in position.news)


def test_a_move_leads_to_the_address_after_it_and_the_last_one_to_the_debrief(client):
    answer = client.get(f"{UPTON}&move=o&package-o=3")
    assert read_moves(answer.url) == "op3"
    for _ in range(60):
        if "/debrief" in str(answer.url):
            break
        answer = client.get(f"{UPTON}&moves={read_moves(answer.url)}&move=a")
    assert "/debrief" in str(answer.url)
    for part in ("Your path against the model", 'class="zone"', "Questions to discuss", 'class="path"'):
        assert part in answer.text
    assert client.get(f"{UPTON}&moves={read_moves(answer.url)}").url == answer.url


def test_worths_can_be_hidden(client):
    shown, hidden = client.get(UPTON).text, client.get(f"{UPTON}&hide=1").text
    assert "model: +28.8" in shown
    assert "model: +28.8" not in hidden
    assert "Chance that all others take it" not in hidden


def test_every_word_is_german_and_numbers_too(client):
    page = client.get(UPTON.replace("lang=en", "lang=de") + "&moves=op3-w").text
    assert "Was tun Sie in dieser Woche?" in page
    assert "20,2" in page
    assert "Weggehen" not in page


def test_nothing_confidential_of_another_is_told(client):
    both = open_seat("textbook/two-towns", actor="north", against=("south",), seed=1, run=0)
    other, own = see_from(both, "south").sheet, [line for part in both.sheet.confidential for line in part.lines]
    page = client.get(UPTON).text
    secret = [line for part in other.confidential for line in part.lines if line not in own]
    assert len(secret) > 5
    assert not [line for line in secret if line in page]


def test_seats_about_real_events_are_opened_by_a_teacher_only(client, student):
    real = "/seat/alaska-budapest?lang=en&teacher=1"
    assert "A teacher opens the seats" in student.get(f"{real}&actor=russia").text
    assert "Confidential" not in student.get(f"{real}&actor=russia&run=3&moves=w").text
    assert "Confidential" not in student.get(real.replace("?", "/debrief?") + "&actor=russia&run=3&moves=w").text
    assert "I am the teacher" in client.get("/seat/alaska-budapest?lang=en").text
    assert 'value="russia"' in client.get(real).text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("actor=nobody", "there is no seat"),
        ("actor=north&run=-1", "whole number"),
        ("actor=north&run=99999999999999999999", "whole number"),
        ("actor=north&run=²", "whole number"),
        ("actor=north&seed=1e400", "seed"),
        ("actor=north&run=0&moves=zz", "no move"),
        ("actor=north&run=0&moves=" + "w" * 5000, "longer than 4000"),
        ("actor=north&run=0&move=x9", "is not open in week 1"),
        ("actor=north&run=0&move=o&package-o=99999", "names package 99999"),
        ("actor=north&run=0&move=o&package-o=-1", "no move that can be made"),
        ("actor=north&run=0&moves=w2000", "is not open in week"),
        ("actor=<script>alert(1)</script>", "&lt;script&gt;"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(client, asked, said):
    answer = client.get(f"{TOWNS}?lang=en&{asked}")
    assert answer.status_code == 422
    assert said in re.sub(r"&#39;", "'", answer.text)
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("case", ["../two-towns", "textbook", "/etc/passwd", "textbook/two-towns.yaml"])
def test_paths_lead_to_no_seat(client, case):
    assert client.get(f"/seat/{case}").status_code == 404


def test_an_address_holds_what_it_was_made_of():
    state = SeatState("textbook/x", "de", "a b", "v&", 7, 3, "w2-op1", hides_worths=True, is_teacher=True)
    assert "actor=a%20b" in state.address()
    assert state.address("debrief", moves="").startswith("/seat/textbook/x/debrief?")
