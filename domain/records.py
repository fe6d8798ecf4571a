"""The home of records: immutable dataclasses with slots, made and copied at little cost.

What ``dataclasses`` writes for a frozen class finds each slot by its name, through
``object.__setattr__``. A set of a thousand events makes some thirty thousand records, and a third
of the time of deciding it went there; here each slot is filled by its own descriptor.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields, replace
from typing import Any, TypeVar

R = TypeVar("R")
_copiers: dict[type, Callable[[Any, dict[str, Any]], Any]] = {}


def quick(kind: type[R]) -> type[R]:
    """Let records of a frozen dataclass with slots be made quickly; nothing else changes."""
    own: tuple[Field[Any], ...] = fields(kind)  # type: ignore[arg-type]
    scope: dict[str, Any] = {}
    parameters, steps = ["self"], []
    if own and own[0].kw_only:
        parameters.append("*")
    for field in own:
        name, source = field.name, field.name
        scope[f"put_{name}"] = kind.__dict__[name].__set__
        if field.default is not MISSING:
            scope[f"default_{name}"] = field.default
            parameters.append(f"{name}=default_{name}")
        elif field.default_factory is not MISSING:
            scope |= {f"make_{name}": field.default_factory, "MISSING": MISSING}
            parameters.append(f"{name}=MISSING")
            source = f"make_{name}() if {name} is MISSING else {name}"
        else:
            parameters.append(name)
        steps.append(f"put_{name}(self, {source})")
    if hasattr(kind, "__post_init__"):
        steps.append("self.__post_init__()")
    made = _compiled("__init__", parameters, steps, scope)
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    setattr(kind, "__init__", made)  # noqa: B010 - mypy minds the other way
    return kind


def changed(record: R, **changes: Any) -> R:  # noqa: ANN401 - of any field
    """Return a copy with some fields changed, as ``dataclasses.replace`` does."""
    kind = type(record)
    copy = _copiers.get(kind)
    if copy is None:
        copy = _copiers[kind] = _copier(kind)
    copied: R = copy(record, changes)
    return copied


def _copier(kind: type) -> Callable[[Any, dict[str, Any]], Any]:
    if hasattr(kind, "__post_init__"):
        return lambda record, changes: replace(record, **changes)
    names = [field.name for field in fields(kind)]
    puts = {name: kind.__dict__[name].__set__ for name in names}
    scope: dict[str, Any] = {f"put_{name}": put for name, put in puts.items()}
    scope |= {"new": object.__new__, "kind": kind, "puts": puts}
    steps = ["copy = new(kind)"]
    steps += [f"put_{name}(copy, record.{name})" for name in names]
    steps += ["for name, value in changes.items(): puts[name](copy, value)", "return copy"]
    return _compiled("copy_of", ["record", "changes"], steps, scope)


def _compiled(
    name: str, parameters: list[str], steps: list[str], scope: dict[str, Any]
) -> Callable[..., Any]:
    body = "\n".join(f"    {step}" for step in steps)
    source = f"def {name}({', '.join(parameters)}):\n{body}\n"
    exec(source, scope)  # noqa: S102 - made of the names of our own fields, as dataclasses do
    made: Callable[..., Any] = scope[name]
    return made
