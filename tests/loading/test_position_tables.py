"""Tables of positions: as other programs write them, and what is wrong with some."""

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.i18n.messages import use_language
from sim.loading.tables.read_table import read_position_table

PLAIN = "Actor,Capability,Position,Salience\nNorth,0.5,4,0.8\nSouth,0.25,10,0.4\n"
KTAB = """Harbour; two questions,Scenario-1,About it, 2, 2,
Actor,Description,Influence,Fee Position,Fee Salience,Quay Position,Quay Salience,
N,North town,  100.0,30,24.0,20,48.0,
S,South town,   50.0,45,44.7,65,41.3,
"""
DEU = "isnr\tpa\tpb\tpc\tsa\tsb\tsc\trp\tout\n\t2\t1\t0.5\n"
DEU += "q1\t0\t100\t\t50\t50\t10\t\t40\nq2\t10\t20\t30\t100\t50\t10\t0\t\n"
EXCHANGE = """'#A'\t'n'\n'#A'\t's'\n'#P'\t'fee'\n'#M'\t'fee'\t0\n'#M'\t'fee'\t10
'#D'\t'n'\t'fee'\t2.5\t0.5\t1.0\n'#D'\t's'\t'fee'\t7.5\t1.0\t0.5\n"""
LONG = "issue;actor;position;salience;power\nfee;n;2,5;0,5;1\nfee;s;7,5;1;0,5\nquay;n;1;1;1\nquay;s;0;1;0,5\n"


def read(tmp_path, text, name="given.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_position_table(path)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_plain_table_in_any_dress(tmp_path, separator, encoding):
    table = read(tmp_path, PLAIN.replace(",", separator), encoding=encoding)
    assert table.actors == ("North", "South")
    assert table.positions[:, 0].tolist() == [4.0, 10.0]
    assert table.salience[:, 0].tolist() == [0.8, 0.4]
    assert table.power[:, 0].tolist() == [0.5, 0.25]
    assert (table.low[0], table.high[0]) == (4.0, 10.0)


@pytest.mark.parametrize(
    "header",
    ["name,influence,position,salience", "Stakeholder,Power,Pstn,Sal", "Akteur,Macht,Position,Wichtigkeit"],
)
def test_headers_of_others(tmp_path, header):
    assert read(tmp_path, PLAIN.replace("Actor,Capability,Position,Salience", header)).power[1, 0] == 0.25


def test_ktab_has_a_line_above_its_header_and_commas_at_the_end(tmp_path):
    table = read(tmp_path, KTAB)
    assert table.format == "ktab"
    assert table.issues == ("fee", "quay")
    assert table.positions.tolist() == [[30, 20], [45, 65]]
    assert table.salience[0].tolist() == [0.24, 0.48]
    assert table.low.tolist() == [0, 0]
    assert table.high.tolist() == [100, 100]


def test_deu_has_power_under_its_header_and_blanks_are_missing(tmp_path):
    table = read(tmp_path, DEU, "given.tsv")
    assert table.actors == ("a", "b", "c")
    assert table.issues == ("q1", "q2")
    assert table.power[:, 0].tolist() == [2, 1, 0.5]
    assert np.isnan(table.positions[2, 0])
    assert table.outcomes[0] == 40
    assert np.isnan(table.outcomes[1])
    assert np.isnan(table.status_quo[0])
    assert table.separate


def test_the_exchange_model_marks_its_rows(tmp_path):
    table = read(tmp_path, EXCHANGE, "given.txt")
    assert table.positions[:, 0].tolist() == [2.5, 7.5]
    assert table.scale()[:, 0].tolist() == [0.25, 0.75]


def test_decimal_commas_and_one_row_an_actor_and_issue(tmp_path):
    table = read(tmp_path, LONG)
    assert table.issues == ("fee", "quay")
    assert table.positions.tolist() == [[2.5, 1], [7.5, 0]]
    with use_language("de"):
        assert "Zahlen haben ein Dezimalkomma" in read(tmp_path, LONG).notes


def test_a_workbook(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (
        ["Actor", "Capability", "Position", "Salience"],
        ["n", 0.5, 4, 0.8],
        ["s", 0.25, None, 0.4],
        ["e", 1, 5, 1],
    ):
        book.active.append(row)
    book.save(tmp_path / "given.xlsx")
    table = read_position_table(tmp_path / "given.xlsx")
    assert table.power[:, 0].tolist() == [0.5, 0.25, 1]
    assert np.isnan(table.positions[1, 0])


def test_old_line_ends_and_names_that_differ_in_capitals(tmp_path):
    table = read(tmp_path, PLAIN.replace("South", "north").replace("\n", "\r"))
    assert table.actors == ("North", "north")
    assert table.notes[-1] == "North and north differ in capitals alone and are taken for two actors"


def test_a_missing_cell_is_told_and_is_not_zero(tmp_path):
    table = read(tmp_path, PLAIN + "East,,5,0.5\nWest,1,,0.5\n")
    assert table.notes[-2:] == (
        "West has no position on position and is left out there",
        "East has no capability and is left out",
    )


HEAD = "Actor,Capability,Position,Salience\n"
SCALED = "Issue,Actor,Power,Position,Salience,Low,High,Outcome\n"
MISTAKES = {
    "one actor": (HEAD + "N,1,2,0.5\n", "given.csv: it has 1 actor; there must be two or more"),
    "nobody weighs": (
        HEAD + "N,0,2,0.5\nS,0,3,0.5\n",
        "given.csv: every capability is 0 or missing, so nobody weighs anything",
    ),
    "below zero": (HEAD + "N,-1,2,0.5\nS,1,3,0.5\n", "given.csv: a capability is below 0"),
    "salience below": (
        HEAD + "N,1,2,-0.5\nS,1,3,0.5\n",
        "given.csv: the salience of 'N' is -0.5, outside its scale of 0 to 1",
    ),
    "salience a little above": (
        HEAD + "N,1,2,1.2\nS,1,3,0.5\nE,1,3,0.5\n",
        "given.csv: the salience of 'N' is 1.2, outside its scale of 0 to 1",
    ),
    "salience far above": (
        HEAD + "N,1,2,120\nS,1,3,50\n",
        "given.csv: the salience of 'N' is 120, outside its scale of 0 to 100",
    ),
    "nothing matters": (
        HEAD + "N,1,2,0\nS,1,3,0\n",
        "given.csv: every salience is 0 or missing, so that nothing matters to anybody",
    ),
    "two of one name": (
        HEAD + "N,1,2,0.5\nS,1,3,0.5\nN,1,4,0.5\n",
        "given.csv: two actors are called 'N' (lines 2, 4); give each its own name",
    ),
    "text": (
        "one,two\nthree,four\n",
        "given.csv:1: no column for actor and power and position and salience among 'one', 'two'; it needs columns for "
        "the actor, its capability (or influence, power), its position and its salience",
    ),
    "words for numbers": (HEAD + "N,1,high,0.5\nS,1,3,0.5\n", "given.csv:2: position: 'high' is no number"),
    "no name": (HEAD + ",1,2,0.5\nS,1,3,0.5\n", "given.csv:2: there is no actor's name"),
    "both marks": (
        "Actor;Capability;Position;Salience\nN;1,5;2;0.5\nS;1;3;0.5\n",
        "given.csv:2: some numbers have a decimal comma and others a point; write all alike",
    ),
    "no positions": (HEAD + "N,1,,0.5\nS,1,,0.5\n", "given.csv: no actor has a position"),
    "infinite": (
        HEAD + "N,1,1e400,0.5\nS,1,1,0.5\n",
        "given.csv:2: position: '1e400' is a number of a size that nobody means",
    ),
    "empty": (" \n", "given.csv: there is nothing in it"),
    "XML": ("<utility_space/>", "given.csv: this is a file of GENIUS (XML), not a table; use `zopa import genius`"),
    "no salience of an issue": (
        "Actor,Power,Fee Position,Fee Salience,Quay Position\nN,1,1,1,1\n",
        "given.csv:1: the issue 'quay' has no column for its salience",
    ),
    "same column twice": (
        "Actor,Power,Position,Salience,Position\nN,1,1,1,1\n",
        "given.csv:1: two columns are the position: 'Position' is the second",
    ),
    "nothing under the header": (HEAD, "given.csv:1: there is a header and no row under it"),
    "one actor is left": (
        HEAD + "N,1,2,0.5\nS,,3,0.5\n",
        "given.csv: on no issue are position, salience and capability of two actors known; fill the empty cells; an "
        "empty cell is missing, not 0",
    ),
    "shares and hundreds": (
        HEAD + "N,1,2,0.8\nS,1,3,80\n",
        "given.csv: the salience of 'N' is below 1 and that of 'S' above; write all from 0 to 1, or all from 0 to 100",
    ),
    "comma that separates and marks decimals": (
        HEAD + "N,0,5,4,0,8\nS,1,3,0,5\n",
        "given.csv:2: it has 6 cells, and the header has 4; put what has a comma in quotation marks, or separate by "
        "semicolons",
    ),
    "open quotation": (HEAD + 'N,1,2,0.5\n"S,1,3,0.5\n', "given.csv:3: a quotation mark is opened and never closed"),
    "JSON": ('[{"actor": "N", "power": 1}]', "given.csv: this is JSON, not a table; save it as CSV, TSV or XLSX"),
    "ends turned round": (
        SCALED + "fee,n,1,2,1,10,0,5\nfee,s,1,3,1,10,0,5\n",
        "given.csv: the low end of 'fee' is 10, above its high end of 0",
    ),
    "position outside": (
        SCALED + "fee,n,1,-2,1,0,10,5\nfee,s,1,3,1,0,10,5\n",
        "given.csv: the position of 'n' on 'fee' is -2, outside its scale of 0 to 10",
    ),
    "outcome outside": (
        SCALED + "fee,n,1,2,1,0,10,50\nfee,s,1,3,1,0,10,50\n",
        "given.csv: the outcome of 'fee' is 50, outside its scale of 0 to 10",
    ),
    "two outcomes of one issue": (
        SCALED + "fee,n,1,2,1,0,10,5\nfee,s,1,3,1,0,10,6\n",
        "given.csv: rows of 'fee' name two numbers for its outcome: 5 and 6",
    ),
    "two rows of an exchange": (
        EXCHANGE + "'#D'\t'n'\t'fee'\t3\t1\t1\n",
        "given.csv:8: 'n' stands there already on 'fee'; give each actor its own name",
    ),
    "two columns of one actor": (
        DEU.replace("pc", "pb"),
        "given.csv:1: two columns are called 'pb'; give each actor its own name",
    ),
    "two issues of one name": (
        DEU.replace("q2", "q1"),
        "given.csv: two issues are called 'q1' (lines 3, 4); give each its own name",
    ),
    "unknown actor": (
        "#A\tn\n#P\tfee\n#D\tm\tfee\t1\t1\t1\n",
        "given.csv:3: there is no actor 'm'; known: n",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_told_in_one_sentence(tmp_path, monkeypatch, mistake):
    monkeypatch.chdir(tmp_path)
    text, said = MISTAKES[mistake]
    with pytest.raises(ScenarioError) as error:
        read(tmp_path, text)
    assert str(error.value) == said


def test_a_damaged_workbook(tmp_path, monkeypatch):
    pytest.importorskip("openpyxl")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "given.xlsx").write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(ScenarioError, match="this is a ZIP archive, but no workbook that can be read"):
        read_position_table(tmp_path / "given.xlsx")


@pytest.mark.parametrize(
    "word", ["Total", "Sum", "MEAN", "Summe:", "Weighted mean", "Grand total", "Gesamt", "Durchschnitt"]
)
@pytest.mark.parametrize("numbers", ["0.75,14,1.2", "0.375,7,0.6", "0.75,,", ",,"])
def test_a_last_row_of_that_name_is_no_actor_and_is_told(tmp_path, word, numbers):
    table = read(tmp_path, f"{PLAIN}{word},{numbers}\n")
    assert table.actors == ("North", "South")
    assert table.power[:, 0].tolist() == [0.5, 0.25]
    assert f"line 4, {word}, sums up the rows above it and is left out: it is no actor" in table.notes


def test_a_last_row_of_sums_or_means_is_no_actor_whatever_its_name(tmp_path):
    four = PLAIN + "East,0.25,1,0.5\nWest,1,5,0.3\n"
    for numbers in ("2,20,2", "0.5,5,0.5", "2,,2"):
        assert read(tmp_path, f"{four}EU-4,{numbers}\n").actors == ("North", "South", "East", "West")
    for numbers in ("2,6,0.9", "0.5,5,0.4", "2,10,0.5"):
        assert "EU-4" in read(tmp_path, f"{four}EU-4,{numbers}\n").actors


def test_two_last_rows_are_left_out_and_an_actor_of_that_name_further_up_is_kept(tmp_path):
    table = read(tmp_path, PLAIN.replace("North", "Total") + "Sum,0.75,14,1.2\nMean,0.375,7,0.6\n")
    assert table.actors == ("Total", "South")
    assert [note.split(",")[1] for note in table.notes if "sums up" in note] == [" Sum", " Mean"]


def test_equal_actors_are_no_means_of_each_other(tmp_path):
    rows = "".join(f"a{n},1,5,0.5\n" for n in range(4))
    assert len(read(tmp_path, f"Actor,Capability,Position,Salience\nb,1,6,0.5\n{rows}").actors) == 5
    same = f"Actor,Capability,Position,Salience\n{rows}"
    assert len(read(tmp_path, same).actors) == 4


def test_a_long_table_with_a_total_says_so(tmp_path):
    table = read(tmp_path, LONG + "Summe;Summe;;;3\n".replace("Summe;Summe", "quay;Summe"))
    assert table.actors == ("n", "s")
    assert any("Summe" in note for note in table.notes)
