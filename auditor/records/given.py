"""What every record that comes in shares: unknown fields are left out with a warning, dates are ISO text."""

import warnings
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator


def _written_date(value: Any) -> Any:  # noqa: ANN401 - anything may come in
    if isinstance(value, int | float) or (isinstance(value, str) and value[4:5] != "-"):
        raise ValueError("must be a date written as YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_written_date)]
"""A date as ISO text; numbers are refused, for they would be read as seconds since 1970."""


class EncounterError(ValueError):
    """An encounter that cannot be read; the message names the field and never quotes the note."""


class UnknownFieldWarning(UserWarning):
    """A field of an encounter that the contract does not know was left out."""


class Input(BaseModel):
    """A record that comes in."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_unknown(cls, data: Any) -> Any:  # noqa: ANN401 - anything may come in
        if isinstance(data, dict):
            unknown = sorted(str(name) for name in data if name not in cls.model_fields)
            if unknown:
                names = ", ".join(name[:40] for name in unknown[:5])
                warnings.warn(f"{cls.__name__}: left out unknown field {names}", UnknownFieldWarning, stacklevel=2)
        return data
