"""Every figure with something to show, made by hand or from a textbook case."""

from dataclasses import replace
from functools import cache

import numpy as np

from analysis.figures import (
    agreement_zone,
    attribution,
    belief_ledgers,
    cumulative_incidence,
    difference,
    event_tracks,
    kept_share,
    off_menu,
    outcome_shares,
    paths,
    positions,
    scenario_grid,
    scenario_outcomes,
)
from analysis.questions import attributed, beliefs, compare, cumulative, grid, shares, tracks, zone
from analysis.questions import attribution as shared_out
from analysis.questions import paths as steps
from analysis.questions import positions as wants
from tests.questions.made import results
from tests.questions.made_trace import made, scenario
from tests.questions.test_compare import other

EVIL = "<a href='http://x'>&"

ROWS = (
    tracks.Happening(1, "Upton", "call", "Upton called."),
    tracks.Happening(1, "Upton", "threaten", "Upton threatened Loweton with a sentence so long that it is broken."),
    tracks.Happening(2, "Loweton", "", "Loweton's belief moved."),
    tracks.Happening(3, "", "signed", "All signed."),
)


def attributed_to(label):
    """The difference between two views, shared out among two themes and their accounts of the run-up."""
    ends = np.array([[int(place > many) for place in range(12)] for many in (4, 7, 2, 6, 5, 9, 3, 8)])
    ends[:, 0] = 255
    found = shared_out.attribution(("aims", "sequencing", "account"), ends, {0}, 255)
    says = attributed.Stated("actors · upton", attributed.Says("1", ("dam-idle",)), attributed.Says("2", (), "ours"))
    stated = {"aims": (says, says), "sequencing": (says,), "account": (says,)}
    return attributed.Attributed(label, f"{label} too", label, 4, found, stated)


@cache
def everything(label="View"):
    """Figure modules by name, with what each is given; `label` stands wherever a file's label would."""
    found = results(labels=dict.fromkeys(("wide", "okafor-2030", "ito-2030"), label)) if label != "View" else results()
    summed, known = shares.shares(found), scenario()
    if label != "View":
        actors = {key: actor.model_copy(update={"label": label}) for key, actor in known.actors.items()}
        known = known.model_copy(update={"actors": actors})
    rows = grid.grid([(label, summed), ("Other", summed)])
    told = tracks.tracks([replace(row, sentence=label) for row in ROWS], ("Loweton", "Upton"), 4, label)
    return {
        "outcome_shares": (outcome_shares, (summed,)),
        "cumulative_incidence": (cumulative_incidence, (cumulative.courses(found)["wide"],)),
        "kept_share": (kept_share, (summed,)),
        "off_menu": (off_menu, (summed,)),
        "difference": (difference, (compare.compare(found, [other("two-towns-b")]), "two-towns-b")),
        "scenario_grid": (scenario_grid, (rows,)),
        "scenario_outcomes": (scenario_outcomes, (rows,)),
        "positions": (positions, (wants.positions(known, label),)),
        "agreement_zone": (agreement_zone, (zone.zone(made(), known, label),)),
        "event_tracks": (event_tracks, (told,)),
        "paths": (paths, (steps.paths(found)["wide"],)),
        "attribution": (attribution, (attributed_to(label),)),
        "belief_ledgers": (belief_ledgers, (beliefs.beliefs(made(), known, label),)),
    }


NAMES = tuple(everything())
