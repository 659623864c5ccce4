"""The page of consoles: what it shows of a console is what the commands write on it today."""

import pytest

from docs.generators.consoles_page import PAGE, SHOWN, format_row, make_transcript

AGAIN = "run `python -m docs.generators.consoles_page`"


@pytest.mark.parametrize(("encoding", "width"), [("cp850", 80), ("ascii", 30)])
def test_a_console_shows_what_the_page_says(encoding, width):
    """Two of them: each takes seconds."""
    page = PAGE.read_text(encoding="utf-8")
    assert f"\n{format_row(encoding, width)}\n" in page, AGAIN
    assert make_transcript(encoding, width) in page, AGAIN


def test_nothing_is_lost_on_any_console():
    """Exit codes of the run and of the mistake, signs lost and raw signs, in every row."""
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if "|" in line[:1]]
    found = [(row[2], row[3], row[4], row[6]) for row in rows if len(row) > 6 and row[1].isdecimal()]
    assert found == [("0", "3", "0", "0")] * 8
    assert {heading for heading in PAGE.read_text(encoding="utf-8").splitlines() if heading.startswith("## ")} == {
        f"## {encoding}, {width} columns" for encoding, width in SHOWN
    }
