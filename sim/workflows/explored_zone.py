"""Explored zone: the packages of a case as points, in runs that were explored already."""

from analysis.methods.joint_worths import JointWorths, compute_joint_worths
from sim.ensemble.results import Results
from sim.i18n.messages import use_language
from sim.workflows.build_report import find_package_worths
from sim.workflows.localized_results import localize, rebuild_view_in

LOOKED_AT = 200
"""Runs of each source view, at most, in which packages are weighed."""


def weigh_explored(results: Results, lang: str, week: int = 0) -> dict[str, JointWorths]:
    """What every package is worth to both sides under every source view, with the agreements of all runs.

    Args:
        results: The runs.
        lang: Language of all words.
        week: Week after which packages are weighed; 0 is the end of the run-up.
    """
    worths = find_package_worths(results, LOOKED_AT, week, workers=1)
    with use_language(lang):
        said = localize(results, lang).results
        return {
            name: compute_joint_worths(
                said, said.views[name], rebuild_view_in(results.manifest, name, lang).scenario, found
            )
            for name, found in worths.items()
        }
