"""Positions: the scenario's own numbers, read and not computed."""

from analysis.questions.positions import positions
from sim.spec.load import load_case


def test_worths_and_weights_are_the_scenarios_own():
    scenario = load_case("alaska-budapest", lens="abt-2025").scenario
    found = positions(scenario, "A view")
    assert list(found.actors) == [key for key, actor in scenario.actors.items() if actor.interests]
    for issue, seen in zip(scenario.issues.values(), found.issues, strict=True):
        assert [option.label for option in seen.options] == [option.label for option in issue.options.values()]
        for option, shown in zip(issue.options.values(), seen.options, strict=True):
            assert shown.worth == {actor: option.worth[actor] for actor in found.actors}
        assert sum(option.holds_while_open for option in seen.options) == 1
    for actor in found.actors:
        assert abs(sum(issue.weights[actor] for issue in found.issues) - 1.0) < 1e-6


def test_a_view_changes_weights():
    base, other = (positions(load_case("alaska-budapest", lens=lens).scenario) for lens in ("wide", "fazi-2025"))
    assert [issue.weights for issue in base.issues] != [issue.weights for issue in other.issues]
