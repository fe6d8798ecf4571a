"""aiogram's models are built when they are first used, and not while aiogram is imported.

There are some six hundred of them, a bot uses a few dozen, and building them all takes most of
the time and half of the memory of a start.
"""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

_Rebuild = Callable[..., bool | None]
_names: dict[str, Any] = {}
"""What aiogram's annotations speak of: it gives this to each of its types after the last one."""


def build_models_on_first_use() -> None:
    """Let all models defined from now on wait; call it before aiogram is imported."""
    BaseModel.model_config = {**BaseModel.model_config, "defer_build": True}
    BaseModel.model_rebuild = classmethod(  # type: ignore[method-assign, assignment]
        _patient(BaseModel.model_rebuild.__func__)  # type: ignore[attr-defined]
    )


def _patient(build: _Rebuild) -> _Rebuild:
    def model_rebuild(
        model: type[BaseModel],
        *,
        _types_namespace: Mapping[str, Any] | None = None,
        _parent_namespace_depth: int = 2,
        **how: bool,
    ) -> bool | None:
        names = _types_namespace
        if model.__module__.startswith("aiogram."):
            if names is not None:
                _names.update(names)
                return None
            names = _names
        # One frame more lies between the caller and the search for names.
        depth = _parent_namespace_depth + 1
        return build(model, _types_namespace=names, _parent_namespace_depth=depth, **how)

    return model_rebuild
