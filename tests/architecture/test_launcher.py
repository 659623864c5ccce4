"""The launcher: it parses, passes words through, keeps stdout clean, and says what is missing.

Nothing here reaches the network: the environments are imitations, made of the tools named in TOOLS.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from tests.architecture.tree import ROOT

TOOLS = ["sh", "cat", "cksum", "dirname", "mkdir", "readlink", "rm", "sed", "sleep", "touch", "chmod"]
SHELLS = [shell for shell in ("sh", "dash", "bash") if shutil.which(shell)]

# Stands for any Python: fits every question, makes an environment of itself, "installs" a zopa that echoes.
OBLIGING = """#!/bin/sh
case "$*" in
    *"-m venv "*) mkdir -p "$3/bin" && cat "$0" >"$3/bin/python" && chmod +x "$3/bin/python" ;;
    *"-m pip install"*)
        echo "pip talks on stdout"
        printf '#!/bin/sh\\nfor word in "$@"; do echo "<$word>"; done\\n' >"${0%/*}/zopa"
        chmod +x "${0%/*}/zopa" ;;
    *"-m pytest"*) echo "tests: $*" ;;
esac
"""
# Stands for an environment without what makes the site, until it is asked for; then the site says its words.
WITHOUT_DOCS = OBLIGING.replace(
    'case "$*" in',
    """case "$*" in
    *"import latex2mathml"*) [ -f "${0%/*}/docs" ] ;;
    *"-m pip install"*"[docs]"*) touch "${0%/*}/docs" ;;
    *"-m docs.generators.site"*) echo "site: $*" ;;""",
    1,
)
# Stands for a Python whose setup breaks off: a half-made environment, then an error.
BREAKING = OBLIGING.replace('chmod +x "$3/bin/python" ;;', "exit 1 ;;", 1)
# Stands for an environment that worked until the network went away.
OFFLINE = """#!/bin/sh
case "$*" in *"-m pip install"*) exit 1 ;; esac
"""
# Stands for Debian's Python without python3-venv.
WITHOUT_VENV = """#!/bin/sh
case "$*" in *ensurepip*) exit 1 ;; esac
"""


@pytest.fixture
def tree(tmp_path):
    """A copy of what the launcher needs, in a folder with spaces, beside a PATH with few tools."""
    root = tmp_path / "a folder with spaces"
    root.mkdir()
    for name in ("zopa", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, root / name)
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        if found:
            (tools / tool).symlink_to(found)
    return root


def start(root, *words, python=None, **environment):
    """Run the launcher of this tree from another folder, with an imitation of Python or none."""
    tools = root.parent / "bin"
    if python is not None:
        (tools / "python3").write_text(python, encoding="utf-8")
        (tools / "python3").chmod(0o755)
    surroundings = {"PATH": str(tools), "HOME": "/nonexistent", **environment}
    command = [str(root / "zopa"), *words]
    return subprocess.run(command, cwd="/", env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("script", "shell"), [*(("zopa", shell) for shell in SHELLS), (".ci/run", "bash")])
def test_syntax(shell, script):
    run = subprocess.run([shell, "-n", str(ROOT / script)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("script", ["zopa", ".ci/run"])
def test_may_be_executed(script):
    assert os.access(ROOT / script, os.X_OK)


def test_words_pass_through_and_stdout_is_clean(tree):
    run = start(tree, "run", "two words", "--json", python=OBLIGING)
    assert (run.returncode, run.stdout) == (0, "<run>\n<two words>\n<--json>\n"), run.stderr
    assert "setting up" in run.stderr
    assert "pip talks" in run.stderr


def test_a_second_start_is_silent(tree):
    start(tree, "list", python=OBLIGING)
    again = start(tree, "list")
    assert (again.returncode, again.stdout, again.stderr) == (0, "<list>\n", "")


@pytest.mark.parametrize("file", ["pyproject.toml", "requirements.lock"])
def test_it_sets_up_again_when_a_list_changes(tree, file):
    start(tree, "list", python=OBLIGING)
    with (tree / file).open("a", encoding="utf-8") as text:
        text.write("# one more line\n")
    assert "setting up" in start(tree, "list").stderr
    assert start(tree, "list").stderr == ""


def test_tests_need_their_own_setup_and_serve_runs_too(tree):
    start(tree, "list", python=OBLIGING)
    first = start(tree, "test", "-k", "zone")
    assert "setting up" in first.stderr
    assert "no Chromium found" in first.stderr
    assert first.stdout == "tests: -m pytest -n auto --dist loadgroup -k zone\n"
    assert start(tree, "list").stderr == ""


def test_what_makes_the_site_is_installed_on_first_use(tree):
    first = start(tree, "docs", "--build", python=WITHOUT_DOCS)
    assert (first.returncode, first.stdout) == (0, "site: -m docs.generators.site --build\n"), first.stderr
    assert "installing what makes the documents" in first.stderr
    assert start(tree, "docs").stderr == ""


def test_a_site_that_cannot_be_built_is_said(tree):
    run = start(tree, "docs", python=WITHOUT_DOCS.replace('touch "${0%/*}/docs" ;;', "exit 1 ;;"))
    assert (run.returncode, run.stdout) == (4, "")
    assert "They can also be read as files, in docs/." in run.stderr


def test_a_browser_that_must_be_there(tree):
    run = start(tree, "test", python=OBLIGING, ZOPA_REQUIRE_BROWSER="1")
    assert run.returncode == 4
    assert run.stdout == ""


def test_a_link_to_the_launcher_works(tree):
    elsewhere = tree.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "zopa").symlink_to(tree / "zopa")
    run = start(elsewhere, "list", python=OBLIGING)
    assert (run.returncode, run.stdout) == (0, "<list>\n"), run.stderr
    assert (tree / ".venv").exists()


def test_a_moved_folder_is_set_up_afresh(tree):
    start(tree, "list", python=OBLIGING)
    moved = tree.rename(tree.with_name("moved"))
    run = start(moved, "list")
    assert run.returncode == 0
    assert "removing an environment" in run.stderr


def test_a_setup_that_was_cut_short_is_wiped(tree):
    start(tree, "list", python=OBLIGING)
    (tree / ".venv.making").write_text("", encoding="utf-8")
    (tree / ".venv" / "leftover").touch()
    run = start(tree, "list")
    assert (run.returncode, run.stdout) == (0, "<list>\n")
    assert not (tree / ".venv" / "leftover").exists()
    assert not (tree / ".venv.making").exists()


def test_a_failed_setup_leaves_nothing_behind(tree):
    run = start(tree, "list", python=BREAKING)
    assert (run.returncode, run.stdout) == (3, "")
    assert not (tree / ".venv").exists()
    assert not (tree / ".venv.making").exists()


def test_a_failed_renewal_keeps_what_worked(tree):
    start(tree, "list", python=OBLIGING)
    (tree / ".venv" / "bin" / "python").write_text(OFFLINE, encoding="utf-8")
    (tree / "requirements.lock").write_text("", encoding="utf-8")
    assert start(tree, "list").returncode == 3
    kept = start(tree, "list", ZOPA_NO_SETUP="1")
    assert (kept.returncode, kept.stdout) == (0, "<list>\n")


@pytest.mark.parametrize(
    ("python", "hint"), [(None, "needs Python 3.11"), (WITHOUT_VENV, "sudo apt install python3-venv")]
)
def test_two_lines_say_what_to_install(tree, python, hint):
    run = start(tree, "run", python=python)
    assert (run.returncode, run.stdout) == (3, "")
    assert len(run.stderr.splitlines()) == 2
    assert hint in run.stderr


def test_help_of_the_real_thing():
    if not (ROOT / ".venv" / "bin" / "zopa").exists():
        pytest.skip("these tests run in another environment than the launcher's .venv")
    environment = {**os.environ, "ZOPA_NO_SETUP": "1"}
    run = subprocess.run(
        [str(ROOT / "zopa"), "--help"], cwd="/", env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "Usage" in run.stdout


def test_this_python_is_one_the_launcher_takes():
    allowed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert platform.python_version() in SpecifierSet(allowed)
    low, high = re.findall(
        r"\((3, \d+)\)",
        next(line for line in (ROOT / "zopa").read_text(encoding="utf-8").splitlines() if line.startswith("fits()")),
    )
    assert f">={low},<{high}".replace(", ", ".") == allowed
    assert Path(sys.executable).exists()
