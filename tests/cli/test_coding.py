"""Coding: a sheet for a second coder, and what comes back, right or wrong."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.schema.claim import KIND_MEANINGS

CASE = """\
lund-2032: {author: M. Lund, title: The drain, published: "2032", language: English, paragraphs: 12}
"""
CLAIMS = "".join(
    f"c{n}: {{source: lund-2032, at: {n}, we_read: Reading {n}., kind: stated, coded_by: A}}\n" for n in range(1, 7)
)
VIEW = """\
view: lund-2032
label: Lund
summary: The quarrel is dear.
assumes:
  cost-and-patience:
    actors: {north: {interests: {conflict_cost: {value: 0.2, unit: worth/week, because: [c1, c2]}}}}
"""
COST = "actors.north.interests.conflict_cost"


@pytest.fixture(autouse=True)
def trade(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZOPA_DEBUG", raising=False)
    assert zopa("new", "trade", "--from", "logrolling").exit_code == 0
    (tmp_path / "trade" / "views").mkdir()
    for name, text in (("sources.yaml", CASE), ("claims.yaml", CLAIMS), ("views/lund-2032.yaml", VIEW)):
        (tmp_path / "trade" / name).write_text(text, encoding="utf-8")


def zopa(*words):
    return CliRunner().invoke(app, words)


def fill(name, rows, separator=",", encoding="utf-8"):
    """A filled-in sheet."""
    lines = [separator.join(("claim", "kind", "quantity", "direction")), *(separator.join(row) for row in rows)]
    Path(name).write_bytes("\n".join(lines).encode(encoding))
    return name


ROWS = [
    ("c1", "stated", COST, "up"),
    ("c2", "inferred", COST, "down"),
    ("c3", "Stated", "contest.balance", "up"),
    ("c4", "stated"),
]


def test_a_sheet_is_drawn_by_a_seed_and_blank():
    assert zopa("coding", "sheet", "trade", "--sample", "4", "--out", "a.csv").stdout.startswith("a.csv: 4 of 6 claims")
    rows = list(csv.DictReader(Path("a.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["passage"] for row in rows] == [f"lund-2032 ¶{row['claim'][1:]}" for row in rows]
    assert {row[column] for row in rows for column in ("kind", "quantity", "direction")} == {""}
    again = json.loads(zopa("coding", "sheet", "trade", "--sample", "2", "--out", "b.csv", "--json").stdout)
    assert again["claims"] == [row["claim"] for row in rows][:2]
    other = json.loads(zopa("coding", "sheet", "trade", "--seed", "5", "--out", "c.csv", "--json").stdout)
    assert len(other["claims"]) == 6
    assert "a.csv is there already" in zopa("coding", "sheet", "trade", "--out", "a.csv").stderr
    assert "there is no source 'lund'" in zopa("coding", "sheet", "trade", "--source", "lund", "--out", "d.csv").stderr
    assert "--seed is -3; it must be" in zopa("coding", "sheet", "trade", "--seed", "-3", "--out", "d.csv").stderr
    assert "--sample must be 1 or more" in zopa("coding", "sheet", "trade", "--sample", "0").stderr


def test_a_workbook_is_one_and_is_read_again():
    openpyxl = pytest.importorskip("openpyxl")
    assert zopa("coding", "sheet", "trade", "--sample", "4", "--out", "a.xlsx").exit_code == 0
    sheet = openpyxl.load_workbook("a.xlsx").worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    assert head == ("claim", "passage", "we_read", "kind", "quantity", "direction")
    assert {row[1] for row in rows} == {f"lund-2032 ¶{row[0][1:]}" for row in rows}
    offered = {str(one.sqref)[0]: one.formula1.strip('"').split(",") for one in sheet.data_validations.dataValidation}
    assert offered == {"D": [*KIND_MEANINGS], "F": ["up", "down", "both"]}
    meanings = openpyxl.load_workbook("a.xlsx").worksheets[1].iter_rows(values_only=True)
    assert ("kind", "inferred", KIND_MEANINGS["inferred"]) in [*meanings]
    filled = openpyxl.load_workbook("a.xlsx")
    for row in range(2, 6):
        filled.worksheets[0].cell(row, 4, "stated")
    filled.save("filled.xlsx")
    done = zopa("coding", "agreement", "filled.xlsx", "--case", "trade", "--json")
    assert json.loads(done.stdout)["agreement"]["kind"]["units"] == 4
    refused = zopa("coding", "sheet", "trade", "--out", "a.ods")
    assert refused.stderr.strip() == "zopa: a.ods: a sheet is a file that ends in .csv or .xlsx"
    assert not Path("a.ods").exists()


def test_a_reading_starts_no_formula():
    claims = Path("trade/claims.yaml")
    claims.write_text(claims.read_text(encoding="utf-8").replace("Reading 1.", "'=1+1'"), encoding="utf-8")
    assert zopa("coding", "sheet", "trade", "--sample", "6", "--out", "a.csv").exit_code == 0
    rows = csv.DictReader(Path("a.csv").read_text(encoding="utf-8-sig").splitlines())
    assert {row["we_read"] for row in rows if row["claim"] == "c1"} == {"'=1+1"}


def test_the_first_line_that_names_the_separator_is_none_of_the_rows():
    Path("a.csv").write_text('"sep=;"\nclaim;kind;quantity;direction\nc1;statd;;\n', encoding="utf-8")
    assert "a.csv:3: there is no kind 'statd'" in zopa("coding", "agreement", "a.csv", "--case", "trade").stderr


@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8"), (";", "cp1252"), ("\t", "utf-16"), ("|", "utf-8-sig")]
)
def test_agreement_whatever_the_separator_and_encoding(separator, encoding):
    done = zopa("coding", "agreement", fill("a.csv", ROWS, separator, encoding), "--case", "trade", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    kind, direction = (found["agreement"][about] for about in ("kind", "direction"))
    assert (kind["units"], kind["same"]) == (4, 3)
    assert (direction["units"], direction["same"]) == (3, 1)
    assert {"about": "direction", "unit": f"c2 {COST}", "the case": "up", "a.csv": "down"} in found["differing"]
    assert {"about": "direction", "unit": "c3 contest.balance", "the case": "none", "a.csv": "up"} in found["differing"]


def test_several_coders_have_alpha_alone():
    second = fill("b.csv", [("c1", "stated"), ("c5", "reported", "contest.balance", "up")])
    text = zopa("coding", "agreement", fill("a.csv", ROWS), second, "--case", "trade").stdout
    assert "trade: the case, a.csv, b.csv" in text
    assert "kind: 3 of 5 alike; kappa not defined; alpha " in text
    assert f"  direction, c1 {COST}: the case up, a.csv up, b.csv none" in text


def test_who_names_no_quantity_is_compared_on_kinds_alone():
    done = zopa("coding", "agreement", fill("a.csv", [("c1", "inferred"), ("c2", "stated")]), "--case", "trade")
    assert "kind: 1 of 2 alike" in done.stdout
    assert "direction" not in done.stdout
    assert "a.csv: names no quantity, so that it is compared on kinds and on no direction" in done.stderr
    both = (fill("b.csv", ROWS), "a.csv")
    found = json.loads(zopa("coding", "agreement", *both, "--case", "trade", "--json").stdout)
    assert found["agreement"]["direction"]["units"] == 3
    assert [row for row in found["differing"] if row["about"] == "direction" and "a.csv" in row] == []


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([("c9", "stated")], "a.csv:2: there is no claim 'c9'; known: c1, c2"),
        ([("c1", "")], "a.csv:2: kind is missing; write one of stated, attributed"),
        ([("c1", "sure")], "a.csv:2: there is no kind 'sure'; write one of"),
        ([("c1", "stated", COST)], "a.csv:2: direction is missing; fill in both or neither"),
        ([("c1", "stated", "", "up")], "a.csv:2: quantity is missing; fill in both or neither"),
        (
            [("c1", "stated", "contest.balanc", "up")],
            "there is no quantity 'contest.balanc'; did you mean 'contest.balance'",
        ),
        ([("c1", "stated", COST, "left")], "there is no direction 'left'; write up, down or both"),
        ([("c1", "stated"), ("c1", "inferred")], "a.csv:3: kind is inferred here and stated in a row above"),
        (
            [("c1", "stated", COST, "up"), ("c1", "", COST, "down")],
            "a.csv:3: direction is down here and up in a row above",
        ),
        ([], "a.csv:1: no row is filled in below the first line"),
    ],
)
def test_a_wrong_row_is_said_with_its_line(rows, text):
    done = zopa("coding", "agreement", fill("a.csv", rows), "--case", "trade")
    assert done.exit_code == 3
    assert text in done.stderr
    assert "Traceback" not in done.output


def test_more_rows_than_anybody_codes_are_told_and_no_names_are_looked_for():
    for rows, said in (
        (30_000, "30,001 rows are no sheet of a coder; at most 20,000 are read"),
        (900, "and 1,780 more"),
    ):
        fill("a.csv", [("c99", "stated", f"cost{number}", "up") for number in range(rows)])
        done = zopa("coding", "agreement", "a.csv", "--case", "trade")
        assert done.exit_code == 3
        assert said in done.stderr


def test_wrong_sheets():
    Path("a.csv").write_text("claim,kind\nc1,stated\n", encoding="utf-8")
    assert "a.csv:1: no column quantity, direction" in zopa("coding", "agreement", "a.csv", "--case", "trade").stderr
    assert "one sheet is named twice" in zopa("coding", "agreement", "a.csv", "a.csv", "--case", "trade").stderr
    assert "no.csv: cannot be read" in zopa("coding", "agreement", "no.csv", "--case", "trade").stderr
