"""Event timeline: kinds of events, lanes in order, the run-up left out."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

from analysis.methods.event_timeline import BY_RULE, KINDS, MOVES, TimelineEvent, build_timeline, classify_event
from sim import narrative
from sim.loading.loader import load_case
from sim.narrative.narrator import narrate_run


@pytest.mark.parametrize(
    ("rule", "what", "before", "after", "kind"),
    [
        ("moves.call", "call", None, 0.1, "call"),
        ("moves.execute", "execute/gates", None, 0.1, "execute"),
        ("moves.wait", "wait", None, 0.1, ""),
        ("agreement", "stage", 5.0, 6.0, "in-force"),
        ("agreement", "stage", 5.0, 0.0, "broken"),
        ("consultation", "confirmed", 0.0, 0.0, "not-confirmed"),
        ("truce", "truce_left", 0.0, 6.0, "truce"),
        ("truce", "truce_left", 3.0, 0.0, "truce-over"),
        ("talks_stage", "stage", 2.0, 3.0, "summit"),
        ("talks_stage", "stage", 2.0, 0.0, ""),
        ("lever_effects", "effect_share/gates", 0.0, 1.0, "effect"),
        ("belief_update.credibility", "chance", 0.1, 0.2, ""),
    ],
)
def test_kinds(rule, what, before, after, kind):
    assert classify_event(rule, what, before, after) == kind


def test_rows_are_those_of_actors_with_something_drawn():
    rows = [
        TimelineEvent(0, "Upton", "call", "before the first week"),
        TimelineEvent(1, "Loweton", "call", "a call"),
        TimelineEvent(2, "Upton", "", "a belief moved"),
        TimelineEvent(3, "", "truce", "a truce"),
        TimelineEvent(9, "Upton", "strike", "after the last week"),
    ]
    found = build_timeline(rows, ("Upton", "Loweton"), 5, "Run 1")
    assert found.actors == ("Loweton", "")
    assert [one.week for one in found.events] == [1, 2, 3]


def test_every_narrated_event_is_of_a_known_kind():
    case = load_case("empty-threat")
    kinds = {classify_event(e.rule, e.what, e.before, e.after) for e in narrate_run(case, 0, 3, 12).events}
    assert kinds <= {*KINDS, ""}
    assert "threaten" in kinds


def find_values(given, tree, module):
    """What an argument may be: a text, the beginning of one up to the slash, a constant, or what a name is set to."""
    if isinstance(given, ast.Constant):
        return {given.value}
    if isinstance(given, ast.JoinedStr):
        return {str(given.values[0].value).partition("/")[0]} if isinstance(given.values[0], ast.Constant) else set()
    if not isinstance(given, ast.Name):
        return set()
    if isinstance(getattr(module, given.id, None), str):
        return {getattr(module, given.id)}
    assigned = [
        (target, node.value) for node in ast.walk(tree) if isinstance(node, ast.Assign) for target in node.targets
    ]
    pairs = [
        pair
        for target, value in assigned
        for pair in (
            zip(target.elts, value.elts, strict=True)
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
            else [(target, value)]
        )
    ]
    same = [value for name, value in pairs if isinstance(name, ast.Name) and name.id == given.id]
    return {found for value in same for found in find_values(value, tree, module)}


def list_narrated():
    """Rule and variable of every event that the narrator can make."""
    found = set()
    for path in Path(narrative.__file__).parent.glob("*.py"):
        tree, module = ast.parse(path.read_text(encoding="utf-8")), import_module(f"sim.narrative.{path.stem}")
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "make_event":
                rules, whats = (find_values(one, tree, module) for one in node.args[1:3])
                found |= {(rule, what) for rule in rules for what in whats}
    return found


def test_every_key_is_an_event_that_is_narrated():
    assert set(BY_RULE) - list_narrated() == set()


def test_every_kind_belongs_to_a_move_or_an_event():
    told_apart = {"confirmed", "not-confirmed", "in-force", "broken", "truce", "truce-over", "summit"}
    assert set(KINDS) - set(MOVES) == {*BY_RULE.values(), *told_apart} - set(MOVES)
