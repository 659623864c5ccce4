"""Refusals: what a page does not do is refused with a sentence, never with a traceback, and never done."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from sim.errors import UsageError
from sim.web.app import make_app
from sim.web.page_state import PageState, read_state
from tests.cli.test_cli import expect_refusal

HERE = "http://127.0.0.1:8765"
THREE = "/explore/textbook/three-parties"


@pytest.fixture(scope="module")
def client():
    with TestClient(make_app(warm=False), base_url=HERE, raise_server_exceptions=False) as found:
        yield found


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("set=levers.fine.price=1e999", "give a finite number"),
        ("set=levers.fine.price=.nan", "levers.fine.price"),
        ("set=levers.fine.price=99999999", "so large a number cannot be meant"),
        ("set=levers.fine.prize=1", "levers.fine.price"),
        ("set=levers.fine.price", "path=value"),
        ("set=calendar.horizon=520", "is not set on a page"),
        ("set=run_up.weeks=200", "is not set on a page"),
        ("set=%20defaults.runs=10000000", "is not set on a page"),
        ("runs=10000000", "300, 1000, 5000"),
        ("runs=-1", "300, 1000, 5000"),
        ("seed=1e9", "whole number"),
        ("seed=random", "whole number"),
        ("seed=" + "9" * 400, "whole number"),
        ("view=wide", "wide"),
        ("answer=a=b", "a"),
        ("set=a=" + "x" * 400, "longer than 300"),
        ("set=a%00b=1", "cannot be printed"),
        ("set=levers.fine.label=%26a [*a,*a]", "not allowed"),
        ("&".join(f"set=a{n}=1" for n in range(70)), "More than 60"),
    ],
)
def test_hostile_addresses(client, query, said):
    for path in (THREE, f"{THREE}/results", f"{THREE}/scenario.yaml"):
        answer = client.get(f"{path}?lang=en&{query}")
        if path.endswith(".yaml") and not query.startswith(("set", "runs", "seed")):
            continue
        assert answer.status_code == 422, (path, answer.text[:300])
        assert said in answer.text.replace("&#39;", "'")
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/explore/../../etc/passwd",
        "/explore/%2e%2e/%2e%2e/etc/passwd",
        "/explore//etc/passwd",
        "/explore/scenarios/textbook/three-parties.yaml",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/lessons/..%2fapp",
        "/nothing",
    ],
)
def test_paths_lead_nowhere_else(client, path):
    answer = client.get(path)
    assert answer.status_code in (404, 405)
    assert "root:" not in answer.text
    assert "import" not in answer.text


def test_scripts_are_shown_and_not_run(client):
    change = "levers.fine.label=<script>alert(1)</script>"
    for path in (THREE, f"{THREE}/results"):
        page = client.get(path, params={"set": change, "lang": "en"}).text
        assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in client.get(THREE, params={"set": change, "lang": "en"}).text
    policy = client.get("/lessons").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5:8765"])
def test_another_name_for_this_computer_is_refused(client, host):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "knows this computer under another name" in answer.text


def test_a_name_that_was_asked_for_is_answered():
    with TestClient(make_app(["10.0.0.7"], warm=False), base_url="http://10.0.0.7:9") as client:
        assert client.get("/static/zopa.css").status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "https://127.0.0.1:9999"])
def test_a_form_of_another_site_is_refused(client, origin):
    answer = client.post("/open", content="extends: three-parties", headers={"origin": origin})
    assert answer.status_code == 403
    assert "another site" in answer.text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"x" * 10_000_000, "larger than 100 kB"),
        (b"\xff\xfe", "no text in UTF-8"),
        (b"extends: nothing", "extends no case"),
        (b"[1, 2]", "extends no case"),
        (b"extends: &a [*a]", "not allowed"),
        (b"extends: three-parties\nchanges: {levers: {fine: {price: {value: .inf, unit: worth}}}}", "price"),
        (b"extends: three-parties\nchanges: {calendar: {horizon: 520}}", "not set on a page"),
        (b"a: " + b"[" * 3000 + b"]" * 3000, "deep"),
    ],
)
def test_files_that_are_no_scenario(client, body, said):
    answer = client.post("/open?lang=en", content=body, headers={"origin": HERE})
    assert answer.status_code in (413, 422)
    assert said in " ".join(answer.json()["said"])


def test_an_address_has_a_length(client):
    assert client.get("/?a=" + "x" * 9000).status_code == 414


words = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(words.map(lambda word: f"levers.{word}=1"), max_size=4, unique=True),
    st.lists(words, max_size=3, unique=True),
    st.integers(0, 2**63 - 1) | st.none(),
    st.sampled_from([300, 1000, 5000]),
    st.sampled_from(["en", "de"]),
)
def test_an_address_holds_the_whole_state(changes, views, seed, runs, lang):
    state = PageState("textbook/x", lang, tuple(views), tuple(changes), (), seed, runs)
    asked = QueryParams(state.query.removeprefix("?"))
    if all(one.isprintable() for one in (*changes, *views)):
        assert read_state("textbook/x", asked) == state
    else:
        with pytest.raises(UsageError, match="printed"):
            read_state("textbook/x", asked)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--host", ""), "`--host` is empty; 127.0.0.1 is this computer, 0.0.0.0 lets the room in"),
        (("--host", "256.1.1.1"), "port 8765: Name or service not known; ask for another `--host`"),
        (("--host", "a\0b"), r"pages cannot be served at 'a\x00b', port 8765: "),
        (("--port", "70000"), "--port must be from 0 to 65535, and is 70000"),
    ],
)
def test_an_address_that_is_none_is_refused(words, said):
    assert said in expect_refusal(2, "serve", "--no-browser", *words)
