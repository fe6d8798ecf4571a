"""The home of what the official documentation says: methods, parameters, limits."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.simulator.wire import Json

_DATA = Path(__file__).with_name("botapi.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method of the Bot API, spelt as the documentation spells it."""

    name: str
    parameters: Json

    def maximum(self, parameter: str) -> int:
        """Read the documented upper limit of a parameter."""
        return int(self.parameters[parameter]["limits"]["max"])

    def is_text(self, parameter: str) -> bool:
        """Test if a parameter carries plain text, so that it is never read as JSON."""
        kind = self.parameters.get(parameter, {}).get("type", "String")
        return kind in {"String", "Integer or String", "InputFile or String"}


@cache
def _data() -> Json:
    loaded: Json = json.loads(_DATA.read_text(encoding="utf-8"))
    return loaded


@cache
def methods() -> dict[str, Method]:
    """List every documented method under its lower-cased name."""
    return {
        name.lower(): Method(name=name, parameters=body["parameters"])
        for name, body in _data()["methods"].items()
    }


@cache
def update_kinds() -> tuple[str, ...]:
    """List every kind of update."""
    return tuple(_data()["update_kinds"])


def maximum(method: str, parameter: str) -> int:
    """Read the documented upper limit of a parameter of a method."""
    return methods()[method.lower()].maximum(parameter)
