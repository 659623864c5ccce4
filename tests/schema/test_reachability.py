"""Reachability: what is said of conditions before anything is played agrees with the classifier that runs use."""

from pathlib import Path

import pytest

from sim.loading.discovery import find_scenarios
from sim.loading.loader import load_case
from sim.model.build_layout import build_layout
from sim.model.outcome_classifier import CONTEST_END_CODES, OutcomeClassifier
from sim.rules.stages import IDLE, IN_FORCE, SIGNED
from sim.schema.reachability import holds, list_states

CASES = [Path(__file__).parent / "cases" / "every-key.yaml", *(found.path for found in find_scenarios())]


def make_read(state, layout):
    """The variables of a run that is in a state."""
    levers = layout.scenario.levers
    done = {key for key in levers if key in state.executed}
    if "major" in state.executed and not any(levers[key].major for key in done):
        done.add(next(key for key, lever in levers.items() if lever.major))
    draft = 0
    if state.terms is not None:
        draft = layout.find_terms(dict(state.terms)) * len(layout.sequences) + layout.sequences.index(state.sequence)
    world = {
        "stage": IN_FORCE if state.terms is not None else SIGNED if state.signed else IDLE,
        "ended": CONTEST_END_CODES[state.ended] if state.ended else 0.0,
        "settled": float(state.settled),
        "imposed": float(state.imposed),
        "broken": float(state.broken),
        "truce_left": float(state.truce),
        "mediated": float(not state.mediator_gone),
        "draft": float(draft),
    }
    ever = [float(key in done) for key in levers]
    return lambda space, name, row: ever[row] if space == "lever" else world[name]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_conditions_hold_where_the_classifier_says_so(path):
    scenario = load_case(path).scenario
    layout = build_layout(scenario)
    conditions = [outcome.when for outcome in scenario.outcomes.values()] + list(scenario.run_up.never)
    states = list(list_states(scenario))
    assert len(states) > len(conditions)
    for state in states:
        read = make_read(state, layout)
        for condition in conditions:
            assert holds(condition, state, scenario) == bool(OutcomeClassifier(layout).evaluate(condition, read)), state
