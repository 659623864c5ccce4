"""Options: words after `zopa`, one or two of them made hostile, on consoles of many code pages."""

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.fuzz import results
from tests.fuzz.draws import Draws
from tests.fuzz.trial import Ending, Trial, attempt

LINES = (
    "list --json",
    "list",
    "check textbook/two-towns",
    "run textbook/strike --runs 8 --horizon 3 --seed 5 --workers 1 --no-report --set choice.precision=*0.5 --out out",
    "run textbook/two-towns --runs 8 --horizon 3 --seed 5 --workers 1 --no-report --json --out out",
    "run textbook/two-towns --precision 9% --horizon 3 --workers 1 --no-report --engine numpy --out out",
    "run alaska-budapest --view fazi-2025 --runs 4 --horizon 2 --workers 1 --answer X12=fazi --no-report --out out",
    "run --resume DONE --workers 1",
    "run textbook/strike --scheduler tcp://127.0.0.1:1 --runs 8 --horizon 3 --out out",
    "compare alaska-budapest alaska-budapest/words-only --runs 4 --horizon 2 --view wide --workers 1",
    "attribute portnikov-2025 fazi-2025 --runs 4 --horizon 2 --workers 1 --out out",
    "play textbook/strike --run 3 --seed 4 --horizon 4 --lang de",
    "play alaska-budapest --view abt-2025 --run 3 --horizon 4 --json",
    "replay DONE 3 --view as-written --lang de",
    "replay textbook/two-towns 3 --out base",
    "report DONE --lang de --out page.html --workers 1",
    "export DONE --to tables --format csv --what runs,weeks --runs 3 --lang de",
    "cite levers.oil-sanctions",
    "cite X12 --json",
    "explain summit.is_held alaska-budapest --view wide",
    "coverage",
    "schema --json",
    "schema",
    "new mine --from strike",
    "suggest-menu textbook/three-parties --draws 10",
)

WORDS = (
    *(
        "",
        " ",
        "-",
        "--",
        "---",
        "-x",
        "--x",
        "=",
        "--seed=",
        "\udcff\udcfe",
        "a\x00b",
        "\x1b[2J",
        "\u202e",
        "é",
        "–",
        "“x”",
    ),
    *(
        "nan",
        "inf",
        "-inf",
        "-1",
        "0",
        "1e3",
        "1e300",
        "0x10",
        "1_000",
        "٣",
        "½",
        "1.5",
        "9" * 8500,
        "9" * 400,
        "-" + "9" * 40,
    ),
    *("9223372036854775807", "9223372036854775808", "1000000000000", "99999999999", "random", "latest", "None", "True"),
    *(
        "/dev/null",
        "/dev/zero",
        "/dev/full",
        "/",
        ".",
        "..",
        "./nosuch.yaml",
        "nosuch/x",
        "~",
        "loop",
        "loop/x",
        "fifo",
        "C:\\x",
    ),
    *(
        "x" * 300,
        "x" * 5000,
        "a/" * 2000,
        "%s%n",
        "{0}",
        "$(id)",
        "a\nb",
        "a\rb",
        "=1+1",
        "[red]x[/red]",
        "[/]",
        "a=b=c",
        "=b",
        "a=",
    ),
    *(
        "choice.precision=nan",
        "choice.precision=*1e300",
        "choice.precision={",
        "calendar.horizon=9" + "9" * 30,
        "x=1",
        "a.b.c=1",
    ),
    *(
        "tcp://",
        "tcp://nowhere.invalid:1",
        "tls://127.0.0.1:9",
        "tcp://127.0.0.1:999999",
        "http://127.0.0.1:1",
        "inproc://x",
    ),
    *(
        "--json",
        "--quiet",
        "--help",
        "--version",
        "--view",
        "--lang",
        "xx",
        "en",
        "parquet",
        "runs,,weeks",
        "0%",
        "100%",
        "5%",
    ),
)

ENCODINGS = ("utf-8", "utf-8", "utf-8", "cp850", "cp437", "cp1252", "latin-1", "ascii")


@cache
def _prepare(home: Path) -> Path:
    done = results.make_base(home, "textbook/two-towns")
    return done


def try_one(seed: int, number: int, home: Path) -> tuple[Trial, Ending]:
    """Carry out a command with hostile words."""
    draws, done = Draws(seed, "options", number), _prepare(home)
    place = home / f"options-{number}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    shutil.copytree(done.parents[2], place / "base")
    (place / "loop").symlink_to(place / "loop")
    line = draws.pick(LINES).replace("DONE", str(done.relative_to(done.parents[3])))
    words = line.split()
    about = []
    for _ in range(1 + draws.below(2)):
        at, hostile = draws.below(len(words)), draws.pick(WORDS)
        kind = draws.pick(("replace", "replace", "insert", "drop", "value"))
        if kind == "replace" and at:
            words[at] = hostile
        elif kind == "insert":
            words.insert(at + 1, hostile)
        elif kind == "drop" and len(words) > 1:
            del words[max(at, 1)]
        else:
            chosen = [n for n, word in enumerate(words) if n and words[n - 1].startswith("--")] or [len(words) - 1]
            words[draws.pick(chosen)] = hostile
        about.append(f"{kind} {hostile[:20]!r}")
    encoding, stdout = draws.pick(ENCODINGS), "/dev/full" if draws.once_in(20) else ""
    ending = attempt(words, place, encoding, stdout)
    if stdout and ending.code == 0 and "--quiet" not in words and not _is_silent(words):
        ending = replace(ending, verdict="accepted")
    return Trial(place / "base", tuple(words), f"{'; '.join(about)}; {encoding} {stdout}"), ending


def _is_silent(words: list[str]) -> bool:
    """True for commands whose result may be empty."""
    return words[0] in ("suggest-menu",)
