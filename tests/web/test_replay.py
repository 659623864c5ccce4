"""Replay: stored runs and those of a case, step by step, with the reasons of every move; and the zone in Explore."""

import re
import shutil

import pytest
from starlette.testclient import TestClient

import sim
from analysis.methods.typical_runs import find_typical_runs
from sim.storage.rebuild import load_checked
from sim.web.app import make_app
from sim.web.replay_page import list_stored

THREE = "textbook/three-parties"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    found = tmp_path_factory.mktemp("out")
    sim.run(THREE, runs=60, horizon=12, workers=1, report=False, out=found)
    return found


@pytest.fixture(scope="module")
def client(out):
    with TestClient(make_app(warm=False, out=out), base_url="http://127.0.0.1:8765") as found:
        yield found


def test_a_stored_run_is_told_step_by_step_with_two_alternatives(client, out):
    (name,) = list_stored(out)
    assert f"/replay/results/{name}" in client.get("/replay?lang=en").text
    story = sim.replay(out / name, 4).narrated.story
    weeks = sorted({event.week for event in story.events if event.week >= 1})
    address, read = f"/replay/results/{name}?lang=en&run=4", []
    while address:
        page = client.get(address.partition("#")[0]).text
        week = re.search(r'class="now-line"', page) and re.search(r"<h2 id=\"week-head\">Week (\d+)", page)[1]
        read.append(int(week))
        here = [event for event in story.events if event.week == read[-1]]
        assert all(event.plain in page for event in here if "“" not in event.plain and "'" not in event.plain)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found[1].replace("&amp;", "&") if found else ""
    assert read == weeks
    moves = [event for event in story.events if event.rule.startswith("moves.") and len(event.reasons) > 1]
    shown = client.get(f"/replay/results/{name}?lang=en&run=4&week={moves[0].week}").text
    assert "Why this move?" in shown
    assert all(reason in shown for reason in moves[0].reasons if "“" not in reason)
    tie = next(event for event in moves if event.before == event.after)
    here = [event for event in moves if event.week == tie.week]
    shown = client.get(f"/replay/results/{name}?lang=en&run=4&week={tie.week}").text
    said = shown.count("luck decided: the next best was worth as much, to three decimals")
    assert said == sum(event.before == event.after for event in here)
    assert any(reason.startswith("next best:") and "," in reason for event in moves for reason in event.reasons)


def test_results_without_their_runs_are_counted_and_not_offered(client, out):
    (name,) = list_stored(out)
    part = out / "example"
    part.mkdir()
    (part / "manifest.json").write_bytes((out / name / "manifest.json").read_bytes())
    try:
        page = client.get("/replay?lang=en").text
        assert "1 folder is left out" in page
        assert "/replay/results/example" not in page
        assert client.get("/replay/results/example?lang=en").status_code == 404
        found = sim.list_results(out=out)
        assert len(found.rows) == 1
        assert ["checksums.json: is missing" in one for one in found.mistakes] == [True]
    finally:
        shutil.rmtree(part)


def test_typical_runs_are_offered_and_end_as_they_say(client, out):
    (name,) = list_stored(out)
    page = client.get(f"/replay/results/{name}?lang=en").text
    part = page.split('id="typical-head"')[1].split("</section>")[0]
    links = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', part)
    typical = find_typical_runs(load_checked(out / name)).runs
    assert [int(re.search(r"run=(\d+)", address)[1]) for address, _ in links] == [one.run for one in typical]
    assert links
    for address, label in links:
        assert f": {label}</h1>" in client.get(address.replace("&amp;", "&")).text


def test_a_case_is_replayed_without_stored_results(client):
    page = client.get("/replay/case/textbook/two-towns?lang=de&run=3").text
    assert "Lauf 3:" in page
    assert 'class="timeline"' in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/replay/results/../../etc", 404),
        ("/replay/results//etc/passwd", 404),
        ("/replay/files/x", 404),
        ("/replay/case/textbook", 404),
        ("/replay/case/textbook/two-towns?run=-1", 422),
        ("/replay/case/textbook/two-towns?run=1e9", 422),
        ("/replay/case/textbook/two-towns?view=<b>", 422),
        ("/replay/case/textbook/two-towns?week=99999999", 200),
    ],
)
def test_what_is_no_run_is_refused_in_a_sentence(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert "<b>" not in answer.text


def test_a_run_that_was_not_drawn_is_refused(client, out):
    (name,) = list_stored(out)
    answer = client.get(f"/replay/results/{name}?run=999999")
    assert answer.status_code == 422
    assert "is not there" in answer.text


def test_explore_weighs_packages_with_what_is_set(client):
    asked = f"/explore/{THREE}/zone?lang=en&runs=300"
    page, piece = client.get(asked).text, client.get(f"{asked}&piece=1").text
    assert 'class="zone"' in piece
    assert "<html" not in piece
    assert piece.strip() in page
    assert "lack a consent that they need, that of Sedge" in piece
    changed = client.get(f"{asked}&piece=1&set=actors.north.interests.conflict_cost=*4").text
    assert changed != piece
    refused = client.get(f"{asked}&piece=1&set=levers.nothing=1")
    assert refused.status_code == 422
    assert "<html" not in refused.text
