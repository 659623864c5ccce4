"""Coder agreement: the second coder's blind directions against the directions of the source views.

A source view moves a statement up or down when the middle of a quantity differs from base.yaml; statements.yaml
says which quantity, and in which sense. The source views were written after the blind reading; first.yaml holds the
directions from before it. A changed report is written beside the old one. To accept it:

    mv tests/coder_agreement/agreement.txt.new tests/coder_agreement/agreement.txt
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from analysis.methods.coder_agreement import measure_agreement
from sim.workflows.coding_agreement import make_luck

HERE = Path(__file__).resolve().parent
CASE = HERE.parents[1] / "scenarios" / "alaska-budapest"
REPORT = HERE / "agreement.txt"
VIEWS = {author: f"{author}-2025" for author in ["abt", "fazi", "observador", "portnikov"]}
WORDS = ["up", "down", "both", "none"]
SECTION = "Differences between the coders"


@cache
def read(path: Path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def blind() -> dict:
    return read(HERE / "alaska-budapest.yaml")


def places() -> dict:
    return read(HERE / "statements.yaml")


def look_up(tree, place: str):
    """What stands at a place of a nested mapping, None where nothing does."""
    for key in place.split("."):
        if not isinstance(tree, dict) or key not in tree:
            return None
        tree = tree[key]
    return tree


def middle(quantity) -> float:
    """The median of a quantity; a share of a weight is its own."""
    if not isinstance(quantity, dict):
        return quantity
    if "low" in quantity:
        return (quantity["low"] + quantity["high"]) / 2
    return next(quantity[key] for key in ["median", "mean", "value"] if key in quantity)


def compute_sign(view: dict, place: str) -> int:
    """1, -1 or 0: where the source view puts the middle, against the base."""
    said = [look_up(theme, place) for theme in view.get("assumes", {}).values()]
    new = next((quantity for quantity in said if quantity is not None), None)
    if new is None:
        return 0
    gap = middle(new) - middle(look_up(read(CASE / "base.yaml"), place))
    return 0 if abs(gap) < 1e-12 else (1 if gap > 0 else -1)


def word(signs: set[int]) -> str:
    """The direction that a set of signs amounts to."""
    return {(): "none", (1,): "up", (-1,): "down"}.get(tuple(signs - {0}), "both")


def direction(view: dict, statement: str) -> str:
    where = places()[statement]
    ups = {compute_sign(view, place) for place in where.get("up", [])}
    downs = {-compute_sign(view, place) for place in where.get("down", [])}
    return word(ups | downs)


def compare_directions() -> list[tuple[str, str, str, str]]:
    """Author, statement, the second coder's direction, the direction of the source view."""
    rows = []
    for author, name in VIEWS.items():
        view = read(CASE / "views" / f"{name}.yaml")
        for statement, coded in blind()[author].items():
            second = {"silent": "none"}.get(coded["direction"], coded["direction"])
            rows.append((author, statement, second, direction(view, statement)))
    return rows


def compare_first_coding() -> list[tuple[str, str, str, str]]:
    """The same rows with the directions of the first coding in place of the source view."""
    first = read(HERE / "first.yaml")
    rows = [row for row in compare_directions() if row[1] not in first["absent"]]
    return [(author, name, second, first[author].get(name, "none")) for author, name, second, _ in rows]


def count_closer() -> tuple[int, int]:
    """Of the directions that changed from the first coding to the source view: how many now match the blind one."""
    now = {(author, name): view for author, name, _, view in compare_directions()}
    changed = [
        (author, name, second) for author, name, second, first in compare_first_coding() if now[author, name] != first
    ]
    return sum(now[author, name] == second for author, name, second in changed), len(changed)


def is_opposite(one: str, other: str) -> bool:
    return {one, other} == {"up", "down"}


def kind(second: str, view: str) -> str:
    """How two directions compare."""
    if second == view:
        return "agree"
    if is_opposite(second, view):
        return "opposite"
    if second == "none":
        return "view moved, second coder silent"
    if view == "none":
        return "view unchanged, second coder both" if second == "both" else "view unchanged, second coder moved"
    return "view one way, second coder both" if second == "both" else "view both ways, second coder one"


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Cohen's kappa: agreement beyond what the coders' own frequencies give by chance (Cohen, 1960)."""
    n = len(pairs)
    ours, theirs = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    seen = sum(first == second for first, second in pairs) / n
    chance = sum(ours[value] * theirs[value] for value in ours) / n**2
    return (seen - chance) / (1 - chance)


def figures(pairs: list[tuple[str, str]]) -> str:
    same = sum(first == second for first, second in pairs)
    return f"{same:>4} of {len(pairs):<4} {same / len(pairs):>5.0%}  {kappa(pairs):>5.2f}"


def table(rows) -> list[str]:
    """One line for each author and one for all: every statement, then without the statements coded both."""
    lines = [f"{'':12}{'all statements':>24}{'':4}{'without those coded both':>24}"]
    lines += [f"{'':12}{'agree':>11}{'share':>7}{'kappa':>7}{'':4}{'agree':>11}{'share':>6}{'kappa':>7}"]
    for author in [*VIEWS, "all"]:
        pairs = [(second, view) for who, _, second, view in rows if author in (who, "all")]
        clear = [pair for pair in pairs if pair[0] != "both"]
        lines.append(f"{author:12}{figures(pairs)}      {figures(clear)}")
    return lines


def format_agreement(rows) -> list[str]:
    """Kappa and alpha of all authors with their intervals, which draw statements anew."""
    lines = []
    for name, some in (
        ("all statements", rows),
        ("without those coded both", [row for row in rows if row[2] != "both"]),
    ):
        found = measure_agreement([[row[2] for row in some], [row[3] for row in some]], make_luck("agreement"))
        numbers = ((found.kappa, found.kappa_interval), (found.alpha, found.alpha_interval))
        said = [f"{value:.2f} ({low:.2f} to {high:.2f})" for value, (low, high) in numbers]
        lines.append(f"{name}: Cohen's kappa {said[0]}, Krippendorff's alpha {said[1]}")
    return lines


def format_crosstab(rows) -> list[str]:
    """How often each direction of the second coder meets each direction of a source view."""
    count = Counter((second, view) for _, _, second, view in rows)
    lines = ["second coder" + "".join(f"{'view ' + view:>11}" for view in WORDS)]
    return lines + [f"{second:12}" + "".join(f"{count[second, view]:>11}" for view in WORDS) for second in WORDS]


def differences(rows) -> list[str]:
    """Every statement on which the two differ, by kind."""
    found: dict[str, list[str]] = {}
    for author, statement, second, view in rows:
        found.setdefault(kind(second, view), []).append(f"  {author:12}{second:5} {view:5} {statement}")
    kinds = sorted(found.keys() - {"agree"})
    lines = [f"opposite: {len(found.get('opposite', []))}"]
    for name in kinds:
        lines += ["", f"{name}: {len(found[name])}  (second coder, view, statement)", *found[name]]
    return lines


def count_checked() -> str:
    """How many claims a second coder has checked."""
    claims = read(CASE / "claims.yaml").values()
    return f"{sum('checked_by' in claim for claim in claims)} of {len(claims)}"


def report() -> str:
    rows = compare_directions()
    head = [
        "Second coder's blind directions against the directions of the source views",
        f"Claims checked by a second coder: {count_checked()}",
        "",
        "Four categories: up, down, both, none (the coder silent, the source view as base.yaml). `both` matches only",
        "itself; no view can say it unless two of its places part. The right half leaves it out.",
        "",
        "1. First coding, made before the blind reading (first.yaml)",
        "",
    ]
    closer, changed = count_closer()
    first = compare_first_coding()
    opposite = [f"  {who:12}{second:5} {old:5} {name}" for who, name, second, old in first if is_opposite(second, old)]
    middle_part = [
        "",
        f"opposite: {len(opposite)}  (second coder, first coding, statement)",
        *opposite,
        "",
        "2. The source views as they are, written after the blind reading: no independent measure",
        "",
        f"Directions that changed from 1 to 2: {changed}; now as in the blind reading: {closer}",
        "",
    ]
    return (
        "\n".join(
            [
                *head,
                *table(first),
                "",
                *format_agreement(first),
                *middle_part,
                *table(rows),
                "",
                *format_agreement(rows),
                "",
                *format_crosstab(rows),
                "",
                *differences(rows),
            ]
        )
        + "\n"
    )


def reasons() -> str:
    """The section of CODING.md that gives the reasons."""
    text = (CASE / "CODING.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {SECTION}\n(.*?)(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL)
    return found.group(1) if found else ""


def list_reasons() -> set[str]:
    """`author number` of every row of that section's table that gives a reason."""
    rows = re.findall(r"^\| (\w+) \| ([\d, ]+) \|.*\| ([^|\n]*\w[^|\n]*) \|$", reasons(), flags=re.MULTILINE)
    return {f"{author} {number}" for author, numbers, _ in rows for number in numbers.split(", ")}


def test_the_report_is_up_to_date():
    new = REPORT.with_suffix(".txt.new")
    made = report()
    if not REPORT.exists() or REPORT.read_text(encoding="utf-8") != made:
        new.write_text(made, encoding="utf-8")
        pytest.fail(f"the agreement of the coders has changed: look at {new.name}, then accept it by one mv")
    new.unlink(missing_ok=True)


def test_every_contradiction_has_a_reason():
    """Opposite directions, and one way against both, are explained in CODING.md."""
    wanted = {
        f"{author} {statement[:2]}"
        for author, statement, second, view in compare_directions()
        if kind(second, view) not in ("agree", "view moved, second coder silent") and view != "none"
    }
    assert wanted <= list_reasons(), f"CODING.md, {SECTION}: no reason for {sorted(wanted - list_reasons())}"


def test_only_differences_have_a_reason():
    wrong = {
        f"{author} {name[:2]}" for author, name, second, view in compare_directions() if kind(second, view) != "agree"
    }
    assert list_reasons() <= wrong, f"CODING.md, {SECTION}: the coders agree on {sorted(list_reasons() - wrong)}"


def test_coding_states_the_figures():
    """The counts in CODING.md are the counts."""
    text = (CASE / "CODING.md").read_text(encoding="utf-8")
    assert f"{count_checked()} claims" in text
    assert "{} of the {} directions".format(*count_closer()) in text
    for rows in (compare_first_coding(), compare_directions()):
        for line in format_agreement(rows):
            assert line.split(": ", 1)[1] in text, f"CODING.md does not say: {line}"
    every = [[row[2:] for row in rows] for rows in (compare_first_coding(), compare_directions())]
    for some in [*every, *([pair for pair in pairs if pair[0] != "both"] for pairs in every)]:
        same = sum(first == second for first, second in some)
        said = f"{same} of {len(some)} ({same / len(some):.0%}), kappa {kappa(some):.2f}"
        assert said in text, f"CODING.md does not say: {said}"


@pytest.mark.parametrize("author", VIEWS)
def test_every_statement_has_a_place(author):
    assert list(blind()[author]) == list(places())


@pytest.mark.parametrize("statement", places())
def test_every_place_is_in_the_base(statement):
    named = [place for sense in places()[statement].values() for place in sense]
    assert named
    assert [place for place in named if look_up(read(CASE / "base.yaml"), place) is None] == []


@pytest.mark.parametrize("author", VIEWS)
def test_the_first_coding_speaks_of_the_same_statements(author):
    first = read(HERE / "first.yaml")
    assert {*first[author], *first["absent"]} <= set(places())
    assert set(first[author].values()) <= {"up", "down"}
    assert not set(first[author]) & set(first["absent"])


def test_directions_are_words_that_are_known():
    assert {coded["direction"] for rows in blind().values() for coded in rows.values()} <= {*WORDS[:3], "silent"}


def test_kappa_by_hand():
    """Twenty of fifty yes-yes, fifteen no-no, five and ten mixed: kappa .40."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("signs", "found"), [({0}, "none"), ({1, 0}, "up"), ({-1}, "down"), ({1, -1, 0}, "both"), (set(), "none")]
)
def test_signs_make_a_word(signs, found):
    assert word(signs) == found


def test_a_source_view_that_changes_nothing_is_silent():
    wide = read(CASE / "views" / "wide.yaml")
    assert {direction(wide, statement) for statement in places()} == {"none"}
