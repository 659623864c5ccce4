"""The command that plays a seat: asks until the game is over, says what is wrong and asks again, plays moves given."""

import json

from typer.testing import CliRunner

from sim.cli.app import app
from tests.cli.test_cli import expect_refusal, zopa

TOWNS = ("seat", "textbook/two-towns", "--as", "north", "--seed", "1", "--run", "0")


def play(*answers, words=TOWNS):
    """A game in which these lines are typed."""
    done = CliRunner().invoke(app, list(words), input="".join(f"{answer}\n" for answer in answers))
    assert "Traceback" not in done.output
    assert done.exit_code == 0, done.output
    return done


def test_a_game_is_played_from_the_role_sheet_to_the_debrief():
    done = play("w", "P", "y", "?", "w", "w", "w", words=(*TOWNS, "--branches", "20"))
    order = [
        "Public: everybody may read this",
        "Confidential: for you alone",
        "What do you do this week?",
        "y   Sign package 1",
        "Packages, the best for you first:",
        "Debrief",
        "Package 1 was agreed in week 2",
        "To discuss:",
        "The same game again: zopa seat textbook/two-towns --as north --seed 1 --run 0 --moves w-y-w",
    ]
    places = [done.stdout.index(text) for text in order]
    assert places == sorted(places)
    assert max(len(line) for line in done.stdout.splitlines() if "zopa seat" not in line) <= 80


def test_an_answer_that_is_not_open_is_asked_for_again():
    done = play("l", "w", "Q")
    assert "move 1: 'l' is not open in week 1; open are 'w', 's', 'k', 'o', 'h', or 'a'" in done.stderr
    assert "--moves w\n" in done.stdout


def test_moves_that_are_given_are_played_without_asking(tmp_path):
    file = tmp_path / "game.txt"
    file.write_text("w\ny\nw\n")
    given, read = (zopa(*TOWNS, "--moves", moves, "--branches", "20") for moves in ("w-y-w", file))
    assert given.exit_code == 0
    assert "Debrief" in given.stdout
    assert given.stdout == read.stdout


def test_a_game_as_json():
    found = json.loads(zopa(*TOWNS, "--moves", "w-y-w", "--branches", "20", "--json").stdout)
    assert found["moves"] == "w-y-w"
    assert found["agreed"]["number"] == 1
    assert [turn["week"] for turn in found["turns"]] == [1, 2, 3]
    open_game = json.loads(zopa(*TOWNS, "--moves", "w", "--json").stdout)
    assert [option["move"] for option in open_game["question"]["options"]] == ["y", "n", "w", "s", "k", "o", "h", "a"]


def test_slips_are_named():
    seat = ("seat", "textbook/two-towns")
    assert expect_refusal(2, *seat, "--as", "sout", "--moves", "w") == (
        "zopa: there is no seat 'sout'; did you mean 'south'?"
    )
    assert "move 2 is '§', which is no move" in expect_refusal(2, *seat, "--moves", "w-§")
    assert expect_refusal(2, *seat, "--moves", "./none.txt") == (
        "zopa: there is no file ./none.txt; give a file that holds moves, or moves such as w3-c-op2-y"
    )
    assert "a teacher opens its seats with `--teacher`" in expect_refusal(2, "seat", "alaska-budapest", "--moves", "w")
    assert "--run is -1" in expect_refusal(2, *seat, "--run", "-1", "--moves", "w")
    assert expect_refusal(2, *seat, "--as", "north", "--against", "north") == (
        "zopa: the seat 'north' is taken twice; name another one with `--against`"
    )
    for branches in ("0", "10001"):
        assert expect_refusal(2, *seat, "--branches", branches) == (
            f"zopa: --branches is {branches}; it must be from 1 to 10,000"
        )


def test_a_note_of_care_stands_before_a_case_about_real_events():
    done = play("Q", words=("seat", "alaska-budapest", "--as", "europe", "--teacher"))
    assert done.stdout.startswith("A note of care: the events of this case are real")
    assert "--teacher" in done.stdout.splitlines()[-1]


def test_german():
    done = play("w", "y", "w", "w", words=(*TOWNS, "--lang", "de", "--branches", "20"))
    assert "Was tun Sie in dieser Woche?" in done.stdout
    assert "Zu besprechen:" in done.stdout
    assert "Reservationswert" in done.stdout


def test_two_players_at_one_terminal():
    done = play("w", "op1", "w", "w", "y", "w", "w", "w", "w", words=(*TOWNS, "--against", "south", "--branches", "20"))
    assert done.stdout.count("Confidential: for you alone") == 2
    assert done.stdout.index("Asked now: Upton") < done.stdout.index("Asked now: Loweton")
    assert "--as north --against south --seed 1" in done.stdout
