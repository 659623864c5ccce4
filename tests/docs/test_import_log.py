"""Import log: what is written of the files of others is what becomes of them, and the shipped ones open."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from docs.generators.import_log_page import DATA, LOG, OTHERS, SHIPPED, open_files

REFERENCE = Path(os.environ.get("ZOPA_REFERENCE", "nowhere"))
ROWS = json.loads(LOG.read_text(encoding="utf-8"))


def test_every_shipped_input_opens():
    assert {one.kind for one in open_files(DATA, SHIPPED, False)} == {"table", "scenario"}


def test_every_file_of_others_is_in_the_log():
    assert [row["name"] for row in ROWS] == list(OTHERS.values())
    assert all(len(row["notes"]) == 1 for row in ROWS if row["kind"] == "refused")


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="ZOPA_REFERENCE names no folder with the files of others")
def test_what_the_log_says_is_what_becomes_of_them():
    assert [json.loads(json.dumps(asdict(one))) for one in open_files(REFERENCE, OTHERS, True)] == ROWS
