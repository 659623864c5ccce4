"""Import and export of other programs' files: what comes in, goes out again, and is refused."""

import csv
import json
import math
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sim
from sim.errors import ScenarioError
from sim.experiments.bargaining_problem import pose_profiles
from sim.loading.genius_files import GeniusProfile, format_domain, format_profile, read_genius
from sim.loading.tables.read_table import read_position_table
from sim.workflows.open_table import find_profiles
from tests.cli.test_cli import expect_refusal, zopa

ISSUES = {"Food": {"Nuts": 3, "Catering": 1}, "Music": {"MP3": 1, "DJ": 4, "Band": 2}}
OTHER = {"Food": {"Nuts": 1, "Catering": 2}, "Music": {"MP3": 5, "DJ": 1, "Band": 4}}


def write_xml(issues, weights=(0.4, 0.6), extra=""):
    """A profile as GENIUS writes it."""
    lines = ['<utility_space><objective index="0" name="Party">']
    for number, (name, values) in enumerate(issues.items(), 1):
        lines.append(f'<issue index="{number}" name="{name}" vtype="discrete" type="discrete" etype="discrete">')
        lines += [f'<item index="{n}" value="{v}" evaluation="{e}"/>' for n, (v, e) in enumerate(values.items(), 1)]
        lines.append("</issue>")
    lines += [f'<weight index="{number}" value="{weight}"/>' for number, weight in enumerate(weights, 1)]
    return "\n".join([*lines, "</objective>", extra, "</utility_space>"])


@pytest.fixture
def party(tmp_path, monkeypatch):
    """A folder with two profiles, in the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZOPA_DEBUG", raising=False)
    folder = tmp_path / "party"
    folder.mkdir()
    (folder / "ann.xml").write_text(write_xml(ISSUES), encoding="utf-8")
    (folder / "bob.xml").write_text(
        write_xml(OTHER, (0.7, 0.3), '<reservation value="0.45"/><discount_factor value="1.0"/>'), encoding="utf-8"
    )
    return folder


def test_utilities_are_weighted_evaluations_over_the_largest(party):
    problem = pose_profiles(read_genius([party]))
    at = problem.packages.index("Nuts/Band")
    assert problem.utilities[at].tolist() == pytest.approx([0.4 + 0.6 * 0.5, 0.7 * 0.5 + 0.3 * 0.8])
    assert problem.disagreement.tolist() == [0.0, 0.45]
    assert len(problem.packages) == 6


def test_profiles_are_solved_where_they_stand(party):
    found = json.loads(zopa("solve", "party", "--json", "--agreement", "none").stdout)
    assert found["origin"] == "genius"
    nash = found["solutions"]["nash"]["worth"]
    assert found["agreements"]["none"]["distance_to_nash"] == pytest.approx(
        math.dist(nash.values(), found["disagreement"].values())
    )


def test_profiles_become_a_scenario_that_passes_the_check(party):
    done = zopa("import", "genius", "party", "--name", "feast")
    assert done.exit_code == 0, done.output
    assert done.stdout == "Written: feast/base.yaml\n"
    assert "ann and bob become the two sides" in done.stderr
    assert "assumed: contest.noise" in done.stderr
    assert zopa("check", "feast").exit_code == 0
    case = sim.load_scenario("feast")
    assert case.scenario.actors["ann"].interests.weights.shares == {"food": 0.4, "music": 0.6}
    played = sim.run("feast", runs=20, horizon=10, workers=1)
    assert sum(row.runs for row in played.build_table()) == 20


def test_every_invented_quantity_is_listed_and_says_so(party):
    found = sim.import_files("genius", [party / "ann.xml", party / "bob.xml"], name="feast")
    text = found.path.read_text(encoding="utf-8")
    assert len(found.assumed) == text.count("invented for the import, as the files do not say")
    assert "teaching value" not in text


def test_no_agreement_is_worth_what_the_profile_says(party):
    sim.import_files("genius", str(party), name="feast")
    found = sim.solve("feast", every=True)
    problem = pose_profiles(read_genius([party]))
    assert len(found.problem.packages) == len(problem.packages)
    discount = 0.995**2
    best = problem.utilities[:, 1].max() - 0.45
    assert found.problem.utilities[:, 1].max() == pytest.approx(discount * best, abs=1e-6)


def test_a_third_profile_must_consent(party):
    (party / "cid.xml").write_text(write_xml(ISSUES, (0.5, 0.5)), encoding="utf-8")
    found = sim.import_files("genius", str(party), name="feast", lang="de")
    assert "wessen Zustimmung jede Vereinbarung braucht: cid" in found.notes
    assert list(sim.solve("feast").problem.parties) == ["ann", "bob", "cid"]


def test_there_and_back_again(party):
    zopa("import", "genius", "party", "--name", "feast")
    done = zopa("export", "feast", "--genius", "--to", "out")
    assert done.exit_code == 0, done.output
    first, second = (pose_profiles(read_genius([place])) for place in (party, party.parent / "out"))
    rows = [first.packages.index(package) for package in second.packages]
    assert second.utilities == pytest.approx(first.utilities[rows], abs=1e-12)
    assert second.disagreement[1] == pytest.approx(0.45, abs=1e-6)
    assert expect_refusal(2, "export", "feast", "--genius", "--to", "out") == (
        "zopa: out is there already; choose another one or give `--overwrite`"
    )
    assert zopa("export", "feast", "--genius", "--to", "out", "--overwrite").exit_code == 0


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=4).filter(any), min_size=1, max_size=4))
def test_what_is_written_is_read_alike(tmp_path, evaluations):
    issues = {f"i<{n}>": {f"v&{m}": e / max(row) for m, e in enumerate(row)} for n, row in enumerate(evaluations)}
    profile = GeniusProfile("one", issues, dict.fromkeys(issues, 1 / len(issues)), 0.25)
    for name in ("one", "two"):
        (tmp_path / f"{name}.xml").write_text(format_profile("any", profile), encoding="utf-8")
    (tmp_path / "zz-domain.xml").write_text(format_domain("any", issues), encoding="utf-8")
    again = read_genius([tmp_path]).profiles[0]
    assert again.issues == issues
    assert again.weights == pytest.approx(profile.weights)
    assert again.reservation == 0.25


def test_fifty_thousand_outcomes_open_in_seconds(tmp_path):
    for name, shift in (("a", 1), ("b", 3)):
        issues = {f"i{n}": {f"v{m}": (m * (n + shift)) % 7 + 1 for m in range(6)} for n in range(6)}
        issues["last"] = {"x": 1, "y": 2}
        (tmp_path / f"{name}.xml").write_text(write_xml(issues, [1 / 7] * 7), encoding="utf-8")
    start = time.process_time()
    problem = pose_profiles(find_profiles(tmp_path))
    assert len(problem.packages) == 93_312
    assert time.process_time() - start < 5


BOMB = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><utility_space>&y;</utility_space>'
OUTSIDE = '<!DOCTYPE utility_space SYSTEM "http://nowhere.invalid/x.dtd"><utility_space/>'
REFUSED = {
    "entities": (BOMB, "it declares a document type or entities, which are not read; take the DOCTYPE out"),
    "outside": (OUTSIDE, "it declares a document type or entities, which are not read; take the DOCTYPE out"),
    "unknown tag": (write_xml(ISSUES, extra="<mood/>"), "it has an element <mood>, which is not known here"),
    "discount": (
        write_xml(ISSUES, extra='<discount_factor value="0.5"/>'),
        "it has a discount factor (<discount_factor>), which is not supported",
    ),
    "constraint": (
        write_xml(ISSUES, extra="<constraints/>"),
        "it has constraints (<constraints>), which is not supported",
    ),
    "integers": (
        write_xml(ISSUES).replace('"discrete"', '"integer"'),
        "the issue 'Food' is integer, and only discrete issues are supported",
    ),
    "real in one of its types": (
        write_xml(ISSUES).replace(' type="discrete"', ' type="real"'),
        "the issue 'Food' is real, and only discrete issues are supported",
    ),
    "no evaluation": (write_xml(ISSUES).replace(' evaluation="3"', ""), "the item 'Nuts' has no evaluation"),
    "two issues of one name": (write_xml(ISSUES).replace("Music", "Food"), "two issues are called 'Food'"),
    "issue without a name": (write_xml(ISSUES).replace("Music", ""), "an issue has no name"),
    "value without a name": (write_xml(ISSUES).replace("Nuts", ""), "a value of the issue 'Food' has no name"),
    "value twice": (write_xml(ISSUES).replace("Nuts", "Catering"), "the issue 'Food' has a value twice"),
    "issue without values": (
        write_xml(ISSUES, extra='<issue index="3" name="Hall" type="discrete"/>'),
        "the issue 'Hall' has no values",
    ),
    "weight twice": (
        write_xml(ISSUES, extra='<weight index="2" value="0.9"/>'),
        "two <weight> have the index '2'",
    ),
    "one index for two issues": (
        write_xml(ISSUES).replace('issue index="2"', 'issue index="1"'),
        "two <issue> have the index '1'",
    ),
    "weight of nothing": (
        write_xml(ISSUES, extra='<weight index="9" value="0.9"/>'),
        "there is a weight of index '9', and no such issue",
    ),
    "two reservation values": (
        write_xml(ISSUES, extra='<reservation value="0.1"/><reservation value="0.5"/>'),
        "it has two reservation values",
    ),
    "no weight": (write_xml(ISSUES, (1.0,)), "the issue 'Music' has no weight"),
    "weights of nothing": (write_xml(ISSUES, (0, 0)), "every weight is 0"),
    "word": (
        write_xml({**ISSUES, "Food": {"Nuts": "good", "Catering": 1}}),
        "the evaluation of 'Nuts' is 'good', which is no number of 0 or more",
    ),
    "below zero": (
        write_xml({**ISSUES, "Food": {"Nuts": -1, "Catering": 1}}),
        "the evaluation of 'Nuts' is '-1', which is no number of 0 or more",
    ),
    "other domain": (
        write_xml({"Food": {"Nuts": 1}, "Music": {"MP3": 1}}),
        "its issues or values are not those of the first profile; give the files of one domain",
    ),
    "other XML": ("<html/>", "its outermost element is <html>, so it is no file of GENIUS"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_supported_is_named_and_nothing_is_written(party, what):
    text, said = REFUSED[what]
    (party / "zed.xml").write_text(text, encoding="utf-8")
    before = sorted(party.parent.rglob("*"))
    assert expect_refusal(3, "import", "genius", "party") == f"party/zed.xml: {said}"
    assert sorted(party.parent.rglob("*")) == before


def test_what_says_nothing_about_utility_is_named_and_left_out(party):
    alike = (
        '<similarity_function weight="1"><criteria_function weight="1"><item index="1" value="Nuts" evaluation="9"/>'
    )
    text = write_xml(ISSUES, extra="<comparisons>9</comparisons><errors>0</errors>")
    text = text.replace("</issue>", f"{alike}</criteria_function></similarity_function></issue>", 1)
    (party / "zed.xml").write_text(text, encoding="utf-8")
    found = read_genius([party])
    assert found.profiles[2].issues == found.profiles[0].issues
    assert [note for note in found.notes if "zed" in note] == [
        f"zed.xml: <{tag}> says nothing about utility and is not read"
        for tag in ("comparisons", "errors", "similarity_function")
    ]


def test_a_file_of_windows_is_read(party):
    for file in party.glob("*.xml"):
        file.write_bytes(file.read_text(encoding="utf-8").replace("Nuts", "Nüsse zu 5 €").encode("cp1252"))
    assert read_genius([party]).issues["Food"] == ("Nüsse zu 5 €", "Catering")


def test_broken_xml_is_told_with_its_line(party):
    (party / "zed.xml").write_text("<utility_space>\n<objective>", encoding="utf-8")
    assert expect_refusal(3, "import", "genius", "party") == "party/zed.xml:2: it is no well-formed XML"


def test_one_profile_is_too_few(party):
    said = expect_refusal(3, "import", "genius", "party/ann.xml")
    assert said == "party: there is 1 profile of GENIUS, where two or more are needed"


@pytest.mark.parametrize("command", ["check", "run"])
def test_files_of_others_are_recognised_elsewhere(party, command):
    said = expect_refusal(3, command, "party/ann.xml")
    assert said == "party/ann.xml:1: this is a file of GENIUS (XML), not a scenario; use `zopa import genius`"
    said = expect_refusal(3, command, "party")
    assert said == "party: is no scenario: ann.xml is a file of GENIUS (XML); use `zopa import genius`"


# -------------------------------------------------------------------------------------------------- tables

TABLE = "Actor,Capability,Position,Salience\nNorth,0.5,4,0.8\nSouth,0.25,10,0.4\nEast,1,,1\n"


def test_a_table_becomes_a_case_for_baselines_and_solve(party):
    (party.parent / "quay.csv").write_text(TABLE, encoding="utf-8")
    done = zopa("import", "table", "quay.csv")
    assert done.stdout == "Written: quay/table.csv\n"
    assert done.stderr.splitlines()[-1] == (
        "a table of 3 actors and 1 issues is no scenario: look at it with `zopa baselines quay` and `zopa solve quay`"
    )
    given, kept = (sim.baselines(name).found for name in ("quay.csv", "quay"))
    for method, decided in given.decisions.items():
        assert np.array_equal(decided, kept.decisions[method], equal_nan=True), method
    solved = json.loads(zopa("solve", "quay", "--json").stdout)
    assert solved["parties"] == ["North", "South"]
    assert expect_refusal(3, "run", "quay") == (
        "quay: is no scenario: table.csv is a table (CSV); if it holds positions, use `zopa import table`"
    )


def test_a_table_of_others_starts_no_formula(party):
    labels = ('=HYPERLINK("http://x")', "-North", "'s-Gravenhage")
    rows = "".join(f"{label};{number};{number};1\n" for number, label in enumerate(labels, 1))
    (party.parent / "quay.csv").write_text(f"Actor;Capability;Position;Salience\n{rows}", encoding="utf-8")
    table = read_position_table(Path("quay.csv"))
    assert zopa("import", "table", "quay.csv").exit_code == 0
    with Path("quay/table.csv").open(encoding="utf-8", newline="") as file:
        assert [row["actor"] for row in csv.DictReader(file)] == [f"'{label}" for label in labels]
    assert read_position_table(Path("quay/table.csv")).actors == table.actors


def test_a_table_that_is_wrong_leaves_nothing_behind(party):
    (party.parent / "quay.csv").write_text(TABLE.replace("South", "North"), encoding="utf-8")
    before = sorted(party.parent.rglob("*"))
    assert expect_refusal(3, "import", "table", "quay.csv") == (
        "quay.csv: two actors are called 'North' (lines 2, 3); give each its own name"
    )
    assert sorted(party.parent.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "tabel", "quay.csv"), "zopa: there is no kind of import 'tabel'; did you mean 'table'?"),
        (("import", "table", "none.csv"), "zopa: there is no file or folder none.csv"),
        (("import", "table", "party"), "zopa: --files must be one file, where a table is imported"),
        (("baselines", "none.csv"), "zopa: there is no file none.csv"),
    ],
)
def test_slips(party, words, said):
    assert expect_refusal(2, *words) == said


@pytest.mark.parametrize("words", ["import table", "import genius", "baselines", "solve", "coding agreement"])
def test_a_device_is_no_file(party, words):
    Path("nowhere.csv").symlink_to("/dev/null")
    assert expect_refusal(3, *words.split(), "nowhere.csv") == (
        "nowhere.csv: cannot be read: it is a pipe or a device, not a file"
    )


def test_a_workbook_that_would_fill_the_memory_is_refused(party):
    with zipfile.ZipFile("quay.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", bytes(101_000_000))
    said = "quay.xlsx: this is a ZIP archive, but no workbook that can be read"
    assert expect_refusal(3, "baselines", "quay.xlsx") == said
    Path("quay.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    assert expect_refusal(3, "baselines", "quay.xlsx") == said


def test_decisions_of_their_own_are_not_one_bargain(party):
    head, power = "isnr\tpa\tpb\tpc\tsa\tsb\tsc\tout", "\t2\t1\t1"
    rows = [head, power, "q1\t0\t100\t50\t50\t50\t10\t40", "q2\t10\t20\t30\t90\t50\t10\t0"]
    (party.parent / "many.tsv").write_text("\n".join(rows), encoding="utf-8")
    assert expect_refusal(2, "solve", "many.tsv") == (
        "zopa: many has 2 decisions of their own; `baselines` looks at each"
    )
    assert zopa("baselines", "many.tsv").exit_code == 0


def test_python_says_the_same(party):
    (party / "zed.xml").write_text(BOMB, encoding="utf-8")
    with pytest.raises(ScenarioError, match="which are not read"):
        sim.import_files("genius", str(party))
