"""Base: the law that every piece of a scenario file obeys."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen piece of a scenario; unknown keys are refused, field docstrings are the documentation."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False)
