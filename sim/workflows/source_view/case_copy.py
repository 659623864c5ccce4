"""Case copy: the folder of a case to which a source view may be added; what comes with zopa is copied first."""

import os
import shutil
from pathlib import Path

from sim.errors import UsageError, display_path, name_argument
from sim.loading.discovery import MAIN_FILES, SHIPPED, find_default_case, find_scenario
from sim.loading.extends import resolve_extends
from sim.loading.loader import list_views
from sim.schema.labels import check_key
from sim.workflows.new_case.case_folder import unfinished_folder


def open_case_folder(case: str | Path | None, copy_to: str | Path | None) -> Path:
    """The folder of the case, or of its new copy; views/, sources.yaml and claims.yaml stand there.

    Args:
        case: Name, file or folder of the scenario; the default case if left out.
        copy_to: Folder to copy the case to first; it must not be there yet.

    Raises:
        ScenarioError: there is no such case.
        UsageError: the case comes with zopa and is not to be copied, is a single file, or the folder is taken.
    """
    chain = resolve_extends(find_scenario(find_default_case() if case is None else case))
    base = next((file.path for file in chain if file.path.name in MAIN_FILES), None)
    if base is None:
        raise UsageError(
            f"{display_path(chain[0].path)} is a case in a single file; start a case of your own with `zopa new`, from "
            f"{chain[0].path.stem} if you like, and add the view to that"
        )
    if copy_to is not None:
        return _copy_case(base.parent, Path(copy_to))
    if base.resolve().is_relative_to(SHIPPED.resolve()):
        wish = name_argument("copy_to", f"my-{base.parent.name}")
        raise UsageError(f"{base.parent.name} comes with zopa and is left as it is; {wish} adds the view to a copy")
    return base.parent


def _copy_case(folder: Path, copy: Path) -> Path:
    """The whole case in a folder of its own."""
    if os.path.lexists(copy):
        again = name_argument("case", display_path(copy))
        raise UsageError(f"{display_path(copy)} is there already and is left as it is; go on there with {again}")
    with unfinished_folder(copy) as making:
        shutil.copytree(folder, making, dirs_exist_ok=True)
        os.rename(making, copy)
    return copy


def find_free_view(folder: Path, source: str) -> Path:
    """The file of a new source view.

    Raises:
        UsageError: the name cannot be used, or there is a view of this name.
    """
    try:
        check_key(source)
    except ValueError as error:
        raise UsageError(f"{source!r} cannot be the name of a source view: {error}") from None
    path = folder / "views" / f"{source}.yaml"
    if source in list_views(folder):
        raise UsageError(f"{display_path(path)} is there already and is left as it is; take another name")
    return path
