"""Coders: who read the claims is said at the place, in both languages, whoever they are."""

import pytest

from analysis.report.coders import describe_coders, describe_coders_shortly
from sim.i18n.messages import use_language
from sim.loading.loader import load_case
from sim.schema.claim import Claim
from sim.schema.coder import Coder
from tests.loading.test_translations import SHIPPED


def make_claims(*coders):
    """A claim for each pair of initials, the second one empty where nobody has read it again."""
    given = {"source": "lund-2032", "at": "1", "we_read": "A sentence.", "kind": "stated"}
    return [Claim(**given, coded_by=first, checked_by=second) for first, second in coders]


MODEL, PERSON = Coder(kind="language-model"), Coder(kind="person")


@pytest.mark.parametrize(
    ("claims", "coders", "long", "short"),
    [
        (
            make_claims("AB", "AB", ("A", "")),
            {"A": MODEL, "B": MODEL},
            "2 of 3 claims were read twice: first by A, then, "
            "with the sentence in view, by B. A and B are passes of a language model over the "
            "texts and no persons; passes of one model share",
            "2 of 3 claims read twice: passes of a language model, no persons.",
        ),
        (
            make_claims("AB", "CB"),
            {"A": PERSON, "B": MODEL, "C": PERSON},
            "2 of 2 claims were read twice: first by A and C, then, "
            "with the sentence in view, by B. A and C are persons. B is a pass of",
            "2 of 2 claims read twice: A, C: persons; B: passes of a language model, no persons.",
        ),
        (
            make_claims(("L", "")),
            {},
            "None of 1 claims was read twice; they were made by L. Who or what L is, the case does not say",
            "None of 1 claims read twice: who they are the case does not say.",
        ),
    ],
)
def test_who_read_the_claims(claims, coders, long, short):
    assert describe_coders(claims, coders).startswith(long)
    assert describe_coders_shortly(claims, coders).endswith(short)
    with use_language("de") as lacking:
        assert "Aussagen" in describe_coders(claims, coders)
        assert "gelesen" in describe_coders_shortly(claims, coders)
    assert not lacking


def test_without_claims_nothing_is_said():
    assert not describe_coders([], {})
    assert not describe_coders_shortly([], {})


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in SHIPPED if (path.parent / "claims.yaml").exists()}), ids=str
)
def test_every_coder_of_a_shipped_case_is_known_and_named_in_its_account(folder):
    case = load_case(folder)
    named = {one for claim in case.claims.values() for one in (claim.coded_by, claim.checked_by) if one}
    assert named <= case.coders.keys()
    account = (folder / "CODING.md").read_text(encoding="utf-8")
    assert ("passes of a language model" in account) == (MODEL.kind in {one.kind for one in case.coders.values()})
