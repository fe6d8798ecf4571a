"""The home of canonical JSON: equal data has one text, whatever the order of its keys."""

import json
from collections.abc import Mapping

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def canonical(data: Mapping[str, object]) -> str:
    """Return the data as JSON with sorted keys and no spaces."""
    return _encode(data)
