"""The command that exports: files that read back to the bit, every column explained, nothing overwritten unasked."""

import csv
import json
import shutil
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import numpy as np
import pytest

from sim.ensemble import block
from sim.ensemble.fingerprint import recompute_fingerprint
from sim.ensemble.plan import make_plans
from sim.ensemble.simulate import simulate_plans
from sim.export import column_meanings, csv_file
from sim.export.tables import Table, list_menu_packages
from sim.export.workbook import write_workbook
from sim.loading.loader import load_case
from sim.loading.tables.formula_guard import read_guarded_text
from sim.model.build_layout import build_layout
from sim.narrative.narrator import narrate_run
from sim.schema.quantity import Unit
from sim.storage.rebuild import rebuild_view
from sim.storage.results_folder import choose_folder, load, save
from tests.cli.test_cli import expect_refusal, zopa

CASE = "textbook/two-towns"
TABLES = ("runs", "weeks", "issues", "agreed", "events", "weekly_series")
ALL = ["--what", ",".join(TABLES), "--runs", "2"]


@pytest.fixture(scope="module")
def saved_folder(tmp_path_factory):
    (results,) = simulate_plans(make_plans([CASE], runs=30, horizon=12), workers=1)
    return save(results, tmp_path_factory.mktemp("stored") / "results")


@pytest.fixture
def results_folder(saved_folder, tmp_path, monkeypatch):
    """Results in the working folder."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(saved_folder, tmp_path / "results")).relative_to(tmp_path)


def put_off_record(results):
    """The same results without a word of the code that played them, so that changed numbers are not played again."""
    manifest = results.manifest.model_copy(update={"code": ""})
    return replace(results, manifest=manifest.model_copy(update={"fingerprint": recompute_fingerprint(manifest)}))


def read_rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def export_folder(results_folder):
    done = zopa("export", results_folder, *ALL)
    assert done.exit_code == 0, done.output
    return results_folder / "export"


def test_runs_read_back_to_the_bit(results_folder, export_folder):
    results, rows = load(results_folder), read_rows(export_folder / "runs.csv")
    for name, view in results.views.items():
        mine = [row for row in rows if row["view"] == name]
        assert list(mine[0]) == ["view", *view.columns]
        for column, stored in view.columns.items():
            if column == "outcome":
                assert [row["outcome"] for row in mine] == [list(results.outcomes)[int(place)] for place in stored]
            else:
                read = np.array([float(row[column]) for row in mine])
                assert read.tobytes() == stored.tobytes(), column


def test_latest_is_the_newest_of_all_and_what_was_taken_is_said(results_folder):
    stored = load(results_folder)
    save(stored, choose_folder(stored.manifest, Path("outputs")))
    done = zopa("export", "latest", "--what", "weeks", "--to", "newest")
    assert done.exit_code == 0, done.output
    assert done.stderr.startswith("textbook/two-towns, as-written, 30 runs\n")
    assert Path("newest/weeks.csv").is_file()


def test_hard_numbers_keep_their_bits(results_folder):
    results = load(results_folder)
    view = next(iter(results.views.values()))
    view.columns["calls"][:3] = [-0.0, 2.0**18, 1.0]
    hard = [5e-324, 0.1, 1 / 3, 1e6, -0.0, -1e6, np.nextafter(1, 2)]
    view.columns["balance"][: len(hard)] = hard
    folder = save(put_off_record(results), Path("hard"))
    assert zopa("export", folder, "--what", "runs").exit_code == 0
    for name in ("balance", "calls"):
        read = np.array([float(row[name]) for row in read_rows(folder / "export" / "runs.csv")])
        assert read[: view.n_matching].tobytes() == view.columns[name].tobytes()


def test_weeks_are_the_stored_counts(results_folder, export_folder):
    results, rows = load(results_folder), read_rows(export_folder / "weeks.csv")
    for name, view in results.views.items():
        read = [int(row["runs"]) for row in rows if row["view"] == name]
        assert np.array_equal(np.reshape(read, view.by_week.shape), view.by_week)


def test_issues_are_those_of_the_agreement_in_the_story(results_folder, export_folder):
    results, rows = load(results_folder), read_rows(export_folder / "issues.csv")
    name, view = next(iter(results.views.items()))
    agreed = [list(results.outcomes)[int(place)] in results.manifest.agreements for place in view.columns["outcome"]]
    runs = dict.fromkeys(row["run"] for row in rows if row["view"] == name)
    assert list(map(int, runs)) == view.columns["run"][agreed].tolist()
    assert runs
    scenario = rebuild_view(results.manifest, name).scenario
    first = [row for row in rows if row["run"] == next(iter(runs))]
    options = {row["issue"]: row["option"] for row in first}
    assert (first[0]["terms"], options) in scenario.list_terms()
    assert first[0]["sequence"] in scenario.sequences


def test_packages_are_numbered_as_on_the_board():
    scenario = load_case("alaska-budapest").scenario
    assert len(scenario.sequences) > 1
    assert [package[:2] for package in list_menu_packages(scenario)] == build_layout(scenario).packages


def test_events_are_the_narrated_run(results_folder, export_folder):
    results, rows = load(results_folder), read_rows(export_folder / "events.csv")
    name, view = next(iter(results.views.items()))
    run = int(view.columns["run"][0])
    manifest = results.manifest
    story = narrate_run(rebuild_view(manifest, name), run, manifest.seed, manifest.horizon_weeks)
    mine = [row for row in rows if (row["view"], row["run"]) == (name, str(run))]
    assert [row["sentence"] for row in mine] == [event.sentence for event in story.events]
    assert [row["after"] for row in mine] == ["" if e.after is None else repr(float(e.after)) for e in story.events]
    assert len({row["run"] for row in rows}) == 2


def test_events_are_narrated_in_the_language_asked(results_folder, export_folder):
    assert (
        zopa("export", results_folder, "--what", "events", "--runs", "2", "--lang", "de", "--to", "de").exit_code == 0
    )
    english, german = read_rows(export_folder / "events.csv"), read_rows(Path("de/events.csv"))
    apart = ("sentence", "reasons")
    assert [[r[n] for n in r if n not in apart] for r in english] == [
        [r[n] for n in r if n not in apart] for r in german
    ]
    assert english[0]["sentence"] != german[0]["sentence"]


def test_weekly_series_end_as_the_stored_runs(results_folder, export_folder):
    results, rows = load(results_folder), read_rows(export_folder / "weekly_series.csv")
    name, view = next(iter(results.views.items()))
    last = {
        row["run"]: float(row["value"])
        for row in rows
        if (row["view"], row["what"], row["week"]) == (name, "balance", "12")
    }
    assert list(last.values()) == view.columns["balance"][:2].tolist()


def test_the_dictionary_has_every_column(export_folder):
    found = json.loads((export_folder / "dictionary.json").read_text(encoding="utf-8"))
    readers = (export_folder / "DICTIONARY.md").read_text(encoding="utf-8")
    assert found["note"].startswith("Not a forecast")
    for name in TABLES:
        with (export_folder / f"{name}.csv").open(encoding="utf-8") as file:
            header, count = next(csv.reader(file)), sum(1 for _ in file)
        table = found["tables"][name]
        assert [column["name"] for column in table["columns"]] == header
        assert table["rows"] == count or name == "events"
        for column in table["columns"]:
            assert column["meaning"] != column_meanings.UNDESCRIBED, column
            assert column["unit"] in ("", "that of `what`", *get_args(Unit))
            assert f"| `{column['name']}` | {column['kind']} | {column['unit']} |" in readers
    assert column_meanings.UNDESCRIBED not in readers
    assert all(view["matching"] <= view["drawn"] for view in found["names"]["views"].values())


def test_no_column_that_the_model_keeps_is_missing():
    sides = [f"{side}_{name}" for side in ("first", "second") for name in block.SIDE_STATE]
    for name in (
        *block.run_up.COUNTS,
        *block.END_STATE,
        *block.AGREEMENT_WEEKS,
        *sides,
        "executed_x",
        "zone_off_menu_only",
        "first_prefers",
    ):
        assert column_meanings.describe_runs_column(name).meaning != column_meanings.UNDESCRIBED, name


def test_a_side_that_would_rather_fight_on_prefers_no_sequence(results_folder):
    results = load(results_folder)
    for view in results.views.values():
        view.columns["first_prefers"] = np.arange(view.n_matching) % 2 - 1.0
    folder = save(put_off_record(results), Path("prefers"))
    assert zopa("export", folder, "--what", "runs").exit_code == 0
    assert {row["first_prefers"] for row in read_rows(folder / "export" / "runs.csv")} == {"", "0"}
    columns = json.loads((folder / "export" / "dictionary.json").read_text(encoding="utf-8"))["tables"]["runs"][
        "columns"
    ]
    (found,) = (column for column in columns if column["name"] == "first_prefers")
    assert "empty if it prefers to fight on" in found["meaning"]


def test_a_column_of_another_version_is_refused_by_its_name(results_folder):
    results = load(results_folder)
    for view in results.views.values():
        view.columns["novelty"] = np.full(view.n_matching, 0.5)
    folder = save(results, Path("other"))
    done = zopa("export", folder, "--what", "runs")
    assert done.exit_code == 1
    assert "other/runs.npz: does not hold runs (has a column that runs of its scenario do not have: novelty)" in (
        done.stderr
    )


def test_a_count_that_is_none_is_refused(results_folder):
    results = load(results_folder)
    for view in results.views.values():
        view.columns["calls"] = view.columns["calls"] + 0.25
    done = zopa("export", save(results, Path("halves")), "--what", "runs")
    assert done.exit_code == 1
    assert "halves/runs.npz: does not hold runs (calls has a value that cannot be)" in done.stderr


def test_the_same_results_give_the_same_files(results_folder, export_folder):
    assert zopa("export", results_folder, *ALL, "--to", "again").exit_code == 0
    for path in export_folder.iterdir():
        assert path.read_bytes() == (Path("again") / path.name).read_bytes()
    assert not [path for path in Path().rglob("*.new")]


def test_json_lists_what_was_written(results_folder):
    told = json.loads(zopa("export", results_folder, "--what", "weeks", "--to", "deep/er", "--json").stdout)
    assert told["folder"] == str(Path("deep/er"))
    assert [file["file"] for file in told["files"]] == ["weeks.csv"]
    assert {path.name for path in Path("deep/er").iterdir()} == {"weeks.csv", "dictionary.json", "DICTIONARY.md"}


def test_files_are_not_overwritten_unasked(results_folder, export_folder):
    (export_folder / "mine.txt").write_text("mine", encoding="utf-8")
    (export_folder / "weeks.csv").write_text("old", encoding="utf-8")
    said = expect_refusal(2, "export", results_folder, "--what", "weeks")
    assert said == (
        f"zopa: {export_folder}: there are files in this folder; choose another one with `--to`, "
        "or replace what an export writes with `--overwrite`"
    )
    assert (export_folder / "weeks.csv").read_text(encoding="utf-8") == "old"
    assert zopa("export", results_folder, "--what", "weeks", "--overwrite").exit_code == 0
    assert (export_folder / "weeks.csv").read_text(encoding="utf-8") != "old"
    assert (export_folder / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_slips(results_folder):
    Path("file").touch()
    assert (
        expect_refusal(2, "export", results_folder, "--to", "file", "--overwrite")
        == "zopa: file: is a file; name a folder with `--to`"
    )
    assert "there is no table 'week'; did you mean" in expect_refusal(
        2, "export", results_folder, "--what", "runs,week"
    )
    assert "there is no format 'cvs'" in expect_refusal(2, "export", results_folder, "--format", "cvs")
    assert "--runs is 0; it must be from 1" in expect_refusal(2, "export", results_folder, "--runs", "0")
    assert "there is no such folder of results" in expect_refusal(1, "export", "nowhere")


def test_a_failure_leaves_nothing_behind(results_folder, monkeypatch):
    def fill_disk(*_):
        raise OSError(28, "No space left on device", "runs.csv")

    monkeypatch.setattr("sim.export.writer._write_files", fill_disk)
    assert expect_refusal(1, "export", results_folder, "--what", "runs") == "zopa: runs.csv: No space left on device"
    assert not (results_folder / "export").exists()
    assert not list(results_folder.glob(".*"))


def test_a_workbook_on_a_full_disk_is_told_by_its_name(results_folder, monkeypatch):
    monkeypatch.setattr(
        "pathlib.Path.write_bytes", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    said = expect_refusal(1, "export", results_folder, "--what", "runs", "--excel")
    assert said == f"zopa: {results_folder.absolute() / 'export'}: No space left on device"
    assert not (results_folder / "export").exists()


def test_without_pyarrow_it_says_what_to_install(results_folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    said = expect_refusal(4, "export", results_folder, "--format", "parquet")
    assert said.endswith("install it with `pip install 'zopa-simulator[parquet]'`")
    assert not (results_folder / "export").exists()


def test_parquet_reads_back_to_the_bit(results_folder):
    parquet = pytest.importorskip("pyarrow.parquet")
    assert zopa("export", results_folder, *ALL, "--format", "parquet").exit_code == 0
    results = load(results_folder)
    table = parquet.read_table(results_folder / "export" / "runs.parquet").to_pydict()
    for column in next(iter(results.views.values())).columns:
        if column != "outcome":
            stored = np.concatenate([view.columns[column] for view in results.views.values()])
            assert np.array(table[column], dtype=np.float64).tobytes() == stored.tobytes(), column
    events = parquet.read_table(results_folder / "export" / "events.parquet").to_pydict()
    assert None in events["before"]


# ------------------------------------------------------------------------------------------- spreadsheets


def read_cells(path, sheet):
    """Cells of a sheet of a workbook by their addresses, each with its type."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        names = [one.get("name") for one in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{space}sheet")]
        texts = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"))
    return {one.get("r"): (one.get("t"), "".join(one.itertext())) for one in texts.iter(f"{space}c")}


def test_a_workbook_holds_every_table_and_what_the_columns_mean(results_folder):
    done = zopa("export", results_folder, "--what", "runs,weeks", "--to", "book", "--excel")
    assert done.exit_code == 0, done.output
    cells, results = read_cells(Path("book/tables.xlsx"), "runs"), load(results_folder)
    names = ["view", *next(iter(results.views.values())).columns]
    assert cells["A1"][1] == "view"
    assert cells["A2"] == ("inlineStr", next(iter(results.views)))
    run = float(next(iter(results.views.values())).columns["run"][0])
    assert (names[1], cells["B2"][0], float(cells["B2"][1])) == ("run", None, run)
    assert len(read_cells(Path("book/tables.xlsx"), "weeks")) > 4
    assert read_cells(Path("book/tables.xlsx"), "columns")["B2"][1] == "view"
    assert "changed" in {text for _, text in read_cells(Path("book/tables.xlsx"), "made from").values()}
    assert "sheet runs" in Path("book/DICTIONARY.md").read_text(encoding="utf-8")


def test_a_decimal_comma_and_a_mark_for_excel(results_folder):
    plain = zopa("export", results_folder, "--what", "runs", "--to", "plain")
    comma = zopa("export", results_folder, "--what", "runs", "--to", "comma", "--decimal", "comma", "--bom")
    assert (plain.exit_code, comma.exit_code) == (0, 0)
    raw = Path("comma/runs.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfview;run;outcome;")
    rows = [*csv.DictReader(raw.decode("utf-8-sig").splitlines(), delimiter=";")]
    for mine, usual in zip(rows, read_rows(Path("plain/runs.csv")), strict=True):
        assert float(mine["balance"].replace(",", ".")) == float(usual["balance"])
        assert "." not in mine["balance"]


@pytest.mark.parametrize(
    "words", [["--excel", "--format", "parquet"], ["--excel", "--bom"], ["--decimal", "semicolon"]]
)
def test_forms_that_exclude_each_other(results_folder, words):
    done = zopa("export", results_folder, "--to", "never", *words)
    assert (done.exit_code, Path("never").exists()) == (2, False)


TEXTS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'quoted", "''", "−2", "＝1", "plain", "", "a=b", "0'1"]


@pytest.mark.parametrize("text", TEXTS)
def test_no_spreadsheet_takes_a_text_for_a_formula(tmp_path, text):
    about = column_meanings.ColumnMeaning("what", "text", "", "any", "a text")
    table = Table("events", (about,), ((text, text),))
    csv_file.write_csv(table, tmp_path / "one.csv", csv_file.POINT)
    with (tmp_path / "one.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    for row in rows:
        cell = "".join(row)
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "−", "＝"))
        assert read_guarded_text(cell) == text
    write_workbook([table], tmp_path / "one.xlsx")
    kind, value = read_cells(tmp_path / "one.xlsx", "events").get("A2", ("inlineStr", ""))
    assert kind == "inlineStr"
    assert value.replace("_x000D_", "\r").strip() == text.strip()


def test_overwriting_keeps_what_is_said_of_other_tables(results_folder):
    assert zopa("export", results_folder, "--what", "runs,weeks", "--to", "both").exit_code == 0
    assert zopa("export", results_folder, "--what", "issues", "--to", "both", "--overwrite").exit_code == 0
    told = json.loads(Path("both/dictionary.json").read_text(encoding="utf-8"))["tables"]
    assert {one["file"] for one in told.values()} == {"runs.csv", "weeks.csv", "issues.csv"}
    assert all("made_from" not in one for one in told.values())
    text = Path("both/DICTIONARY.md").read_text(encoding="utf-8")
    assert all(f"## {name}.csv" in text for name in ("runs", "weeks", "issues"))
    Path("both/weeks.csv").unlink()
    assert zopa("export", results_folder, "--what", "issues", "--to", "both", "--overwrite").exit_code == 0
    assert "weeks.csv" not in Path("both/DICTIONARY.md").read_text(encoding="utf-8")
