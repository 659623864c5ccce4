"""Try for some minutes: `python -m tests.fuzz --minutes 30 --seed 1 --family results`."""

import argparse
import itertools
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.fuzz import options, results, scenarios
from tests.fuzz.trial import MISHANDLED

FAMILIES: dict[str, Any] = {
    "scenario": scenarios.try_scenario,
    "view": scenarios.try_view,
    "results": results.try_one,
    "options": options.try_one,
}


def main() -> None:
    """Try mutations, family by family in turn, and say how many were tried and mishandled."""
    asked = _parse()
    home = asked.home or Path(tempfile.mkdtemp(prefix="zopa-fuzz-"))
    home.mkdir(parents=True, exist_ok=True)
    os.environ["ZOPA_CACHE"] = str(home / "code")
    end = time.monotonic() + 60 * asked.minutes
    counts: dict[str, Counter[str]] = {family: Counter() for family in asked.family}
    most, played = dict.fromkeys(asked.family, 0), Counter[str]()
    for number in itertools.count(asked.first):
        if time.monotonic() > end or (asked.trials and number >= asked.first + asked.trials):
            break
        for family in asked.family:
            trial, ending = FAMILIES[family](asked.seed, number, home)
            counts[family][ending.verdict] += 1
            played[family] += trial.words[:1] == ("run",)
            most[family] = max(most[family], ending.megabytes)
            if ending.verdict in MISHANDLED:
                told = {"family": family, "number": number, "verdict": ending.verdict, "about": trial.about}
                told |= {"words": list(trial.words), "code": ending.code, "megabytes": ending.megabytes}
                told |= {"seconds": round(ending.seconds, 1), "said": (ending.output + ending.errors)[-300:]}
                print(json.dumps(told), flush=True)
            elif not asked.keep:
                shutil.rmtree(trial.folder.parent, ignore_errors=True)
    for family, found in counts.items():
        wrong = sum(found[verdict] for verdict in MISHANDLED)
        told = f"{sum(found.values())} tried, {wrong} mishandled, {dict(found)}, {played[family]} were played"
        print(f"{family}: {told}, at most {most[family]} MB")
    sys.exit(any(found[verdict] for found in counts.values() for verdict in MISHANDLED))


def _parse() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    words.add_argument("--minutes", type=float, default=1.0)
    words.add_argument("--trials", type=int, default=0, help="so many of each family at most")
    words.add_argument("--first", type=int, default=0, help="number of the first trial")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--family", action="append", choices=list(FAMILIES))
    words.add_argument("--home", type=Path, help="folder to work in; a new one in the system's if left out")
    words.add_argument("--keep", action="store_true", help="keep the inputs of trials that went well, too")
    found = words.parse_args()
    found.family = found.family or list(FAMILIES)
    return found


if __name__ == "__main__":
    multiprocessing.freeze_support()
    main()
