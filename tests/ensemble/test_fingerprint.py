"""Fingerprint: the code that decides what a run is counts, all of it, and a package that is gone is noticed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.ensemble import fingerprint
from sim.ensemble.fingerprint import SIMULATION_PACKAGES, compute_code_fingerprint
from tests.architecture.tree import ROOT

NOT_SIMULATION = {"i18n"}
"""Packages that what plays imports and that put nothing but texts into it."""

IMPORTED = """
import sys
from sim.ensemble import dispatcher, plan, worker
from sim.experiments import parameter_sweep, theme_coalitions, weekly_series
print(*{name.split(".")[1] for name, module in sys.modules.items() if name.count(".") > 1 and name.startswith("sim.")})
"""


@pytest.fixture
def package_copy(tmp_path, monkeypatch):
    """A copy of the packages, whose fingerprint is asked for."""
    for package in SIMULATION_PACKAGES:
        shutil.copytree(ROOT / "sim" / package, tmp_path / "sim" / package)
    monkeypatch.setattr(fingerprint, "__file__", str(tmp_path / "sim" / "ensemble" / "fingerprint.py"))
    compute_code_fingerprint.cache_clear()
    yield tmp_path / "sim"
    compute_code_fingerprint.cache_clear()


def test_every_package_that_plays_counts():
    done = subprocess.run([sys.executable, "-c", IMPORTED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) - NOT_SIMULATION <= set(SIMULATION_PACKAGES)


@pytest.mark.parametrize("package", SIMULATION_PACKAGES)
def test_a_package_that_is_gone_is_noticed(package_copy, package):
    (package_copy / package).rename(package_copy / "elsewhere")
    with pytest.raises(FileNotFoundError, match=f"there is no package sim.{package}, whose code decides"):
        compute_code_fingerprint()


def test_a_changed_byte_in_any_package_changes_it(package_copy):
    found = {compute_code_fingerprint()}
    for package in SIMULATION_PACKAGES:
        path = package_copy / package / "__init__.py"
        path.write_text(path.read_text(encoding="utf-8") + "#", encoding="utf-8")
        compute_code_fingerprint.cache_clear()
        found.add(compute_code_fingerprint())
    assert len(found) == len(SIMULATION_PACKAGES) + 1
    assert Path(fingerprint.__file__).is_relative_to(package_copy)
