"""Preferences: the scenario's own numbers, read and not computed."""

from analysis.methods.preferences import read_preferences
from sim.loading.loader import load_case


def test_worths_and_weights_are_the_scenarios_own():
    scenario = load_case("alaska-budapest", view="abt-2025").scenario
    found = read_preferences(scenario, "A view")
    assert list(found.actors) == [key for key, actor in scenario.actors.items() if actor.interests]
    for issue, seen in zip(scenario.issues.values(), found.issues, strict=True):
        assert [option.label for option in seen.options] == [option.label for option in issue.options.values()]
        for option, shown in zip(issue.options.values(), seen.options, strict=True):
            assert shown.worth == {actor: option.worth[actor] for actor in found.actors}
        assert sum(option.holds_while_open for option in seen.options) == 1
    for actor in found.actors:
        assert abs(sum(issue.weights[actor] for issue in found.issues) - 1.0) < 1e-6


def test_a_view_changes_weights():
    base, other = (read_preferences(load_case("alaska-budapest", view=view).scenario) for view in ("wide", "fazi-2025"))
    assert [issue.weights for issue in base.issues] != [issue.weights for issue in other.issues]
