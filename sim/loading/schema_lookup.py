"""Schema lookup: which keys the file format knows at a place of a file, found by following the models' fields."""

import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.errors import Place


def strip_optional(annotation: Any) -> Any:
    """The type without `None` and without annotations."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [part for part in get_args(annotation) if part is not type(None)]
        return strip_optional(inner[0]) if len(inner) == 1 else annotation
    return annotation


def list_fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Fields of a model by the keys that they have in files."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def find_type(model: Any, place: Place) -> Any:
    """The type that the format expects at a place; None where it has no opinion."""
    found: Any = model
    for key in place:
        found = strip_optional(found)
        if isinstance(found, type) and issubclass(found, BaseModel):
            field = list_fields(found).get(str(key))
            found = field.annotation if field else None
        elif get_origin(found) is dict:
            found = get_args(found)[1]
        elif get_origin(found) is tuple:
            found = get_args(found)[0]
        else:
            return None
    return strip_optional(found)


def list_keys(model: Any, place: Place) -> list[str]:
    """The keys that the format knows at a place; none where keys are free."""
    found = find_type(model, place)
    return list(list_fields(found)) if isinstance(found, type) and issubclass(found, BaseModel) else []


def find_meaning(model: Any, place: Place) -> str:
    """What the format says about the last key of a place."""
    found = find_type(model, place[:-1])
    if isinstance(found, type) and issubclass(found, BaseModel):
        field = list_fields(found).get(str(place[-1]))
        return (field.description or "") if field else ""
    return ""
