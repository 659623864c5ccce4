"""View names: how are source views called - in full where they are introduced, and shortly beside every number?

Read aloud
    A full name is that of the source view's file, such as `A. Okafor, 2 to 9 May 2030`. The short one is what stands
    before its first comma. Source views that would then be called alike keep their full names.
"""

from collections import Counter
from dataclasses import replace

from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results


def find_full_name(manifest: Manifest, view: str) -> str:
    """Full name of a source view, in the language of the manifest's texts."""
    return str(manifest.view_texts.get(view, {}).get("label") or manifest.labels.get(view, view))


def shorten_view_names(results: Results) -> Results:
    """The results with short names of source views; a case that is played as written keeps its title."""
    manifest = results.manifest
    full = {view: find_full_name(manifest, view) for view in manifest.labels if manifest.view_texts.get(view)}
    short = {view: name.partition(",")[0].strip() for view, name in full.items()}
    often = Counter(short.values())
    names = {view: name for view, name in short.items() if name and often[name] == 1}
    labels = {**manifest.labels, **names}
    return replace(results, manifest=manifest.model_copy(update={"labels": labels}))


def name_two_views(one: str, two: str) -> tuple[str, str]:
    """Labels of two source views side by side, each up to its first comma unless that would be the same.

    Args:
        one: Label of a source view.
        two: Label of another one.
    """
    short = (one.partition(",")[0].strip(), two.partition(",")[0].strip())
    return (one, two) if short[0] == short[1] or not all(short) else short
