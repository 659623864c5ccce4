"""Zone page: what every package is worth to both sides under the assumptions that Explore has set."""

from typing import Any

from analysis.figures.joint_worths import build_table, how_to_read, summary_text
from analysis.methods.change_words import describe_change
from sim.i18n.messages import message
from sim.web.explore_page import explorer
from sim.web.page_state import PageState
from sim.web.picture import describe_picture
from sim.web.zone_chart import draw_zone
from sim.workflows.explored_zone import weigh_explored
from sim.workflows.localized_results import localize


def build_zone(state: PageState) -> dict[str, Any]:
    """The zone of every source view that is shown: a chart, a sentence and a table.

    Args:
        state: What the address asks for.

    Raises:
        ScenarioError: something in it does not fit the case.
        NoMatchError: hardly any draw matches the reported run-up.
    """
    results = explorer.play(state.exploration)
    manifest = localize(results, state.lang).results.manifest
    changed = [describe_change(manifest.text, change) for change in (*manifest.assumed, *state.changes)]
    joint = weigh_explored(results, state.lang)
    return {
        "state": state,
        "title": results.manifest.title,
        "picture": describe_picture(manifest, changed, title=message("classroom.zone-explore")),
        "how": how_to_read(),
        "zones": [(one.view_label, draw_zone(one), summary_text(one), build_table(one)) for one in joint.values()],
    }
