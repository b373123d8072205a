"""What every record shares: frozen, and its errors never quote what came in."""

from pydantic import BaseModel, ConfigDict


class Output(BaseModel):
    """A record that comes out: no field beside those of the contract."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
