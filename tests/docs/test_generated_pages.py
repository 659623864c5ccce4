"""Generated pages: what is committed is what the code says today, and nothing is left out."""

import ast
import re

import pytest

from docs.generators import claims_page
from docs.generators.build import make_documents, write
from docs.generators.equations import find_symbols, format_equations, write_expression
from docs.generators.odd_page import odd_markdown
from docs.generators.rules_page import list_parts, read_rule_text, rules_markdown
from sim.loading.loader import load_case
from sim.model.state import list_week_variables
from sim.rules.week import WEEK
from sim.rules.week.steps import Rule
from tests.architecture.tree import ROOT, is_rule, modules, parse_file

GENERATED = make_documents()
ELEMENTS = [
    "Purpose and patterns",
    "Entities, state variables and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialisation",
    "Input data",
    "Submodels",
]
CONCEPTS = """Basic principles,Emergence,Adaptation,Objectives,Learning,Prediction,Sensing,Interaction,Stochasticity,
Collectives,Observation"""
RULE_FILES = {path.relative_to(ROOT / "sim" / "rules").as_posix() for path in modules("sim/rules") if is_rule(path)}
ANCHORS = {path.stem.replace("_", "-") for path in modules("sim/rules") if is_rule(path)}
CLAIMED = [place for place in GENERATED if place.endswith("CLAIMS.md")]


@pytest.mark.parametrize("place", GENERATED)
def test_what_is_committed_is_what_the_code_says(place):
    committed = (ROOT / place).read_text(encoding="utf-8")
    assert GENERATED[place]() == committed, f"{place} is not up to date: run `python -m docs.generators.build`"


def test_one_command_writes_them_all(tmp_path):
    write(tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")} == set(GENERATED)


@pytest.mark.parametrize("place", [place for place in GENERATED if place.endswith(".md")])
def test_every_row_of_a_table_has_as_many_cells_as_its_head(place):
    rows = [re.sub(r"\\\|", "", line).count("|") for line in GENERATED[place]().splitlines() if line.startswith("| ")]
    heads = [line.count("|") for line in GENERATED[place]().splitlines() if re.fullmatch(r"\|(---\|)+", line)]
    assert set(rows) <= set(heads)


def test_the_parts_are_the_week():
    assert tuple(line for part in list_parts() for line in part.steps) == WEEK


def test_every_rule_is_read_aloud_once():
    read = re.findall(r"^File: `sim/rules/(.+?)`\. Sources: .+$", rules_markdown(), flags=re.MULTILINE)
    assert sorted(read) == sorted(RULE_FILES)


def test_rules_are_read_in_playing_order():
    text = rules_markdown()
    places = [
        text.index(f"\n`{name}` sets")
        for name in (
            "age",
            "reservation_value",
            "approval_probability",
            "harm_if_executed",
            "contest_outcome",
            "week_reached",
        )
    ]
    assert places == sorted(places)


def test_a_rule_says_its_question_and_its_text():
    from sim.rules import consultation

    said = read_rule_text(consultation)
    assert said.title == "Consultation"
    assert said.question.endswith("does the principal confirm it?")
    assert said.aloud.startswith("A week after a plan is drafted, everybody whose consent it needs is asked,")
    assert said.sources.startswith("Two-level games: Putnam (1988).")
    question = said.question[0].upper() + said.question[1:]
    assert f"### Consultation\n\n*{question}*\n\n{said.aloud}\n" in rules_markdown()


@pytest.mark.parametrize("path", [path for path in modules("sim/rules") if is_rule(path)], ids=lambda path: path.stem)
def test_a_rule_is_called_as_its_file_is(path):
    title = (ast.get_docstring(parse_file(path)) or "").partition(": ")[0]
    assert title == path.stem.replace("_", " ").capitalize()


def test_every_function_of_the_week_has_its_equations():
    text = rules_markdown()
    for line in WEEK:
        if isinstance(line, Rule):
            said = text.index(f"\n`{line.function.__name__}` sets")
            assert text[said:].split("\n\n")[1].startswith("$$"), line.function.__name__


def test_equations_say_what_the_code_says():
    from sim.rules import surplus

    lines = format_equations(surplus.surplus, ("surplus",), find_symbols(surplus))
    assert lines[1] == (
        r"\text{value} = \left(1 - \beta\right) \cdot \text{mixed} + \beta \cdot \text{reservation after breakdown}"
    )
    assert lines[-2] == (
        r"\text{comes} = \left(1 - \text{unravels}\right) \cdot \left(\begin{cases} \phi"
        r" & \text{if } \text{fights on} > 0 \\ 1 & \text{otherwise} \end{cases}\right)"
    )
    assert lines[-1] == (
        r"\text{surplus} = \text{comes} \cdot \delta^{t} \cdot \left(\text{value} - \text{reservation at ceasefire}"
        r" - \text{private cost}\right) - \text{crossing}"
    )


@pytest.mark.parametrize(
    ("code", "latex"),
    [
        ("a - (b - c)", r"\text{a} - \left(\text{b} - \text{c}\right)"),
        ("-(a + b) * c", r"\left(-\left(\text{a} + \text{b}\right)\right) \cdot \text{c}"),
        ("power(1.0 - a, b)", r"{\left(1 - \text{a}\right)}^{\text{b}}"),
        ("a & (b | c)", r"\text{a} \land \left(\text{b} \lor \text{c}\right)"),
        ("(a + b) / (c * d)", r"\frac{\text{a} + \text{b}}{\text{c} \cdot \text{d}}"),
        (
            "flag(a > 0.0) * where(b > 0.0, 1.0, c)",
            r"\left[\text{a} > 0\right] \cdot \left(\begin{cases} 1 & \text{if }"
            r" \text{b} > 0 \\ \text{c} & \text{otherwise} \end{cases}\right)",
        ),
    ],
)
def test_brackets_stand_where_they_are_needed(code, latex):
    assert write_expression(ast.parse(code, mode="eval").body) == latex


def test_what_has_no_notation_is_refused():
    with pytest.raises(TypeError, match="has no notation"):
        write_expression(ast.parse("[a for a in b]", mode="eval").body)


def test_odd_has_its_elements_and_concepts():
    text = odd_markdown()
    assert re.findall(r"^## \d\. (.+)$", text, flags=re.MULTILINE) == ELEMENTS
    concepts = re.findall(r"^\*\*(.+?)\.\*\*", text.partition("## 4.")[2].partition("## 5.")[0], flags=re.MULTILINE)
    assert concepts == [word.strip() for word in CONCEPTS.split(",")]
    assert {file for file in re.findall(r"^\| \[.+?\]\(rules\.md#(.+?)\) \| .+\?", text, flags=re.MULTILINE)} <= ANCHORS


def test_odd_carries_what_one_week_leaves_to_the_next():
    rows = {
        line.split("`")[1]: line.split("|")
        for line in odd_markdown().splitlines()
        if re.match(r"\| `\w+` \| [^`]", line)
    }
    carried = {(space, name) for space, row in rows.items() for name in re.findall(r"`(\w+)`", row[3])}
    assert {("world", "balance"), ("world", "stage"), ("actor", "aid"), ("lever", "executed")} <= carried
    assert ("world", "agreements") in carried
    assert ("party_package", "surplus") not in carried
    assert carried <= set(list_week_variables())


@pytest.mark.parametrize("place", CLAIMED)
def test_the_catalogue_has_every_claim_and_every_use(place):
    folder = (ROOT / place).parent
    text, case = (ROOT / place).read_text(encoding="utf-8"), load_case(folder)
    rows = {line.split("`")[1]: line for line in text.splitlines() if re.match(r"\| [\d,\s-]+ \| `", line)}
    assert set(rows) == set(case.claims)
    for name, claim in case.claims.items():
        assert f"| {claim.at} | `{name}` | {claim.kind} |" in rows[name]
        assert " ".join(claim.we_read.split()) in rows[name]
    for view in (folder / "views").glob("*.yaml"):
        for name in re.findall(r"because: \[([\w-]+)", view.read_text(encoding="utf-8")):
            assert f"views/{view.stem}: " in rows[name]


def test_a_catalogue_says_what_rests_on_a_claim():
    assert claims_page.format_rest(("changes", "levers", "x", "price", "because", 0)) == "levers.x.price"
    assert claims_page.format_rest(("X01", "sides", "one", "claims", 2)) == "X01.sides.one"
    assert claims_page.format_rest(("because", 0)) == ""
    assert claims_page.format_cell("either | or\n  both") == "either \\| or both"
