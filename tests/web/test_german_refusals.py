"""German refusals: what is refused on a German page is said in German; what is English only is marked so."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from sim.i18n.messages import load_catalogue
from sim.web.app import make_app
from sim.workflows.seat import class_room

HERE = "http://127.0.0.1:8765"
TOWNS, THREE = "textbook/two-towns", "textbook/three-parties"
KEYS = ("refused", ".missing", ".no-match", "rooms-local", "care-student")


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(class_room, "MOST_PREPARED", 2)
        yield make_app(warm=False, out=tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def client(app):
    with TestClient(app, base_url=HERE, client=("127.0.0.1", 5000), raise_server_exceptions=False) as found:
        yield found


@pytest.fixture(scope="module")
def student(app):
    return TestClient(app, base_url=HERE, client=("10.0.0.9", 5000), raise_server_exceptions=False)


def list_sentences(lang):
    """Patterns of all refusals of a language."""
    return [
        re.compile(re.sub(r"\\{\w+\\}", ".+", re.escape(text)), re.DOTALL)
        for key, variants in load_catalogue(lang).items()
        for text in variants
        if any(part in key for part in KEYS)
    ]


GERMAN = list_sentences("de")


def require_german(answer):
    """Every line of a refusal is a German sentence, and what stands in English beside it says so."""
    assert answer.status_code >= 400, answer.text[:200]
    if answer.headers["content-type"].startswith("application/json"):
        lines = answer.json()["said"]
    elif "html" in answer.headers["content-type"]:
        box = re.search(r'<div class="refused".*?</div>', answer.text, re.DOTALL)[0]
        lines = [unescape(line) for line in re.findall(r"<p>(.*?)</p>", box, re.DOTALL)]
        assert "<p>" not in re.sub(r"<p>.*?</p>", "", box)
    else:
        lines = [answer.text]
    assert lines
    for line in lines:
        assert any(one.fullmatch(line) for one in GERMAN), line


@pytest.mark.parametrize(
    "path",
    [
        f"/seat/{TOWNS}?actor=nobody",
        f"/seat/{TOWNS}?actor=nort",
        f"/seat/{TOWNS}?actor=north&run=-1",
        f"/seat/{TOWNS}?actor=north&seed=1e400",
        f"/seat/{TOWNS}?actor=north&run=0&moves=zz",
        f"/seat/{TOWNS}?actor=north&run=0&moves={'w' * 5000}",
        f"/seat/{TOWNS}?actor=north&run=0&moves=w1999-w1999",
        f"/seat/{TOWNS}?actor=north&run=0&moves=w-x9",
        f"/seat/{TOWNS}?actor=north&run=0&moves=a200-w",
        f"/seat/{TOWNS}?actor=north&run=0&moves=a200-w-w",
        f"/seat/{TOWNS}?actor=north&run=0&move=x9",
        f"/seat/{TOWNS}?actor=north&run=0&move=o&package-o=99999",
        f"/seat/{TOWNS}?actor=north&run=0&move=o&package-o=-1",
        f"/seat/{TOWNS}?actor=north&view=nobody",
        f"/seat/{TOWNS}/debrief?actor=north&run=0&moves=zz",
        f"/explore/{THREE}?set=levers.fine.prize=1",
        f"/explore/{THREE}/results?set=levers.fine.price=1e999",
        f"/explore/{THREE}/zone?set=levers.fine.price=x",
        f"/explore/{THREE}/scenario.yaml?set=levers.fine.prize=1",
        f"/explore/{THREE}?set=calendar.horizon=520",
        f"/explore/{THREE}?seed=random",
        f"/explore/{THREE}?runs=7",
        f"/explore/{THREE}?view=nobody",
        f"/explore/{THREE}?answer=a=b",
        f"/explore/{THREE}?set=a%00b=1",
        f"/replay/case/{THREE}?run=9999999999999999999",
        f"/replay/case/{THREE}?view=nobody",
        f"/replay/case/{THREE}?week=x",
        "/replay/case/nothing",
        "/r/NOPE1",
        "/play/nobody",
        "/lessons/nothing",
        "/nothing",
        "/?lang=de&a=" + "x" * 9000,
    ],
)
def test_addresses(client, path):
    require_german(client.get(path if "lang=" in path else f"{path}{'&' if '?' in path else '?'}lang=de"))


def test_seats_of_rooms(client, student):
    own = {"origin": HERE}
    room = client.post("/rooms?lang=de", data={"case": TOWNS, "first": "north"}, headers=own).url.path.split("/")[2]
    seat = str(student.post(f"/r/{room}?lang=de", data={"nickname": "Ada"}, headers=own).url)
    for form in ({"move": "x9"}, {"move": "zz"}, {"move": "o", "package-o": "9999"}, {"move": "§"}):
        require_german(student.post(seat, data={"version": "1", **form}, headers=own))
    for nickname, actor in (("", ""), ("Ada", ""), ("Bo", "nobody")):
        form = {"nickname": nickname, "actor": actor}
        require_german(student.post(f"/r/{room}?lang=de", data=form, headers=own))
    require_german(student.post(f"/r/{room}/teacher?lang=de", data={"do": "reveal"}, headers=own))
    for form in ({"do": "fire", "event": "x"}, {"do": "delete", "code": "x"}):
        require_german(client.post(f"/r/{room}/teacher?lang=de", data=form, headers=own))
    require_german(student.get(f"/seat/{TOWNS}?lang=de&actor=south"))
    require_german(student.get("/rooms?lang=de"))
    for form in ({"first": "nobody"}, {"first": "north", "second": "north"}, {"seed": "x"}):
        require_german(client.post("/rooms?lang=de", data={"case": TOWNS, **form}, headers=own))
    require_german(student.post("/pair?lang=de", data={"case": TOWNS, "first": "north"}, headers=own))


def test_what_is_no_form_or_file_of_ours(client):
    own = {"origin": HERE}
    for body in (b"x" * 200_000, b"\xff\xfe", b"extends: nothing", b"extends: &a [*a]", b"[1"):
        require_german(client.post("/open?lang=de", content=body, headers=own))
    require_german(client.post("/rooms?lang=de", data={"case": "x" * 30_000}, headers=own))
    require_german(client.post("/rooms?lang=de", data={str(n): "" for n in range(400)}, headers=own))
    require_german(client.post("/rooms?lang=de", data={"case": TOWNS}))
    require_german(client.post("/rooms", data={"case": TOWNS}, headers={"accept-language": "de-AT,en;q=0.5"}))
    require_german(client.get("/", headers={"host": "laptop.local", "accept-language": "de"}))


def test_a_damaged_file_of_rooms(tmp_path):
    (tmp_path / "rooms.sqlite").write_bytes(b"no rooms here" * 100)
    with TestClient(make_app(warm=False, out=tmp_path), base_url=HERE, client=("127.0.0.1", 5000)) as client:
        require_german(client.get("/rooms?lang=de"))
