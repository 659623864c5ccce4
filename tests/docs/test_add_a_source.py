"""Add a source: whoever follows the page, with the answers that it links to, gets the view it speaks of."""

import re
import shutil

from sim.loading.loader import load_case
from tests.architecture.tree import ROOT
from tests.docs.follow import Reader

PAGE = ROOT / "docs" / "how_to" / "add_a_source.md"
TUTORIAL = ROOT / "docs" / "tutorial"


def test_the_page_can_be_followed_and_its_counts_are_right(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZOPA_DEBUG", raising=False)
    shutil.copy(TUTORIAL / "invented_commentary.txt", tmp_path)
    text = PAGE.read_text(encoding="utf-8")
    answers = (TUTORIAL / "invented_commentary_answers.txt").read_text(encoding="utf-8").splitlines()
    Reader([("", answer) for answer in answers]).follow(text)
    case = load_case("my-case", view="lund-2025")
    ours = {key for key, claim in case.claims.items() if claim.source == "lund-2025"}
    view = (tmp_path / "my-case" / "views" / "lund-2025.yaml").read_text(encoding="utf-8")
    assert case.sources["lund-2025"].paragraphs == 11
    assert len(ours) == 15
    assert len(re.findall("because", view.split("assumes:")[1])) == 13
    assert all(link in text for link in ("invented_commentary.txt)", "invented_commentary_answers.txt)"))
