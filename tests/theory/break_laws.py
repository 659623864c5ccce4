"""Break laws: makes the break of every law in a copy of the project, and says whether the tests of the law notice.

`python -m tests.theory.break_laws [NUMBER …]` takes some minutes; it ends with 1 if a break goes unnoticed.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.theory.laws import TESTS, Law, read_laws

COPIED = ("sim", "analysis", "docs", "scenarios", "tests", "pyproject.toml")
FAILED = 1
"""What pytest ends with where tests ran and some failed."""


def copy_project(folder: Path) -> None:
    """What the tests need, into a folder."""
    for name in COPIED:
        place = TESTS.parent / name
        if place.is_dir():
            shutil.copytree(place, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(place, folder / name)


def is_noticed(folder: Path, law: Law) -> bool:
    """Whether the tests of a law fail once it is broken; the copy is mended afterwards."""
    file = folder / law.break_.file
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(law.break_.old, law.break_.new), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-n", "0", *law.tests]
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == FAILED
    finally:
        file.write_text(text, encoding="utf-8")


def main(numbers: list[str]) -> int:
    """Break the laws of these numbers, or all; the number of breaks that go unnoticed."""
    laws = [law for law in read_laws() if not numbers or str(law.number) in numbers]
    with tempfile.TemporaryDirectory() as place:
        copy_project(Path(place))
        unnoticed = []
        for law in laws:
            noticed = is_noticed(Path(place), law)
            unnoticed += [] if noticed else [law]
            print(f"{law.number:>3}  {'noticed  ' if noticed else 'UNNOTICED'}  {law.law}", flush=True)
    print(f"{len(laws) - len(unnoticed)} of {len(laws)} breaks are noticed")
    return len(unnoticed)


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
