"""Regret: by hand on small counts, its bounds, and the command that prints it."""

import json

import pytest

from analysis.methods.regret import AGREEMENT, compute_regret
from tests.cli.test_cli import expect_refusal, well, zopa  # noqa: F401 - the fixture
from tests.factories.results import results

SMALL = ["--runs", "20", "--horizon", "5", "--workers", "1"]


def policies():
    """Two policies: in the second one every run of the second author ends in an agreement, none of the first's."""
    first, second = results(), results(scenario="other")
    for view, outcome in (("okafor-2030", 2.0), ("ito-2030", 0.0)):
        second.views[view].columns["outcome"][:] = outcome
    return first, second


def test_regret_by_hand():
    first, second = policies()
    found = compute_regret([first, second], "deal")
    name, other = first.manifest.scenario, "other"
    assert found.counted == ("okafor-2030", "ito-2030")
    assert found.best["okafor-2030"] == name
    assert found.best["ito-2030"] == other
    assert found.views[other]["okafor-2030"].difference == pytest.approx(1 / 4)
    assert found.views[name]["ito-2030"].difference == pytest.approx(1 / 4)
    assert found.views[name]["okafor-2030"].difference == 0.0
    assert [found.count_best(policy) for policy in (name, other)] == [1, 1]
    assert found.largest[other] == (pytest.approx(1 / 4), "okafor-2030")


def test_a_policy_that_is_best_everywhere_has_no_regret():
    first, second = policies()
    second.views["okafor-2030"].columns["outcome"][:] = 0.0
    found = compute_regret([first, second], AGREEMENT)
    assert found.minimax == "other"
    assert found.largest["other"][0] == 0.0
    assert found.count_best("other") == 2
    assert found.as_json()["policies"]["other"]["views"]["ito-2030"]["worth"] == 1.0


def test_regret_is_never_negative_and_somebody_has_none():
    found = compute_regret(policies(), "drift")
    for view in found.best:
        regrets = [one[view].difference for one in found.views.values()]
        assert min(regrets) == 0.0


def test_views_without_an_author_count_where_there_is_no_other():
    found = compute_regret([results(("wide",)), results(("wide",), scenario="other")], "deal")
    assert found.counted == ("wide",)


@pytest.mark.usefixtures("well")
def test_the_command_prints_the_table_and_json():
    shown = zopa("compare", "well", "words-only", *SMALL, "--regret", "agreement")
    assert "largest regret" in shown.stdout
    assert "Smallest largest regret" in shown.stdout
    found = json.loads(zopa("compare", "well", "words-only", *SMALL, "--regret", "agreement", "--json").stdout)
    assert set(found["regret"]["policies"]) == {"well", "well/words-only"}


@pytest.mark.usefixtures("well")
def test_an_outcome_that_is_not_there():
    assert "there is no outcome 'peace'" in expect_refusal(
        2, "compare", "well", "words-only", *SMALL, "--regret", "peace"
    )
