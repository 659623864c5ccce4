"""Every route: the note of care stands before whatever shows a case about real events, and nothing is left out."""

import re

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

import sim
from sim.web.app import make_app
from sim.workflows.seat import class_room

HERE = "http://127.0.0.1:8765"
REAL = "alaska-budapest"
NOTE = "the events of this case are real"

BEFORE_A_CASE = {
    "/explore/{case:path}": f"/explore/{REAL}",
    "/explore/{case:path}/results": f"/explore/{REAL}/results",
    "/explore/{case:path}/zone": f"/explore/{REAL}/zone",
    "/explore/{case:path}/scenario.yaml": f"/explore/{REAL}/scenario.yaml",
    "/seat/{case:path}": f"/seat/{REAL}?actor=ukraine&run=0",
    "/seat/{case:path}/debrief": f"/seat/{REAL}/debrief?actor=ukraine&run=0&moves=w",
    "/replay/{kind}/{name:path}": f"/replay/case/{REAL}",
    "/lessons/{lesson}/{sheet}/{case:path}": f"/lessons/veto/guided/{REAL}",
    "/rooms/new": f"/rooms/new?case={REAL}",
}
"""Pages about a case, asked for without having read the note."""

IN_A_ROOM = {"/r/{code}", "/r/{code}/board", "/r/{code}/watch", "/r/{code}/teacher"}
"""Pages of a room, which has the note for whoever joins and whoever watches."""

NO_CASE = {
    "/", "/replay", "/rooms", "/lessons", "/lessons/{lesson}", "/lessons/{lesson}/{sheet}", "/r/{code}/version",
    "/play/{token}/version",
}  # fmt: skip
"""Titles of cases alone, textbook cases alone, or no case at all."""

OWN_SEAT = {"/play/{token}", "/play/{token}/debrief", "/r/{code}/results.csv"}
"""Behind the page on which one joins, or the teacher's."""


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    sim.run(REAL, view="portnikov-2025", runs=2, horizon=2, sweeps=False, workers=1, report=False, out=out)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(class_room, "MOST_PREPARED", 0)
        with TestClient(make_app(warm=False, out=out), base_url=HERE, client=("127.0.0.1", 5000)) as found:
            yield found


def test_every_route_is_one_of_these(client):
    routes = {one.path for one in client.app.routes if isinstance(one, Route) and "GET" in one.methods}
    assert routes == {*BEFORE_A_CASE, *IN_A_ROOM, *NO_CASE, *OWN_SEAT}


def require_note(answer):
    assert NOTE in answer.text, answer.url
    assert not re.search(r"class=\"(rows|zone|timeline|weeks|option)\"|^extends:", answer.text), answer.url
    return re.search(r'<a class="button" href="([^"]+care=read[^"]*)"', answer.text)


@pytest.mark.parametrize("path", [*BEFORE_A_CASE.values(), f"/explore/{REAL}/zone?piece=1"])
def test_the_note_stands_before(client, path):
    answer = client.get(f"{path}{'&' if '?' in path else '?'}lang=en")
    found = require_note(answer)
    if path.startswith(("/explore", "/replay", "/lessons")):
        assert found[1].split("?")[0] == path.split("?")[0].removesuffix("/results")
        assert ("<html" in answer.text) == ("/results" not in path and "piece" not in path)


def test_the_note_stands_before_stored_results(client):
    listed = client.get("/replay?lang=en").text
    (address,) = re.findall(r'href="(/replay/results/[^"]+)"', listed)
    onward = require_note(client.get(address.replace("&amp;", "&")))
    assert 'class="timeline"' in client.get(onward[1].replace("&amp;", "&")).text


def test_the_note_stands_before_stored_results_of_a_case_that_is_gone(client, monkeypatch):
    from sim.web import entrance

    monkeypatch.setattr(entrance, "find_scenarios", lambda: [])
    (address,) = re.findall(r'href="(/replay/results/[^"]+)"', client.get("/replay?lang=en").text)
    require_note(client.get(address.replace("&amp;", "&")))


def test_the_note_stands_in_a_room(client):
    form = {"case": REAL, "first": "ukraine"}
    code = client.post("/rooms?lang=en", data=form, headers={"origin": HERE}).url.path.split("/")[2]
    for path in IN_A_ROOM:
        assert NOTE in client.get(f"{path.format(code=code)}?lang=en").text, path
