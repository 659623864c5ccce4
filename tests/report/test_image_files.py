"""Image files: what is written equals what the page's camera saves, says what it is, and needs no network."""

import os
import re
import shutil

import pytest

from analysis.methods.shares import compute_shares
from analysis.report.image_files import read_figures
from analysis.report.scenario_page import build_scenario_page
from sim.errors import MissingPartError, UsageError
from sim.workflows.images import images
from tests.report.test_report import ensemble, everything  # noqa: F401 - the fixture


@pytest.fixture
def page(ensemble, tmp_path):  # noqa: F811 - the fixture
    """A page with every figure."""
    path = tmp_path / "page.html"
    path.write_text(build_scenario_page(ensemble, compute_shares(ensemble), everything()), encoding="utf-8")
    return path


def test_every_figure_is_found_and_says_what_it_is(page):
    found = read_figures(page.read_text(encoding="utf-8"))
    assert len(found) == len(set(re.findall(r'id="plot-([^"]+?)(?:-narrow)?"', page.read_text(encoding="utf-8"))))
    for one in found:
        layout = one.figure["layout"]
        said = layout["title"]["text"].replace("<br>", " ").replace("\xa0", " ")
        assert "Not a forecast." in said
        assert "source views: " in said
        assert layout["height"] > layout["margin"]["t"] > 80
        assert one.figure["data"]


@pytest.mark.browser
def test_an_svg_is_drawn_without_network(page, tmp_path, monkeypatch):
    browser = os.environ.get("ZOPA_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        required = os.environ.get("ZOPA_REQUIRE_BROWSER") == "1"
        (pytest.fail if required else pytest.skip)("no Chromium here; name one in ZOPA_BROWSER")
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    written = images(page, to=tmp_path / "slides", form="svg", what="outcome-shares")
    assert [path.name for path in written.files] == ["zopa-outcome-shares-1.svg"]
    text = written.files[0].read_text(encoding="utf-8")
    assert "Not a forecast." in text
    assert "http" not in re.sub(r'xmlns(:xlink)?="[^"]*"', "", text)
    with pytest.raises(UsageError, match="there are files in this folder"):
        images(page, to=tmp_path / "slides")


def test_without_kaleido_it_says_what_to_install(page, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "kaleido", None)
    with pytest.raises(MissingPartError, match=r"pip install 'zopa-simulator\[images\]'"):
        images(page, to=tmp_path / "slides")
    assert not (tmp_path / "slides").exists()


def test_without_a_browser_it_says_what_to_install(page, tmp_path, monkeypatch):
    monkeypatch.setenv("ZOPA_BROWSER", str(tmp_path / "no-browser"))
    with pytest.raises(MissingPartError, match="images need a browser: install Chromium or Chrome"):
        images(page, to=tmp_path / "slides")


def test_what_cannot_be_drawn_is_refused(page, tmp_path):
    with pytest.raises(UsageError, match="there is no section 'outcome-share'; did you mean 'outcome-shares'"):
        images(page, to=tmp_path / "slides", what="outcome-share")
    with pytest.raises(UsageError, match=r"there is no form 'gif'; the known ones: png, svg|there is no form 'gif'"):
        images(page, form="gif")
    (tmp_path / "other.html").write_text("<p>nothing</p>", encoding="utf-8")
    with pytest.raises(UsageError, match="holds no figures of zopa"):
        images(tmp_path / "other.html")
    with pytest.raises(UsageError, match="there is no page that can be read"):
        images(tmp_path / "none.html")
