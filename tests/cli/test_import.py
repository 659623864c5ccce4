"""Import and export of other programs' files: what comes in, goes out again, and is refused."""

import json
import math

import pytest

import sim
from sim.errors import ScenarioError
from sim.experiments.bargaining_problem import pose_profiles
from sim.loading.genius_files import read_genius
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
    assert "wessen Zustimmung jedes Abkommen braucht: cid" in found.notes
    assert list(sim.solve("feast").problem.parties) == ["ann", "bob", "cid"]


def test_there_and_back_again(party):
    zopa("import", "genius", "party", "--name", "feast")
    done = zopa("export", "feast", "--genius", "--to", "out")
    assert done.exit_code == 0, done.output
    first, second = (pose_profiles(read_genius([place])) for place in (party, party.parent / "out"))
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
